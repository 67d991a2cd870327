"""Mail that says that there is news and nothing else: when the next one goes, and what happens after a try.

The hours are those of the Netherlands, also on the days on which the clock changes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum, unique
from typing import Final

from convenant.kalender import NEDERLAND
from convenant.types import Oin

VERZAMELEN: Final = timedelta(minutes=1)
"""What happens within a minute is one mail; and no two go within one."""
OPGEVEN_NA: Final = timedelta(days=1)
LANGSTE_PAUZE: Final = timedelta(hours=1)
_EERSTE_PAUZE: Final = timedelta(minutes=1)
_MIN_POGINGEN: Final = 5
_MAX_VERDUBBELINGEN: Final = 16
_DAY: Final = timedelta(days=1)


@unique
class Emailwijze(StrEnum):
    """When mail goes out: soon after every event, or once a day."""

    DIRECT = "direct"
    DAGELIJKS = "dagelijks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Emailinstelling:
    """What an organisation wants. Between `stil_van` and `stil_tot` nothing goes but what is urgent.

    Both are given or neither is, and they differ; the quiet hours may go past midnight.
    """

    aan: bool
    wijze: Emailwijze = Emailwijze.DIRECT
    tijdstip: time = time(8)
    stil_van: time | None = None
    stil_tot: time | None = None

    def is_quiet(self, op: datetime) -> bool:
        """Whether this moment is in the quiet hours."""
        if self.stil_van is None or self.stil_tot is None:
            return False
        clock = op.astimezone(NEDERLAND).time()
        if self.stil_van < self.stil_tot:
            return self.stil_van <= clock < self.stil_tot
        return clock >= self.stil_van or clock < self.stil_tot


@dataclass(frozen=True, slots=True, kw_only=True)
class Emailstand:
    """How far the mail to an organisation is: `gemeld_tot` is the number in its feed up to which it was told.

    `verzonden_op` is when the last mail went; `pogingen` and `mislukt_sinds` are about the one that is being tried.
    """

    gemeld_tot: int
    volgende_op: datetime
    verzonden_op: datetime | None = None
    pogingen: int = 0
    mislukt_sinds: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Emailkanaal:
    """What an organisation wants, and how far it is."""

    organisatie: Oin
    instelling: Emailinstelling
    stand: Emailstand


@dataclass(frozen=True, slots=True, kw_only=True)
class Ongemeld:
    """The events that no mail was about yet: when the first came, and the first in which acute danger is at stake."""

    sinds: datetime
    tot: int
    dringend_sinds: datetime | None = None


def due_at(instelling: Emailinstelling, stand: Emailstand, nieuws: Ongemeld, *, op: datetime) -> datetime:
    """The moment at which the next mail is to go, from `op` on, which is now."""
    earliest = max((op, *_waits(stand, op)))
    # Also what is late waits for the end of the quiet hours, as after a failure.
    due = end_of_quiet(instelling, max(_by_wish(instelling, nieuws.sinds), earliest))
    return due if nieuws.dringend_sinds is None else min(due, max(nieuws.dringend_sinds, earliest))


def after_mail(stand: Emailstand, tot: int, *, gelukt: bool, op: datetime, toeval: float) -> Emailstand:
    """How it goes on after a try; `toeval` is a random fraction, at least 0 and below 1.

    What failed for a day is left: the next event brings the next mail, and everything is in the feed.
    """
    if gelukt:
        return Emailstand(gemeld_tot=tot, volgende_op=op, verzonden_op=op)
    sinds = op if stand.mislukt_sinds is None else min(stand.mislukt_sinds, op)
    pogingen = stand.pogingen + 1
    if op - sinds >= OPGEVEN_NA and pogingen >= _MIN_POGINGEN:
        return replace(stand, gemeld_tot=tot, volgende_op=op, pogingen=0, mislukt_sinds=None)
    length = min(_EERSTE_PAUZE * (1 << min(stand.pogingen, _MAX_VERDUBBELINGEN)), LANGSTE_PAUZE)
    # Between half and whole: a mail server that is asked too often begins to refuse.
    pause = length * (0.5 + toeval / 2)
    return replace(stand, volgende_op=op + pause, pogingen=pogingen, mislukt_sinds=sinds)


def next_clock(moment: datetime, clock: time) -> datetime:
    """The first moment from this one on at which it is this time of the day; an hour later when the clock skips it."""
    day = moment.astimezone(NEDERLAND).date() - _DAY
    candidates = (datetime.combine(day + n * _DAY, clock, NEDERLAND).astimezone(moment.tzinfo) for n in range(3))
    return next((found for found in candidates if found >= moment), moment + _DAY)


def end_of_quiet(instelling: Emailinstelling, moment: datetime) -> datetime:
    """The first moment from this one on that is not in the quiet hours."""
    if instelling.stil_tot is None or not instelling.is_quiet(moment):
        return moment
    end = _ends(moment, instelling.stil_tot)
    # Where the clock goes back, the quiet hours may begin anew before they are over.
    return end_of_quiet(instelling, end) if instelling.is_quiet(end) else end


def _by_wish(instelling: Emailinstelling, sinds: datetime) -> datetime:
    return next_clock(sinds, instelling.tijdstip) if instelling.wijze is Emailwijze.DAGELIJKS else sinds + VERZAMELEN


def _waits(stand: Emailstand, op: datetime) -> Iterator[datetime]:
    if stand.verzonden_op is not None and stand.verzonden_op <= op:
        yield stand.verzonden_op + VERZAMELEN
    # Further ahead than any pause: the clock was put back.
    if stand.volgende_op - op <= LANGSTE_PAUZE:
        yield stand.volgende_op


def _ends(moment: datetime, clock: time) -> datetime:
    """The first moment after this one at which it is this time, also the second time that it is on one day."""
    day = moment.astimezone(NEDERLAND).date()
    both = [datetime.combine(day + n * _DAY, clock.replace(fold=f), NEDERLAND) for n in range(2) for f in range(2)]
    return min(found for each in both if (found := each.astimezone(moment.tzinfo)) > moment)
