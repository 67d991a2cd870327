"""Submitting signals: one transaction from idempotency key to log leaf (ONTWERP section 5)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.kalender import first_of_month, local_date, next_month, seconds_until
from convenant.types import ConvenantId
from convenant.web.errors import Conflict, OngeldigeInvoer, TeGroot
from matcher.diensten.kern import Aanroeper, Kern
from matcher.diensten.koppelen import link
from matcher.diensten.melden import Nieuws
from matcher.domein.document import format_moment
from matcher.domein.grond import EigenZaak
from matcher.domein.plafond import Telling, most_at_once, over_plafond
from matcher.domein.signaal import SLOT_ZEKER, Inzending, Signaal
from matcher.domein.signaalbericht import ontvangen_document
from matcher.domein.toelating import findings
from matcher.errors import PlafondBereikt
from matcher.logboek.blad import Blad
from matcher.logboek.handeling import Handeling
from matcher.opslag import idempotentie, kaarten, koppelindex, pepper, signalen, tellingen
from matcher.types import Notificatiesoort, SignaalId, Signaalstatus

_NAAM = "signaal indienen"
_BEREIKT = "Er is niets opgeslagen. Bij 'fouten' staat welk plafond; 'Retry-After' zegt wanneer de nieuwe maand begint."


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
    nieuws = Nieuws(kern, aanroeper.handeling(_NAAM, op=op))
    async with kern.transaction() as connection:
        await pepper.hold(connection, kern.pepper)
        earlier = await idempotentie.claim(connection, aanroeper.client, sleutel, verzoek_hash=verzoek_hash, op=op)
        if earlier is not None:
            return earlier
        _admit(kern, aanroeper, inzendingen, op)
        await _hold_counts(kern, connection, aanroeper, inzendingen, op)
        stored = await _store(kern, connection, aanroeper, inzendingen, nieuws)
        antwoord = {"ontvangsten": [_receipt(stored[inzending.id]) for inzending in inzendingen]}
        await idempotentie.complete(connection, aanroeper.client, sleutel, antwoord)
    nieuws.wake()
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


async def _hold_counts(
    kern: Kern, connection: AsyncConnection, aanroeper: Aanroeper, inzendingen: Sequence[Inzending], op: datetime
) -> None:
    """Let one act of an organisation go at a time. Raises TeGroot for more signals than it may bring at once."""
    aantallen = Counter(inzending.convenant for inzending in inzendingen)
    maand = first_of_month(local_date(op))
    for id_, voor in (await tellingen.hold(connection, aanroeper.client, aantallen, maand=maand)).items():
        most = most_at_once(kern.convenanten[id_], aanroeper.client, voor)
        if aantallen[id_] > most:
            raise TeGroot(
                f"Stuur hoogstens {most} signalen per verzoek: zoveel laat het plafond voor mogelijke matches nu toe."
            )


async def _store(
    kern: Kern,
    connection: AsyncConnection,
    aanroeper: Aanroeper,
    inzendingen: Sequence[Inzending],
    nieuws: Nieuws,
) -> Mapping[SignaalId, Signaal]:
    op = nieuws.handeling.begonnen_op
    made = {inzending.id: _signaal(kern, aanroeper, inzending, op) for inzending in inzendingen}
    added = await signalen.add(connection, list(made.values()), profiel=inzendingen[0].profiel)
    known = await _refuse_changed(connection, aanroeper, [i for i in inzendingen if i.id not in added])
    nieuwe = [inzending for inzending in inzendingen if inzending.id in added]
    await koppelindex.add(connection, ((i.id, tokenset) for i in nieuwe for tokenset in i.tokensets))
    await kaarten.add(connection, [(i.id, i.kaart) for i in nieuwe if i.kaart is not None])
    mogelijk = Counter[ConvenantId]()
    _tell_received(kern, nieuws, aanroeper, nieuwe)
    if nieuwe:
        # Everything costly is written before the stripes are taken; what comes after sees all that others committed.
        hashes = [token_hash for inzending in nieuwe for token_hash in inzending.hashes()]
        zeker = {(tokenset.hashes[SLOT_ZEKER], i.id) for i in nieuwe for tokenset in i.tokensets}
        mogelijk = await link(kern, connection, nieuws, added, hashes, added=zeker)
    await nieuws.write(connection, _bladen(kern, nieuws.handeling, inzendingen, nieuwe))
    await _count(kern, connection, aanroeper, _erbij(nieuwe, mogelijk), op=op)
    return {**made, **known}


def _tell_received(kern: Kern, nieuws: Nieuws, aanroeper: Aanroeper, nieuwe: Iterable[Inzending]) -> None:
    """Tell the organisation itself, for whoever follows its events and did not submit."""
    per_convenant: dict[ConvenantId, list[SignaalId]] = defaultdict(list)
    for inzending in nieuwe:
        per_convenant[inzending.convenant].append(inzending.id)
    for convenant, ids in per_convenant.items():
        inhoud = ontvangen_document(convenant, ids, nieuws.handeling.begonnen_op)
        grond = EigenZaak.under(kern.convenanten[convenant])
        nieuws.tell(aanroeper.client, Notificatiesoort.SIGNAAL_ONTVANGEN, ids[0], inhoud, grond=grond)


async def _count(
    kern: Kern,
    connection: AsyncConnection,
    aanroeper: Aanroeper,
    erbij: Mapping[ConvenantId, Telling],
    *,
    op: datetime,
) -> None:
    """Count what came in, at the very end. Raises PlafondBereikt, and then nothing of it came in."""
    totaal = await tellingen.add(connection, aanroeper.client, erbij, maand=first_of_month(local_date(op)))
    fouten = over_plafond(aanroeper.client, erbij, totaal, convenanten=kern.convenanten)
    if fouten:
        raise PlafondBereikt(_BEREIKT, fouten=fouten, retry_after=seconds_until(next_month(op), op=op))


def _erbij(nieuwe: Iterable[Inzending], mogelijk: Counter[ConvenantId]) -> Mapping[ConvenantId, Telling]:
    return {
        convenant: Telling(signalen=aantal, nieuwe_signalen=aantal, mogelijke_matches=mogelijk[convenant])
        for convenant, aantal in Counter(inzending.convenant for inzending in nieuwe).items()
    }


async def _refuse_changed(
    connection: AsyncConnection, aanroeper: Aanroeper, known: Sequence[Inzending]
) -> Mapping[SignaalId, Signaal]:
    """A signal that came in before, under another key, is fine as long as it is the same signal; those, as stored."""
    if not known:
        return {}
    ids = [inzending.id for inzending in known]
    stored = await signalen.find(connection, ids)
    tokens = await koppelindex.tokensets_of(connection, ids)
    for inzending in known:
        earlier = stored[inzending.id]
        # Tokens of an ended signal are erased, so only the rest can be compared.
        same_tokens = inzending.id not in tokens or all(
            tokens[inzending.id].get(tokenset.epoche) == tokenset for tokenset in inzending.tokensets
        )
        if not (earlier.organisatie == aanroeper.client and _same_content(earlier, inzending) and same_tokens):
            raise Conflict("Een id in dit verzoek is al gebruikt voor een ander signaal. Maak een nieuw id.")
    return stored


def _same_content(signaal: Signaal, inzending: Inzending) -> bool:
    return (
        signaal.convenant == inzending.convenant
        and signaal.signaalsoort == inzending.signaalsoort
        and signaal.verloopt_op == inzending.verloopt_op
    )


def _bladen(
    kern: Kern, handeling: Handeling, inzendingen: Sequence[Inzending], nieuwe: Sequence[Inzending]
) -> Iterable[Blad]:
    convenanten = sorted({inzending.convenant for inzending in inzendingen})
    yield kern.bladmaker.toegang(handeling, convenanten=list(convenanten), aantal=len(nieuwe), uitkomst="verwerkt")
    yield from kern.bladmaker.verwerkingen(handeling, [inzending.id for inzending in nieuwe], klaar_op=kern.klok())


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
