"""Delivering to a webhook: what happens after each try, and when the next one comes.

Events go one by one, in the order of their numbers; the next goes once this one arrived or was given up.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum, unique
from http import HTTPStatus
from typing import Final

from convenant.types import Oin
from matcher.types import WebhookId

LANGSTE_WACHT: Final = timedelta(days=1)
"""No wait is longer, whatever the receiver asks for."""
LANGSTE_PAUZE: Final = timedelta(minutes=15)
"""The longest pause of our own choosing between two tries."""
OPGEVEN_NA: Final = timedelta(days=3)
MAX_WEIGERINGEN: Final = 5
GREEP: Final = timedelta(seconds=30)
"""How long a webhook is held by who delivers to it; after a crash it is free again by then."""

_EERSTE_PAUZE: Final = timedelta(seconds=5)
_KORTSTE_PAUZE: Final = timedelta(seconds=1)
_MIN_POGINGEN: Final = 4
"""A clock that jumps forward by a week does not make a single failure the last one."""
_MINUUT: Final = timedelta(minutes=1)
_MAX_VERDUBBELINGEN: Final = 16
_GELUKT: Final = frozenset({HTTPStatus.OK, HTTPStatus.CREATED, HTTPStatus.ACCEPTED, HTTPStatus.NO_CONTENT})
_WACHT: Final = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})
_WEIGERING: Final = range(400, 500)


@unique
class Webhookstatus(StrEnum):
    """Whether events go to a webhook."""

    ACTIEF = "actief"
    WACHT_OP_HANDDRUK = "wacht-op-handdruk"
    GESTOPT = "gestopt"
    """The receiver answered 410: it wants nothing any more, until its organisation resumes."""
    OPGESCHORT = "opgeschort"
    """Nothing arrived for days; it stays so until its organisation resumes."""


@unique
class Uitkomst(StrEnum):
    """What a try came to."""

    GELUKT = "gelukt"
    GESTOPT = "gestopt"
    GEWEIGERD = "geweigerd"
    MISLUKT = "mislukt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Antwoord:
    """What a webhook answered: `status` is None when nothing came back. `retry_after` is what it asked for, if it did.

    `per_minuut` is how many events it takes in a minute, where it said so.
    """

    status: int | None
    retry_after: timedelta | None = None
    per_minuut: int | None = None

    @property
    def uitkomst(self) -> Uitkomst:
        """How the try is to be seen. A redirect is never followed: it counts as a failure."""
        if self.status in _GELUKT:
            return Uitkomst.GELUKT
        if self.status == HTTPStatus.GONE:
            return Uitkomst.GESTOPT
        if self.status in _WEIGERING and self.status not in _WACHT:
            return Uitkomst.GEWEIGERD
        return Uitkomst.MISLUKT

    @property
    def wacht(self) -> timedelta | None:
        """How long it wants to be left alone, at most a day; None when it did not say or may not."""
        if self.status not in _WACHT or self.retry_after is None:
            return None
        return min(max(self.retry_after, _KORTSTE_PAUZE), LANGSTE_WACHT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bezorgstand:
    """How far a webhook is. `verwerkt_tot` is the last number that arrived or was given up.

    `pogingen`, `weigeringen` and `mislukt_sinds` are about the event that is being tried; `per_minuut` is how many
    events it takes, None for as many as there are.
    """

    status: Webhookstatus
    verwerkt_tot: int
    volgende_op: datetime
    pogingen: int = 0
    weigeringen: int = 0
    mislukt_sinds: datetime | None = None
    per_minuut: int | None = None

    @property
    def loopt(self) -> bool:
        """Whether there is something to send to it: events, or the handshake that comes first."""
        return self.status in LOPEND

    def seconds_left(self, op: datetime) -> float:
        """How many seconds from now it may be tried again; not positive when that is now."""
        left = self.volgende_op - op
        # Further away than any wait: the clock was put back.
        return 0.0 if left > LANGSTE_WACHT else left.total_seconds()


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """A place to which the events of an organisation are sent, and the sealed token that is sent along."""

    id: WebhookId
    organisatie: Oin
    url: str = field(repr=False)
    bearer: bytes = field(repr=False)
    aangemaakt_op: datetime
    stand: Bezorgstand


LOPEND: Final = frozenset({Webhookstatus.ACTIEF, Webhookstatus.WACHT_OP_HANDDRUK})


@dataclass(frozen=True, slots=True)
class Besluit:
    """How a webhook goes on after a try, and whether the event that was tried was given up: a dead letter."""

    stand: Bezorgstand
    dode_letter: bool = False


def new_stand(verwerkt_tot: int, *, op: datetime) -> Bezorgstand:
    """A webhook that gets what comes after this number, once its handshake came back."""
    return Bezorgstand(status=Webhookstatus.WACHT_OP_HANDDRUK, verwerkt_tot=verwerkt_tot, volgende_op=op)


def resumed(stand: Bezorgstand, *, op: datetime) -> Bezorgstand:
    """The webhook as its organisation has it begin again, with the handshake, where it stopped."""
    return new_stand(stand.verwerkt_tot, op=op)


def after_try(stand: Bezorgstand, nummer: int, antwoord: Antwoord, *, op: datetime, toeval: float) -> Besluit:
    """What to do once the event of this number was tried; `toeval` is a random fraction, at least 0 and below 1."""
    match antwoord.uitkomst:
        case Uitkomst.GELUKT:
            return Besluit(_next(stand, nummer, op=op))
        case Uitkomst.GESTOPT:
            return Besluit(_ended(stand, Webhookstatus.GESTOPT, op=op))
        case Uitkomst.GEWEIGERD if stand.weigeringen + 1 >= MAX_WEIGERINGEN:
            return Besluit(_next(stand, nummer, op=op), dode_letter=True)
        case Uitkomst.GEWEIGERD:
            return Besluit(replace(_failed(stand, antwoord, op=op, toeval=toeval), weigeringen=stand.weigeringen + 1))
    failed = replace(_failed(stand, antwoord, op=op, toeval=toeval), weigeringen=0)
    if not _hopeless(failed, op):
        return Besluit(failed)
    return Besluit(_ended(_next(stand, nummer, op=op), Webhookstatus.OPGESCHORT, op=op), dode_letter=True)


def after_handshake(stand: Bezorgstand, antwoord: Antwoord | None, *, op: datetime, toeval: float) -> Bezorgstand:
    """How a webhook goes on after the handshake; `antwoord` is None when it came back without consent."""
    if antwoord is not None and antwoord.uitkomst is Uitkomst.GELUKT:
        return replace(
            new_stand(stand.verwerkt_tot, op=op), status=Webhookstatus.ACTIEF, per_minuut=antwoord.per_minuut
        )
    if antwoord is not None and antwoord.uitkomst is Uitkomst.GESTOPT:
        return _ended(stand, Webhookstatus.GESTOPT, op=op)
    failed = _failed(stand, antwoord or Antwoord(status=None), op=op, toeval=toeval)
    return _ended(failed, Webhookstatus.OPGESCHORT, op=op) if _hopeless(failed, op) else failed


def _next(stand: Bezorgstand, nummer: int, *, op: datetime) -> Bezorgstand:
    """Ready for the event that comes after this one; a dead letter that is sent again moves nothing on."""
    return replace(
        stand,
        verwerkt_tot=max(stand.verwerkt_tot, nummer),
        volgende_op=op + (_MINUUT / stand.per_minuut if stand.per_minuut else timedelta(0)),
        pogingen=0,
        weigeringen=0,
        mislukt_sinds=None,
    )


def _failed(stand: Bezorgstand, antwoord: Antwoord, *, op: datetime, toeval: float) -> Bezorgstand:
    sinds = op if stand.mislukt_sinds is None else min(stand.mislukt_sinds, op)
    wacht = antwoord.wacht or _pause(stand.pogingen, toeval)
    return replace(stand, pogingen=stand.pogingen + 1, mislukt_sinds=sinds, volgende_op=op + wacht)


def _pause(pogingen: int, toeval: float) -> timedelta:
    """A random part of a length that doubles with every try, so that webhooks that failed together spread out."""
    length = min(_EERSTE_PAUZE * (1 << min(pogingen, _MAX_VERDUBBELINGEN)), LANGSTE_PAUZE)
    return max(length * toeval, _KORTSTE_PAUZE)


def _hopeless(stand: Bezorgstand, op: datetime) -> bool:
    return (
        stand.mislukt_sinds is not None and op - stand.mislukt_sinds >= OPGEVEN_NA and stand.pogingen >= _MIN_POGINGEN
    )


def _ended(stand: Bezorgstand, status: Webhookstatus, *, op: datetime) -> Bezorgstand:
    return replace(stand, status=status, volgende_op=op)
