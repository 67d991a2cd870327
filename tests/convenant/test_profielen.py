"""Linkage profiles."""

from convenant.laden import json_schema
from convenant.profielen import NL_1, PROFIELEN
from convenant.types import Niveau


def test_nl_1_has_twelve_slots_with_different_codes() -> None:
    assert len({slot.code for slot in NL_1.slots}) == len(NL_1.slots) == 12


def test_only_the_first_slot_of_nl_1_is_certain_and_every_slot_has_a_level() -> None:
    assert NL_1.slots_of(Niveau.ZEKER) == (0,)
    assert NL_1.slots_of(Niveau.MOGELIJK) == (9, 10, 11)
    assert NL_1.slots_of(Niveau.WAARSCHIJNLIJK) == (1, 2, 3, 4, 5, 6, 7, 8)


def test_profiles_are_found_by_their_own_name() -> None:
    assert {naam: profiel.naam for naam, profiel in PROFIELEN.items()} == {"nl-1": "nl-1"}


def test_a_convenant_can_name_every_profile_and_no_other() -> None:
    profiel = json_schema()["properties"]["profiel"]
    assert profiel.get("enum", [profiel.get("const")]) == list(PROFIELEN)
