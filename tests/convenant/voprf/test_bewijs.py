"""The proof: what it holds for, and everything it does not hold for."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convenant.errors import OngeldigBewijs, OngeldigPunt, VerkeerdAantal, VoprfFout
from convenant.voprf import Bewijs, Evaluatie, OprfSleutel, Punt, Puntcodering, evaluate, groep
from convenant.voprf.bewijs import check_batch, generate_bewijs, verify_evaluatie

_ORDER = 2**252 + 27742317777372353535851937790883648493
_BLINDED = tuple(groep.hash_to_group(bytes((i,))) for i in range(3))
_SLEUTEL = OprfSleutel.derive(bytes(32), b"bewijs")
_EVALUATIE = evaluate(_SLEUTEL, _BLINDED)


def _with_proof(bewijs: bytes) -> Evaluatie:
    return replace(_EVALUATIE, bewijs=Bewijs(bewijs))


def _with_points(*punten: bytes) -> Evaluatie:
    return replace(_EVALUATIE, punten=tuple(Puntcodering(punt) for punt in punten))


def _flip(content: bytes, bit: int) -> bytes:
    return (int.from_bytes(content, "little") ^ 1 << bit).to_bytes(len(content), "little")


def _unreduced(part: bytes) -> bytes:
    """Return another encoding of the same scalar."""
    return (int.from_bytes(part, "little") + _ORDER).to_bytes(32, "little")


def test_a_true_proof_gives_the_evaluations() -> None:
    assert verify_evaluatie(_SLEUTEL.publiek, _BLINDED, _EVALUATIE) == _EVALUATIE.punten


def test_a_proof_is_made_afresh_every_time() -> None:
    assert evaluate(_SLEUTEL, _BLINDED).bewijs != _EVALUATIE.bewijs


_a, _b, _c = _EVALUATIE.punten
_proof = _EVALUATIE.bewijs
_other = OprfSleutel.derive(bytes(32), b"ander")
_FORGED = {
    "swapped-elements": _with_points(_b, _a, _c),
    "one-element-replaced": _with_points(_a, _b, groep.hash_to_group(b"x")),
    "one-element-of-another-key": _with_points(_a, _b, evaluate(_other, _BLINDED).punten[2]),
    "elements-not-evaluated": _with_points(*_BLINDED),
    "proof-of-the-same-points-in-another-order": _with_proof(evaluate(_SLEUTEL, _BLINDED[::-1]).bewijs),
    "proof-of-another-batch": _with_proof(evaluate(_SLEUTEL, [groep.hash_to_group(b"x")]).bewijs),
    "proof-of-part-of-the-batch": _with_proof(evaluate(_SLEUTEL, _BLINDED[:2]).bewijs),
    "proof-under-another-key": _with_proof(evaluate(_other, _BLINDED).bewijs),
    "all-of-it-under-another-key": evaluate(_other, _BLINDED),
    "challenge-and-response-swapped": _with_proof(_proof[32:] + _proof[:32]),
    "empty-proof": _with_proof(b""),
    "proof-63-bytes": _with_proof(_proof[:-1]),
    "proof-65-bytes": _with_proof(_proof + b"\x00"),
    "zero-proof": _with_proof(bytes(64)),
    "zero-challenge": _with_proof(bytes(32) + _proof[32:]),
    "zero-response": _with_proof(_proof[:32] + bytes(32)),
    "challenge-not-reduced": _with_proof(_unreduced(_proof[:32]) + _proof[32:]),
    "response-not-reduced": _with_proof(_proof[:32] + _unreduced(_proof[32:])),
}


@pytest.mark.parametrize("evaluatie", _FORGED.values(), ids=_FORGED.keys())
def test_refuses_what_the_proof_does_not_hold_for(evaluatie: Evaluatie) -> None:
    with pytest.raises(OngeldigBewijs, match="Gebruik dit antwoord niet"):
        verify_evaluatie(_SLEUTEL.publiek, _BLINDED, evaluatie)


def test_refuses_a_proof_whose_commitment_is_the_identity() -> None:
    # Who knows the key can pick s = -c * k, so that s * G + c * publiek vanishes.
    c = groep.hash_to_scalar(b"c")
    zero = groep.subtract_scalars(c, c)
    s = groep.subtract_scalars(zero, groep.multiply_scalars(c, _SLEUTEL.scalar))
    with pytest.raises(OngeldigBewijs):
        verify_evaluatie(_SLEUTEL.publiek, _BLINDED, _with_proof(c + s))


def test_errors_that_cancel_out_in_the_plain_sum_are_found() -> None:
    # Without weights D1 + X and D2 - X would pass under the proof for D1 and D2.
    minus_one = groep.parse_scalar((_ORDER - 1).to_bytes(32, "little"))
    x = groep.hash_to_group(b"x")
    shifted = (groep.add(_as_punt(_a), x), groep.add(_as_punt(_b), groep.multiply(minus_one, x)), _as_punt(_c))
    forged = Evaluatie(shifted, generate_bewijs(_SLEUTEL, _BLINDED, shifted, r=groep.random_scalar()))
    with pytest.raises(OngeldigBewijs):
        verify_evaluatie(_SLEUTEL.publiek, _BLINDED, forged)


def _as_punt(codering: Puntcodering) -> Punt:
    return groep.parse_punt(codering)


@settings(max_examples=25)
@given(bit=st.integers(0, 64 * 8 - 1))
def test_refuses_a_proof_with_any_bit_changed(bit: int) -> None:
    with pytest.raises(OngeldigBewijs):
        verify_evaluatie(_SLEUTEL.publiek, _BLINDED, _with_proof(_flip(_proof, bit)))


@settings(max_examples=25)
@given(positie=st.integers(0, 2), bit=st.integers(0, 32 * 8 - 1))
def test_refuses_an_element_with_any_bit_changed(positie: int, bit: int) -> None:
    punten = list(_EVALUATIE.punten)
    punten[positie] = Puntcodering(_flip(punten[positie], bit))
    with pytest.raises(VoprfFout):
        verify_evaluatie(_SLEUTEL.publiek, _BLINDED, _with_points(*punten))


@pytest.mark.parametrize(
    "bad", [bytes(32), b"\xff" * 32, b"", _a[:-1]], ids=["identity", "not-canonical", "empty", "31-bytes"]
)
def test_names_the_position_of_an_element_that_is_none(bad: bytes) -> None:
    with pytest.raises(OngeldigPunt, match="plaats 2") as fout:
        verify_evaluatie(_SLEUTEL.publiek, _BLINDED, _with_points(_a, bad, _c))
    assert fout.value.positie == 1


@pytest.mark.parametrize(
    "change",
    [lambda punten: punten[:2], lambda punten: (*punten, punten[0]), lambda _: ()],
    ids=["truncated", "extended", "empty"],
)
def test_refuses_an_answer_of_another_length(
    change: Callable[[tuple[Puntcodering, ...]], tuple[Puntcodering, ...]],
) -> None:
    with pytest.raises(VerkeerdAantal, match="niet evenveel"):
        verify_evaluatie(_SLEUTEL.publiek, _BLINDED, _with_points(*change(_EVALUATIE.punten)))


def test_refuses_an_empty_batch_also_with_a_proof() -> None:
    with pytest.raises(VerkeerdAantal):
        verify_evaluatie(_SLEUTEL.publiek, [], _with_points())


@pytest.mark.parametrize("aantal", [0, 65536], ids=["empty", "too-many"])
def test_a_batch_has_bounds(aantal: int) -> None:
    with pytest.raises(VerkeerdAantal, match="1 tot 65535"):
        check_batch(aantal)


@pytest.mark.parametrize("aantal", [1, 65535], ids=["one", "most"])
def test_a_batch_may_touch_its_bounds(aantal: int) -> None:
    check_batch(aantal)


def test_an_evaluation_shows_only_how_long_it_is() -> None:
    assert repr(_EVALUATIE) == "Evaluatie(3 punten)"
