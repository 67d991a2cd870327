"""Counting terms as the Algemene termijnenwet does, on the calendars of years that are known."""

import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convenant.model import Termijn
from convenant.types import Eenheid
from convenant.werkdagen import add_werkdagen, is_werkdag, termijn_einde

GEEN: frozenset[date] = frozenset()
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
COUNTS = st.integers(0, 40)
FREE = st.frozensets(st.dates(date(2020, 1, 1), date(2020, 3, 1)), max_size=20)


def _termijn(aantal: int, eenheid: Eenheid) -> Termijn:
    return Termijn(code="t", artikel="1", aantal=aantal, eenheid=eenheid, omschrijving="x")


def _einde(aantal: int, eenheid: Eenheid, van: date, vrije_dagen: frozenset[date] = GEEN) -> date:
    return termijn_einde(_termijn(aantal, eenheid), van, vrije_dagen=vrije_dagen)


# Algemene termijnenwet, article 3: the working days on which nobody works.
WEEKDAY_HOLIDAYS = {
    2025: [(1, 1), (4, 18), (4, 21), (5, 5), (5, 29), (6, 9), (12, 25), (12, 26)],
    2026: [(1, 1), (4, 3), (4, 6), (4, 27), (5, 5), (5, 14), (5, 25), (12, 25)],
}


@pytest.mark.parametrize("year", WEEKDAY_HOLIDAYS)
def test_the_free_weekdays_are_those_of_the_law(year: int) -> None:
    all_days = (date(year, 1, 1) + timedelta(days=n) for n in range(365))
    free = [d for d in all_days if d.weekday() < 5 and not is_werkdag(d, vrije_dagen=GEEN)]
    assert free == [date(year, month, day) for month, day in WEEKDAY_HOLIDAYS[year]]


@pytest.mark.parametrize(
    ("dag", "werkdag"),
    [
        (date(2025, 4, 26), False),
        (date(2025, 4, 28), True),
        (date(2022, 12, 27), True),
        (date(2024, 5, 6), True),
        (date(2027, 5, 5), False),
        (date(2026, 5, 15), True),
        (date(2026, 12, 31), True),
    ],
    ids=[
        "koningsdag-on-saturday-when-27-april-is-a-sunday",
        "and-then-not-on-monday",
        "christmas-on-a-sunday-is-not-made-up-for",
        "nor-is-5-may",
        "5-may-counts-also-in-years-without-a-lustrum",
        "the-friday-after-ascension-is-no-holiday",
        "nor-is-new-year's-eve",
    ],
)
def test_knows_the_days_that_others_get_wrong(dag: date, werkdag: bool) -> None:
    assert is_werkdag(dag, vrije_dagen=GEEN) is werkdag


def test_what_the_parties_call_free_is_free() -> None:
    vrijdag = date(2026, 5, 15)
    assert not is_werkdag(vrijdag, vrije_dagen=frozenset({vrijdag}))


@pytest.mark.parametrize(
    ("van", "aantal", "einde"),
    [
        (date(2026, 4, 1), 0, date(2026, 4, 1)),
        (date(2026, 4, 1), 1, date(2026, 4, 2)),
        (date(2026, 4, 2), 1, date(2026, 4, 7)),
        (date(2026, 4, 4), 5, date(2026, 4, 13)),
        (date(2026, 12, 24), 2, date(2026, 12, 29)),
    ],
    ids=["none", "the-next-day", "over-easter", "from-a-saturday", "over-christmas"],
)
def test_counts_working_days(van: date, aantal: int, einde: date) -> None:
    assert add_werkdagen(van, aantal, vrije_dagen=GEEN) == einde
    if aantal:
        assert _einde(aantal, Eenheid.WERKDAGEN, van) == einde


def test_refuses_to_count_backwards() -> None:
    with pytest.raises(ValueError, match="negative"):
        add_werkdagen(date(2026, 1, 5), -1, vrije_dagen=GEEN)


@pytest.mark.parametrize(
    ("aantal", "eenheid", "van", "einde"),
    [
        (10, Eenheid.DAGEN, date(2026, 6, 1), date(2026, 6, 11)),
        (5, Eenheid.DAGEN, date(2026, 6, 1), date(2026, 6, 8)),
        (2, Eenheid.WEKEN, date(2026, 3, 20), date(2026, 4, 7)),
        (5, Eenheid.WEKEN, date(2026, 6, 1), date(2026, 7, 6)),
        (1, Eenheid.MAANDEN, date(2025, 1, 31), date(2025, 2, 28)),
        (1, Eenheid.MAANDEN, date(2028, 1, 31), date(2028, 2, 29)),
        (13, Eenheid.MAANDEN, date(2025, 11, 30), date(2026, 12, 30)),
        (1, Eenheid.MAANDEN, date(2026, 1, 31), date(2026, 3, 2)),
    ],
    ids=[
        "on-a-working-day",
        "on-a-saturday",
        "on-good-friday",
        "weeks",
        "months-to-the-last-day",
        "months-in-a-leap-year",
        "months-over-years",
        "last-day-of-february-on-a-saturday",
    ],
)
def test_a_term_ends_on_a_working_day(aantal: int, eenheid: Eenheid, van: date, einde: date) -> None:
    assert _einde(aantal, eenheid, van) == einde


def test_a_term_runs_over_the_free_days_of_the_region_too() -> None:
    assert _einde(4, Eenheid.DAGEN, date(2026, 5, 11), frozenset({date(2026, 5, 15)})) == date(2026, 5, 18)


def test_a_term_of_three_days_holds_two_working_days() -> None:
    # From the Thursday before Easter: Goede Vrijdag, Saturday, Easter and Easter Monday are free.
    assert _einde(2, Eenheid.DAGEN, date(2026, 4, 2)) == date(2026, 4, 7)
    assert _einde(3, Eenheid.DAGEN, date(2026, 4, 2)) == date(2026, 4, 8)


@given(DAYS, COUNTS, COUNTS, FREE)
@settings(max_examples=40)
def test_working_days_add_up(van: date, een: int, ander: int, vrij: frozenset[date]) -> None:
    halfway = add_werkdagen(van, een, vrije_dagen=vrij)
    assert add_werkdagen(halfway, ander, vrije_dagen=vrij) == add_werkdagen(van, een + ander, vrije_dagen=vrij)


@given(DAYS, st.integers(1, 60), st.sampled_from(list(Eenheid)), FREE)
@settings(max_examples=60)
def test_a_term_ends_later_than_it_began_on_a_working_day(
    van: date, aantal: int, eenheid: Eenheid, vrij: frozenset[date]
) -> None:
    einde = _einde(aantal, eenheid, van, vrij)
    assert einde > van
    assert is_werkdag(einde, vrije_dagen=vrij)
    assert einde <= _einde(aantal + 1, eenheid, van, vrij)


@given(DAYS, st.integers(1, 30), FREE)
@settings(max_examples=40)
def test_the_number_of_working_days_is_what_was_asked(van: date, aantal: int, vrij: frozenset[date]) -> None:
    einde = add_werkdagen(van, aantal, vrije_dagen=vrij)
    days = [van + timedelta(days=n) for n in range(1, (einde - van).days + 1)]
    assert sum(is_werkdag(day, vrije_dagen=vrij) for day in days) == aantal


def test_the_holidays_are_not_imported_until_somebody_counts() -> None:
    code = "import sys, convenant.laden, convenant.werkdagen; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
