"""Following the notifications as they come: a stream where there is one, long polling where there is not; no I/O.

A conversation of another kind than the calls: it goes on for ever, hands over what comes, and holds a connection open
meanwhile. A stream that does not come about, or stays silent (a proxy that holds it up), makes way for long polling, a
longer time after every failure. Whoever is away is tried again with growing pauses. The number from which the next
connection goes on is that of the last one that was handed over.
"""

import secrets
from collections.abc import Generator
from dataclasses import dataclass
from typing import Final, TypeAlias

from client_sdk.client import requests
from client_sdk.client.dienstsoort import MATCHER
from client_sdk.client.gesprek import Gesprek
from client_sdk.client.kanaalverzoeken import stroom_request
from client_sdk.client.model import Notificatie
from client_sdk.client.notificatieantwoorden import EventDocument, notificatie_of, read_event, read_events
from client_sdk.client.problem import error_of
from client_sdk.client.retry import Herhaalbeleid
from client_sdk.client.sse import Stroomgebeurtenis, Stroomlezer
from client_sdk.client.transport import ConnectionFailed, Pause, Request, Response
from client_sdk.client.volgorde import Volgorde
from client_sdk.errors import MatcherOnbereikbaar, OngeldigAntwoord
from client_sdk.types import MedewerkerPseudoniem

_OK: Final = 200
_UNAUTHORIZED: Final = 401
_NO_STREAM: Final = frozenset({404, 405, 406, 429, 500, 502, 503, 504})
_PAGE: Final = 100
_MAX_POLLS: Final = 16
_MAX_PAUSE: Final = 60.0
_random = secrets.SystemRandom()


@dataclass(frozen=True, slots=True)
class Openen:
    """Send this request and keep the connection open; a Response comes back, with content unless its status is 200."""

    request: Request


@dataclass(frozen=True, slots=True)
class Lezen:
    """Wait for the next bytes of the open connection; a Chunk comes back, or a ConnectionFailed when it ended."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Bytes of an open connection."""

    content: bytes


@dataclass(frozen=True, slots=True)
class Overhandigen:
    """Give this to who follows; the conversation goes on when the next one is asked for."""

    notificatie: Notificatie


Stroomstap: TypeAlias = Request | Pause | Openen | Lezen | Overhandigen
Stroomuitkomst: TypeAlias = Response | ConnectionFailed | Chunk | None
Stroomstappen: TypeAlias = Generator[Stroomstap, Stroomuitkomst, None]
_Delen: TypeAlias = Generator[Stroomstap, Stroomuitkomst, bool]


def follow(
    gesprek: Gesprek, beleid: Herhaalbeleid, *, na: str, medewerker: MedewerkerPseudoniem | None
) -> Stroomstappen:
    """Hand over every notification after `na`, each once, in order, for ever.

    Raises `NietIngelogd`, `VerzoekGeweigerd`, and `OngeldigAntwoord` when a number is missing; not when the matcher is
    away: then it goes on trying.
    """
    volger = _Volger(gesprek, Volgorde(na), medewerker)
    failures = absences = 0
    while True:
        try:
            failures = 0 if (yield from volger.stream()) else failures + 1
            if failures:
                yield from volger.poll(min(2 ** (failures - 1), _MAX_POLLS))
            absences = 0
        except MatcherOnbereikbaar as error:
            absences += 1
            yield Pause(max(error.retry_after or 0.0, _random.uniform(0, _longest_pause(beleid, absences))))
            continue
        # Every stream ends with its token: those of a hundred organisations must not come back together.
        yield Pause(_random.uniform(0, beleid.basis))


def _longest_pause(beleid: Herhaalbeleid, absences: int) -> float:
    return min(_MAX_PAUSE, beleid.maximum * 2.0 ** min(absences - 1, 10))


class _Volger:
    def __init__(self, gesprek: Gesprek, volgorde: Volgorde, medewerker: MedewerkerPseudoniem | None) -> None:
        self._gesprek = gesprek
        self._volgorde = volgorde
        self._medewerker = medewerker

    def stream(self) -> _Delen:
        """Hand over what comes along one connection, until it ends; return whether anything came."""
        response = yield from self._open()
        if isinstance(response, ConnectionFailed) or response.status in _NO_STREAM:
            return False
        if response.status != _OK:
            raise error_of(response, MATCHER)
        if not response.headers.get("content-type", "").startswith("text/event-stream"):
            return False
        lezer, alive = Stroomlezer(), False
        while isinstance(outcome := (yield Lezen()), Chunk):
            alive = True
            for event in lezer.feed(outcome.content):
                yield from self._receive(event)
        return alive

    def poll(self, times: int) -> Generator[Stroomstap, Stroomuitkomst, None]:
        """Hand over what long polling gives, so many times."""
        for _ in range(times):
            na = self._volgorde.cursor
            request = requests.notificaties_request(na=na, wacht=requests.MAX_WACHT, limiet=_PAGE)
            content = yield from self._gesprek.call(request, self._medewerker)
            for event in read_events(content, self._volgorde):
                yield from _hand_over(event)

    def _open(self) -> Generator[Stroomstap, Stroomuitkomst, Response | ConnectionFailed]:
        for _ in range(2):
            request = yield from self._gesprek.authorise(stroom_request(self._volgorde.cursor), self._medewerker)
            outcome = yield Openen(request)
            if not isinstance(outcome, Response) or outcome.status != _UNAUTHORIZED:
                break
            # A token from the cache may have been refused: the matcher may have changed its key.
            self._gesprek.forget_token()
        if not isinstance(outcome, (Response, ConnectionFailed)):
            raise TypeError("a connection is opened with a response or a failure")
        return outcome

    def _receive(self, gebeurtenis: Stroomgebeurtenis) -> Generator[Stroomstap, Stroomuitkomst, None]:
        event = read_event(gebeurtenis.data)
        if gebeurtenis.id != event.sequence:
            raise OngeldigAntwoord("De stroom van de matcher noemt een ander nummer dan de notificatie zelf.")
        if self._volgorde.accepts(event.sequence, event.id):
            yield from _hand_over(event)


def _hand_over(event: EventDocument) -> Generator[Stroomstap, Stroomuitkomst, None]:
    notificatie = notificatie_of(event)
    if notificatie is not None:
        yield Overhandigen(notificatie)
