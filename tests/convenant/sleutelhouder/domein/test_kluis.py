import secrets
from dataclasses import replace

import pytest

from convenant.sleutelhouder.domein.kluis import AesKluis, Plaats
from convenant.sleutelhouder.errors import OngeldigeKluis

PLAATS = Plaats("nhn-2026", 1, "zeker")
GEHEIM = secrets.token_bytes(32)
KLUIS = AesKluis(secrets.token_bytes(32))


def test_what_was_sealed_opens_and_shows_nothing() -> None:
    verzegeld = KLUIS.seal(GEHEIM, PLAATS)
    assert GEHEIM not in verzegeld
    assert KLUIS.open(verzegeld, PLAATS) == GEHEIM


def test_the_same_secret_is_never_sealed_the_same() -> None:
    assert KLUIS.seal(GEHEIM, PLAATS) != KLUIS.seal(GEHEIM, PLAATS)


@pytest.mark.parametrize("change", [{"convenant": "elders"}, {"epoche": 2}, {"code": "achternaam"}], ids=str)
def test_a_sealed_key_opens_at_its_own_place_only(change: dict[str, object]) -> None:
    with pytest.raises(OngeldigeKluis, match="kluissleutel"):
        KLUIS.open(KLUIS.seal(GEHEIM, PLAATS), replace(PLAATS, **change))  # type: ignore[arg-type]


def test_another_key_does_not_open_it() -> None:
    with pytest.raises(OngeldigeKluis):
        AesKluis(secrets.token_bytes(32)).open(KLUIS.seal(GEHEIM, PLAATS), PLAATS)


@pytest.mark.parametrize("length", [0, 11, 12, 27, 59])
def test_a_cut_off_secret_does_not_open(length: int) -> None:
    with pytest.raises(OngeldigeKluis):
        KLUIS.open(KLUIS.seal(GEHEIM, PLAATS)[:length], PLAATS)


def test_no_bit_can_be_changed() -> None:
    verzegeld = KLUIS.seal(GEHEIM, PLAATS)
    for position in range(len(verzegeld)):
        changed = bytearray(verzegeld)
        changed[position] ^= 1
        with pytest.raises(OngeldigeKluis):
            KLUIS.open(bytes(changed), PLAATS)
