"""Many persons in one conversation: every outcome lands with its person, and a bad answer leaves nothing."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from client_sdk.koppelsleutels import Koppelsleutel
from client_sdk.koppeltokens import Tokenafleiding
from client_sdk.koppeltokens.voprf import Antwoord, Blindronde
from client_sdk.types import ConvenantSleutel
from convenant.errors import OngeldigBewijs, OngeldigPunt, VerkeerdAantal
from convenant.profielen import NL_1
from convenant.types import ConvenantId, Epoche, Niveau
from convenant.voprf import Bewijs, OprfSleutel, Punt, Puntcodering, blind, evaluate, finalize

CODES = tuple(slot.code for slot in NL_1.slots)
AFLEIDING = Tokenafleiding(ConvenantId("twente"), Epoche(2), ConvenantSleutel(bytes(range(32))))
EEN = {code: OprfSleutel.derive(bytes(32), code.encode()) for code in CODES}
ANDER = {code: OprfSleutel.derive(b"\x01" * 32, code.encode()) for code in CODES}


def _key(code: str, invoer: str = "jan") -> Koppelsleutel:
    return Koppelsleutel(code, Niveau.MOGELIJK, invoer)


def _answer(punten: Mapping[str, tuple[Punt, ...]], sleutels: Mapping[str, OprfSleutel]) -> Antwoord:
    return {code: (evaluate(sleutels[code], p), sleutels[code].publiek) for code, p in punten.items()}


def _expected(sleutel: Koppelsleutel, oprf: OprfSleutel) -> bytes:
    blindering = blind(AFLEIDING.mask(sleutel))
    return finalize([blindering], evaluate(oprf, [blindering.punt]), oprf.publiek)[0]


persons = st.lists(
    st.dictionaries(st.sampled_from(CODES[:4]), st.sampled_from("ab")).map(
        lambda keys: tuple(_key(code, invoer) for code, invoer in keys.items())
    ),
    max_size=4,
)


@settings(max_examples=25, deadline=None)
@given(persons)
def test_every_person_gets_the_outcome_of_its_own_keys(personen: list[tuple[Koppelsleutel, ...]]) -> None:
    ronde = Blindronde.prepare(AFLEIDING, personen)
    uitkomsten = ronde.finish([_answer(ronde.punten, EEN)])
    assert uitkomsten == tuple({s.code: _expected(s, EEN[s.code]) for s in sleutels} for sleutels in personen)


def test_two_sleutelhouders_give_the_outcome_of_the_sum_whatever_their_order() -> None:
    ronde = Blindronde.prepare(AFLEIDING, [[_key("zeker"), _key("begin")]])
    een, ander = _answer(ronde.punten, EEN), _answer(ronde.punten, ANDER)
    both = ronde.finish([een, ander])
    assert both == ronde.finish([ander, een])
    assert not set(both[0].values()) & set(ronde.finish([een])[0].values())


def test_two_rounds_of_the_same_person_share_no_point_and_give_one_outcome() -> None:
    rondes = [Blindronde.prepare(AFLEIDING, [[_key("zeker")]] * 2) for _ in range(2)]
    assert len({punt for ronde in rondes for punt in ronde.punten["zeker"]}) == 4
    outcomes = [uitkomst for ronde in rondes for uitkomst in ronde.finish([_answer(ronde.punten, EEN)])]
    assert all(uitkomst == outcomes[0] for uitkomst in outcomes)


def test_only_codes_that_occur_are_sent() -> None:
    ronde = Blindronde.prepare(AFLEIDING, [[_key("begin")], [], [_key("begin"), _key("zeker")]])
    assert {code: len(punten) for code, punten in ronde.punten.items()} == {"zeker": 1, "begin": 2}


def test_persons_without_keys_need_no_evaluation() -> None:
    ronde = Blindronde.prepare(AFLEIDING, [(), ()])
    assert not ronde.punten
    assert ronde.finish([{}]) == ({}, {})


@pytest.mark.parametrize("sleutels", [[_key("zeker"), _key("zeker")], [_key("slot-13")]], ids=["twice", "unknown"])
def test_refuses_keys_without_a_slot_of_their_own(sleutels: list[Koppelsleutel]) -> None:
    with pytest.raises(ValueError, match="slot of its own"):
        Blindronde.prepare(AFLEIDING, [sleutels])


def test_refuses_an_answer_for_other_codes_than_were_asked() -> None:
    ronde = Blindronde.prepare(AFLEIDING, [[_key("zeker"), _key("begin")]])
    complete = _answer(ronde.punten, EEN)
    partly = {"zeker": complete["zeker"]}
    for antwoorden in ([], [partly], [complete, partly], [{**complete, "met-jaar": complete["zeker"]}]):
        with pytest.raises(VerkeerdAantal):
            ronde.finish(antwoorden)


def test_one_bad_proof_for_one_code_of_one_sleutelhouder_spoils_everything() -> None:
    ronde = Blindronde.prepare(AFLEIDING, [[_key("zeker"), _key("begin")]])
    good, other = _answer(ronde.punten, EEN), _answer(ronde.punten, ANDER)
    evaluatie, publiek = good["begin"]
    for forged in (
        (replace(evaluatie, bewijs=Bewijs(bytes(64))), publiek),
        (evaluatie, EEN["zeker"].publiek),
        (replace(evaluatie, punten=other["begin"][0].punten), publiek),
        (replace(evaluatie, punten=good["zeker"][0].punten), publiek),
    ):
        for antwoorden in ([{**good, "begin": forged}], [{**good, "begin": forged}, _answer(ronde.punten, ANDER)]):
            with pytest.raises(OngeldigBewijs):
                ronde.finish(antwoorden)


def test_a_point_outside_the_group_and_a_missing_point_are_refused() -> None:
    ronde = Blindronde.prepare(AFLEIDING, [[_key("zeker")], [_key("zeker", "piet")]])
    evaluatie, publiek = _answer(ronde.punten, EEN)["zeker"]
    outside = replace(evaluatie, punten=(evaluatie.punten[0], Puntcodering(b"\xff" * 32)))
    with pytest.raises(OngeldigPunt) as refused:
        ronde.finish([{"zeker": (outside, publiek)}])
    assert refused.value.positie == 1
    with pytest.raises(VerkeerdAantal):
        ronde.finish([{"zeker": (replace(evaluatie, punten=evaluatie.punten[:1]), publiek)}])


def test_shows_no_secret() -> None:
    assert repr(Blindronde.prepare(AFLEIDING, [[_key("zeker")], []])) == "Blindronde(2 personen)"
