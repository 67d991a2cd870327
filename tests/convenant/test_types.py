"""Identifiers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenant.errors import ConvenantFout, OngeldigOin
from convenant.types import parse_oin


@pytest.mark.parametrize(
    "text",
    ["00000001002003004000", "00000003123456780000", "00000007A1BC00000000", "00000010000000001000"],
    ids=["rsin", "kvk", "brin", "trr"],
)
def test_accepts_an_oin_of_each_kind(text: str) -> None:
    assert parse_oin(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1002003004000",
        "00000005002003004000",
        "00000001002003004001",
        "00000001abcdefghi000",
        "00000001002003004000\n",
        " 00000001002003004000",
        "٠٠٠٠٠٠٠١٠٠٢٠٠٣٠٠٤٠٠٠",
    ],
    ids=["empty", "no-zeros", "prefix-05", "suffix", "lower-case", "newline", "space", "arabic-digits"],
)
def test_refuses_what_is_no_oin(text: str) -> None:
    with pytest.raises(OngeldigOin) as caught:
        parse_oin(text)
    assert isinstance(caught.value, ConvenantFout)


@given(st.text(alphabet="0123456789ABCz", min_size=21, max_size=24))
def test_never_quotes_what_it_refused(text: str) -> None:
    with pytest.raises(OngeldigOin) as caught:
        parse_oin(text)
    assert text not in str(caught.value)
