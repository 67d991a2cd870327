"""Submitting signals: one transaction from idempotency key to log leaf (ONTWERP section 5)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.types import Niveau
from convenant.web.errors import Conflict, OngeldigeInvoer
from matcher.diensten.kern import Aanroeper, Kern
from matcher.diensten.melden import Matchbericht, notify
from matcher.domein.document import format_moment
from matcher.domein.koppeling import Matchwijziging, join
from matcher.domein.melding import local_date
from matcher.domein.signaal import Inzending, Signaal
from matcher.domein.toelating import findings
from matcher.logboek import opslag as logboek
from matcher.logboek.blad import Blad
from matcher.logboek.handeling import Handeling
from matcher.opslag import idempotentie, koppelindex, matches, notificaties, signalen
from matcher.opslag.matches import Match
from matcher.opslag.notificaties import Notificatie
from matcher.types import MatchId, SignaalId, Signaalstatus

_NAAM = "signaal indienen"


async def submit(
    kern: Kern,
    aanroeper: Aanroeper,
    inzendingen: Sequence[Inzending],
    *,
    sleutel: str,
    verzoek_hash: bytes,
) -> dict[str, Any]:
    """Store the signals, find their matches and put the news in the outbox; the answer, ready for JSON.

    All or none. Once it returns, the signals are durable. A repetition under the same key gets the first answer.
    Raises OngeldigeInvoer with everything the convenant has against them, Conflict when a key or id was used for
    something else, and TijdelijkNietBeschikbaar when the database is away.
    """
    op = kern.klok()
    async with kern.database.transaction() as connection:
        earlier = await idempotentie.claim(connection, aanroeper.client, sleutel, verzoek_hash=verzoek_hash, op=op)
        if earlier is not None:
            return earlier
        _admit(kern, aanroeper, inzendingen, op)
        nieuws = await _store(kern, connection, aanroeper, inzendingen, op)
        antwoord = await _receipts(connection, inzendingen)
        await idempotentie.complete(connection, aanroeper.client, sleutel, antwoord)
    kern.wekker.wake(notificatie.ontvanger for notificatie in nieuws)
    return antwoord


def _admit(kern: Kern, aanroeper: Aanroeper, inzendingen: Sequence[Inzending], op: datetime) -> None:
    fouten = findings(
        inzendingen,
        organisatie=aanroeper.client,
        convenanten=kern.convenanten,
        vandaag=local_date(op),
    )
    if fouten:
        raise OngeldigeInvoer(
            "Er is niets opgeslagen. Verbeter wat bij 'fouten' staat, of laat die signalen weg, en dien opnieuw in.",
            fouten=fouten,
        )


async def _store(
    kern: Kern,
    connection: AsyncConnection,
    aanroeper: Aanroeper,
    inzendingen: Sequence[Inzending],
    op: datetime,
) -> list[Notificatie]:
    handeling = aanroeper.handeling(_NAAM, op=op)
    nieuwe = await _add(kern, connection, aanroeper, inzendingen, op)
    # Everything costly is written before the stripes are taken; what comes after sees all that others committed.
    await koppelindex.lock(connection, (inzending.zeker for inzending in nieuwe))
    berichten = await _match(kern, connection, nieuwe, op)
    nieuws, meldbladen = notify(kern, berichten, handeling, op=op)
    await notificaties.add(connection, nieuws)
    await logboek.append(connection, [*_bladen(kern, handeling, inzendingen, nieuwe), *meldbladen])
    return nieuws


async def _add(
    kern: Kern,
    connection: AsyncConnection,
    aanroeper: Aanroeper,
    inzendingen: Sequence[Inzending],
    op: datetime,
) -> list[Inzending]:
    rows = [_signaal(kern, aanroeper, inzending, op) for inzending in inzendingen]
    profiel = inzendingen[0].profiel
    added = await signalen.add(connection, rows, profiel=profiel)
    known = [inzending for inzending in inzendingen if inzending.id not in added]
    if known:
        await _refuse_changed(connection, aanroeper, known)
    nieuwe = [inzending for inzending in inzendingen if inzending.id in added]
    await koppelindex.add(connection, nieuwe)
    return nieuwe


async def _refuse_changed(connection: AsyncConnection, aanroeper: Aanroeper, known: Sequence[Inzending]) -> None:
    """A signal that came in before, under another key, is fine as long as it is the same signal."""
    stored = await signalen.find(connection, [inzending.id for inzending in known])
    for inzending in known:
        earlier = stored[inzending.id]
        same = earlier.organisatie == aanroeper.client and _same_content(earlier, inzending)
        hashes = await koppelindex.hashes_of(connection, inzending.id) if same else ()
        # Tokens of an ended signal are erased, so only the rest can be compared.
        if not same or (hashes and hashes != inzending.token_hashes):
            raise Conflict("Een id in dit verzoek is al gebruikt voor een ander signaal. Maak een nieuw id.")


def _same_content(signaal: Signaal, inzending: Inzending) -> bool:
    return (
        signaal.convenant == inzending.convenant
        and signaal.epoche == inzending.epoche
        and signaal.signaalsoort == inzending.signaalsoort
        and signaal.verloopt_op == inzending.verloopt_op
    )


async def _match(
    kern: Kern, connection: AsyncConnection, nieuwe: Sequence[Inzending], op: datetime
) -> list[Matchbericht]:
    hashes = {inzending.zeker for inzending in nieuwe}
    groepen = await koppelindex.groepen(connection, hashes, vandaag=local_date(op))
    wijzigingen = [wijziging for groep in groepen.values() if (wijziging := join(groep)) is not None]
    bestaande = await matches.find(connection, [w.match for w in wijzigingen if w.match is not None])
    berichten = [_bericht(wijziging, bestaande, op) for wijziging in wijzigingen]
    await matches.add(connection, [b.match for b in berichten if b.match.id not in bestaande])
    leden = [
        (bericht.match.id, signaal)
        for bericht, wijziging in zip(berichten, wijzigingen, strict=True)
        for signaal in wijziging.toegetreden
    ]
    await matches.add_leden(connection, leden, op=op)
    return berichten


def _bericht(wijziging: Matchwijziging, bestaande: dict[MatchId, Match], op: datetime) -> Matchbericht:
    match = bestaande[wijziging.match] if wijziging.match else _new_match(wijziging, op)
    return Matchbericht(
        match=match,
        gebeurtenis=wijziging.gebeurtenis,
        voorheen=[lid for lid in wijziging.leden if lid.id not in wijziging.toegetreden],
        leden=wijziging.leden,
    )


def _new_match(wijziging: Matchwijziging, op: datetime) -> Match:
    return Match(id=MatchId(uuid4()), convenant=wijziging.leden[0].convenant, niveau=Niveau.ZEKER, ontstaan_op=op)


def _bladen(
    kern: Kern, handeling: Handeling, inzendingen: Sequence[Inzending], nieuwe: Sequence[Inzending]
) -> Iterable[Blad]:
    convenanten = sorted({inzending.convenant for inzending in inzendingen})
    yield kern.bladmaker.toegang(handeling, convenanten=list(convenanten), aantal=len(nieuwe), uitkomst="verwerkt")
    yield from kern.bladmaker.verwerkingen(handeling, [inzending.id for inzending in nieuwe], klaar_op=kern.klok())


async def _receipts(connection: AsyncConnection, inzendingen: Sequence[Inzending]) -> dict[str, Any]:
    stored = await signalen.find(connection, [inzending.id for inzending in inzendingen])
    return {"ontvangsten": [_receipt(stored[inzending.id]) for inzending in inzendingen]}


def _receipt(signaal: Signaal) -> dict[str, Any]:
    return {
        "signaal": str(signaal.id),
        "status": signaal.status.value,
        "ontvangenOp": format_moment(signaal.ingediend_op),
        "verlooptOp": signaal.verloopt_op.isoformat(),
    }


def _signaal(kern: Kern, aanroeper: Aanroeper, inzending: Inzending, op: datetime) -> Signaal:
    return Signaal(
        id=SignaalId(inzending.id),
        convenant=inzending.convenant,
        convenantversie=kern.convenanten[inzending.convenant].versie,
        epoche=inzending.epoche,
        organisatie=aanroeper.client,
        signaalsoort=inzending.signaalsoort,
        medewerker=aanroeper.medewerker,
        status=Signaalstatus.ACTIEF,
        ingediend_op=op,
        verloopt_op=inzending.verloopt_op,
        referentie=inzending.referentie,
    )
