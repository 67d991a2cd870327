"""The smallest example: two organisations that can call each other."""

import pytest

from convenant.laden import parse_convenant
from convenant.model import Convenant
from convenant.types import Betrokkene, Gebeurtenis, Rol, Sector, Veld
from convenant.voorbeelden import example_text


@pytest.fixture(scope="module")
def minimaal() -> Convenant:
    return parse_convenant(example_text("minimaal"), bron="minimaal")


def test_a_school_and_a_wijkteam_and_no_radar(minimaal: Convenant) -> None:
    assert {p.sector for p in minimaal.partijen} == {Sector.ONDERWIJS, Sector.MAATSCHAPPELIJKE_ONDERSTEUNING}
    assert len(minimaal.partijen) == 2
    assert all(Rol.RADAR not in partij.rollen for partij in minimaal.partijen)


def test_both_learn_whom_to_call(minimaal: Convenant) -> None:
    een, ander = (partij.oin for partij in minimaal.partijen)
    for ontvanger, over in ((een, ander), (ander, een)):
        told = {
            veld
            for t in minimaal.toepassingen(ontvanger)
            if over in t.over and Gebeurtenis.MATCH in t.regel.gebeurtenissen
            for veld in t.regel.velden
        }
        assert told == {Veld.ORGANISATIE, Veld.CONTACT}


def test_either_of_two_ends_it_by_leaving(minimaal: Convenant) -> None:
    assert all(partij.vereist for partij in minimaal.partijen)


def test_parents_are_told_until_their_child_is_sixteen(minimaal: Convenant) -> None:
    informeren = minimaal.afspraken.informeren
    assert informeren is not None
    assert informeren.wie(11) == {Betrokkene.OUDERS}
    assert informeren.wie(15) == {Betrokkene.OUDERS, Betrokkene.JEUGDIGE}
    assert informeren.wie(16) == {Betrokkene.JEUGDIGE}
