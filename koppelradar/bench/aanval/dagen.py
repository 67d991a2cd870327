"""What a budget means in time: how long a sweep takes, and when the alarm of the sleutelhouder goes off."""

from dataclasses import dataclass
from typing import Final

from convenant.model import Alarm, Budget

_DAYS_PER_MONTH: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Dagcijfers:
    """One day of one organisation.

    `minuten` is how long its questions take under the limit per minute; `dagen` how long the whole dictionary takes,
    `dagen_regio` as many persons as the largest party serves. `alarm` is the day of the month on which the alarm goes
    off (None is never), `stil_per_maand` how many persons a month are tested without it.
    """

    sector: str
    getest: int
    herkend: int
    punten_per_code: int
    minuten: int
    dagen: int
    dagen_regio: int
    alarm: int | None
    stil_per_maand: int


def days_needed(personen: int, *, per_dag: int, budget: Budget) -> int:
    """Return after how many days so many persons are tested, when a month takes only so many full days of asking.

    `per_dag` is at least 1.
    """
    asking = -(-personen // per_dag)
    per_month = max(budget.per_maand // budget.per_dag, 1)
    months, rest = divmod(asking - 1, per_month)
    return months * _DAYS_PER_MONTH + rest + 1


def day_of_alarm(alarm: Alarm | None, *, punten: int, signalen: int, budget: Budget) -> int | None:
    """Return the day of the month on which so many points and signals a day raise the alarm; None when they do not."""
    if alarm is None:
        return None
    for dag in range(1, _DAYS_PER_MONTH + 1):
        if alarm.is_raised(gevraagd=min(dag * punten, budget.per_maand), ingediend=dag * signalen):
            return dag
    return None


def silent_points(alarm: Alarm | None, *, signalen_per_punt: int, budget: Budget) -> int:
    """Return how many points of a code a month takes without alarm, when each comes with 0 or 1 signals."""
    if alarm is None or alarm.factor * signalen_per_punt >= 1:
        return budget.per_maand
    return min(alarm.vrij, budget.per_maand)
