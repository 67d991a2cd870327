from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domein.kluis import Kluis
from matcher.domein.pepper import Pepper

PEPPER = Pepper((b"p" * 32,))
EIGENAAR = uuid4()


@given(geheim=st.text(max_size=512))
def test_what_is_sealed_comes_out_again_also_after_the_pepper_was_rotated(geheim: str) -> None:
    sealed = Kluis.from_pepper(PEPPER).seal(geheim, EIGENAAR)
    assert Kluis.from_pepper(Pepper((*PEPPER.sleutels, b"q" * 32))).open(sealed, EIGENAAR) == geheim


def test_two_seals_of_one_secret_have_nothing_in_common() -> None:
    kluis = Kluis.from_pepper(PEPPER)
    assert kluis.seal("geheim", EIGENAAR) != kluis.seal("geheim", EIGENAAR)


@pytest.mark.parametrize("place", [0, 12, -1])
def test_a_changed_seal_does_not_open(place: int) -> None:
    kluis = Kluis.from_pepper(PEPPER)
    sealed = bytearray(kluis.seal("geheim", EIGENAAR))
    sealed[place] ^= 1
    assert kluis.open(bytes(sealed), EIGENAAR) is None


@pytest.mark.parametrize("sealed", [b"", b"x" * 5, b"x" * 12, b"x" * 40])
def test_what_is_no_seal_does_not_open(sealed: bytes) -> None:
    assert Kluis.from_pepper(PEPPER).open(sealed, EIGENAAR) is None


def test_a_seal_opens_for_its_owner_and_its_matcher_only() -> None:
    kluis = Kluis.from_pepper(PEPPER)
    sealed = kluis.seal("geheim", EIGENAAR)
    assert kluis.open(sealed, uuid4()) is None
    assert Kluis.from_pepper(Pepper((b"q" * 32,))).open(sealed, EIGENAAR) is None
    assert "sleutel" not in repr(kluis)


def test_a_mark_is_stable_and_tells_nothing() -> None:
    kluis = Kluis.from_pepper(PEPPER)
    assert kluis.mark("a", "bc") == kluis.mark("a", "bc")
    assert (
        len({kluis.mark("a", "bc"), kluis.mark("ab", "c"), Kluis.from_pepper(Pepper((b"q" * 32,))).mark("a", "bc")})
        == 3
    )
