"""The radar list: the caller's casussen with what others signalled on them, as far as its views grant it.

A batch of casussen is read at once, with all their matches and terms: no casus costs a query of its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from matcher.diensten.casustermijnen import end_looked_at
from matcher.diensten.casuszicht import find_casus, look
from matcher.diensten.kern import Aanroeper, Kern
from matcher.diensten.termijnen import termijn_documents, termijnen_of
from matcher.domein.casus import Casus, Casustoestand
from matcher.domein.cursor import known_place
from matcher.domein.melding import Matchmelding
from matcher.domein.radar import Radarfilter, Radarregel, Sortering, in_casus, radarregel, sort_key
from matcher.domein.radardocument import casus_document, regel_document
from matcher.domein.termijn import LopendeTermijn, Termijnstatus, status_on
from matcher.logboek import opslag as logboek
from matcher.logboek.blad import Blad
from matcher.logboek.handeling import Handeling
from matcher.opslag import casussen
from matcher.types import CasusId, SignaalId

_INZIEN = "radar inzien"
_GEZIEN = "casus bekijken"
_BATCH = 500
_OPEN = frozenset(Casustoestand) - {Casustoestand.AFGESLOTEN}

Plaats = tuple[int | str, ...]
"""Where a line stands in a sorted list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Radarvraag:
    """Which lines are wanted, in which order, after which one. Without `toestand` all casussen that are open.

    Without `sorteer` they come in the order of registration, `na` is the last id then; else it is a place.
    """

    toestand: Casustoestand | None = None
    filter: Radarfilter = field(default_factory=Radarfilter)
    sorteer: Sortering | None = None
    na_id: CasusId | None = None
    na_plaats: Plaats | None = None
    limiet: int = 100


async def radar_list(
    kern: Kern, aanroeper: Aanroeper, vraag: Radarvraag
) -> tuple[list[dict[str, Any]], Radarregel | None]:
    """A page of lines, ready for JSON, and the last of them when there are more. Raises OngeldigeInvoer for a cursor.

    A page in the order of registration reads about as many casussen as it shows; one that is sorted reads them all,
    because what they are sorted by follows from what the convenant grants today.
    """
    handeling = aanroeper.handeling(_INZIEN, op=kern.klok())
    async with kern.transaction() as connection:
        if vraag.sorteer is None:
            found = await _in_order(kern, connection, aanroeper, vraag)
        else:
            found = await _sorted(kern, connection, aanroeper, vraag, vraag.sorteer)
        shown = found[: vraag.limiet]
        await logboek.append(connection, _bladen(kern, handeling, shown))
    documents = [
        regel_document(regel, kern.convenanten[regel.casus.convenant], termijn_documents(kern, regel.termijnen))
        for regel in shown
    ]
    return documents, shown[-1] if len(found) > vraag.limiet else None


async def see_casus(kern: Kern, aanroeper: Aanroeper, casus_id: CasusId) -> dict[str, Any]:
    """Say that the caller saw what is new in its casus; the casus, ready for JSON. Raises NietGevonden.

    A moment of monitoring that is due is kept by it.
    """
    op = kern.klok()
    handeling = aanroeper.handeling(_GEZIEN, op=op)
    async with kern.transaction() as connection:
        casus = await find_casus(kern, connection, aanroeper, casus_id, lock=True)
        zicht = await look(kern, connection, [casus], aanroeper.client)
        seen = {partij.ander for view in in_casus(casus, zicht.views) for partij in view.partijen}
        await casussen.see(connection, casus.id, seen)
        await end_looked_at(connection, kern.convenanten[casus.convenant], casus, op=op)
        blad = kern.bladmaker.toegang(
            handeling, onderwerp=str(casus.id), convenant=casus.convenant, uitkomst="verwerkt"
        )
        await logboek.append(connection, [blad])
    return casus_document(casus, kern.convenanten[casus.convenant])


async def _in_order(
    kern: Kern, connection: AsyncConnection, aanroeper: Aanroeper, vraag: Radarvraag
) -> list[Radarregel]:
    place = 0 if vraag.na_id is None else await casussen.place_of(connection, aanroeper.client, vraag.na_id)
    na, found = known_place(place), list[Radarregel]()
    while len(found) <= vraag.limiet:
        batch = await _page(kern, connection, aanroeper, vraag, na=na, limiet=min(vraag.limiet + 1, _BATCH))
        found += await _regels(kern, connection, aanroeper, vraag, [casus for _, casus in batch])
        if len(batch) < min(vraag.limiet + 1, _BATCH):
            break
        na = batch[-1][0]
    return found[: vraag.limiet + 1]


async def _sorted(
    kern: Kern, connection: AsyncConnection, aanroeper: Aanroeper, vraag: Radarvraag, sorteer: Sortering
) -> list[Radarregel]:
    na, found = 0, list[tuple[Plaats, Radarregel]]()
    while batch := await _page(kern, connection, aanroeper, vraag, na=na, limiet=_BATCH):
        regels = await _regels(kern, connection, aanroeper, vraag, [casus for _, casus in batch])
        found += [(sort_key(regel, sorteer), regel) for regel in regels]
        na = batch[-1][0]
    found.sort(key=lambda each: each[0])
    return [regel for place, regel in found if vraag.na_plaats is None or place > vraag.na_plaats][: vraag.limiet + 1]


async def _page(
    kern: Kern, connection: AsyncConnection, aanroeper: Aanroeper, vraag: Radarvraag, *, na: int, limiet: int
) -> list[tuple[int, Casus]]:
    return await casussen.page(
        connection,
        aanroeper.client,
        convenanten=kern.convenanten,
        standen=_OPEN if vraag.toestand is None else [vraag.toestand],
        na=na,
        limiet=limiet,
    )


async def _regels(
    kern: Kern, connection: AsyncConnection, aanroeper: Aanroeper, vraag: Radarvraag, batch: Sequence[Casus]
) -> list[Radarregel]:
    zicht = await look(kern, connection, batch, aanroeper.client)
    ids = [casus.id for casus in batch]
    gezien = await casussen.seen_in(connection, ids)
    running = await termijnen_of(connection, aanroeper.client, onderwerpen=ids)
    verbanden = zicht.toestand.verbanden()
    termijnen = _with_status(kern, running)
    views = _by_member(zicht.views)
    regels = (
        radarregel(
            casus,
            [view for lid in casus.leden for view in views[lid]],
            verbanden,
            gezien=gezien.get(casus.id, ()),
            termijnen=termijnen[casus.id],
        )
        for casus in batch
    )
    return [regel for regel in regels if vraag.filter.lets_pass(regel)]


def _by_member(views: Iterable[Matchmelding]) -> defaultdict[SignaalId, list[Matchmelding]]:
    found: defaultdict[SignaalId, list[Matchmelding]] = defaultdict(list)
    for view in views:
        for eigen in view.eigen_signalen:
            found[eigen].append(view)
    return found


def _with_status(
    kern: Kern, running: Iterable[LopendeTermijn]
) -> defaultdict[CasusId, list[tuple[LopendeTermijn, Termijnstatus]]]:
    found: defaultdict[CasusId, list[tuple[LopendeTermijn, Termijnstatus]]] = defaultdict(list)
    for termijn in running:
        if convenant := kern.convenanten.get(termijn.convenant):
            status = status_on(termijn, kern.vandaag(), convenant)
            found[CasusId(termijn.onderwerp)].append((termijn, status))
    return found


def _bladen(kern: Kern, handeling: Handeling, shown: Sequence[Radarregel]) -> list[Blad]:
    """A leaf per casus, with every article on which something of others is counted in it."""
    return [
        kern.bladmaker.toegang(
            handeling,
            onderwerp=str(regel.casus.id),
            convenant=regel.casus.convenant,
            artikelen=[*sorted({partij.besluit.artikel for partij in regel.getoond})],
            aantal=regel.signalen,
            uitkomst="verstrekt",
        )
        for regel in shown
    ] or [kern.bladmaker.toegang(handeling, aantal=0, uitkomst="verwerkt")]
