"""Where a casus stands, what a new melding is called then, and which terms run."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from convenant.model import Convenant
from convenant.termijncodes import ONDERZOEK, VEILIGHEIDSBEOORDELING
from convenant.types import Oin, Sector
from convenant.werkdagen import is_werkdag
from matcher.domein.casus import (
    Casustoestand,
    Meldingsoort,
    label_in,
    may_become,
    monitoring_artikel,
    monitoring_codes,
    monitoring_moments,
    owes_terugkoppeling,
    termijnen_in,
)

if TYPE_CHECKING:
    from tests.conftest import Partijen

LATER = date(2031, 1, 1)
STANDEN = st.sampled_from(Casustoestand)


@pytest.fixture(scope="module")
def convenant(partijen: "Partijen") -> Convenant:
    return partijen.convenant


@pytest.fixture(scope="module")
def vt(partijen: "Partijen") -> Oin:
    return partijen.in_sector(Sector.VEILIG_THUIS)


@pytest.mark.parametrize(
    ("stand", "label"),
    [
        (None, "nieuwe-melding"),
        (Casustoestand.BEOORDELING, "hermelding"),
        (Casustoestand.ONDERZOEK, "hermelding"),
        (Casustoestand.VOORWAARDEN_EN_VERVOLG, "hermelding"),
        (Casustoestand.MONITORING, "hermelding"),
        (Casustoestand.OVERGEDRAGEN, "terugmelding"),
        (Casustoestand.AFGESLOTEN, "nieuwe-melding"),
    ],
)
def test_what_a_new_melding_is_called_follows_from_the_casus(stand: Casustoestand | None, label: str) -> None:
    assert label_in(stand) is Meldingsoort(label)


def test_what_was_closed_stays_closed() -> None:
    assert not any(may_become(Casustoestand.AFGESLOTEN, nieuw) for nieuw in Casustoestand)


@given(STANDEN)
def test_whatever_is_open_can_be_closed_and_nothing_becomes_what_it_is(stand: Casustoestand) -> None:
    assert may_become(stand, Casustoestand.AFGESLOTEN) is (stand is not Casustoestand.AFGESLOTEN)
    assert not may_become(stand, stand)


def test_monitoring_follows_on_own_work_or_on_handing_over_and_not_on_a_beoordeling() -> None:
    assert not may_become(Casustoestand.BEOORDELING, Casustoestand.MONITORING)
    assert may_become(Casustoestand.ONDERZOEK, Casustoestand.MONITORING)


def test_a_new_melding_brings_what_was_handed_over_or_monitored_back_to_the_beoordeling() -> None:
    back = {stand for stand in Casustoestand if may_become(stand, Casustoestand.BEOORDELING)}
    assert back == {Casustoestand.MONITORING, Casustoestand.OVERGEDRAGEN}


def test_a_term_runs_where_there_is_work_to_do() -> None:
    assert termijnen_in(Casustoestand.BEOORDELING) == {VEILIGHEIDSBEOORDELING}
    assert termijnen_in(Casustoestand.ONDERZOEK) == termijnen_in(Casustoestand.VOORWAARDEN_EN_VERVOLG) == {ONDERZOEK}
    assert not termijnen_in(Casustoestand.MONITORING) | termijnen_in(Casustoestand.AFGESLOTEN)


@given(STANDEN, STANDEN)
def test_a_terugkoppeling_is_owed_after_the_beoordeling_alone(stand: Casustoestand, nieuw: Casustoestand) -> None:
    assert owes_terugkoppeling(stand, nieuw) is (stand is Casustoestand.BEOORDELING and nieuw is not stand)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(vanaf=st.dates(date(2026, 1, 1), date(2028, 1, 1)), months=st.integers(0, 30))
def test_moments_come_in_order_on_days_that_people_work_and_none_after_the_end(
    convenant: Convenant, vt: Oin, vanaf: date, months: int
) -> None:
    tot = vanaf + timedelta(days=31 * months)
    found = list(monitoring_moments(convenant, vt, Casustoestand.MONITORING, vanaf=vanaf, tot=tot))
    days = [dag for _, dag in found]
    assert all(een < ander for een, ander in pairwise(days))
    assert all(vanaf < dag <= tot and is_werkdag(dag, vrije_dagen=convenant.afspraken.vrije_dagen) for dag in days)
    assert {code for code, _ in found} <= monitoring_codes(convenant, vt)


def test_moments_are_those_of_whoever_has_to_look(convenant: Convenant, partijen: "Partijen", vt: Oin) -> None:
    def codes(oin: Oin, stand: Casustoestand = Casustoestand.OVERGEDRAGEN) -> list[str]:
        return [code for code, _ in monitoring_moments(convenant, oin, stand, vanaf=date(2026, 5, 12), tot=LATER)]

    wijkteam, school = (partijen.in_sector(s) for s in (Sector.MAATSCHAPPELIJKE_ONDERSTEUNING, Sector.ONDERWIJS))
    assert codes(vt) == ["monitoring-3", "monitoring-12", "monitoring-18"]
    assert codes(wijkteam) == ["monitoring-3", "monitoring-12"]
    assert codes(school) == codes(vt, Casustoestand.ONDERZOEK) == codes(vt, Casustoestand.AFGESLOTEN) == []
    articles = [monitoring_artikel(convenant, oin, "monitoring-3") for oin in (vt, wijkteam, school, Oin("0" * 20))]
    assert articles == ["7.2", "7.1", "", ""]


def test_a_moment_in_a_weekend_becomes_the_next_working_day(convenant: Convenant, vt: Oin) -> None:
    # Three months after 12 May is a Wednesday; after 15 May a Saturday.
    found = monitoring_moments(convenant, vt, Casustoestand.MONITORING, vanaf=date(2026, 5, 15), tot=LATER)
    assert next(iter(found)) == ("monitoring-3", date(2026, 8, 17))


def test_a_convenant_without_monitoring_has_no_moments(convenant: Convenant, vt: Oin) -> None:
    bare = replace(convenant, afspraken=replace(convenant.afspraken, monitoring=()))
    assert not list(monitoring_moments(bare, vt, Casustoestand.MONITORING, vanaf=date(2026, 5, 12), tot=LATER))
    assert monitoring_artikel(bare, vt, "monitoring-3") == ""
