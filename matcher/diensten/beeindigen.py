"""How a signal ends: withdrawn by its organisation, expired, or no longer carried by the convenant.

Its tokens, its card and its open pairs go in the same transaction (guarantee 8).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.kalender import local_date
from convenant.model import Convenant
from convenant.ondertekening import Stand, Status
from convenant.pg import asserties
from convenant.types import ConvenantId, LopendeSignalen, Oin
from convenant.web.errors import Conflict, NietGevonden
from matcher.diensten.herschikken import settle
from matcher.diensten.kern import ASSERTIES, Aanroeper, Kern, by_matcher
from matcher.diensten.melden import Nieuws
from matcher.diensten.paartermijnen import end_bevestiging, end_kaartvrijgave
from matcher.domein.document import format_moment
from matcher.domein.koppeling import Toestand
from matcher.domein.melding import matchmeldingen
from matcher.domein.paar import lapse
from matcher.domein.signaal import Signaal
from matcher.opslag import casussen, idempotentie, kaarten, koppelindex, paren, signalen, toestand
from matcher.types import Notificatiesoort, SignaalId, Signaalstatus

VROEG = timedelta(days=14)
"""Who withdraws so soon after a match may have signalled in order to find out (guarantee 10)."""

_INTREKKEN = "signaal intrekken"
_VERLOPEN = "signaal laten verlopen"
_BEEINDIGEN = "signaal beeindigen"
_BATCH = 200


async def withdraw(kern: Kern, aanroeper: Aanroeper, signaal_id: SignaalId) -> dict[str, Any]:
    """End one's own signal; the answer, ready for JSON. Withdrawing twice gives the same answer.

    Raises NietGevonden for a signal that does not exist or is another organisation's, Conflict for one that is over.
    """
    op = kern.klok()
    nieuws = Nieuws(kern, aanroeper.handeling(_INTREKKEN, op=op))
    async with kern.transaction() as connection:
        signaal = await signalen.lock_own(connection, signaal_id, aanroeper.client)
        if signaal is None:
            raise NietGevonden("Uw organisatie heeft geen signaal met dit id.")
        if signaal.status in (Signaalstatus.VERLOPEN, Signaalstatus.BEEINDIGD):
            raise Conflict("Dit signaal is al beëindigd. Intrekken is niet meer nodig.")
        if signaal.status is Signaalstatus.ACTIEF:
            await _lock(connection, [signaal])
            await _end(kern, connection, [signaal], Signaalstatus.INGETROKKEN, nieuws)
    nieuws.wake()
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


async def end_left(kern: Kern) -> int:
    """End the signals that the convenant no longer carries, a batch at a time; how many that were.

    Those of an organisation that left or is no party to the version in force, those of earlier versions where this one
    ends them, and all of a convenant that is over. Nothing was told of them since: every decision is asked of what is
    in force. Of whoever was suspended the signals wait.
    """
    total = 0
    for convenant in kern.convenanten.values():
        while batch := await _end_left_batch(kern, convenant.id):
            total += batch
    return total


async def erase_old(kern: Kern) -> None:
    """Forget idempotency keys and client assertions that can no longer matter."""
    async with kern.transaction() as connection:
        await idempotentie.erase_old(connection, op=kern.klok())
        await asserties.erase_old(connection, ASSERTIES, op=kern.deurklok())


async def _expire_batch(kern: Kern) -> int:
    op = kern.klok()
    everything: list[Nieuws] = []
    async with kern.transaction() as connection:
        verlopen = await signalen.lock_expired(
            connection, convenanten=kern.convenanten, vandaag=local_date(op), limiet=_BATCH
        )
        await _lock(connection, verlopen)
        for convenant, batch in _per_convenant(kern, verlopen):
            nieuws = Nieuws(kern, by_matcher(convenant, _VERLOPEN, op=op))
            nieuws.tell_einde(convenant, Notificatiesoort.SIGNAAL_VERLOPEN, batch)
            await _end(kern, connection, batch, Signaalstatus.VERLOPEN, nieuws)
            everything.append(nieuws)
    for nieuws in everything:
        nieuws.wake()
    return len(verlopen)


async def _end_left_batch(kern: Kern, id_: ConvenantId) -> int:
    async with kern.transaction() as connection:
        convenant, stand = kern.convenanten[id_], kern.lijst.standen[id_]
        nieuws = Nieuws(kern, by_matcher(convenant, _BEEINDIGEN, op=kern.klok()))
        batch = await signalen.lock_left(
            connection, id_, blijvers=_blijvers(stand), vanaf=_first_version(convenant), limiet=_BATCH
        )
        if batch:
            await _lock(connection, batch)
            # As the others saw it: with everybody who was in it.
            voorheen = {**kern.convenanten, id_: replace(convenant, partijen=stand.geregistreerd)}
            await _end(kern, connection, batch, Signaalstatus.BEEINDIGD, nieuws, voorheen=voorheen)
    nieuws.wake()
    return len(batch)


def _blijvers(stand: Stand) -> set[Oin]:
    if stand.status is not Status.GELDIG:
        return set()
    return {partij.oin for partij in stand.geregistreerd} - stand.opgezegd


def _first_version(convenant: Convenant) -> int:
    """The oldest version whose signals this one carries."""
    opvolging = convenant.afspraken.opvolging
    ends = opvolging is not None and opvolging.lopende_signalen is LopendeSignalen.BEEINDIGEN
    return convenant.versie if ends else 0


def _per_convenant(kern: Kern, verlopen: Sequence[Signaal]) -> list[tuple[Convenant, list[Signaal]]]:
    ids = sorted({signaal.convenant for signaal in verlopen})
    return [(kern.convenanten[id_], [s for s in verlopen if s.convenant == id_]) for id_ in ids]


async def _lock(connection: AsyncConnection, ending: Sequence[Signaal]) -> None:
    """Take the locks that submitting takes: nobody meets a signal, or joins its match, while it ends.

    Once per transaction, for all that will end in it: taken in two turns they would not be in order.
    """
    await koppelindex.lock(connection, await koppelindex.hashes_of(connection, [s.id for s in ending]))
    await koppelindex.lock_matches(connection, (signaal.convenant for signaal in ending))


async def _end(
    kern: Kern,
    connection: AsyncConnection,
    batch: Sequence[Signaal],
    status: Signaalstatus,
    nieuws: Nieuws,
    *,
    voorheen: Mapping[ConvenantId, Convenant] | None = None,
) -> None:
    op = nieuws.handeling.begonnen_op
    ids = [signaal.id for signaal in batch]
    bestand = await toestand.load(connection, ids)
    await koppelindex.erase(connection, ids)
    await end_kaartvrijgave(connection, await kaarten.askers(connection, ids), op=op)
    await kaarten.erase(connection, ids)
    await signalen.end(connection, ids, status, op=op)
    await _lapse_paren(connection, ids, nieuws)
    if status is Signaalstatus.INGETROKKEN:
        _tell_early(kern, bestand.toestand, batch[0], nieuws)
    blijvers = bestand.toestand.only(lambda lid: lid.signaal.id not in ids)
    await settle(kern, connection, bestand, nieuws, voor=bestand.toestand, na=blijvers, voorheen=voorheen)
    await casussen.leave(connection, ids)
    toegang = kern.bladmaker.toegang(nieuws.handeling, aantal=len(batch), uitkomst="verwerkt")
    await nieuws.write(connection, [toegang, *kern.bladmaker.verwerkingen(nieuws.handeling, ids, klaar_op=kern.klok())])


async def _lapse_paren(connection: AsyncConnection, ids: Sequence[SignaalId], nieuws: Nieuws) -> None:
    """End the open pairs of these signals, and tell the other side, unless its signal ends as well."""
    found = await paren.open_of(connection, ids)
    await paren.lapse(connection, found)
    await end_bevestiging(connection, [lapse(paar) for paar in found], op=nieuws.handeling.begonnen_op)
    for paar in found:
        for kant in paar.kanten:
            if kant.signaal not in ids:
                nieuws.tell_paar(lapse(paar), Notificatiesoort.MOGELIJK_VERVALLEN, kant.organisatie)


def _tell_early(kern: Kern, voor: Toestand, signaal: Signaal, nieuws: Nieuws) -> None:
    """Tell the FG of whom a signal matched less than a fortnight ago: its organisation learnt of them by it."""
    op = nieuws.handeling.begonnen_op
    eigen = (signaal.organisatie, signaal.id)
    in_match = voor.only(lambda lid: lid.match is not None)
    verbanden = voor.verbanden().get(signaal.id, {})
    for melding in matchmeldingen(kern.convenanten, in_match, op=local_date(op), ontvangers=[signaal.organisatie]):
        for partij in melding.partijen:
            verband = verbanden.get(partij.ander)
            match = voor.leden[partij.ander].match
            if verband is not None and match is not None and verband.sinds > op - VROEG:
                ander = (voor.leden[partij.ander].signaal.organisatie, partij.ander)
                convenant = kern.convenanten[melding.convenant]
                nieuws.tell_toezicht(convenant, Notificatiesoort.VROEG_INGETROKKEN, match, eigen, ander)
