"""Reading one's notifications: asked for, or followed as they come. Every batch leaves a log leaf."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace

from convenant.web.errors import VerzoekFout
from matcher.diensten.kaarten import with_kaarten
from matcher.diensten.kern import Aanroeper, Kern
from matcher.domein.notificatie import Notificatie
from matcher.logboek import opslag as logboek
from matcher.opslag import notificaties

_LOOK_AGAIN_SECONDS = 1.0
"""How soon a waiting reader looks by itself, when no word of a commit reached this process."""
_BATCH = 100


async def wait_for_notificaties(
    kern: Kern, aanroeper: Aanroeper, *, na: int, limiet: int, wacht: float
) -> list[Notificatie]:
    """Events after number `na`, in order, without gaps; waits up to `wacht` seconds for the first one.

    Reading removes nothing: whoever asks again with the same `na` gets the same events again. No connection to the
    database is held while waiting.
    """
    deadline = _time() + wacht
    while True:
        roep = kern.wekker.expect(aanroeper.client)
        found = await _read(kern, aanroeper, na, limiet)
        remaining = deadline - _time()
        if found or remaining <= 0:
            return found
        await roep.wait(min(remaining, _LOOK_AGAIN_SECONDS))


async def follow_notificaties(
    kern: Kern, aanroeper: Aanroeper, *, na: int, toegang: Callable[[], None], hartslag: float
) -> AsyncIterator[list[Notificatie]]:
    """Events after number `na` for as long as the caller may have them: batches, in order, without gaps.

    An empty batch at once when there is nothing yet, and another after every `hartslag` seconds of silence. Ends when
    `toegang` raises a VerzoekFout, which every round asks it, and when the database is away. No connection to the
    database is held while waiting.
    """
    beats_at = _time()
    while True:
        roep = kern.wekker.expect(aanroeper.client)
        try:
            found = await _read(kern, aanroeper, na, _BATCH, toegang)
        except VerzoekFout:
            return
        if found or _time() >= beats_at:
            yield found
            beats_at = _time() + hartslag
        if found:
            na = found[-1].nummer or na
        if len(found) < _BATCH:
            # Whatever was committed since we began to read has called already, and then this returns at once.
            await roep.wait(min(beats_at - _time(), _LOOK_AGAIN_SECONDS))


async def _read(
    kern: Kern, aanroeper: Aanroeper, na: int, limiet: int, toegang: Callable[[], None] = lambda: None
) -> list[Notificatie]:
    async with kern.transaction() as connection:
        # Here, where the convenant in force has just been looked at.
        toegang()
        await notificaties.number(connection, aanroeper.client)
        found = await notificaties.page(connection, aanroeper.client, na=na, limiet=limiet)
        filled = await with_kaarten(connection, aanroeper.client, (notificatie.inhoud for notificatie in found))
        if found:
            handeling = aanroeper.handeling("notificaties ophalen", op=kern.klok())
            gebeurtenissen = [str(notificatie.id) for notificatie in found]
            blad = kern.bladmaker.toegang(
                handeling, gebeurtenissen=list(gebeurtenissen), aantal=len(found), uitkomst="verstrekt"
            )
            await logboek.append(connection, [blad])
    return [replace(notificatie, inhoud=inhoud) for notificatie, inhoud in zip(found, filled, strict=True)]


def _time() -> float:
    return asyncio.get_running_loop().time()
