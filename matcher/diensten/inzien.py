"""Reading: one's own signals, one's matches. Every reading of something leaves a log leaf."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.kalender import local_date
from convenant.types import Rol
from matcher.diensten.kaarten import with_kaarten
from matcher.diensten.kern import Aanroeper, Kern
from matcher.diensten.melden import refusals
from matcher.domein.cursor import known_place
from matcher.domein.document import match_document
from matcher.domein.melding import Matchmelding, all_meldingen
from matcher.domein.signaal import Signaal
from matcher.logboek import opslag as logboek
from matcher.logboek.blad import Blad
from matcher.logboek.handeling import Handeling, besluit_fields
from matcher.opslag import matches, signalen, toestand
from matcher.types import MatchId, SignaalId


async def own_signalen(
    kern: Kern, aanroeper: Aanroeper, *, na: UUID | None, limiet: int
) -> tuple[list[Signaal], UUID | None]:
    """A page of the organisation's own signals, also ended ones, and the cursor of the next page.

    `na` is such a cursor: the id of the last signal of the page before. Raises OngeldigeInvoer for any other.
    """
    handeling = aanroeper.handeling("signalen inzien", op=kern.klok())
    async with kern.transaction() as connection:
        place = 0 if na is None else await signalen.place_of(connection, aanroeper.client, SignaalId(na))
        found = await signalen.page(connection, aanroeper.client, na=known_place(place), limiet=limiet)
        await _log_reading(kern, connection, handeling, found)
    return found, found[-1].id if len(found) == limiet else None


async def granted_matches(
    kern: Kern, aanroeper: Aanroeper, *, na: UUID | None, limiet: int
) -> tuple[list[dict[str, Any]], UUID | None]:
    """A page of running matches as far as the convenant grants them today, and the cursor of the next page.

    A match that the caller knows as two, because nothing of its own holds them together, counts as one on a page. There
    is a next page only when there is something to see on it: an empty page with a cursor would say that there are
    matches that the convenant does not show. Raises OngeldigeInvoer for a cursor that is not ours.
    """
    op = kern.klok()
    handeling = aanroeper.handeling("matches inzien", op=op)
    async with kern.transaction() as connection:
        place = 0 if na is None else await _place_of(kern, connection, aanroeper, MatchId(na))
        found, views = await _visible(kern, connection, aanroeper, na=known_place(place), limiet=limiet + 1, op=op)
        shown = [melding for match in found[:limiet] for melding in match]
        await logboek.append(connection, [*_match_bladen(kern, handeling, shown), *refusals(kern, handeling, views)])
        documents = await with_kaarten(
            connection, aanroeper.client, (match_document(melding, kern.kenmerker) for melding in shown)
        )
    return documents, shown[-1].match if len(found) > limiet else None


def _radar_convenanten(kern: Kern, aanroeper: Aanroeper) -> list[Any]:
    return [convenant.id for convenant in kern.convenanten.values() if convenant.has_rol(aanroeper.client, Rol.RADAR)]


async def _place_of(kern: Kern, connection: AsyncConnection, aanroeper: Aanroeper, na: MatchId) -> int | None:
    match = await matches.known_as(connection, aanroeper.client, na)
    return await matches.place_of(connection, match or na)


async def _visible(
    kern: Kern, connection: AsyncConnection, aanroeper: Aanroeper, *, na: int, limiet: int, op: datetime
) -> tuple[list[list[Matchmelding]], list[Matchmelding]]:
    """Per match that the caller may see something of, what it sees; and every view that was decided about."""
    radar_in = _radar_convenanten(kern, aanroeper)
    visible: list[list[Matchmelding]] = []
    views: list[Matchmelding] = []
    while len(visible) < limiet:
        found = await matches.page(connection, aanroeper.client, radar_in=radar_in, na=na, limiet=limiet)
        granted, decided = await _granted(kern, connection, aanroeper, [match.id for _, match in found], op)
        visible += granted
        views += decided
        if len(found) < limiet:
            break
        na = found[-1][0]
    return visible[:limiet], views


async def _granted(
    kern: Kern, connection: AsyncConnection, aanroeper: Aanroeper, found: list[MatchId], op: datetime
) -> tuple[list[list[Matchmelding]], Sequence[Matchmelding]]:
    vandaag = local_date(op)
    known = (await toestand.load_matches(connection, found)).only(lambda lid: lid.signaal.is_live(vandaag))
    per_match: dict[MatchId | None, list[Matchmelding]] = {match: [] for match in found}
    views = all_meldingen(kern.convenanten, known, op=vandaag, ontvangers=[aanroeper.client])
    for melding in views:
        if melding.partijen:
            per_match[known.leden[melding.partijen[0].ander].match].append(melding)
    return [meldingen for meldingen in per_match.values() if meldingen], views


def _match_bladen(kern: Kern, handeling: Handeling, shown: Iterable[Matchmelding]) -> list[Blad]:
    return [
        kern.bladmaker.toegang(
            handeling, match=str(melding.match), uitkomst="verstrekt", **besluit_fields(partij.besluit)
        )
        for melding in shown
        for partij in melding.partijen
    ] or [kern.bladmaker.toegang(handeling, aantal=0, uitkomst="verwerkt")]


async def _log_reading(kern: Kern, connection: AsyncConnection, handeling: Handeling, gelezen: list[Signaal]) -> None:
    toegang = kern.bladmaker.toegang(handeling, aantal=len(gelezen), uitkomst="verstrekt")
    ids = [signaal.id for signaal in gelezen]
    verwerkingen = kern.bladmaker.verwerkingen(handeling, ids, klaar_op=kern.klok())
    await logboek.append(connection, [toegang, *verwerkingen])
