"""Matches and their members in the database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import exists, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.pg.database import add_all, table_of
from convenant.types import ConvenantId, Oin
from matcher.opslag.keuze import one_of
from matcher.opslag.tabellen import MatchlidRij, MatchRij, SignaalRij
from matcher.types import MatchId

_TABEL = table_of(MatchRij)
_LID = table_of(MatchlidRij)
_SIGNAAL = table_of(SignaalRij)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A match as it stands."""

    id: MatchId
    convenant: ConvenantId
    ontstaan_op: datetime


async def add(connection: AsyncConnection, matches: Sequence[Match]) -> None:
    """Insert new matches, still without members."""
    rows = [{"id": m.id, "convenant": m.convenant, "ontstaan_op": m.ontstaan_op} for m in matches]
    await add_all(connection, MatchRij, rows)


async def find(connection: AsyncConnection, match: MatchId) -> Match | None:
    """The running match with this id; None when there is none."""
    where = (_TABEL.c.id == match, _TABEL.c.vervallen_op.is_(None))
    row = (await connection.execute(select(_TABEL).where(*where))).first()
    return _match(row) if row else None


async def place_of(connection: AsyncConnection, match: MatchId) -> int | None:
    """The volgnummer of a match, also of one that is over; None when there is none with this id."""
    place: int | None = (await connection.execute(select(_TABEL.c.volgnummer).where(_TABEL.c.id == match))).scalar()
    return place


async def known_as(connection: AsyncConnection, organisatie: Oin, bekend_als: MatchId) -> MatchId | None:
    """The running match that this organisation knows by this id, from signals of its own; None when there is none."""
    statement = (
        select(_LID.c.match_id)
        .join(_SIGNAAL, _SIGNAAL.c.id == _LID.c.signaal_id)
        .where(_LID.c.bekend_als == bekend_als, _LID.c.vertrokken_op.is_(None), _SIGNAAL.c.organisatie == organisatie)
    )
    match = (await connection.execute(statement)).scalars().first()
    return MatchId(match) if match else None


async def page(
    connection: AsyncConnection,
    organisatie: Oin,
    *,
    radar_in: Iterable[ConvenantId],
    na: int,
    limiet: int,
) -> list[tuple[int, Match]]:
    """Running matches after volgnummer `na` that the organisation is in, or all in convenanten where it has a radar.

    What may be told of them is for the convenant to say; this only narrows the search.
    """
    own = exists().where(
        _LID.c.match_id == _TABEL.c.id,
        _LID.c.vertrokken_op.is_(None),
        _LID.c.signaal_id == _SIGNAAL.c.id,
        _SIGNAAL.c.organisatie == organisatie,
    )
    statement = (
        select(_TABEL)
        .where(
            _TABEL.c.vervallen_op.is_(None),
            _TABEL.c.volgnummer > na,
            or_(one_of(_TABEL.c.convenant, radar_in), own),
        )
        .order_by(_TABEL.c.volgnummer)
        .limit(limiet)
    )
    return [(row.volgnummer, _match(row)) for row in await connection.execute(statement)]


def _match(row: Any) -> Match:
    return Match(
        id=MatchId(row.id),
        convenant=ConvenantId(row.convenant),
        ontstaan_op=row.ontstaan_op,
    )
