"""Submitting at a fixed pace, and listening on the other side at the same time."""

import asyncio
import time
from collections.abc import Sequence
from uuid import UUID

from client_sdk.client import AsyncMatcherClient
from client_sdk.client.model import BEGIN_CURSOR, NotificatieSoort, SignaalInzending
from koppelradar.bench.latentie.meting import Indiening
from koppelradar.bench.latentie.opstelling import INDIENER, LUISTERAAR, Opstelling
from koppelradar.errors import ProcesFout

_BATCH = 200
_PATIENCE_SECONDS = 60.0


async def measure(opstelling: Opstelling, *, aantal: int, per_seconde: float, warm: int) -> list[Indiening]:
    """Submit `aantal` signals at this pace, after `warm` that are not counted; what became of each.

    Raises ProcesFout when the other side did not hear of all of them within a minute of the last.
    """
    paren = [opstelling.paar() for _ in range(warm + aantal)]
    async with opstelling.client(INDIENER) as indiener, opstelling.client(LUISTERAAR) as luisteraar:
        cursor = await _prepare(luisteraar, [ander for _, ander in paren])
        # The signal of the listener tells which submission an event answers.
        heard: dict[UUID, float] = {}
        listening = asyncio.create_task(_listen(luisteraar, cursor, heard, wanted=len(paren)))
        times = await _submit_all(indiener, [een for een, _ in paren], per_seconde)
        await _wait(listening)
    eigen = [ander.id for _, ander in paren]
    return [Indiening(*moments, heard[id_]) for moments, id_ in zip(times, eigen, strict=True)][warm:]


async def _prepare(client: AsyncMatcherClient, inzendingen: Sequence[SignaalInzending]) -> str:
    """Submit the listener's signals beforehand; the cursor behind what that brought about."""
    for start in range(0, len(inzendingen), _BATCH):
        batch = inzendingen[start : start + _BATCH]
        await client.submit_signalen(batch, idempotentiesleutel=f"latentie-{batch[0].id}")
    cursor = BEGIN_CURSOR
    while True:
        page = await client.read_notificaties(na=cursor, limiet=1000)
        if page.cursor == cursor:
            return cursor
        cursor = page.cursor


async def _listen(client: AsyncMatcherClient, cursor: str, heard: dict[UUID, float], *, wanted: int) -> None:
    async for notificatie in client.stream_notificaties(na=cursor):
        if notificatie.soort is NotificatieSoort.MATCH_ONTSTAAN and notificatie.match:
            moment = time.perf_counter()
            heard.update(dict.fromkeys(notificatie.match.eigen_signalen, moment))
        if len(heard) == wanted:
            return


async def _submit_all(
    client: AsyncMatcherClient, inzendingen: Sequence[SignaalInzending], per_seconde: float
) -> list[tuple[float, float]]:
    begin = time.perf_counter()
    tasks = []
    for nummer, inzending in enumerate(inzendingen):
        due = begin + nummer / per_seconde
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        # Not waited for: a slow answer must not slow the pace down, or the slow ones would hide behind each other.
        tasks.append(asyncio.create_task(_submit(client, inzending, due)))
    return list(await asyncio.gather(*tasks))


async def _submit(client: AsyncMatcherClient, inzending: SignaalInzending, due: float) -> tuple[float, float]:
    await client.submit_signalen([inzending], idempotentiesleutel=f"latentie-{inzending.id}")
    return due, time.perf_counter()


async def _wait(listening: asyncio.Task[None]) -> None:
    try:
        await asyncio.wait_for(listening, _PATIENCE_SECONDS)
    except TimeoutError:
        raise ProcesFout("De andere organisatie hoorde niet van elke match. Meld dit aan de beheerder.") from None
