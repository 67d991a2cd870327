"""Counting against a budget: a model that keeps everything agrees, whatever is asked and whenever."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from convenant.kalender import first_of_month, local_date
from convenant.model import Budget
from convenant.sleutelhouder.domein.budget import MINUUT, Stand, empty_stand, shortages
from convenant.sleutelhouder.types import Tijdvak

START = datetime(2026, 3, 28, 22, 0, tzinfo=UTC)
BUDGET = Budget(per_minuut=5, per_dag=12, per_maand=30)
# Seconds between requests: often within a minute, sometimes over midnight, over the change of the clock, over a month.
STEPS = st.one_of(st.integers(0, 90), st.sampled_from([3600, 7200, 86_400, 5 * 86_400, 31 * 86_400]))


def ask(stand: Stand, aantal: int, op: datetime) -> tuple[Stand, bool]:
    now = stand.at(op)
    if shortages(now, BUDGET, aantal, op=op):
        return now, False
    return now.add(aantal, uit_venster=0, op=op), True


@given(st.lists(st.tuples(STEPS, st.integers(1, 6)), max_size=40))
def test_what_passes_is_what_fits_in_any_minute_and_in_each_day_and_month(asked: list[tuple[int, int]]) -> None:
    op, stand = START, empty_stand(START)
    granted: list[tuple[datetime, int]] = []
    for seconds, aantal in asked:
        op += timedelta(seconds=seconds)
        fits = (
            sum(n for at, n in granted if at > op - MINUUT) + aantal <= BUDGET.per_minuut
            and sum(n for at, n in granted if local_date(at) == local_date(op)) + aantal <= BUDGET.per_dag
            and sum(n for at, n in granted if first_of_month(local_date(at)) == first_of_month(local_date(op))) + aantal
            <= BUDGET.per_maand
        )
        stand, passed = ask(stand, aantal, op)
        assert passed == fits
        if passed:
            granted.append((op, aantal))


@given(st.lists(st.tuples(STEPS, st.integers(1, 5)), max_size=20), st.integers(1, 5))
def test_after_the_seconds_of_a_shortage_that_span_has_room_and_a_second_earlier_it_has_not(
    asked: list[tuple[int, int]], aantal: int
) -> None:
    op, stand = START, empty_stand(START)
    for seconds, number in asked:
        op += timedelta(seconds=seconds)
        stand, _ = ask(stand, number, op)
    for tekort in shortages(stand.at(op), BUDGET, aantal, op=op):
        for early, expected in ((0, False), (1, True)):
            later = op + timedelta(seconds=tekort.seconden - early)
            found = {t.tijdvak for t in shortages(stand.at(later), BUDGET, aantal, op=later)}
            assert (tekort.tijdvak in found) is expected


def test_more_than_a_whole_budget_waits_until_the_span_is_empty() -> None:
    [minuut, *_] = shortages(empty_stand(START), BUDGET, 6, op=START)
    assert (minuut.tijdvak, minuut.seconden) == (Tijdvak.MINUUT, 60)


def test_no_points_need_no_budget() -> None:
    assert shortages(empty_stand(START), Budget(per_minuut=0, per_dag=0, per_maand=0), 0, op=START) == []


@given(st.integers(0, 100), st.integers(0, 100))
def test_points_out_of_a_window_count_for_the_month_and_not_for_the_budget(budget: int, venster: int) -> None:
    stand = empty_stand(START).add(budget, uit_venster=venster, op=START)
    assert (stand.minuut_aantal, stand.dag_aantal, stand.maand_aantal) == (budget, budget, budget)
    assert stand.maand_totaal == budget + venster


def test_a_clock_that_is_set_back_gives_no_points_back() -> None:
    stand = empty_stand(START).add(5, uit_venster=0, op=START)
    earlier = stand.at(START - timedelta(days=40))
    assert replace(earlier, recent=stand.recent) == stand
    assert earlier.minuut_aantal == 5
