"""The matcher client for code that runs in an event loop."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from uuid import UUID

import httpx

from client_sdk.client.bekendheidcalls import AsyncBekendheidClient
from client_sdk.client.core import DEFAULT_LIMIET, Aanmelding, MatcherCore
from client_sdk.client.kanaalcalls import AsyncKanalenClient
from client_sdk.client.koppeling import Epochestand, Hertokening, MogelijkeMatch
from client_sdk.client.model import (
    BEGIN_CURSOR,
    EigenSignaal,
    Intrekking,
    Match,
    Notificatie,
    Notificatiebladzijde,
    Ontvangst,
    SignaalInzending,
)
from client_sdk.client.opvolgingcalls import AsyncOpvolgingClient
from client_sdk.client.radarcalls import AsyncRadarClient
from client_sdk.client.requests import MAX_LIMIET
from client_sdk.client.retry import Herhaalbeleid
from client_sdk.client.schil import AsyncSchil
from client_sdk.types import MedewerkerPseudoniem
from convenant.types import ConvenantId, Epoche


class AsyncMatcherClient(AsyncSchil):
    """`MatcherClient` for asyncio: an asynchronous context manager; calls may overlap.

    Every call logs in when needed, repeats passing failures according to `herhaalbeleid`, and raises
    `MatcherOnbereikbaar`, `NietIngelogd`, `VerzoekGeweigerd` or `OngeldigAntwoord`. `medewerker` is the
    pseudonym under which the calls are made; each call can name another one. `transport` replaces the
    network, for tests.

    `opvolging`, `radar` and `kanalen` hold the calls about the follow-up of a match, about casussen, and about webhooks
    and mail.
    """

    def __init__(
        self,
        aanmelding: Aanmelding,
        *,
        medewerker: MedewerkerPseudoniem,
        herhaalbeleid: Herhaalbeleid | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        super().__init__(aanmelding.url, transport=transport, sleep=sleep)
        beleid = herhaalbeleid or Herhaalbeleid()
        self._core = MatcherCore(aanmelding, medewerker=medewerker, herhaalbeleid=beleid)
        self.opvolging = AsyncOpvolgingClient(self._core.opvolging, self._run)
        self.radar = AsyncRadarClient(self._core.radar, self._run, self._pages)
        self.kanalen = AsyncKanalenClient(self._core.kanalen, self._run)
        self.bekendheid = AsyncBekendheidClient(self._core.bekendheid, self._run)

    async def submit_signalen(
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
        return await self._run(
            self._core.submit_signalen(tuple(signalen), idempotentiesleutel=idempotentiesleutel, medewerker=medewerker)
        )

    async def withdraw_signaal(self, signaal: UUID, *, medewerker: MedewerkerPseudoniem | None = None) -> Intrekking:
        """Withdraw a signal; it stops matching at once. Repeating it gives the same answer."""
        return await self._run(self._core.withdraw_signaal(signaal, medewerker=medewerker))

    def list_signalen(
        self, *, limiet: int = MAX_LIMIET, medewerker: MedewerkerPseudoniem | None = None
    ) -> AsyncIterator[EigenSignaal]:
        """Yield all signals of the own organisation, `limiet` per call (1-1000)."""
        return self._pages(lambda na: self._core.signalen_page(na=na, limiet=limiet, medewerker=medewerker))

    def list_matches(
        self, *, limiet: int = MAX_LIMIET, medewerker: MedewerkerPseudoniem | None = None
    ) -> AsyncIterator[Match]:
        """Yield all matches of the own organisation, `limiet` per call (1-1000)."""
        return self._pages(lambda na: self._core.matches_page(na=na, limiet=limiet, medewerker=medewerker))

    async def read_notificaties(
        self,
        *,
        na: str = BEGIN_CURSOR,
        wacht: int = 0,
        limiet: int = DEFAULT_LIMIET,
        medewerker: MedewerkerPseudoniem | None = None,
    ) -> Notificatiebladzijde:
        """Return the notifications after `na`, waiting at most `wacht` (0-30) seconds for the first."""
        return await self._run(self._core.read_notificaties(na=na, wacht=wacht, limiet=limiet, medewerker=medewerker))

    def stream_notificaties(
        self, na: str = BEGIN_CURSOR, *, medewerker: MedewerkerPseudoniem | None = None
    ) -> AsyncIterator[Notificatie]:
        """Yield the notifications after `na` as they come, each once and in order; never ends by itself.

        Reads a stream of server-sent events; where there is none it asks again and again. Goes on trying while the
        matcher is away, with growing pauses. Raises `NietIngelogd`, `VerzoekGeweigerd`, and `OngeldigAntwoord` when
        a number is missing in the feed or was given out twice.
        """
        return self._follow(self._core.follow_notificaties(na=na, medewerker=medewerker))

    async def hertoken(
        self,
        hertokeningen: Sequence[Hertokening],
        *,
        idempotentiesleutel: str,
        medewerker: MedewerkerPseudoniem | None = None,
    ) -> tuple[UUID, ...]:
        """Add the tokens of a running epoch to 1 to 1000 own signals; return which have them now.

        Repeating it changes nothing, also under another `idempotentiesleutel`.
        """
        return await self._run(
            self._core.hertoken(tuple(hertokeningen), idempotentiesleutel=idempotentiesleutel, medewerker=medewerker)
        )

    async def erase_epoche(
        self, convenant: ConvenantId, epoche: Epoche, *, medewerker: MedewerkerPseudoniem | None = None
    ) -> int:
        """Erase the tokens that the own signals have of an epoch; return of how many signals."""
        return await self._run(self._core.erase_epoche(convenant, epoche, medewerker=medewerker))

    async def epochen(
        self, convenant: ConvenantId, *, medewerker: MedewerkerPseudoniem | None = None
    ) -> tuple[Epochestand, ...]:
        """Return how the epochs of a convenant stand, and how many own signals lack tokens of the newest."""
        return await self._run(self._core.epochen(convenant, medewerker=medewerker))

    async def telling(self, convenant: ConvenantId, *, medewerker: MedewerkerPseudoniem | None = None) -> str:
        """Return the matcher's signed statement of how much this organisation submitted; tried once."""
        return await self._run(self._core.telling(convenant, medewerker=medewerker))

    def list_mogelijke_matches(
        self, *, limiet: int = MAX_LIMIET, medewerker: MedewerkerPseudoniem | None = None
    ) -> AsyncIterator[MogelijkeMatch]:
        """Yield all possible matches of the own organisation, `limiet` per call (1-1000)."""
        return self._pages(lambda na: self._core.mogelijke_matches_page(na=na, limiet=limiet, medewerker=medewerker))

    async def confirm_mogelijke_match(
        self, mogelijke_match: UUID, *, acuut: bool = False, medewerker: MedewerkerPseudoniem | None = None
    ) -> MogelijkeMatch:
        """Confirm a possible match and return how it stands now; `acuut` asks not to wait for the other side."""
        return await self._run(self._core.confirm_mogelijke_match(mogelijke_match, acuut=acuut, medewerker=medewerker))

    async def reject_mogelijke_match(
        self, mogelijke_match: UUID, *, medewerker: MedewerkerPseudoniem | None = None
    ) -> MogelijkeMatch:
        """Reject a possible match for good and return how it stands now."""
        return await self._run(self._core.reject_mogelijke_match(mogelijke_match, medewerker=medewerker))

    async def report_onjuist(self, match: str, paar: UUID, *, medewerker: MedewerkerPseudoniem | None = None) -> None:
        """Separate a pair of a match for good."""
        await self._run(self._core.report_onjuist(match, paar, medewerker=medewerker))

    async def request_kaart(self, match: str, paar: UUID, *, medewerker: MedewerkerPseudoniem | None = None) -> None:
        """Ask the other side of a pair for its contact card."""
        await self._run(self._core.request_kaart(match, paar, medewerker=medewerker))

    async def release_kaart(
        self, match: str, paar: UUID, zegel: bytes, *, medewerker: MedewerkerPseudoniem | None = None
    ) -> None:
        """Hand over the own contact card, sealed for who asked."""
        await self._run(self._core.release_kaart(match, paar, zegel, medewerker=medewerker))
