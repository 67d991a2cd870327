"""One sequence of bytes per document."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenant.canoniek import canonical_bytes, content_hash
from convenant.errors import OngeldigConvenant


def test_rfc_8785_section_3_2_3_sorting() -> None:
    """The example of RFC 8785 section 3.2.3: keys sort by UTF-16 code unit."""
    document = {
        "\u20ac": "Euro Sign",
        "\r": "Carriage Return",
        "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One",
        "\U0001f600": "Emoji: Grinning Face",
        "\u0080": "Control",
        "\u00f6": "Latin Small Letter O With Diaeresis",
    }
    written = canonical_bytes(document).decode()
    order = ["Carriage", "One", "Control", "Latin", "Euro", "Emoji", "Hebrew"]
    assert sorted(order, key=written.index) == order


def test_hash_of_the_empty_document() -> None:
    """SHA-256 of the two bytes {}."""
    assert content_hash({}) == "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


_JSON = st.recursive(
    st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(max_size=4), _JSON, min_size=2, max_size=5))
def test_the_order_of_keys_does_not_count(document: dict[str, Any]) -> None:
    assert content_hash(dict(reversed(document.items()))) == content_hash(document)


def test_the_order_of_lists_counts() -> None:
    assert content_hash({"a": [1, 2]}) != content_hash({"a": [2, 1]})


@pytest.mark.parametrize(
    "value", [2**53, float("nan"), {1, 2}, "\ud800"], ids=["large", "nan", "set", "half-a-surrogate"]
)
def test_refuses_what_json_does_not_have(value: Any) -> None:
    with pytest.raises(OngeldigConvenant):
        canonical_bytes({"a": value})
