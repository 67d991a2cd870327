"""Terms over weekends, holidays, summer time and clocks that jump."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from convenant.kalender import local_date
from convenant.model import Convenant
from convenant.termijncodes import CONTACT_NA_MATCH
from convenant.types import Oin
from convenant.werkdagen import is_werkdag
from matcher.domein.termijn import (
    LopendeTermijn,
    Onderwerpsoort,
    TeMelden,
    Termijnstatus,
    artikel_of,
    due_on,
    last_day,
    next_day,
    status_on,
)
from matcher.types import TermijnId

if TYPE_CHECKING:
    from tests.conftest import Partijen

BEGIN = date(2026, 5, 12)  # a Tuesday; Ascension Day and the free Friday after it follow
DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))
NOON = datetime(2026, 5, 12, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def convenant(partijen: "Partijen") -> Convenant:
    return partijen.convenant


def maak(convenant: Convenant, begin: date = BEGIN, code: str = CONTACT_NA_MATCH) -> LopendeTermijn:
    uiterlijk = last_day(convenant, code, begin)
    assert uiterlijk is not None
    return LopendeTermijn(
        id=TermijnId(UUID(int=1)),
        convenant=convenant.id,
        code=code,
        organisatie=Oin("00000099000000011000"),
        soort=Onderwerpsoort.MATCH,
        onderwerp=UUID(int=2),
        bron=UUID(int=2),
        begonnen_op=begin,
        uiterlijk=uiterlijk,
    )


def told(termijn: LopendeTermijn, melden: TeMelden) -> LopendeTermijn:
    return replace(
        termijn,
        herinnerd_op=NOON if melden.nadert else termijn.herinnerd_op,
        verstreken_op=NOON if melden.verstreken else termijn.verstreken_op,
        trede=termijn.trede + len(melden.treden),
    )


def live(termijn: LopendeTermijn, days: Sequence[date], convenant: Convenant) -> list[str]:
    """What is told when the job runs on these days, in this order."""
    heard: list[str] = []
    for day in days:
        melden = due_on(termijn, day, convenant)
        heard += ["nadert"] * melden.nadert + ["verstreken"] * melden.verstreken
        heard += [trede.artikel for trede in melden.treden]
        termijn = told(termijn, melden)
    return heard


def test_a_term_runs_over_a_weekend_a_holiday_and_a_day_that_the_parties_made_free(convenant: Convenant) -> None:
    # Five working days: 13, then 18-21 May; Ascension Day and the free Friday do not count.
    assert maak(convenant).uiterlijk == date(2026, 5, 21)


def test_a_convenant_without_the_term_has_none(convenant: Convenant) -> None:
    silent = replace(convenant, afspraken=replace(convenant.afspraken, termijnen=()))
    assert last_day(silent, CONTACT_NA_MATCH, BEGIN) is None
    assert artikel_of(silent, CONTACT_NA_MATCH) == ""
    assert artikel_of(convenant, CONTACT_NA_MATCH) == "6.6"
    assert artikel_of(convenant, "monitoring-veilig-thuis") == "7.2"


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2026, 5, 12), Termijnstatus.LOOPT),
        (date(2026, 5, 19), Termijnstatus.LOOPT),
        (date(2026, 5, 20), Termijnstatus.NADERT),
        (date(2026, 5, 21), Termijnstatus.NADERT),
        (date(2026, 5, 22), Termijnstatus.VERSTREKEN),
    ],
)
def test_how_a_term_stands(convenant: Convenant, day: date, status: Termijnstatus) -> None:
    assert status_on(maak(convenant), day, convenant) is status


def test_what_is_fulfilled_stays_fulfilled_and_says_nothing(convenant: Convenant) -> None:
    done = replace(maak(convenant), voldaan_op=NOON)
    assert status_on(done, date(2027, 1, 1), convenant) is Termijnstatus.VOLDAAN
    assert due_on(done, date(2027, 1, 1), convenant).is_empty
    assert next_day(done, convenant) is None


def test_the_ladder_counts_working_days_after_the_last_day(convenant: Convenant) -> None:
    termijn = maak(convenant)  # Thursday 21 May; Whit Monday is the 25th
    days = [BEGIN + timedelta(days=n) for n in range(40)]
    per_day = {}
    for day in days:
        melden = due_on(termijn, day, convenant)
        termijn = told(termijn, melden)
        if not melden.is_empty:
            per_day[day] = (melden.nadert, melden.verstreken, [trede.artikel for trede in melden.treden])
    assert per_day == {
        date(2026, 5, 20): (True, False, []),
        date(2026, 5, 22): (False, True, ["8.1"]),
        date(2026, 5, 27): (False, False, ["8.2"]),
        date(2026, 6, 5): (False, False, ["8.3"]),
    }


def test_a_clock_that_jumps_forward_makes_all_steps_due_once_and_in_order(convenant: Convenant) -> None:
    far = date(2026, 12, 1)
    assert live(maak(convenant), [far, far], convenant) == ["verstreken", "8.1", "8.2", "8.3"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(begin=DAYS, jumps=st.lists(st.integers(0, 120), max_size=12))
def test_whatever_the_clock_does_nothing_is_told_twice_or_out_of_order(
    convenant: Convenant, begin: date, jumps: list[int]
) -> None:
    termijn = maak(convenant, begin)
    heard = live(termijn, [begin + timedelta(days=n) for n in jumps], convenant)
    order = ["nadert", "verstreken", "8.1", "8.2", "8.3"]
    assert heard == [item for item in order if item in heard]
    last = live(termijn, [*(begin + timedelta(days=n) for n in jumps), begin + timedelta(days=200)], convenant)
    assert [item for item in last if item != "nadert"] == order[1:]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(begin=DAYS, back=st.integers(0, 60))
def test_what_was_told_stays_so_when_the_clock_goes_back(convenant: Convenant, begin: date, back: int) -> None:
    termijn = maak(convenant, begin)
    late = termijn.uiterlijk + timedelta(days=1)
    termijn = told(termijn, due_on(termijn, late, convenant))
    assert status_on(termijn, late - timedelta(days=back), convenant) is Termijnstatus.VERSTREKEN


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(begin=DAYS, offset=st.integers(0, 90))
def test_the_next_day_is_the_first_on_which_something_is_due(convenant: Convenant, begin: date, offset: int) -> None:
    termijn = maak(convenant, begin)
    for n in range(offset):
        termijn = told(termijn, due_on(termijn, begin + timedelta(days=n), convenant))
    expected = next_day(termijn, convenant)
    ahead = (begin + timedelta(days=n) for n in range(offset, offset + 90))
    found = next((day for day in ahead if not due_on(termijn, day, convenant).is_empty), None)
    assert found == expected


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(begin=DAYS)
def test_a_reminder_comes_on_the_working_day_before_and_never_on_the_first_day(
    convenant: Convenant, begin: date
) -> None:
    termijn = maak(convenant, begin)
    vrij = convenant.afspraken.vrije_dagen
    day = next_day(termijn, convenant)
    assert day is not None
    assert begin < day < termijn.uiterlijk
    assert is_werkdag(day, vrije_dagen=vrij)
    between = (day + timedelta(days=n) for n in range(1, (termijn.uiterlijk - day).days))
    assert not any(is_werkdag(each, vrije_dagen=vrij) for each in between)


def test_summer_time_makes_no_day_longer_or_shorter(convenant: Convenant) -> None:
    # On 29 March 2026 the clock goes from two to three, on 25 October back: the days are those of the Netherlands.
    for begin, last in ((date(2026, 3, 27), date(2026, 4, 3)), (date(2026, 10, 23), date(2026, 10, 30))):
        termijn = maak(convenant, begin)
        uiterlijk = termijn.uiterlijk
        assert uiterlijk >= last
        local_midnight = datetime(uiterlijk.year, uiterlijk.month, uiterlijk.day, tzinfo=UTC) + timedelta(days=1)
        hours = 2 if begin.month == 3 else 1
        before, after = (local_midnight - timedelta(hours=hours, minutes=m) for m in (1, 0))
        assert due_on(termijn, local_date(before), convenant).verstreken is False
        assert due_on(termijn, local_date(after), convenant).verstreken is True
