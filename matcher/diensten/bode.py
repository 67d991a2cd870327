"""Carrying word of a commit to the other processes, so that whoever waits there hears of it at once.

What travels is who may have news, never what. The word is sent after the commit and outside its transaction, which
would otherwise have every commit wait for the one before. It may get lost: waiters also look by themselves.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from typing import Final

import structlog

from convenant.pg.database import Database
from convenant.types import Oin
from convenant.web.errors import TijdelijkNietBeschikbaar
from matcher.diensten.wekker import Wekker

_KANAAL: Final = "koppelradar_nieuws"
_GATHER_SECONDS: Final = 0.01
_PER_MESSAGE: Final = 300
"""So many OINs fit in what PostgreSQL lets one message hold."""
_FIRST_PAUSE_SECONDS: Final = 0.5
_LONGEST_PAUSE_SECONDS: Final = 30.0
_log = structlog.get_logger("matcher")


class Bode:
    """Sends the word of this process and listens to that of others, for as long as its two loops run."""

    def __init__(self, database: Database, wekker: Wekker) -> None:
        self._database = database
        self._wekker = wekker
        self._afzender = secrets.token_hex(8)
        self._waiting: set[Oin] = set()
        self._anything = asyncio.Event()

    def pass_on(self, ontvangers: frozenset[Oin]) -> None:
        """Have the other processes told, a moment from now, together with what comes meanwhile."""
        self._waiting |= ontvangers
        self._anything.set()

    async def send_for_ever(self) -> None:
        """Send what there is to pass on."""
        while True:
            await self._anything.wait()
            await asyncio.sleep(_GATHER_SECONDS)
            whom, self._waiting = sorted(self._waiting), set()
            self._anything.clear()
            with suppress(TijdelijkNietBeschikbaar):
                await self._database.tell(_KANAAL, list(self._messages(whom)))

    async def listen_for_ever(self) -> None:
        """Wake whoever waits here for what others tell; connects again, with growing pauses, when it has to."""
        loop = asyncio.get_running_loop()
        pause = _FIRST_PAUSE_SECONDS
        while True:
            began = loop.time()
            with suppress(TijdelijkNietBeschikbaar):
                await self._database.listen(_KANAAL, self._hear)
            _log.warning("berichten tussen processen onderbroken")
            pause = _FIRST_PAUSE_SECONDS if loop.time() - began > _LONGEST_PAUSE_SECONDS else pause
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)

    def _hear(self, message: str) -> None:
        afzender, *whom = message.split()
        if afzender != self._afzender:
            self._wekker.wake_here(frozenset(map(Oin, whom)))

    def _messages(self, whom: list[Oin]) -> Iterator[str]:
        for start in range(0, len(whom), _PER_MESSAGE):
            yield " ".join([self._afzender, *whom[start : start + _PER_MESSAGE]])


@asynccontextmanager
async def carrying(database: Database, wekker: Wekker) -> AsyncIterator[None]:
    """Let word of commits go round between this process and the others, until the block ends."""
    bode = Bode(database, wekker)
    wekker.pass_on_to(bode.pass_on)
    tasks = [asyncio.create_task(bode.send_for_ever()), asyncio.create_task(bode.listen_for_ever())]
    try:
        yield
    finally:
        wekker.pass_on_to(None)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
