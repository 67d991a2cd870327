"""The side of the organisation: blinding, one sleutelhouder, two sleutelhouders."""

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha512

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from convenant.errors import OngeldigBewijs, OngeldigPunt, VerkeerdAantal
from convenant.voprf import (
    BEWIJS_BYTES,
    PUNT_BYTES,
    UITVOER_BYTES,
    Bewijs,
    Evaluatie,
    OprfSleutel,
    PubliekeOprfSleutel,
    Puntcodering,
    blind,
    blind_batch,
    client,
    combine,
    evaluate,
    finalize,
    groep,
)

_ORDER = 2**252 + 27742317777372353535851937790883648493
_MINUS_ONE = groep.parse_scalar((_ORDER - 1).to_bytes(32, "little"))
_INVOEREN = (b"een", b"twee", b"drie")

_sleutels = st.integers(1, _ORDER - 1).map(lambda getal: OprfSleutel.from_bytes(getal.to_bytes(32, "little")))
_batches = st.lists(st.binary(max_size=64), min_size=1, max_size=4)


def _direct(sleutel: OprfSleutel, invoer: bytes) -> bytes:
    """Return what the function is without blinding (Evaluate, RFC 9497, section 3.3.1)."""
    punt = groep.multiply(sleutel.scalar, groep.hash_to_group(invoer))
    return sha512(len(invoer).to_bytes(2, "big") + invoer + len(punt).to_bytes(2, "big") + punt + b"Finalize").digest()


def _sum(*sleutels: OprfSleutel) -> OprfSleutel:
    total = sum(int.from_bytes(sleutel.reveal(), "little") for sleutel in sleutels) % _ORDER
    return OprfSleutel.from_bytes(total.to_bytes(32, "little"))


def _answer(sleutel: OprfSleutel, blinderingen: tuple[client.Blindering, ...]) -> tuple[Evaluatie, PubliekeOprfSleutel]:
    return evaluate(sleutel, [blindering.punt for blindering in blinderingen]), sleutel.publiek


@settings(max_examples=25)
@given(sleutel=_sleutels, invoeren=_batches)
def test_the_blinded_way_gives_what_the_key_gives_directly(sleutel: OprfSleutel, invoeren: list[bytes]) -> None:
    blinderingen = blind_batch(invoeren)
    assert list(finalize(blinderingen, *_answer(sleutel, blinderingen))) == [_direct(sleutel, x) for x in invoeren]


def test_what_travels_and_what_comes_out_have_the_published_lengths(sleutel: OprfSleutel) -> None:
    blinderingen = blind_batch(_INVOEREN)
    evaluatie, publiek = _answer(sleutel, blinderingen)
    assert {len(b.punt) for b in blinderingen} == {len(p) for p in evaluatie.punten} == {PUNT_BYTES}
    assert len(evaluatie.bewijs) == BEWIJS_BYTES
    assert {len(uitvoer) for uitvoer in finalize(blinderingen, evaluatie, publiek)} == {UITVOER_BYTES}


def test_two_blindings_of_one_input_share_nothing_that_is_sent() -> None:
    links, rechts = blind(b"x"), blind(b"x")
    assert links.punt != rechts.punt
    assert links.blind != rechts.blind


def test_blinds_each_input_of_a_batch_on_its_own() -> None:
    blinderingen = blind_batch([b"x"] * 5)
    assert len({blindering.punt for blindering in blinderingen}) == 5


def test_a_blinding_shows_nothing_of_itself() -> None:
    assert repr(blind(b"geheim")) == "Blindering(***)"


def test_refuses_an_input_that_is_too_long() -> None:
    blind(bytes(65535))
    with pytest.raises(ValueError, match="65535"):
        blind(bytes(65536))


def test_refuses_to_blind_nothing() -> None:
    with pytest.raises(VerkeerdAantal):
        blind_batch([])


def _unblinding_fails_the_test(*_: object) -> None:
    raise AssertionError("something was unblinded")


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (lambda e: replace(e, bewijs=Bewijs(e.bewijs[32:] + e.bewijs[:32])), OngeldigBewijs),
        (lambda e: replace(e, punten=e.punten[::-1]), OngeldigBewijs),
        (lambda e: replace(e, punten=e.punten[:-1]), VerkeerdAantal),
        (lambda e: replace(e, punten=(*e.punten, e.punten[0])), VerkeerdAantal),
        (lambda e: replace(e, punten=(*e.punten[:-1], Puntcodering(bytes(32)))), OngeldigPunt),
    ],
    ids=["proof", "order", "truncated", "extended", "identity"],
)
def test_unblinds_nothing_of_a_bad_answer(
    sleutel: OprfSleutel,
    tweede: OprfSleutel,
    change: Callable[[Evaluatie], Evaluatie],
    error: type[Exception],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    blinderingen = blind_batch(_INVOEREN)
    evaluatie, publiek = _answer(sleutel, blinderingen)
    monkeypatch.setattr(client, "_unblind", _unblinding_fails_the_test)
    with pytest.raises(error):
        finalize(blinderingen, change(evaluatie), publiek)
    for antwoorden in (
        [(change(evaluatie), publiek), _answer(tweede, blinderingen)],
        [_answer(tweede, blinderingen), (change(evaluatie), publiek)],
    ):
        with pytest.raises(error):
            combine(blinderingen, antwoorden)


def test_refuses_the_answer_to_other_blindings_of_the_same_inputs(sleutel: OprfSleutel) -> None:
    with pytest.raises(OngeldigBewijs):
        finalize(blind_batch(_INVOEREN), *_answer(sleutel, blind_batch(_INVOEREN)))


def test_refuses_an_answer_under_a_key_that_is_not_the_pinned_one(sleutel: OprfSleutel, tweede: OprfSleutel) -> None:
    blinderingen = blind_batch(_INVOEREN)
    with pytest.raises(OngeldigBewijs):
        finalize(blinderingen, _answer(tweede, blinderingen)[0], sleutel.publiek)


@settings(max_examples=15)
@given(een=_sleutels, ander=_sleutels, invoeren=_batches)
def test_two_sleutelhouders_give_what_the_sum_of_their_keys_gives(
    een: OprfSleutel, ander: OprfSleutel, invoeren: list[bytes]
) -> None:
    assume(een.publiek != ander.publiek)
    assume(groep.multiply_scalars(een.scalar, _MINUS_ONE) != ander.scalar)
    blinderingen = blind_batch(invoeren)
    antwoorden = [_answer(een, blinderingen), _answer(ander, blinderingen)]
    som = _sum(een, ander)
    assert combine(blinderingen, antwoorden) == finalize(blinderingen, *_answer(som, blinderingen))
    assert combine(blinderingen, antwoorden[::-1]) == tuple(_direct(som, invoer) for invoer in invoeren)


def test_three_sleutelhouders_add_up_too(sleutel: OprfSleutel, tweede: OprfSleutel) -> None:
    derde = OprfSleutel.generate()
    blinderingen = blind_batch(_INVOEREN)
    uitvoeren = combine(blinderingen, [_answer(s, blinderingen) for s in (sleutel, tweede, derde)])
    assert uitvoeren == tuple(_direct(_sum(sleutel, tweede, derde), invoer) for invoer in _INVOEREN)


@pytest.mark.parametrize("aantal", [0, 1])
def test_refuses_to_go_on_with_an_answer_missing(sleutel: OprfSleutel, aantal: int) -> None:
    blinderingen = blind_batch(_INVOEREN)
    with pytest.raises(VerkeerdAantal, match="ten minste twee"):
        combine(blinderingen, [_answer(sleutel, blinderingen)] * aantal)


def test_refuses_one_sleutelhouder_in_the_place_of_two(sleutel: OprfSleutel) -> None:
    blinderingen = blind_batch(_INVOEREN)
    with pytest.raises(ValueError, match="key of its own"):
        combine(blinderingen, [_answer(sleutel, blinderingen), _answer(sleutel, blinderingen)])


def test_refuses_answers_that_changed_places(sleutel: OprfSleutel, tweede: OprfSleutel) -> None:
    blinderingen = blind_batch(_INVOEREN)
    (een, een_publiek), (ander, ander_publiek) = (_answer(s, blinderingen) for s in (sleutel, tweede))
    with pytest.raises(OngeldigBewijs):
        combine(blinderingen, [(een, ander_publiek), (ander, een_publiek)])


def test_refuses_a_rogue_key_made_to_cancel_the_other(sleutel: OprfSleutel, tweede: OprfSleutel) -> None:
    # The rogue publishes its own key minus that of the other, so that the sum is one it knows alone.
    rogue = PubliekeOprfSleutel(groep.add(tweede.publiek.punt, groep.multiply(_MINUS_ONE, sleutel.publiek.punt)))
    blinderingen = blind_batch(_INVOEREN)
    with pytest.raises(OngeldigBewijs):
        combine(blinderingen, [_answer(sleutel, blinderingen), (_answer(tweede, blinderingen)[0], rogue)])


def test_refuses_two_keys_that_cancel_out(sleutel: OprfSleutel) -> None:
    opposite = OprfSleutel.from_bytes((_ORDER - int.from_bytes(sleutel.reveal(), "little")).to_bytes(32, "little"))
    blinderingen = blind_batch(_INVOEREN)
    with pytest.raises(OngeldigPunt):
        combine(blinderingen, [_answer(sleutel, blinderingen), _answer(opposite, blinderingen)])
