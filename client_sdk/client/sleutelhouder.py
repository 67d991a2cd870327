"""The clients of one sleutelhouder, blocking and asynchronous."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence

import httpx

from client_sdk.client.gesprek import Aanmelding
from client_sdk.client.retry import Herhaalbeleid
from client_sdk.client.schil import AsyncSchil, Schil
from client_sdk.client.sleutelhouder_core import SleutelhouderCore, Venster
from client_sdk.types import MedewerkerPseudoniem
from convenant.types import ConvenantId, Epoche, Oin
from convenant.voprf import Evaluatie, Punt


class SleutelhouderClient(Schil):
    """Talks with one sleutelhouder for one organisation. A context manager; not for several threads at once.

    Raises `SleutelhouderOnbereikbaar`, `BudgetOp`, `SleutelhouderWeigert` or `OneerlijkeSleutelhouder`. `transport`
    replaces the network, for tests.
    """

    def __init__(
        self,
        aanmelding: Aanmelding,
        *,
        sleutelhouder: Oin,
        medewerker: MedewerkerPseudoniem,
        herhaalbeleid: Herhaalbeleid | None = None,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        super().__init__(aanmelding.url, transport=transport, sleep=sleep)
        beleid = herhaalbeleid or Herhaalbeleid()
        self._core = SleutelhouderCore(
            aanmelding, sleutelhouder=sleutelhouder, medewerker=medewerker, herhaalbeleid=beleid
        )

    def evaluate(
        self,
        punten: Mapping[str, Sequence[Punt]],
        *,
        convenant: ConvenantId,
        epoche: Epoche,
        profiel: str,
        telling: str | None = None,
    ) -> Mapping[str, Evaluatie]:
        """Return an evaluation per code, of as many points as were sent, at most 1000; no proof is checked here.

        Tried once: an attempt that arrived is taken off the budget, also when its answer got lost.
        """
        return self._run(
            self._core.evaluate(punten, convenant=convenant, epoche=epoche, profiel=profiel, telling=telling)
        )

    def request_venster(self, *, convenant: ConvenantId, punten: int) -> Venster:
        """Ask for a bulk window of so many points per code; it opens once two operators of the service approved it."""
        return self._run(self._core.request_venster(convenant=convenant, punten=punten))


class AsyncSleutelhouderClient(AsyncSchil):
    """`SleutelhouderClient` for asyncio: an asynchronous context manager; calls may overlap."""

    def __init__(
        self,
        aanmelding: Aanmelding,
        *,
        sleutelhouder: Oin,
        medewerker: MedewerkerPseudoniem,
        herhaalbeleid: Herhaalbeleid | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        super().__init__(aanmelding.url, transport=transport, sleep=sleep)
        beleid = herhaalbeleid or Herhaalbeleid()
        self._core = SleutelhouderCore(
            aanmelding, sleutelhouder=sleutelhouder, medewerker=medewerker, herhaalbeleid=beleid
        )

    async def evaluate(
        self,
        punten: Mapping[str, Sequence[Punt]],
        *,
        convenant: ConvenantId,
        epoche: Epoche,
        profiel: str,
        telling: str | None = None,
    ) -> Mapping[str, Evaluatie]:
        """Return what `SleutelhouderClient.evaluate` returns."""
        return await self._run(
            self._core.evaluate(punten, convenant=convenant, epoche=epoche, profiel=profiel, telling=telling)
        )

    async def request_venster(self, *, convenant: ConvenantId, punten: int) -> Venster:
        """Ask for a bulk window of so many points per code; it opens once two operators of the service approved it."""
        return await self._run(self._core.request_venster(convenant=convenant, punten=punten))
