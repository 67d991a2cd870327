"""Saying that a match is wrong: two signals are about two persons, and never match each other again."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.kalender import local_date
from convenant.types import Niveau
from convenant.web.errors import NietGevonden
from matcher.diensten.herschikken import settle
from matcher.diensten.kern import Aanroeper, Kern
from matcher.diensten.melden import Nieuws
from matcher.diensten.zicht import Zicht, find_match, find_partij
from matcher.domein.document import format_moment
from matcher.domein.grond import EigenZaak
from matcher.domein.koppeling import Lid
from matcher.domein.melding import Matchmelding, matchmeldingen
from matcher.domein.paar import Kant, Paar, paarsleutel, separate
from matcher.domein.signaal import SLOT_ZEKER
from matcher.opslag import paren, toestand
from matcher.types import MatchId, Notificatiesoort, Paarkenmerk, Paarstatus, SignaalId

_NAAM = "match onjuist melden"


async def report_wrong(kern: Kern, aanroeper: Aanroeper, match: MatchId, paar: Paarkenmerk) -> dict[str, Any]:
    """Separate the caller's own signals in this match from the other one, for good; the answer, ready for JSON.

    Both organisations and the FG are told. Repeating gives the same answer. Raises NietGevonden for a match or
    pair that the caller does not see, or sees without a signal of its own in the pair.
    """
    op = kern.klok()
    nieuws = Nieuws(kern, aanroeper.handeling(_NAAM, op=op))
    async with kern.transaction() as connection:
        if not await _is_separated(kern, connection, aanroeper, paar):
            zicht = await find_match(kern, connection, aanroeper, match, lock=True)
            ander = find_partij(kern, zicht, paar).ander
            eigen = zicht.own_of(ander)
            if not eigen:
                raise NietGevonden("Uw organisatie heeft zelf geen signaal in dit paar.")
            await _separate(kern, connection, nieuws, zicht, eigen=eigen, ander=ander)
    nieuws.wake()
    return {"match": str(match), "paar": str(paar), "gemeldOp": format_moment(op)}


async def _is_separated(kern: Kern, connection: AsyncConnection, aanroeper: Aanroeper, paar: Paarkenmerk) -> bool:
    separated = await paren.separated(connection, aanroeper.client)
    others = (found.other_than(aanroeper.client).signaal for found in separated)
    return any(kern.kenmerker.paar(aanroeper.client, ander) == paar for ander in others)


async def _separate(
    kern: Kern, connection: AsyncConnection, nieuws: Nieuws, zicht: Zicht, *, eigen: Sequence[Lid], ander: SignaalId
) -> None:
    bestand = await toestand.load(connection, zicht.toestand.leden)
    na = bestand.toestand
    for lid in eigen:
        paar = separate(_paar(zicht, lid, zicht.toestand.leden[ander], nieuws))
        await paren.keep(connection, paar)
        na = na.with_paar(paar)
    _tell(kern, nieuws, zicht, eigen[0], zicht.toestand.leden[ander])
    await settle(kern, connection, bestand, nieuws, voor=bestand.toestand, na=na)
    toegang = kern.bladmaker.toegang(
        nieuws.handeling, match=str(zicht.melding.match), convenant=zicht.convenant.id, uitkomst="verwerkt"
    )
    ids = [lid.signaal.id for lid in eigen]
    await nieuws.write(connection, [toegang, *kern.bladmaker.verwerkingen(nieuws.handeling, ids, klaar_op=kern.klok())])


def _paar(zicht: Zicht, eigen: Lid, ander: Lid, nieuws: Nieuws) -> Paar:
    """The pair as it was kept, or a new one of two signals that share slot `zeker`."""
    sleutel = paarsleutel(eigen.signaal.id, ander.signaal.id)
    for paar in zicht.toestand.paren:
        if paar.sleutel == sleutel:
            return paar
    een, tweede = (zicht.toestand.leden[id_].signaal for id_ in sleutel)
    return Paar(
        convenant=zicht.convenant.id,
        kanten=(
            Kant(signaal=een.id, organisatie=een.organisatie, kenmerk=Paarkenmerk(uuid4())),
            Kant(signaal=tweede.id, organisatie=tweede.organisatie, kenmerk=Paarkenmerk(uuid4())),
        ),
        niveau=Niveau.ZEKER,
        sloten=1 << SLOT_ZEKER,
        status=Paarstatus.OPEN,
        ontstaan_op=nieuws.handeling.begonnen_op,
    )


def _tell(kern: Kern, nieuws: Nieuws, zicht: Zicht, eigen: Lid, ander: Lid) -> None:
    """Tell the caller, the FG, and the other organisation as far as it knows of the caller."""
    _tell_side(kern, nieuws, zicht.melding, ander.signaal.id)
    vandaag = local_date(nieuws.handeling.begonnen_op)
    other = [ander.signaal.organisatie]
    for melding in matchmeldingen(kern.convenanten, zicht.toestand, op=vandaag, ontvangers=other):
        if any(partij.ander == eigen.signaal.id for partij in melding.partijen):
            _tell_side(kern, nieuws, melding, eigen.signaal.id)
    een, tweede = ((lid.signaal.organisatie, lid.signaal.id) for lid in (eigen, ander))
    nieuws.tell_toezicht(zicht.convenant, Notificatiesoort.MATCH_ONJUIST, zicht.match, een, tweede)


def _tell_side(kern: Kern, nieuws: Nieuws, melding: Matchmelding, ander: SignaalId) -> None:
    inhoud = {
        "id": str(melding.match),
        "convenant": melding.convenant,
        "paar": str(kern.kenmerker.paar(melding.ontvanger, ander)),
    }
    soort = Notificatiesoort.MATCH_ONJUIST
    grond = EigenZaak.under(kern.convenanten[melding.convenant])
    nieuws.tell(melding.ontvanger, soort, melding.match, inhoud, grond=grond)
