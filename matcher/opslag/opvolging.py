"""Steps in the follow-up of matches. Rows are added, and move along with the signals of their party; none is undone."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import uuid4

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.pg.database import table_of
from convenant.types import Oin
from matcher.domein.opvolging import Deelnemer, Hulp, Stap, Stapsoort
from matcher.domein.verhuizing import Bewaard
from matcher.opslag.keuze import one_of
from matcher.opslag.tabellen import OpvolgingStapRij
from matcher.types import MatchId, MedewerkerPseudoniem

_TABEL = table_of(OpvolgingStapRij)


async def of_matches(connection: AsyncConnection, matches: Collection[MatchId]) -> list[Bewaard]:
    """The steps in these matches, in the order in which they were taken."""
    if not matches:
        return []
    statement = select(_TABEL).where(one_of(_TABEL.c.match_id, matches)).order_by(_TABEL.c.volgnummer, _TABEL.c.id)
    return [_bewaard(row) for row in await connection.execute(statement)]


async def keep(connection: AsyncConnection, bewaard: Iterable[Bewaard]) -> None:
    """Insert steps without an id, and let the others move to where they belong now."""
    for each in bewaard:
        if each.id is None:
            await connection.execute(_TABEL.insert().values(id=uuid4(), **_row(each)))
        else:
            await connection.execute(update(_TABEL).where(_TABEL.c.id == each.id).values(**_row(each)))


def _row(bewaard: Bewaard) -> dict[str, Any]:
    stap = bewaard.stap
    row: dict[str, Any] = {
        "match_id": bewaard.match,
        "organisatie": stap.door.organisatie,
        "bekend_als": stap.door.bekend_als,
        "soort": stap.soort.value,
        "over_organisatie": stap.over.organisatie if stap.over else None,
        "over_bekend_als": stap.over.bekend_als if stap.over else None,
        "per": stap.per,
        "moment": stap.moment,
        "hulp": stap.hulp.value if stap.hulp else None,
        "medewerker": bewaard.medewerker,
        "op": stap.op,
    }
    # A copy keeps the place of what it is a copy of; a new step gets the next one.
    return row if bewaard.volgnummer is None else row | {"volgnummer": bewaard.volgnummer}


def _bewaard(row: Any) -> Bewaard:
    over = None
    if row.over_organisatie is not None:
        over = Deelnemer(Oin(row.over_organisatie), MatchId(row.over_bekend_als))
    return Bewaard(
        id=row.id,
        match=MatchId(row.match_id),
        stap=Stap(
            door=Deelnemer(Oin(row.organisatie), MatchId(row.bekend_als)),
            soort=Stapsoort(row.soort),
            op=row.op,
            over=over,
            per=row.per,
            moment=row.moment,
            hulp=Hulp(row.hulp) if row.hulp else None,
        ),
        volgnummer=row.volgnummer,
        medewerker=MedewerkerPseudoniem(row.medewerker) if row.medewerker is not None else None,
    )
