"""How a signal ends: withdrawn by its organisation, or expired. Its tokens go in the same transaction (guarantee 8)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.model import Convenant
from convenant.pg import asserties
from convenant.types import Rol
from convenant.web.errors import Conflict, NietGevonden
from matcher.diensten.kern import ASSERTIES, Aanroeper, Kern
from matcher.diensten.melden import Matchbericht, notify
from matcher.domein.document import format_moment
from matcher.domein.koppeling import leave
from matcher.domein.melding import local_date
from matcher.domein.signaal import Signaal
from matcher.logboek import opslag as logboek
from matcher.logboek.handeling import Handeling
from matcher.opslag import idempotentie, koppelindex, matches, notificaties, signalen
from matcher.opslag.notificaties import Notificatie
from matcher.types import Matchgebeurtenis, SignaalId, Signaalstatus

_INTREKKEN = "signaal intrekken"
_VERLOPEN = "signaal laten verlopen"
_BATCH = 200


async def withdraw(kern: Kern, aanroeper: Aanroeper, signaal_id: SignaalId) -> dict[str, Any]:
    """End one's own signal; the answer, ready for JSON. Withdrawing twice gives the same answer.

    Raises NietGevonden for a signal that does not exist or is another organisation's, Conflict for an expired one.
    """
    op = kern.klok()
    nieuws: list[Notificatie] = []
    async with kern.database.transaction() as connection:
        signaal = await signalen.lock_own(connection, signaal_id, aanroeper.client)
        if signaal is None:
            raise NietGevonden("Uw organisatie heeft geen signaal met dit id.")
        if signaal.status is Signaalstatus.VERLOPEN:
            raise Conflict("Dit signaal is al verlopen. Intrekken is niet meer nodig.")
        if signaal.status is Signaalstatus.ACTIEF:
            await _lock(connection, [signaal])
            handeling = aanroeper.handeling(_INTREKKEN, op=op)
            nieuws = await _end(kern, connection, [signaal], Signaalstatus.INGETROKKEN, handeling)
    kern.wekker.wake(notificatie.ontvanger for notificatie in nieuws)
    return {
        "signaal": str(signaal.id),
        "status": Signaalstatus.INGETROKKEN.value,
        "ingetrokkenOp": format_moment(signaal.beeindigd_op or op),
    }


async def expire(kern: Kern) -> int:
    """End the signals whose last day has come, a batch at a time; how many that were.

    They stopped matching at that moment already, also when this runs later: every search looks at the date.
    """
    total = 0
    while batch := await _expire_batch(kern):
        total += batch
    return total


async def erase_old(kern: Kern) -> None:
    """Forget idempotency keys and client assertions that can no longer matter."""
    async with kern.database.transaction() as connection:
        await idempotentie.erase_old(connection, op=kern.klok())
        await asserties.erase_old(connection, ASSERTIES, op=kern.klok())


async def _expire_batch(kern: Kern) -> int:
    op = kern.klok()
    async with kern.database.transaction() as connection:
        verlopen = await signalen.lock_expired(
            connection, convenanten=kern.convenanten, vandaag=local_date(op), limiet=_BATCH
        )
        await _lock(connection, verlopen)
        nieuws: list[Notificatie] = []
        for convenant, batch in _per_convenant(kern, verlopen):
            nieuws += await _end(kern, connection, batch, Signaalstatus.VERLOPEN, _by_matcher(convenant, op))
    kern.wekker.wake(notificatie.ontvanger for notificatie in nieuws)
    return len(verlopen)


def _per_convenant(kern: Kern, verlopen: Sequence[Signaal]) -> list[tuple[Convenant, list[Signaal]]]:
    ids = sorted({signaal.convenant for signaal in verlopen})
    return [(kern.convenanten[id_], [s for s in verlopen if s.convenant == id_]) for id_ in ids]


def _by_matcher(convenant: Convenant, op: datetime) -> Handeling:
    return Handeling(
        naam=_VERLOPEN,
        organisatie=convenant.matcher.beheerder,
        medewerker=None,
        rol=Rol.BEHEER.value,
        begonnen_op=op,
    )


async def _lock(connection: AsyncConnection, ending: Sequence[Signaal]) -> None:
    """Take the stripes that submitting takes: nobody joins a match while one of its members leaves.

    Once per transaction, for all that will end in it: taken in two turns they would not be in order.
    """
    hashes = [h for signaal in ending for h in (await koppelindex.hashes_of(connection, signaal.id))[:1]]
    await koppelindex.lock(connection, hashes)


async def _end(
    kern: Kern,
    connection: AsyncConnection,
    batch: Sequence[Signaal],
    status: Signaalstatus,
    handeling: Handeling,
) -> list[Notificatie]:
    op = handeling.begonnen_op
    berichten = [b for s in batch if (b := await _leave(connection, s, status, op)) is not None]
    nieuws, meldbladen = notify(kern, berichten, handeling, op=op)
    await notificaties.add(connection, nieuws)
    toegang = kern.bladmaker.toegang(handeling, aantal=len(batch), uitkomst="verwerkt")
    verwerkingen = kern.bladmaker.verwerkingen(handeling, [s.id for s in batch], klaar_op=kern.klok())
    await logboek.append(connection, [toegang, *verwerkingen, *meldbladen])
    return nieuws


async def _leave(
    connection: AsyncConnection, signaal: Signaal, status: Signaalstatus, op: datetime
) -> Matchbericht | None:
    await koppelindex.erase(connection, signaal.id)
    await signalen.end(connection, signaal.id, status, op=op)
    match = await matches.match_of(connection, signaal.id)
    if match is None:
        return None
    # Others whose last day has come may still be waiting for this: whoever was told of them must hear it too.
    voorheen = (await matches.uncleared_leden(connection, [match.id])).get(match.id, [])
    blijvers = [lid for lid in voorheen if lid.is_live(local_date(op))]
    wijziging = leave(match.id, blijvers)
    await matches.leave(connection, match.id, signaal.id, op=op)
    if wijziging.gebeurtenis is Matchgebeurtenis.VERVALLEN:
        await matches.lapse(connection, match.id, op=op)
    return Matchbericht(match=match, gebeurtenis=wijziging.gebeurtenis, voorheen=[*voorheen, signaal], leden=blijvers)
