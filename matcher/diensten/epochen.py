"""Epochs that come to their end: their tokens are erased, but never in silence and never with a match lost."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.model import Convenant, EpochePeriode
from convenant.types import ConvenantId, Epoche
from convenant.web.errors import NietGevonden, StartFout
from matcher.diensten.kern import Aanroeper, Kern, by_matcher
from matcher.domein.epochestand import Epochestand, stand_of
from matcher.logboek import opslag as logboek
from matcher.logboek.handeling import Handeling
from matcher.opslag import epochewissingen, kaarten, koppelindex, paren, signalen
from matcher.types import SignaalId

_INZIEN = "epochen inzien"
_WISSEN = "koppeltokens wissen"
_UITTREDEN = "epoche laten uittreden"
_BATCH = 500
_log = structlog.get_logger("matcher")


async def own_epochen(kern: Kern, aanroeper: Aanroeper, convenant_id: ConvenantId) -> list[dict[str, Any]]:
    """The epochs that began, and how many of the caller's live signals lack the newest tokens; ready for JSON.

    Raises NietGevonden for a convenant that the caller is no party to.
    """
    convenant = _own_convenant(kern, aanroeper, convenant_id)
    vandaag = kern.vandaag()
    async with kern.transaction() as connection:
        running = convenant.running_epochen(vandaag)
        behind = 0
        if running:
            newest = running[0].nummer
            behind = await signalen.count_behind(
                connection, convenant.id, newest, vandaag=vandaag, organisatie=aanroeper.client
            )
        erased = await epochewissingen.erased(connection, convenant.id)
        blad = kern.bladmaker.toegang(
            aanroeper.handeling(_INZIEN, op=kern.klok()), convenant=convenant.id, uitkomst="verstrekt"
        )
        await logboek.append(connection, [blad])
    return [
        {
            "nummer": periode.nummer,
            "status": stand_of(periode, convenant, erased=erased, vandaag=vandaag).value,
            "eigenSignalenZonder": behind,
        }
        for periode in convenant.epochen
        if periode.van <= vandaag or periode.gelekt
    ]


async def erase_own(kern: Kern, aanroeper: Aanroeper, convenant_id: ConvenantId, epoche: Epoche) -> int:
    """Erase the tokens of one epoch of the caller's own signals; how many signals lost some.

    Matches that were found stay. Raises NietGevonden for a convenant or epoch that there is not.
    """
    convenant = _own_convenant(kern, aanroeper, convenant_id)
    if epoche not in {periode.nummer for periode in convenant.epochen}:
        raise NietGevonden("Dit convenant heeft geen epoche met dit nummer.")
    handeling = aanroeper.handeling(_WISSEN, op=kern.klok())
    return await _erase(kern, convenant, epoche, handeling, own=aanroeper)


async def retire_old(kern: Kern) -> None:
    """Erase the tokens of epochs that are over once every live signal has newer ones; until then say that they wait."""
    vandaag = kern.vandaag()
    for convenant in kern.convenanten.values():
        for periode in await _over(kern, convenant, vandaag):
            async with kern.transaction() as connection:
                behind = await _behind(connection, convenant, periode.nummer, vandaag)
            if behind:
                _log.warning(
                    "epoche wacht op hertokening", convenant=convenant.id, epoche=periode.nummer, signalen=behind
                )
                continue
            erased = await retire(kern, convenant, periode.nummer)
            _log.info("epoche uitgetreden", convenant=convenant.id, epoche=periode.nummer, signalen=erased)


async def erase_leaked(kern: Kern) -> None:
    """Erase the tokens of every epoch that a convenant says leaked. Called before the first request is served."""
    for convenant in kern.convenanten.values():
        for periode in convenant.epochen:
            if periode.gelekt:
                erased = await retire(kern, convenant, periode.nummer)
                if erased:
                    _log.warning(
                        "gelekte epoche gewist", convenant=convenant.id, epoche=periode.nummer, signalen=erased
                    )


async def count_lost(kern: Kern, convenant: Convenant, epoche: Epoche) -> int:
    """How many live signals would have no tokens left, so that nobody new would match them. Raises StartFout."""
    if epoche not in {periode.nummer for periode in convenant.epochen}:
        raise StartFout(f"Convenant {convenant.id} heeft geen epoche {epoche}.")
    async with kern.transaction() as connection:
        return await _behind(connection, convenant, epoche, kern.vandaag())


async def retire(kern: Kern, convenant: Convenant, epoche: Epoche) -> int:
    """Erase every token of this epoch, whoever still needs it; how many signals lost some. Matches that exist stay."""
    erased = await _erase(kern, convenant, epoche, by_matcher(convenant, _UITTREDEN, op=kern.klok()))
    async with kern.transaction() as connection:
        await epochewissingen.keep(connection, convenant.id, epoche, op=kern.klok())
    return erased


async def _over(kern: Kern, convenant: Convenant, vandaag: date) -> Sequence[EpochePeriode]:
    async with kern.transaction() as connection:
        erased = await epochewissingen.erased(connection, convenant.id)
    return [
        periode
        for periode in convenant.epochen
        if stand_of(periode, convenant, erased=erased, vandaag=vandaag) is Epochestand.WACHT_OP_HERTOKENING
    ]


async def _behind(connection: AsyncConnection, convenant: Convenant, epoche: Epoche, vandaag: date) -> int:
    return await signalen.count_behind(connection, convenant.id, Epoche(epoche + 1), vandaag=vandaag)


async def _erase(
    kern: Kern, convenant: Convenant, epoche: Epoche, handeling: Handeling, *, own: Aanroeper | None = None
) -> int:
    """Batch by batch, so that nobody waits for a whole index to be rewritten."""
    total, na = 0, 0
    while True:
        async with kern.transaction() as connection:
            batch = await signalen.active_page(
                connection, convenant.id, na=na, limiet=_BATCH, organisatie=own.client if own else None
            )
            if not batch:
                return total
            ids = [signaal.id for _, signaal in batch]
            total += await _erase_batch(kern, connection, ids, convenant=convenant, epoche=epoche, handeling=handeling)
        na = batch[-1][0]


async def _erase_batch(
    kern: Kern,
    connection: AsyncConnection,
    ids: Sequence[SignaalId],
    *,
    convenant: Convenant,
    epoche: Epoche,
    handeling: Handeling,
) -> int:
    await koppelindex.lock(connection, await koppelindex.hashes_of(connection, ids))
    await koppelindex.lock_matches(connection, [convenant.id])
    await paren.preserve(connection, ids, epoche)
    erased = await koppelindex.erase(connection, ids, epoche=epoche)
    await kaarten.erase_omslagen(connection, ids, epoche)
    toegang = kern.bladmaker.toegang(
        handeling, convenant=convenant.id, epoche=epoche, aantal=len(erased), uitkomst="verwerkt"
    )
    verwerkingen = kern.bladmaker.verwerkingen(handeling, sorted(erased), klaar_op=kern.klok())
    if erased:
        await logboek.append(connection, [toegang, *verwerkingen])
    return len(erased)


def _own_convenant(kern: Kern, aanroeper: Aanroeper, convenant_id: ConvenantId) -> Convenant:
    convenant = kern.convenanten.get(convenant_id)
    if convenant is None or not convenant.has_partij(aanroeper.client):
        raise NietGevonden("Uw organisatie doet niet mee aan dit convenant.")
    return convenant
