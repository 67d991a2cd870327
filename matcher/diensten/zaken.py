"""What a term is about, as it is today: whether it still stands, who is in it, and how they name it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.model import Convenant
from convenant.types import Oin, Veld
from convenant.web.errors import GeenToegang
from matcher.diensten.kaarten import as_seen_by
from matcher.diensten.kern import Kern
from matcher.diensten.koppelen import granted_overeenkomst
from matcher.diensten.paartermijnen import awaits, kaartbron
from matcher.domein.koppeling import Toestand
from matcher.domein.melding import Matchmelding, is_radar, matchmeldingen
from matcher.domein.termijn import LopendeTermijn, Onderwerpsoort
from matcher.opslag import kaarten, matches, paren, signalen, toestand
from matcher.types import MatchId, Paarkenmerk


@dataclass(frozen=True, slots=True)
class Zaak:
    """The parties in it, and the own name of it for those that may see the party whose term it is in it."""

    betrokken: frozenset[Oin]
    namen: Mapping[Oin, UUID] = field(default_factory=dict)


async def zaak_of(
    kern: Kern, connection: AsyncConnection, convenant: Convenant, termijn: LopendeTermijn, *, dag: date
) -> Zaak | None:
    """What this term is about; None when there is nothing left for its organisation to do."""
    find = _ZAKEN.get(termijn.soort)
    return await find(kern, connection, convenant, termijn, dag) if find else Zaak(frozenset({termijn.organisatie}))


async def _match(
    kern: Kern, connection: AsyncConnection, convenant: Convenant, termijn: LopendeTermijn, dag: date
) -> Zaak | None:
    name, eigen = MatchId(termijn.onderwerp), termijn.organisatie
    match = name if is_radar(convenant, eigen) else await matches.known_as(connection, eigen, name)
    if match is None:
        return None
    known = (await toestand.load_matches(connection, [match])).only(lambda lid: lid.signaal.is_live(dag))
    views = matchmeldingen(kern.convenanten, known, op=dag)
    if not any((v.ontvanger, v.match) == (eigen, name) and v.eigen_signalen for v in views):
        return None
    betrokken = frozenset(lid.signaal.organisatie for lid in known.leden.values())
    return Zaak(betrokken, {eigen: name} | {v.ontvanger: v.match for v in views if _names(v, known, eigen)})


def _names(view: Matchmelding, known: Toestand, oin: Oin) -> bool:
    return any(
        known.leden[partij.ander].signaal.organisatie == oin and Veld.ORGANISATIE in partij.besluit.velden
        for partij in view.partijen
    )


async def _mogelijke_match(
    kern: Kern, connection: AsyncConnection, _: Convenant, termijn: LopendeTermijn, dag: date
) -> Zaak | None:
    """Of the other side nothing is told, so that only the organisation itself is in it."""
    paar = await paren.find(connection, termijn.organisatie, Paarkenmerk(termijn.onderwerp))
    if paar is None or not awaits(paar, paar.kant_of(termijn.organisatie)):
        return None
    both = await signalen.find(connection, paar.sleutel)
    if not all(both[id_].is_live(dag) for id_ in paar.sleutel):
        return None
    granted = granted_overeenkomst(kern, paar, both, op=dag)
    return Zaak(frozenset({termijn.organisatie})) if termijn.organisatie in granted else None


async def _kaartverzoek(
    kern: Kern, connection: AsyncConnection, _: Convenant, termijn: LopendeTermijn, __: date
) -> Zaak | None:
    for vrager, signaal in await kaarten.asked_of(connection, termijn.organisatie):
        if kaartbron(vrager, signaal) == termijn.bron:
            try:
                await as_seen_by(kern, connection, vrager, signaal)
            except GeenToegang:
                return None
            return Zaak(frozenset({termijn.organisatie, vrager}))
    return None


_Zoeker = Callable[[Kern, AsyncConnection, Convenant, LopendeTermijn, date], Awaitable[Zaak | None]]
_ZAKEN: Mapping[Onderwerpsoort, _Zoeker] = {
    Onderwerpsoort.MATCH: _match,
    Onderwerpsoort.MOGELIJKE_MATCH: _mogelijke_match,
    Onderwerpsoort.KAARTVERZOEK: _kaartverzoek,
}
