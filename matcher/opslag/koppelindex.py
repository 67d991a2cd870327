"""The index of koppeltokens, and the locks that keep concurrent submissions of one person apart."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import delete, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.pg.database import add_all, table_of
from convenant.types import ConvenantId
from matcher.domein.koppeling import Lid
from matcher.domein.signaal import SLOT_ZEKER, Inzending
from matcher.domein.stroken import stroken
from matcher.opslag import signalen
from matcher.opslag.tabellen import KoppelindexRij, MatchlidRij, SignaalRij
from matcher.types import MatchId, SignaalId, Signaalstatus, TokenHash

_TABEL = table_of(KoppelindexRij)
_SIGNAAL = table_of(SignaalRij)
_LID = table_of(MatchlidRij)
_LOCK_SPACE = 0x4B52
"""First half of the advisory lock keys, so that they clash with no other use of advisory locks."""

_LOCK = text("SELECT pg_advisory_xact_lock(:ruimte, strook) FROM unnest(CAST(:stroken AS int[])) AS strook")

Groepsleutel = tuple[TokenHash, ConvenantId]
"""Tokens of two convenanten never meet, not even when somebody sends one under the other's name."""


async def add(connection: AsyncConnection, inzendingen: Sequence[Inzending]) -> None:
    """Write the twelve slots of every signal."""
    rows = [
        {"token_hash": token_hash, "slot": slot, "signaal_id": inzending.id}
        for inzending in inzendingen
        for slot, token_hash in enumerate(inzending.token_hashes)
    ]
    await add_all(connection, KoppelindexRij, rows)


async def lock(connection: AsyncConnection, hashes: Iterable[TokenHash]) -> None:
    """Wait until nobody else is matching these tokens, and keep others waiting until the transaction ends.

    Rows that others wrote under the lock are seen by statements that come after this one.
    """
    await connection.execute(_LOCK, {"ruimte": _LOCK_SPACE, "stroken": stroken(hashes)})


async def groepen(
    connection: AsyncConnection, hashes: Iterable[TokenHash], *, vandaag: date
) -> Mapping[Groepsleutel, list[Lid]]:
    """For each `zeker` token the live signals that bear it, oldest first, with the match they are in."""
    statement = (
        select(_TABEL.c.token_hash, _LID.c.match_id, *signalen.KOLOMMEN)
        .join(_SIGNAAL, _SIGNAAL.c.id == _TABEL.c.signaal_id)
        .outerjoin(_LID, (_LID.c.signaal_id == _SIGNAAL.c.id) & _LID.c.vertrokken_op.is_(None))
        .where(
            _TABEL.c.token_hash == text("ANY(:hashes)"),
            _TABEL.c.slot == SLOT_ZEKER,
            _SIGNAAL.c.status == Signaalstatus.ACTIEF.value,
            _SIGNAAL.c.verloopt_op > vandaag,
        )
        .order_by(_SIGNAAL.c.volgnummer)
    )
    found: dict[Groepsleutel, list[Lid]] = defaultdict(list)
    for row in await connection.execute(statement, {"hashes": list(hashes)}):
        signaal = signalen.from_row(row)
        lid = Lid(signaal, MatchId(row.match_id) if row.match_id else None)
        found[TokenHash(row.token_hash), signaal.convenant].append(lid)
    return found


async def hashes_of(connection: AsyncConnection, signaal: SignaalId) -> tuple[TokenHash, ...]:
    """The token hashes of a signal in slot order; empty once they are erased."""
    statement = select(_TABEL.c.token_hash).where(_TABEL.c.signaal_id == signaal).order_by(_TABEL.c.slot)
    return tuple(TokenHash(value) for value in (await connection.execute(statement)).scalars())


async def erase(connection: AsyncConnection, signaal: SignaalId) -> None:
    """Remove every token of a signal (guarantee 8)."""
    await connection.execute(delete(_TABEL).where(_TABEL.c.signaal_id == signaal))
