"""The calls of the radar: written once without I/O, then in the two shells.

Repeating any of them but a bevraging changes nothing. All raise what the client itself raises; a casus that is not ours
is a `VerzoekGeweigerd` with status 404.
"""

from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import date
from uuid import UUID

from client_sdk.client import radarantwoorden, radarverzoeken, requests
from client_sdk.client.answers import advancing
from client_sdk.client.gesprek import Gesprek
from client_sdk.client.model import Bladzijde
from client_sdk.client.radar import (
    Bevraagdepersoon,
    Bevraging,
    Casus,
    Casusopgave,
    Casustoestand,
    Radarfilter,
    Radarregel,
    Terugkoppeling,
)
from client_sdk.client.requests import MAX_LIMIET
from client_sdk.client.transport import AsyncPages, AsyncRun, Pages, Run, Steps
from client_sdk.types import Medewerker
from convenant.types import ConvenantId, Oin


class RadarCore:
    """Each call as a generator that yields requests and pauses and returns its result."""

    def __init__(self, gesprek: Gesprek) -> None:
        self._gesprek = gesprek

    def open_casus(self, opgave: Casusopgave, *, medewerker: Medewerker = None) -> Steps[Casus]:
        """Register a casus; the same one again gives the same answer."""
        content = yield from self._gesprek.call(radarverzoeken.casus_request(opgave), medewerker)
        return radarantwoorden.read_casus(content, opgave.id)

    def casus(self, casus: UUID, *, medewerker: Medewerker = None) -> Steps[Casus]:
        """Return one own casus."""
        content = yield from self._gesprek.call(radarverzoeken.casus_read_request(casus), medewerker)
        return radarantwoorden.read_casus(content, casus)

    def add_betrokkenen(self, casus: UUID, signalen: Sequence[UUID], *, medewerker: Medewerker = None) -> Steps[Casus]:
        """Add 1 to 50 own signals to a casus."""
        content = yield from self._gesprek.call(radarverzoeken.betrokkenen_request(casus, signalen), medewerker)
        return radarantwoorden.read_casus(content, casus)

    def set_toestand(
        self,
        casus: UUID,
        toestand: Casustoestand,
        *,
        overgedragen_aan: Oin | None = None,
        monitoring_tot: date | None = None,
        medewerker: Medewerker = None,
    ) -> Steps[Casus]:
        """Say where a casus is now, to whom it went, and until when it is monitored."""
        content = yield from self._gesprek.call(
            radarverzoeken.toestand_request(
                casus, toestand, overgedragen_aan=overgedragen_aan, monitoring_tot=monitoring_tot
            ),
            medewerker,
        )
        return radarantwoorden.read_casus(content, casus)

    def mark_seen(self, casus: UUID, *, medewerker: Medewerker = None) -> Steps[None]:
        """Say that what was new of a casus is seen."""
        yield from self._gesprek.call(radarverzoeken.inzage_request(casus), medewerker)

    def give_terugkoppeling(
        self, casus: UUID, terugkoppeling: Terugkoppeling, *, medewerker: Medewerker = None
    ) -> Steps[None]:
        """Let whoever signalled know what becomes of it."""
        yield from self._gesprek.call(radarverzoeken.terugkoppeling_request(casus, terugkoppeling), medewerker)

    def bevraag(
        self, convenant: ConvenantId, reden: str, personen: Sequence[Bevraagdepersoon], *, medewerker: Medewerker = None
    ) -> Steps[Bevraging]:
        """Ask which signals there are on 1 to 20 persons; tried once, and counted."""
        content = yield from self._gesprek.call(
            radarverzoeken.bevraging_request(convenant, reden, personen), medewerker
        )
        return radarantwoorden.read_bevraging(content, len(personen))

    def casussen_page(self, *, na: str | None, limiet: int, medewerker: Medewerker = None) -> Steps[Bladzijde[Casus]]:
        """Return one page of the own casussen."""
        request = requests.page_request("casussen", na=na, limiet=limiet)
        content = yield from self._gesprek.call(request, medewerker)
        return advancing(radarantwoorden.read_casussen(content), na)

    def radar_page(
        self, filter_: Radarfilter, *, na: str | None, limiet: int, medewerker: Medewerker = None
    ) -> Steps[Bladzijde[Radarregel]]:
        """Return one page of the radar list."""
        request = radarverzoeken.radar_request(filter_, na=na, limiet=limiet)
        content = yield from self._gesprek.call(request, medewerker)
        return advancing(radarantwoorden.read_radar(content), na)


class RadarClient:
    """Casussen and what there is about them, for blocking code; `MatcherClient.radar`."""

    def __init__(self, core: RadarCore, run: Run, pages: Pages) -> None:
        self._core = core
        self._run = run
        self._pages = pages

    def open_casus(self, opgave: Casusopgave, *, medewerker: Medewerker = None) -> Casus:
        """Register a casus; the same one again gives the same answer."""
        return self._run(self._core.open_casus(opgave, medewerker=medewerker))

    def casus(self, casus: UUID, *, medewerker: Medewerker = None) -> Casus:
        """Return one own casus."""
        return self._run(self._core.casus(casus, medewerker=medewerker))

    def add_betrokkenen(self, casus: UUID, signalen: Sequence[UUID], *, medewerker: Medewerker = None) -> Casus:
        """Add 1 to 50 own signals to a casus."""
        return self._run(self._core.add_betrokkenen(casus, signalen, medewerker=medewerker))

    def set_toestand(
        self,
        casus: UUID,
        toestand: Casustoestand,
        *,
        overgedragen_aan: Oin | None = None,
        monitoring_tot: date | None = None,
        medewerker: Medewerker = None,
    ) -> Casus:
        """Say where a casus is now, to whom it went, and until when it is monitored."""
        return self._run(
            self._core.set_toestand(
                casus, toestand, overgedragen_aan=overgedragen_aan, monitoring_tot=monitoring_tot, medewerker=medewerker
            )
        )

    def mark_seen(self, casus: UUID, *, medewerker: Medewerker = None) -> None:
        """Say that what was new of a casus is seen."""
        self._run(self._core.mark_seen(casus, medewerker=medewerker))

    def give_terugkoppeling(
        self, casus: UUID, terugkoppeling: Terugkoppeling, *, medewerker: Medewerker = None
    ) -> None:
        """Let whoever signalled know what becomes of it."""
        self._run(self._core.give_terugkoppeling(casus, terugkoppeling, medewerker=medewerker))

    def bevraag(
        self, convenant: ConvenantId, reden: str, personen: Sequence[Bevraagdepersoon], *, medewerker: Medewerker = None
    ) -> Bevraging:
        """Ask which signals there are on 1 to 20 persons; tried once, and counted."""
        return self._run(self._core.bevraag(convenant, reden, personen, medewerker=medewerker))

    def list_casussen(self, *, limiet: int = MAX_LIMIET, medewerker: Medewerker = None) -> Iterator[Casus]:
        """Yield all own casussen, `limiet` per call (1-1000)."""
        return self._pages(lambda na: self._core.casussen_page(na=na, limiet=limiet, medewerker=medewerker))

    def list_radar(
        self, filter_: Radarfilter | None = None, *, limiet: int = MAX_LIMIET, medewerker: Medewerker = None
    ) -> Iterator[Radarregel]:
        """Yield the radar list in the order that the filter asks for, `limiet` per call (1-1000)."""
        wanted = filter_ or Radarfilter()
        return self._pages(lambda na: self._core.radar_page(wanted, na=na, limiet=limiet, medewerker=medewerker))


class AsyncRadarClient:
    """Casussen and what there is about them, for asyncio; `AsyncMatcherClient.radar`."""

    def __init__(self, core: RadarCore, run: AsyncRun, pages: AsyncPages) -> None:
        self._core = core
        self._run = run
        self._pages = pages

    async def open_casus(self, opgave: Casusopgave, *, medewerker: Medewerker = None) -> Casus:
        """Register a casus; the same one again gives the same answer."""
        return await self._run(self._core.open_casus(opgave, medewerker=medewerker))

    async def casus(self, casus: UUID, *, medewerker: Medewerker = None) -> Casus:
        """Return one own casus."""
        return await self._run(self._core.casus(casus, medewerker=medewerker))

    async def add_betrokkenen(self, casus: UUID, signalen: Sequence[UUID], *, medewerker: Medewerker = None) -> Casus:
        """Add 1 to 50 own signals to a casus."""
        return await self._run(self._core.add_betrokkenen(casus, signalen, medewerker=medewerker))

    async def set_toestand(
        self,
        casus: UUID,
        toestand: Casustoestand,
        *,
        overgedragen_aan: Oin | None = None,
        monitoring_tot: date | None = None,
        medewerker: Medewerker = None,
    ) -> Casus:
        """Say where a casus is now, to whom it went, and until when it is monitored."""
        return await self._run(
            self._core.set_toestand(
                casus, toestand, overgedragen_aan=overgedragen_aan, monitoring_tot=monitoring_tot, medewerker=medewerker
            )
        )

    async def mark_seen(self, casus: UUID, *, medewerker: Medewerker = None) -> None:
        """Say that what was new of a casus is seen."""
        await self._run(self._core.mark_seen(casus, medewerker=medewerker))

    async def give_terugkoppeling(
        self, casus: UUID, terugkoppeling: Terugkoppeling, *, medewerker: Medewerker = None
    ) -> None:
        """Let whoever signalled know what becomes of it."""
        await self._run(self._core.give_terugkoppeling(casus, terugkoppeling, medewerker=medewerker))

    async def bevraag(
        self, convenant: ConvenantId, reden: str, personen: Sequence[Bevraagdepersoon], *, medewerker: Medewerker = None
    ) -> Bevraging:
        """Ask which signals there are on 1 to 20 persons; tried once, and counted."""
        return await self._run(self._core.bevraag(convenant, reden, personen, medewerker=medewerker))

    def list_casussen(self, *, limiet: int = MAX_LIMIET, medewerker: Medewerker = None) -> AsyncIterator[Casus]:
        """Yield all own casussen, `limiet` per call (1-1000)."""
        return self._pages(lambda na: self._core.casussen_page(na=na, limiet=limiet, medewerker=medewerker))

    def list_radar(
        self, filter_: Radarfilter | None = None, *, limiet: int = MAX_LIMIET, medewerker: Medewerker = None
    ) -> AsyncIterator[Radarregel]:
        """Yield the radar list in the order that the filter asks for, `limiet` per call (1-1000)."""
        wanted = filter_ or Radarfilter()
        return self._pages(lambda na: self._core.radar_page(wanted, na=na, limiet=limiet, medewerker=medewerker))
