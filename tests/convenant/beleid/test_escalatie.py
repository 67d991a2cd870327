"""Whom a step of the ladder leads to, on the example of Noord-Holland Noord."""

from dataclasses import replace

from convenant.beleid import escaleer
from convenant.model import Partijgroep
from convenant.types import Oin, Sector
from tests.convenant.beleid.conftest import GGZ, NHN, PARLAN, VT, WIJKTEAM

WIJKTEAMS, RADAR, HOUDER = NHN.afspraken.escalatie


def test_of_the_group_who_takes_part_is_told() -> None:
    told = escaleer(NHN, WIJKTEAMS, betrokken={WIJKTEAM, GGZ, PARLAN})
    assert [partij.oin for partij in told] == [WIJKTEAM]


def test_a_wijkteam_that_takes_no_part_hears_nothing() -> None:
    assert escaleer(NHN, WIJKTEAMS, betrokken={GGZ, PARLAN}) == ()


def test_who_oversees_is_told_without_taking_part() -> None:
    assert [partij.oin for partij in escaleer(NHN, RADAR, betrokken={GGZ, PARLAN})] == [VT]
    assert [partij.oin for partij in escaleer(NHN, HOUDER, betrokken=())] == [NHN.convenanthouder]


def test_nobody_outside_the_group_is_told() -> None:
    schools = replace(HOUDER, partijen=Partijgroep(sectoren=frozenset({Sector.ONDERWIJS})))
    assert escaleer(NHN, schools, betrokken={Oin(VT), WIJKTEAM}) == ()
