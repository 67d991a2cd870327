"""Reading what is known of some signals and of every match they are in, and writing what they became."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.pg.database import table_of
from convenant.types import Oin
from matcher.domein.koppeling import Lid, Toestand, Zekertoken
from matcher.domein.signaal import SLOT_ZEKER
from matcher.opslag import paren, signalen
from matcher.opslag.keuze import one_of
from matcher.opslag.tabellen import KoppelindexRij, MatchlidRij, MatchRij, SignaalRij
from matcher.types import MatchId, SignaalId, Signaalstatus, TokenHash

_INDEX = table_of(KoppelindexRij)
_LID = table_of(MatchlidRij)
_MATCH = table_of(MatchRij)
_SIGNAAL = table_of(SignaalRij)
_IN_MATCH = _LID.c.vertrokken_op.is_(None)
_JOIN = text(
    """
    INSERT INTO matchlid (match_id, signaal_id, bekend_als, toegetreden_op)
    SELECT match_id, signaal_id, bekend_als, :op
    FROM unnest(CAST(:matches AS uuid[]), CAST(:signalen AS uuid[]), CAST(:bekend AS uuid[]))
        AS nieuw (match_id, signaal_id, bekend_als)
    ON CONFLICT (match_id, signaal_id)
    DO UPDATE SET bekend_als = EXCLUDED.bekend_als, toegetreden_op = EXCLUDED.toegetreden_op, vertrokken_op = NULL
    """
)
_LEAVE = text(
    """
    UPDATE matchlid SET vertrokken_op = :op
    WHERE signaal_id = ANY(CAST(:signalen AS uuid[])) AND vertrokken_op IS NULL
    """
)
_LAPSE = text(
    """
    UPDATE "match" SET vervallen_op = :op
    WHERE id = ANY(CAST(:matches AS uuid[])) AND vervallen_op IS NULL
        AND NOT EXISTS (SELECT FROM matchlid WHERE match_id = "match".id AND vertrokken_op IS NULL)
    """
)


@dataclass(frozen=True, slots=True)
class Bestand:
    """A Toestand with what is needed to name matches: their age, and names that are in use elsewhere."""

    toestand: Toestand
    ouderdom: Mapping[MatchId, int]
    bezet: Collection[tuple[Oin, MatchId]]


async def load(connection: AsyncConnection, ids: Iterable[SignaalId]) -> Bestand:
    """These signals and everybody in a match with one of them, also expired ones that still have to be cleared.

    Ended signals are left out. Hold the lock on the matches, or use it for reading only.
    """
    ids = list(ids)
    ouderdom = await _matches_of(connection, ids)
    leden = await _leden(connection, ids, ouderdom)
    return Bestand(
        Toestand(leden, await _zeker(connection, leden), await paren.among(connection, leden)),
        ouderdom,
        await _names_in_use(connection, ouderdom),
    )


async def load_matches(connection: AsyncConnection, ids: Iterable[MatchId]) -> Toestand:
    """Everybody in these matches, as `load` does."""
    leden = await _leden(connection, [], list(ids))
    return Toestand(leden, await _zeker(connection, leden), await paren.among(connection, leden))


async def move(connection: AsyncConnection, voor: Mapping[SignaalId, Lid], na: Iterable[Lid], *, op: datetime) -> None:
    """Let signals leave and join matches, and end matches that nobody is in any more. New matches must exist."""
    moved = [lid for lid in na if _place(voor[lid.signaal.id]) != _place(lid)]
    leaving = [lid.signaal.id for lid in moved if voor[lid.signaal.id].match is not None]
    if leaving:
        await connection.execute(_LEAVE, {"signalen": leaving, "op": op})
    joining = [lid for lid in moved if lid.match is not None]
    if joining:
        values = {
            "matches": [lid.match for lid in joining],
            "signalen": [lid.signaal.id for lid in joining],
            "bekend": [lid.bekend_als for lid in joining],
            "op": op,
        }
        await connection.execute(_JOIN, values)
    left = {voor[signaal].match for signaal in leaving}
    if left:
        await connection.execute(_LAPSE, {"matches": list(left), "op": op})


def _place(lid: Lid) -> tuple[MatchId | None, MatchId | None]:
    return lid.match, lid.bekend_als


async def _matches_of(connection: AsyncConnection, ids: Iterable[SignaalId]) -> dict[MatchId, int]:
    statement = (
        select(_MATCH.c.id, _MATCH.c.volgnummer)
        .join(_LID, _LID.c.match_id == _MATCH.c.id)
        .where(_IN_MATCH, one_of(_LID.c.signaal_id, ids))
        .distinct()
    )
    return {MatchId(row.id): row.volgnummer for row in await connection.execute(statement)}


async def _leden(
    connection: AsyncConnection, ids: Iterable[SignaalId], matches: Collection[MatchId]
) -> dict[SignaalId, Lid]:
    wanted = {*ids, *await _members(connection, matches)}
    statement = (
        select(_LID.c.match_id, _LID.c.bekend_als, *signalen.KOLOMMEN)
        .select_from(_SIGNAAL.outerjoin(_LID, (_LID.c.signaal_id == _SIGNAAL.c.id) & _IN_MATCH))
        .where(one_of(_SIGNAAL.c.id, wanted), _SIGNAAL.c.status == Signaalstatus.ACTIEF.value)
        .order_by(_SIGNAAL.c.volgnummer)
    )
    found = {}
    for row in await connection.execute(statement):
        match, bekend = (MatchId(value) if value else None for value in (row.match_id, row.bekend_als))
        signaal = signalen.from_row(row)
        found[signaal.id] = Lid(signaal, match, bekend)
    return found


async def _members(connection: AsyncConnection, matches: Collection[MatchId]) -> list[SignaalId]:
    if not matches:
        return []
    statement = select(_LID.c.signaal_id).where(_IN_MATCH, one_of(_LID.c.match_id, matches))
    return [SignaalId(signaal) for signaal in (await connection.execute(statement)).scalars()]


async def _zeker(connection: AsyncConnection, ids: Iterable[SignaalId]) -> list[Zekertoken]:
    statement = select(_INDEX.c.token_hash, _INDEX.c.signaal_id).where(
        one_of(_INDEX.c.signaal_id, ids), _INDEX.c.slot == SLOT_ZEKER
    )
    return [(TokenHash(row.token_hash), SignaalId(row.signaal_id)) for row in await connection.execute(statement)]


async def _names_in_use(connection: AsyncConnection, matches: Collection[MatchId]) -> set[tuple[Oin, MatchId]]:
    """Names of these matches under which an organisation knows a match that it was since moved to."""
    if not matches:
        return set()
    statement = (
        select(_SIGNAAL.c.organisatie, _LID.c.bekend_als)
        .join(_SIGNAAL, _SIGNAAL.c.id == _LID.c.signaal_id)
        .where(_IN_MATCH, one_of(_LID.c.bekend_als, matches), _LID.c.match_id.not_in(list(matches)))
    )
    return {(Oin(row.organisatie), MatchId(row.bekend_als)) for row in await connection.execute(statement)}
