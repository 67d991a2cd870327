"""The side of the sleutelhouder."""

import pytest

from convenant.errors import OngeldigPunt, VerkeerdAantal
from convenant.voprf import OprfSleutel, Puntcodering, evaluate, groep

_PUNT = groep.hash_to_group(b"x")


def test_multiplies_every_point_in_order(sleutel: OprfSleutel) -> None:
    punten = [_PUNT, groep.hash_to_group(b"y"), _PUNT]
    assert list(evaluate(sleutel, punten).punten) == [groep.multiply(sleutel.scalar, punt) for punt in punten]


@pytest.mark.parametrize(
    "bad",
    [bytes(32), b"\xff" * 32, b"", _PUNT[:-1], _PUNT + b"\x00"],
    ids=["identity", "not-canonical", "empty", "31-bytes", "33-bytes"],
)
def test_refuses_a_batch_with_a_bad_point_and_names_its_position(sleutel: OprfSleutel, bad: bytes) -> None:
    with pytest.raises(OngeldigPunt) as fout:
        evaluate(sleutel, [_PUNT, Puntcodering(bad)])
    assert fout.value.positie == 1


@pytest.mark.parametrize("aantal", [0, 65536], ids=["empty", "too-many"])
def test_refuses_a_batch_of_the_wrong_size_before_any_work(
    sleutel: OprfSleutel, aantal: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_work(*_: object) -> None:
        raise AssertionError("work was done")

    monkeypatch.setattr(groep, "parse_punten", no_work)
    with pytest.raises(VerkeerdAantal):
        evaluate(sleutel, [_PUNT] * aantal)


def test_draws_new_randomness_for_every_proof(sleutel: OprfSleutel, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = []
    genuine = groep.random_scalar

    def remember() -> groep.Scalar:
        drawn.append(genuine())
        return drawn[-1]

    monkeypatch.setattr(groep, "random_scalar", remember)
    evaluate(sleutel, [_PUNT])
    evaluate(sleutel, [_PUNT])
    assert len(set(drawn)) == len(drawn) == 2
