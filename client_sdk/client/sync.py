"""The matcher client for ordinary (blocking) code."""

import time
from collections.abc import Callable, Iterator, Sequence
from types import TracebackType
from typing import Self, TypeVar
from uuid import UUID

import httpx

from client_sdk.client.core import DEFAULT_LIMIET, Aanmelding, MatcherCore
from client_sdk.client.http import client_settings, failed, to_httpx, to_response
from client_sdk.client.model import (
    BEGIN_CURSOR,
    Bladzijde,
    EigenSignaal,
    Intrekking,
    Match,
    Notificatiebladzijde,
    Ontvangst,
    SignaalInzending,
)
from client_sdk.client.requests import MAX_LIMIET
from client_sdk.client.retry import Herhaalbeleid
from client_sdk.client.transport import ConnectionFailed, Pause, Request, Response, Steps
from client_sdk.types import MedewerkerPseudoniem

_T = TypeVar("_T")


class MatcherClient:
    """Talks with one matcher for one organisation. A context manager; not for several threads at once.

    Every call logs in when needed, repeats passing failures according to `herhaalbeleid`, and raises
    `MatcherOnbereikbaar`, `NietIngelogd`, `VerzoekGeweigerd` or `OngeldigAntwoord`. `medewerker` is the
    pseudonym under which the calls are made; each call can name another one. `transport` replaces the
    network, for tests.
    """

    def __init__(
        self,
        aanmelding: Aanmelding,
        *,
        medewerker: MedewerkerPseudoniem,
        herhaalbeleid: Herhaalbeleid | None = None,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        beleid = herhaalbeleid or Herhaalbeleid()
        self._core = MatcherCore(aanmelding, medewerker=medewerker, herhaalbeleid=beleid)
        self._http = httpx.Client(transport=transport, **client_settings(aanmelding.url))
        self._sleep = sleep

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def submit_signalen(
        self,
        signalen: Sequence[SignaalInzending],
        *,
        idempotentiesleutel: str,
        medewerker: MedewerkerPseudoniem | None = None,
    ) -> tuple[Ontvangst, ...]:
        """Submit 1 to 1000 signals, all or none; return a receipt for every one, in the same order.

        A receipt means that the signal is stored durably. After an error nothing is known about the batch:
        send it again, unchanged and under the same `idempotentiesleutel` (8 to 64 of `[A-Za-z0-9_-]`).
        """
        return self._run(
            self._core.submit_signalen(tuple(signalen), idempotentiesleutel=idempotentiesleutel, medewerker=medewerker)
        )

    def withdraw_signaal(self, signaal: UUID, *, medewerker: MedewerkerPseudoniem | None = None) -> Intrekking:
        """Withdraw a signal; it stops matching at once. Repeating it gives the same answer."""
        return self._run(self._core.withdraw_signaal(signaal, medewerker=medewerker))

    def list_signalen(
        self, *, limiet: int = MAX_LIMIET, medewerker: MedewerkerPseudoniem | None = None
    ) -> Iterator[EigenSignaal]:
        """Yield all signals of the own organisation, `limiet` per call (1-1000)."""
        return self._pages(lambda na: self._core.signalen_page(na=na, limiet=limiet, medewerker=medewerker))

    def list_matches(
        self, *, limiet: int = MAX_LIMIET, medewerker: MedewerkerPseudoniem | None = None
    ) -> Iterator[Match]:
        """Yield all matches of the own organisation, `limiet` per call (1-1000)."""
        return self._pages(lambda na: self._core.matches_page(na=na, limiet=limiet, medewerker=medewerker))

    def read_notificaties(
        self,
        *,
        na: str = BEGIN_CURSOR,
        wacht: int = 0,
        limiet: int = DEFAULT_LIMIET,
        medewerker: MedewerkerPseudoniem | None = None,
    ) -> Notificatiebladzijde:
        """Return the notifications after `na`, waiting at most `wacht` (0-30) seconds for the first."""
        return self._run(self._core.read_notificaties(na=na, wacht=wacht, limiet=limiet, medewerker=medewerker))

    def _pages(self, page: Callable[[str | None], Steps[Bladzijde[_T]]]) -> Iterator[_T]:
        na: str | None = None
        while True:
            bladzijde = self._run(page(na))
            yield from bladzijde.regels
            na = bladzijde.volgende
            if na is None:
                return

    def _run(self, steps: Steps[_T]) -> _T:
        """Carry out a conversation: the only place in this class that does I/O or waits."""
        outcome: Response | ConnectionFailed | None = None
        while True:
            try:
                step = steps.send(outcome)
            except StopIteration as stop:
                result: _T = stop.value
                return result
            if isinstance(step, Pause):
                self._sleep(step.seconds)
                outcome = None
            else:
                outcome = self._exchange(step)

    def _exchange(self, request: Request) -> Response | ConnectionFailed:
        try:
            return to_response(self._http.send(to_httpx(self._http, request)))
        except httpx.RequestError as error:
            return failed(error)
