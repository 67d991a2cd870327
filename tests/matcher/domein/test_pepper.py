import hashlib
import hmac

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.domein.pepper import PEPPER_BYTES, Pepper

OUD, NIEUW = b"\x01" * PEPPER_BYTES, b"\x02" * PEPPER_BYTES


def test_hash_is_hmac_sha256_of_the_token() -> None:
    expected = hmac.new(OUD, b"koppeltoken", hashlib.sha256).digest()
    assert Pepper((OUD,)).hash(b"koppeltoken") == expected


@settings(max_examples=30)
@given(token=st.binary(min_size=32, max_size=32))
def test_a_new_pepper_is_nested_over_stored_hashes(token: bytes) -> None:
    stored = Pepper((OUD,)).hash(token)
    assert Pepper((OUD, NIEUW)).hash(token) == Pepper((NIEUW,)).hash(stored)


def test_order_of_the_keys_matters() -> None:
    assert Pepper((OUD, NIEUW)).hash(b"t") != Pepper((NIEUW, OUD)).hash(b"t")


def test_version_counts_the_keys() -> None:
    assert Pepper((OUD,)).versie == 1
    assert Pepper((OUD, NIEUW)).versie == 2


def test_control_value_tells_peppers_apart() -> None:
    values = {Pepper(keys).controle() for keys in [(OUD,), (NIEUW,), (OUD, NIEUW)]}
    assert len(values) == 3


@pytest.mark.parametrize(
    "sleutels",
    [
        pytest.param((), id="no key"),
        pytest.param((b"",), id="empty"),
        pytest.param((b"x" * 31,), id="31 bytes"),
        pytest.param((b"x" * 33,), id="33 bytes"),
        pytest.param((OUD, b"x"), id="second one short"),
    ],
)
def test_rejects_keys_of_another_size(sleutels: tuple[bytes, ...]) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Pepper(sleutels)


def test_repr_hides_the_keys() -> None:
    assert repr(Pepper((b"geheim" + b"\0" * 26,))) == "Pepper()"
