"""Budgets in time."""

from convenant.model import Alarm, Budget
from koppelradar.bench.aanval.dagen import day_of_alarm, days_needed, silent_points

BUDGET = Budget(per_minuut=60, per_dag=200, per_maand=2000)
ALARM = Alarm(factor=4, vrij=100)


def test_a_month_ends_the_asking_before_it_ends() -> None:
    assert days_needed(200, per_dag=200, budget=BUDGET) == 1
    assert days_needed(2000, per_dag=200, budget=BUDGET) == 10
    assert days_needed(2001, per_dag=200, budget=BUDGET) == 31


def test_the_alarm_goes_off_for_who_submits_nothing() -> None:
    assert day_of_alarm(ALARM, punten=200, signalen=0, budget=BUDGET) == 1
    assert day_of_alarm(ALARM, punten=60, signalen=0, budget=BUDGET) == 2
    assert day_of_alarm(ALARM, punten=200, signalen=200, budget=BUDGET) is None
    assert day_of_alarm(None, punten=200, signalen=0, budget=BUDGET) is None


def test_what_passes_without_alarm() -> None:
    assert silent_points(ALARM, signalen_per_punt=0, budget=BUDGET) == 100
    assert silent_points(ALARM, signalen_per_punt=1, budget=BUDGET) == 2000
    assert silent_points(None, signalen_per_punt=0, budget=BUDGET) == 2000
