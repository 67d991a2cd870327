"""Possible matches: seeing one's own, confirming, rejecting. Nothing in them is about the other organisation."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.beleid import Besluit, Vraag, beslis
from convenant.kalender import local_date
from convenant.types import Gebeurtenis
from convenant.web.errors import GeenToegang, NietGevonden
from matcher.diensten.herschikken import settle
from matcher.diensten.kern import Aanroeper, Kern
from matcher.diensten.koppelen import granted_overeenkomst
from matcher.diensten.melden import Nieuws
from matcher.diensten.paartermijnen import end_bevestiging
from matcher.domein.cursor import known_place
from matcher.domein.document import mogelijk_document
from matcher.domein.paar import Bevestiging, Paar, confirm, reject
from matcher.domein.signaal import Signaal
from matcher.logboek import opslag as logboek
from matcher.logboek.handeling import besluit_fields
from matcher.opslag import koppelindex, paren, signalen, toestand
from matcher.types import Notificatiesoort, Paarkenmerk, Paarstatus, SignaalId

_INZIEN = "mogelijke matches inzien"
_BEVESTIGEN = "mogelijke match bevestigen"
_AFWIJZEN = "mogelijke match afwijzen"
_ONBEKEND = "Uw organisatie heeft geen mogelijke match met dit id."


async def own_mogelijke(
    kern: Kern, aanroeper: Aanroeper, *, na: UUID | None, limiet: int
) -> tuple[list[dict[str, Any]], UUID | None]:
    """A page of the organisation's possible matches, as far as both sides may know of them today, and the next cursor.

    Of live signals only. Raises OngeldigeInvoer for a cursor that is not ours.
    """
    op = kern.klok()
    handeling = aanroeper.handeling(_INZIEN, op=op)
    async with kern.transaction() as connection:
        place = 0 if na is None else await paren.place_of(connection, aanroeper.client, na)
        found = await _visible(kern, connection, aanroeper, na=known_place(place), limiet=limiet + 1, op=op)
        shown = found[:limiet]
        bladen = [
            kern.bladmaker.toegang(handeling, onderwerp=document["id"], uitkomst="verstrekt", **besluit_fields(besluit))
            for document, besluit in shown
        ]
        await logboek.append(connection, bladen or [kern.bladmaker.toegang(handeling, aantal=0, uitkomst="verwerkt")])
    documents = [document for document, _ in shown]
    return documents, UUID(documents[-1]["id"]) if len(found) > limiet else None


async def confirm_mogelijk(kern: Kern, aanroeper: Aanroeper, id_: Paarkenmerk, *, acuut: bool) -> dict[str, Any]:
    """Say that the two signals are about one person; the possible match as it is now. Repeating changes nothing.

    When both sides said so, or one did in acute danger and the convenant has an article for that, they match from now
    on. Raises NietGevonden, Conflict when it was rejected or is over, GeenToegang when there is no such article.
    """
    op = kern.klok()
    nieuws = Nieuws(kern, aanroeper.handeling(_BEVESTIGEN, op=op))
    async with kern.transaction() as connection:
        paar = await _lock_own(kern, connection, aanroeper, id_)
        if acuut:
            await _require_acuut(kern, connection, aanroeper, paar, op)
        changed = confirm(paar, aanroeper.client, Bevestiging(op, aanroeper.medewerker, acuut))
        if changed != paar:
            await _apply(kern, connection, nieuws, paar=paar, changed=changed, aanroeper=aanroeper)
    nieuws.wake()
    return mogelijk_document(changed, kern.convenanten[paar.convenant], aanroeper.client)


async def reject_mogelijk(kern: Kern, aanroeper: Aanroeper, id_: Paarkenmerk) -> dict[str, Any]:
    """Say that the two signals are about two persons; the possible match as it is now, for good.

    Raises NietGevonden, and Conflict when both sides had confirmed it or it is over.
    """
    op = kern.klok()
    nieuws = Nieuws(kern, aanroeper.handeling(_AFWIJZEN, op=op))
    async with kern.transaction() as connection:
        paar = await _lock_own(kern, connection, aanroeper, id_)
        changed = reject(paar, aanroeper.client)
        if changed != paar:
            await _apply(kern, connection, nieuws, paar=paar, changed=changed, aanroeper=aanroeper)
    nieuws.wake()
    return mogelijk_document(changed, kern.convenanten[paar.convenant], aanroeper.client)


async def _visible(
    kern: Kern, connection: AsyncConnection, aanroeper: Aanroeper, *, na: int, limiet: int, op: datetime
) -> list[tuple[dict[str, Any], Besluit]]:
    visible: list[tuple[dict[str, Any], Besluit]] = []
    while len(visible) < limiet:
        found = await paren.page(connection, aanroeper.client, na=na, limiet=limiet)
        known = await signalen.find(connection, {id_ for _, paar in found for id_ in paar.sleutel})
        for _, paar in found:
            besluit = _besluit(kern, aanroeper, paar, known, op)
            if besluit is not None:
                document = mogelijk_document(paar, kern.convenanten[paar.convenant], aanroeper.client)
                visible.append((document, besluit))
        if len(found) < limiet:
            break
        na = found[-1][0]
    return visible[:limiet]


def _besluit(
    kern: Kern, aanroeper: Aanroeper, paar: Paar, known: Mapping[SignaalId, Signaal], op: datetime
) -> Besluit | None:
    vandaag = local_date(op)
    if not all(known[id_].is_live(vandaag) for id_ in paar.sleutel):
        return None
    return granted_overeenkomst(kern, paar, known, op=vandaag).get(aanroeper.client)


async def _lock_own(kern: Kern, connection: AsyncConnection, aanroeper: Aanroeper, id_: Paarkenmerk) -> Paar:
    """One's own pair, read under the lock on the matches. Raises NietGevonden, also when the convenant hides it now."""
    found = await paren.find(connection, aanroeper.client, id_)
    if found is None:
        raise NietGevonden(_ONBEKEND)
    await koppelindex.lock_matches(connection, [found.convenant])
    paar = await paren.find(connection, aanroeper.client, id_)
    if paar is None or paar.status in (Paarstatus.ONJUIST, Paarstatus.VASTGELEGD, Paarstatus.VERVALLEN):
        return _over(paar)
    both = await signalen.find(connection, paar.sleutel)
    if _besluit(kern, aanroeper, paar, both, kern.klok()) is None:
        raise NietGevonden(_ONBEKEND)
    return paar


def _over(paar: Paar | None) -> Paar:
    # Known to its organisation, so the refusal may say what became of it: `confirm` and `reject` do.
    if paar is None or paar.status is Paarstatus.VASTGELEGD:
        raise NietGevonden(_ONBEKEND)
    return paar


async def _require_acuut(
    kern: Kern, connection: AsyncConnection, aanroeper: Aanroeper, paar: Paar, op: datetime
) -> None:
    both = await signalen.find(connection, paar.sleutel)
    eigen, ander = (both[kant.signaal] for kant in (paar.kant_of(aanroeper.client), paar.other_than(aanroeper.client)))
    besluit = beslis(
        kern.convenanten[paar.convenant],
        Vraag(
            gebeurtenis=Gebeurtenis.ACUUT,
            niveau=paar.niveau,
            ontvanger=aanroeper.client,
            over=ander.organisatie,
            signaalsoort=ander.signaalsoort,
            eigen_signaalsoorten=frozenset({eigen.signaalsoort}),
            op=local_date(op),
        ),
    )
    if not besluit.toegestaan:
        raise GeenToegang("Het convenant laat u hier niet alleen beslissen. Bevestig zonder 'acuut'.")


async def _apply(
    kern: Kern, connection: AsyncConnection, nieuws: Nieuws, *, paar: Paar, changed: Paar, aanroeper: Aanroeper
) -> None:
    await paren.keep(connection, changed)
    await end_bevestiging(connection, [changed], op=nieuws.handeling.begonnen_op)
    _tell_sides(nieuws, paar, changed, aanroeper)
    if (paar.geldt_sinds, paar.gebeurtenis) != (changed.geldt_sinds, changed.gebeurtenis):
        bestand = await toestand.load(connection, changed.sleutel)
        na = bestand.toestand
        await settle(kern, connection, bestand, nieuws, voor=na.with_paar(paar), na=na)
    eigen = changed.kant_of(aanroeper.client).signaal
    toegang = kern.bladmaker.toegang(
        nieuws.handeling,
        onderwerp=str(changed.kant_of(aanroeper.client).kenmerk),
        convenant=changed.convenant,
        uitkomst="verwerkt",
    )
    verwerking = kern.bladmaker.verwerkingen(nieuws.handeling, [eigen], klaar_op=kern.klok())
    await nieuws.write(connection, [toegang, *verwerking])


def _tell_sides(nieuws: Nieuws, paar: Paar, changed: Paar, aanroeper: Aanroeper) -> None:
    """Both hear that both confirmed; of a rejection the other hears when it had confirmed; of the rest nobody hears."""
    ander = changed.other_than(aanroeper.client)
    if changed.status is Paarstatus.AFGEWEZEN and ander.bevestiging:
        nieuws.tell_paar(changed, Notificatiesoort.MOGELIJK_AFGEWEZEN, ander.organisatie)
    if changed.status is not Paarstatus.BEVESTIGD:
        return
    if changed.gebeurtenis is Gebeurtenis.ACUUT:
        nieuws.tell_paar(changed, Notificatiesoort.ACUUT_BEVESTIGD, ander.organisatie)
        nieuws.tell_review(changed)
        return
    for kant in changed.kanten:
        nieuws.tell_paar(changed, Notificatiesoort.MOGELIJK_BEVESTIGD, kant.organisatie)
