"""The keys: making, deriving, storing, and not showing."""

from typing import Any

import pytest

from convenant.errors import OngeldigeSleutel
from convenant.voprf import OprfSleutel, PubliekeOprfSleutel, groep

_SEED = bytes(range(32))
_ORDER = 2**252 + 27742317777372353535851937790883648493


def test_generates_a_new_key_every_time() -> None:
    assert OprfSleutel.generate().reveal() != OprfSleutel.generate().reveal()


def test_derives_the_same_key_from_the_same_seed_and_info_only() -> None:
    first = OprfSleutel.derive(_SEED, b"a").reveal()
    assert OprfSleutel.derive(_SEED, b"a").reveal() == first
    assert OprfSleutel.derive(_SEED, b"b").reveal() != first
    assert OprfSleutel.derive(_SEED[::-1], b"a").reveal() != first


@pytest.mark.parametrize(
    ("seed", "info"),
    [(_SEED[:-1], b""), (_SEED + b"\x00", b""), (b"", b""), (_SEED, bytes(65536))],
    ids=["seed-31-bytes", "seed-33-bytes", "no-seed", "info-too-long"],
)
def test_refuses_a_seed_or_info_of_the_wrong_length(seed: bytes, info: bytes) -> None:
    with pytest.raises(ValueError, match="seed"):
        OprfSleutel.derive(seed, info)


def test_takes_the_next_counter_when_a_derivation_gives_zero(monkeypatch: pytest.MonkeyPatch) -> None:
    genuine = groep.hash_to_scalar
    counters = []

    def zero_at_first(bericht: bytes, dst: bytes) -> groep.Scalar:
        counters.append(bericht[-1])
        return groep.Scalar(bytes(32)) if len(counters) == 1 else genuine(bericht, dst)

    monkeypatch.setattr(groep, "hash_to_scalar", zero_at_first)
    sleutel = OprfSleutel.derive(_SEED, b"a")
    assert counters == [0, 1]
    assert sleutel.reveal() != bytes(32)


def test_gives_up_when_every_counter_gives_zero(monkeypatch: pytest.MonkeyPatch) -> None:
    def always_zero(*_: Any) -> groep.Scalar:
        return groep.Scalar(bytes(32))

    monkeypatch.setattr(groep, "hash_to_scalar", always_zero)
    with pytest.raises(OngeldigeSleutel, match="Maak een nieuwe seed"):
        OprfSleutel.derive(_SEED, b"a")


def test_comes_back_from_storage_as_it_was(sleutel: OprfSleutel) -> None:
    assert OprfSleutel.from_bytes(sleutel.reveal()).publiek == sleutel.publiek
    assert PubliekeOprfSleutel.from_bytes(sleutel.publiek.to_bytes()) == sleutel.publiek


@pytest.mark.parametrize(
    "codering",
    [b"", bytes(32), _ORDER.to_bytes(32, "little"), b"\xff" * 32, bytes(33)],
    ids=["empty", "zero", "order", "not-reduced", "33-bytes"],
)
def test_refuses_bytes_that_are_no_secret_key(codering: bytes) -> None:
    with pytest.raises(OngeldigeSleutel, match="Zet de goede sleutel terug"):
        OprfSleutel.from_bytes(codering)


@pytest.mark.parametrize("codering", [b"", bytes(32), b"\xff" * 32], ids=["empty", "identity", "not-canonical"])
def test_refuses_bytes_that_are_no_public_key(codering: bytes) -> None:
    with pytest.raises(OngeldigeSleutel, match="Kopieer haar opnieuw"):
        PubliekeOprfSleutel.from_bytes(codering)


def test_shows_nothing_of_itself(sleutel: OprfSleutel) -> None:
    assert repr(sleutel) == str(sleutel) == "OprfSleutel(***)"
    assert repr(sleutel.publiek) == "PubliekeOprfSleutel(***)"
