"""Days and months as a convenant counts them: those of Europe/Amsterdam."""

import math
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

NEDERLAND: Final = ZoneInfo("Europe/Amsterdam")


def local_date(op: datetime) -> date:
    """The day that it is in the Netherlands at this moment, which is aware."""
    return op.astimezone(NEDERLAND).date()


def first_of_month(dag: date) -> date:
    """The first day of the month of a day; by it a month is known."""
    return dag.replace(day=1)


def next_day(op: datetime) -> datetime:
    """The moment at which the next day begins."""
    return _begin(local_date(op) + timedelta(days=1))


def next_month(op: datetime) -> datetime:
    """The moment at which the next month begins."""
    # Thirty-one days after the first is always in the month after.
    return _begin(first_of_month(first_of_month(local_date(op)) + timedelta(days=31)))


def seconds_until(moment: datetime, *, op: datetime) -> int:
    """How many seconds to wait at `op` until that moment has come, at least one: for a Retry-After (RFC 9110)."""
    return max(1, math.ceil((moment - op).total_seconds()))


def local_moment(naief: datetime) -> datetime:
    """A moment that somebody wrote down without a zone, in the Netherlands."""
    return naief.replace(tzinfo=NEDERLAND)


def _begin(dag: date) -> datetime:
    return datetime.combine(dag, time.min, NEDERLAND)
