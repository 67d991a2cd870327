"""Matches and their members in the database."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.pg.database import add_all, table_of
from convenant.types import ConvenantId, Niveau, Oin
from matcher.domein.signaal import Signaal
from matcher.opslag import signalen
from matcher.opslag.tabellen import MatchlidRij, MatchRij, SignaalRij
from matcher.types import MatchId, SignaalId, Signaalstatus

_TABEL = table_of(MatchRij)
_LID = table_of(MatchlidRij)
_SIGNAAL = table_of(SignaalRij)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A match as it stands."""

    id: MatchId
    convenant: ConvenantId
    niveau: Niveau
    ontstaan_op: datetime


async def add(connection: AsyncConnection, matches: Sequence[Match]) -> None:
    """Insert new matches, still without members."""
    rows = [
        {"id": m.id, "convenant": m.convenant, "niveau": m.niveau.value, "ontstaan_op": m.ontstaan_op} for m in matches
    ]
    await add_all(connection, MatchRij, rows)


async def add_leden(connection: AsyncConnection, leden: Iterable[tuple[MatchId, SignaalId]], *, op: datetime) -> None:
    """Let signals join matches."""
    rows = [{"match_id": match, "signaal_id": signaal, "toegetreden_op": op} for match, signaal in leden]
    await add_all(connection, MatchlidRij, rows)


async def find(connection: AsyncConnection, ids: Iterable[MatchId]) -> dict[MatchId, Match]:
    """These matches, by id."""
    result = await connection.execute(select(_TABEL).where(_TABEL.c.id.in_(list(ids))))
    return {MatchId(row.id): _match(row) for row in result}


async def place_of(connection: AsyncConnection, match: MatchId) -> int | None:
    """The volgnummer of a match, also of one that is over; None when there is none with this id."""
    place: int | None = (await connection.execute(select(_TABEL.c.volgnummer).where(_TABEL.c.id == match))).scalar()
    return place


async def match_of(connection: AsyncConnection, signaal: SignaalId) -> Match | None:
    """The match that a signal is in now."""
    statement = (
        select(_TABEL)
        .join(_LID, _LID.c.match_id == _TABEL.c.id)
        .where(_LID.c.signaal_id == signaal, _LID.c.vertrokken_op.is_(None))
    )
    row = (await connection.execute(statement)).first()
    return _match(row) if row else None


async def leden(connection: AsyncConnection, ids: Iterable[MatchId], *, vandaag: date) -> dict[MatchId, list[Signaal]]:
    """The live members of these matches, oldest first. Expired ones count no longer, also when not yet cleared."""
    found = await uncleared_leden(connection, ids)
    return {match: [lid for lid in members if lid.is_live(vandaag)] for match, members in found.items()}


async def uncleared_leden(connection: AsyncConnection, ids: Iterable[MatchId]) -> dict[MatchId, list[Signaal]]:
    """The members of these matches, oldest first, with expired ones that still have to be cleared."""
    statement = (
        select(_LID.c.match_id, *signalen.KOLOMMEN)
        .join(_SIGNAAL, _SIGNAAL.c.id == _LID.c.signaal_id)
        .where(
            _LID.c.match_id.in_(list(ids)),
            _LID.c.vertrokken_op.is_(None),
            _SIGNAAL.c.status == Signaalstatus.ACTIEF.value,
        )
        .order_by(_SIGNAAL.c.volgnummer)
    )
    found: dict[MatchId, list[Signaal]] = defaultdict(list)
    for row in await connection.execute(statement):
        found[MatchId(row.match_id)].append(signalen.from_row(row))
    return found


async def leave(connection: AsyncConnection, match: MatchId, signaal: SignaalId, *, op: datetime) -> None:
    """End one signal's stay in a match."""
    where = (_LID.c.match_id == match, _LID.c.signaal_id == signaal)
    await connection.execute(update(_LID).where(*where).values(vertrokken_op=op))


async def lapse(connection: AsyncConnection, match: MatchId, *, op: datetime) -> None:
    """End a match, and with it the stay of whoever was still in it."""
    still_in = (_LID.c.match_id == match, _LID.c.vertrokken_op.is_(None))
    await connection.execute(update(_LID).where(*still_in).values(vertrokken_op=op))
    await connection.execute(update(_TABEL).where(_TABEL.c.id == match).values(vervallen_op=op))


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
            or_(_TABEL.c.convenant.in_(list(radar_in)), own),
        )
        .order_by(_TABEL.c.volgnummer)
        .limit(limiet)
    )
    return [(row.volgnummer, _match(row)) for row in await connection.execute(statement)]


def _match(row: Any) -> Match:
    return Match(
        id=MatchId(row.id),
        convenant=ConvenantId(row.convenant),
        niveau=Niveau(row.niveau),
        ontstaan_op=row.ontstaan_op,
    )
