"""Terms that run: when one begins and ends, how it stands on a day, and what is to be told about it.

All in days of the Netherlands, so that summer time changes nothing. What was told is kept with the term: a clock that
jumps forward makes everything due at once and in order, one that jumps back makes nothing due twice.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from convenant.model import Convenant, Escalatietrede, Monitoring, Termijn
from convenant.types import ConvenantId, Oin
from convenant.werkdagen import add_werkdagen, is_werkdag, termijn_einde
from matcher.domein.casus import monitoring_artikel
from matcher.types import TermijnId

_DAY = timedelta(days=1)


class Onderwerpsoort(StrEnum):
    """What a term is about."""

    MATCH = "match"
    MOGELIJKE_MATCH = "mogelijke-match"
    KAARTVERZOEK = "kaartverzoek"
    CASUS = "casus"
    BEKENDHEIDSVRAAG = "bekendheidsvraag"


class Termijnstatus(StrEnum):
    """How a term stands on a day."""

    LOOPT = "loopt"
    NADERT = "nadert"
    """From the last working day before its last day on."""
    VERSTREKEN = "verstreken"
    VOLDAAN = "voldaan"


@dataclass(frozen=True, slots=True, kw_only=True)
class LopendeTermijn:
    """A term of one organisation, from `begonnen_op` up to and including `uiterlijk`.

    `onderwerp` is what it is about as that organisation knows it, `bron` as the matcher does. `trede` is how many steps
    of the ladder were taken.
    """

    id: TermijnId
    convenant: ConvenantId
    code: str
    organisatie: Oin
    soort: Onderwerpsoort
    onderwerp: UUID
    bron: UUID
    begonnen_op: date
    uiterlijk: date
    herinnerd_op: datetime | None = None
    verstreken_op: datetime | None = None
    trede: int = 0
    voldaan_op: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TeMelden:
    """What is to be told about a term today, in this order; each of it once."""

    nadert: bool = False
    verstreken: bool = False
    treden: tuple[Escalatietrede, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.nadert or self.verstreken or self.treden)


def last_day(convenant: Convenant, code: str, begin: date) -> date | None:
    """The last day of the term with this code that begins on this day; None when the convenant has no such term."""
    termijn = convenant.afspraken.termijn(code)
    if termijn is None:
        return None
    return termijn_einde(termijn, begin, vrije_dagen=convenant.afspraken.vrije_dagen)


def asks_nothing(convenant: Convenant, signaalsoort: str) -> bool:
    """Whether a signal of this kind only lets others know: then no term begins by it."""
    return convenant.has_signaalsoort(signaalsoort) and convenant.signaalsoort(signaalsoort).radarmelding


def artikel_of(convenant: Convenant, code: str, organisatie: Oin | None = None) -> str:
    """The article of the term, or moment of monitoring, with this code; empty in a version that has it no longer.

    A moment of monitoring rests on the article by which this organisation is the one that looks.
    """
    afspraken = convenant.afspraken
    agreed: tuple[Termijn | Monitoring, ...] = (*afspraken.termijnen, *afspraken.monitoring)
    found = next((afspraak.artikel for afspraak in agreed if afspraak.code == code), "")
    return found or (monitoring_artikel(convenant, organisatie, code) if organisatie else "")


def status_on(termijn: LopendeTermijn, dag: date, convenant: Convenant) -> Termijnstatus:
    """How the term stands on this day. What was told once stays so, also when the clock goes back."""
    if termijn.voldaan_op is not None:
        return Termijnstatus.VOLDAAN
    if termijn.verstreken_op is not None or dag > termijn.uiterlijk:
        return Termijnstatus.VERSTREKEN
    if termijn.herinnerd_op is not None or dag >= _reminder_day(termijn, convenant):
        return Termijnstatus.NADERT
    return Termijnstatus.LOOPT


def due_on(termijn: LopendeTermijn, dag: date, convenant: Convenant) -> TeMelden:
    """What is still to be told on this day. Who missed the time for a reminder only hears that it is too late."""
    if termijn.voldaan_op is not None:
        return TeMelden()
    if dag <= termijn.uiterlijk:
        reminding = not termijn.herinnerd_op and not termijn.verstreken_op and dag >= _reminder_day(termijn, convenant)
        return TeMelden(nadert=reminding)
    steps = list(_steps(termijn, convenant))[termijn.trede :]
    # Not past a step that is not due yet: they are taken in order.
    due = tuple(trede for trede, vanaf in steps if vanaf <= dag)
    return TeMelden(verstreken=termijn.verstreken_op is None, treden=due)


def next_day(termijn: LopendeTermijn, convenant: Convenant) -> date | None:
    """The first day on which something is to be told that was not told yet; None when nothing is left."""
    if termijn.voldaan_op is not None:
        return None
    if termijn.verstreken_op is None:
        too_late = termijn.uiterlijk + _DAY
        return too_late if termijn.herinnerd_op else min(_reminder_day(termijn, convenant), too_late)
    return next((vanaf for _, vanaf in list(_steps(termijn, convenant))[termijn.trede :]), None)


def ladder(convenant: Convenant) -> Sequence[Escalatietrede]:
    """The steps of the escalation ladder, in the order in which they are taken."""
    return sorted(convenant.afspraken.escalatie, key=lambda trede: trede.na_werkdagen)


def _steps(termijn: LopendeTermijn, convenant: Convenant) -> Iterator[tuple[Escalatietrede, date]]:
    """Every step with the first day on which it is due: never on the last day itself, which is still in time."""
    for trede in ladder(convenant):
        day = add_werkdagen(termijn.uiterlijk, trede.na_werkdagen, vrije_dagen=convenant.afspraken.vrije_dagen)
        yield trede, max(day, termijn.uiterlijk + _DAY)


def _reminder_day(termijn: LopendeTermijn, convenant: Convenant) -> date:
    """The last working day before the last day; never the day on which the term began."""
    day = termijn.uiterlijk - _DAY
    while not is_werkdag(day, vrije_dagen=convenant.afspraken.vrije_dagen):
        day -= _DAY
    return max(day, termijn.begonnen_op + _DAY)
