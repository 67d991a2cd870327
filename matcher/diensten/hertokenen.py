"""Tokens of another epoch for signals that were submitted before, so that no match is lost when keys change."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.kalender import first_of_month, local_date
from convenant.types import ConvenantId, Epoche
from convenant.web.errors import Conflict, OngeldigeInvoer
from matcher.diensten.kern import Aanroeper, Kern
from matcher.diensten.koppelen import link
from matcher.diensten.melden import Nieuws
from matcher.domein.kaart import Omslag
from matcher.domein.plafond import Telling
from matcher.domein.signaal import SLOT_ZEKER, Hertokening, Signaal
from matcher.domein.toelating import hertokening_findings
from matcher.opslag import idempotentie, kaarten, koppelindex, pepper, signalen, tellingen
from matcher.types import SignaalId

_NAAM = "signaal hertokenen"


async def retoken(
    kern: Kern, aanroeper: Aanroeper, hertokeningen: Sequence[Hertokening], *, sleutel: str, verzoek_hash: bytes
) -> dict[str, Any]:
    """Add the tokens to one's own live signals that lack them, and let what they find join; the answer, for JSON.

    All or none. Signals that ended meanwhile are left out of the answer; those that bear the tokens already are in it.
    Raises OngeldigeInvoer for an epoch that does not run and a signal that is not the caller's, Conflict when a signal
    bears other tokens of that epoch.
    """
    op = kern.klok()
    nieuws = Nieuws(kern, aanroeper.handeling(_NAAM, op=op))
    async with kern.database.transaction() as connection:
        await pepper.hold(connection, kern.pepper)
        earlier = await idempotentie.claim(connection, aanroeper.client, sleutel, verzoek_hash=verzoek_hash, op=op)
        if earlier is not None:
            return earlier
        live = await _admit(kern, connection, aanroeper, hertokeningen, vandaag=local_date(op))
        bruikbaar = [h for h in hertokeningen if h.signaal in live]
        await _store(kern, connection, aanroeper, bruikbaar, live=live, nieuws=nieuws)
        antwoord = {"hertokend": [{"signaal": str(h.signaal), "epoche": h.tokenset.epoche} for h in bruikbaar]}
        await idempotentie.complete(connection, aanroeper.client, sleutel, antwoord)
    nieuws.wake()
    return antwoord


async def _admit(
    kern: Kern,
    connection: AsyncConnection,
    aanroeper: Aanroeper,
    hertokeningen: Sequence[Hertokening],
    *,
    vandaag: date,
) -> Mapping[SignaalId, Signaal]:
    """The signals that can be given tokens, rows locked."""
    known = await signalen.find(connection, [hertokening.signaal for hertokening in hertokeningen])
    own = {id_: signaal for id_, signaal in known.items() if signaal.organisatie == aanroeper.client}
    fouten = hertokening_findings(hertokeningen, own, convenanten=kern.convenanten, vandaag=vandaag)
    if fouten:
        raise OngeldigeInvoer(
            "Er is niets opgeslagen. Verbeter wat bij 'fouten' staat en stuur het verzoek opnieuw.", fouten=fouten
        )
    return await signalen.lock_live(connection, own, aanroeper.client, vandaag=vandaag)


async def _store(
    kern: Kern,
    connection: AsyncConnection,
    aanroeper: Aanroeper,
    hertokeningen: Sequence[Hertokening],
    *,
    live: Mapping[SignaalId, Signaal],
    nieuws: Nieuws,
) -> None:
    nieuwe = await _lacking(connection, hertokeningen)
    await koppelindex.add(connection, ((h.signaal, h.tokenset) for h in nieuwe))
    omslagen = [(h.signaal, Omslag(h.tokenset.epoche, h.omslag)) for h in nieuwe if h.omslag is not None]
    await kaarten.add_omslagen(connection, omslagen)
    for epoche, of_epoche in _per_epoche(nieuwe).items():
        await signalen.renew(connection, of_epoche, epoche)
    ids = [hertokening.signaal for hertokening in nieuwe]
    if ids:
        # Older tokens too: whoever shares slot `zeker` under the epoch before is no possible match under this one.
        hashes = await koppelindex.hashes_of(connection, ids)
        added = {(h.tokenset.hashes[SLOT_ZEKER], h.signaal) for h in nieuwe}
        await link(kern, connection, nieuws, ids, hashes, added=added)
    toegang = kern.bladmaker.toegang(nieuws.handeling, aantal=len(nieuwe), uitkomst="verwerkt")
    await nieuws.write(connection, [toegang, *kern.bladmaker.verwerkingen(nieuws.handeling, ids, klaar_op=kern.klok())])
    counts = {
        convenant: Telling(signalen=aantal)
        for convenant, aantal in Counter[ConvenantId](live[id_].convenant for id_ in ids).items()
    }
    maand = first_of_month(local_date(nieuws.handeling.begonnen_op))
    await tellingen.add(connection, aanroeper.client, counts, maand=maand)


async def _lacking(connection: AsyncConnection, hertokeningen: Sequence[Hertokening]) -> list[Hertokening]:
    """Those that bring something new. Raises Conflict when a signal bears other tokens of the same epoch."""
    tokens = await koppelindex.tokensets_of(connection, [hertokening.signaal for hertokening in hertokeningen])
    nieuwe = []
    for hertokening in hertokeningen:
        stored = tokens.get(hertokening.signaal, {}).get(hertokening.tokenset.epoche)
        if stored is None:
            nieuwe.append(hertokening)
        elif stored != hertokening.tokenset:
            raise Conflict("Een signaal in dit verzoek heeft al andere koppeltokens van deze epoche.")
    return nieuwe


def _per_epoche(hertokeningen: Iterable[Hertokening]) -> Mapping[Epoche, Collection[SignaalId]]:
    found: dict[Epoche, list[SignaalId]] = {}
    for hertokening in hertokeningen:
        found.setdefault(hertokening.tokenset.epoche, []).append(hertokening.signaal)
    return found
