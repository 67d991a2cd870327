"""What a budget means in time: how long a sweep takes, and when the alarm of the sleutelhouder goes off."""

from dataclasses import dataclass
from typing import Final

from convenant.model import Alarm, Budget

_DAYS_PER_MONTH: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Dagcijfers:
    """One day of one organisation. `alarm` is the day of the month on which it goes off; None is never.

    `minuten` is how long the questions of that day take under the limit per minute.
    """

    sector: str
    getest: int
    herkend: int
    punten_per_code: int
    minuten: int
    dagen: int
    alarm: int | None


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
