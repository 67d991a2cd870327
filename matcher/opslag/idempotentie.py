"""Idempotency keys: the first request under a key does the work, every repetition gets its answer."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.pg.database import table_of
from convenant.types import Oin
from convenant.web.errors import Conflict
from matcher.opslag.tabellen import IdempotentieRij

BEWAARD = timedelta(days=30)
"""How long an answer is kept. The SDK never sends the same batch again after a month."""

_TABEL = table_of(IdempotentieRij)


async def claim(
    connection: AsyncConnection, organisatie: Oin, sleutel: str, *, verzoek_hash: bytes, op: datetime
) -> dict[str, Any] | None:
    """None when the key is ours now; otherwise the answer that was given before.

    Waits for a concurrent request under the same key. Raises Conflict when the key was used for another body.
    """
    statement = (
        insert(_TABEL)
        .values(organisatie=organisatie, sleutel=sleutel, verzoek_hash=verzoek_hash, aangemaakt_op=op)
        .on_conflict_do_nothing()
        .returning(_TABEL.c.sleutel)
    )
    if (await connection.execute(statement)).first() is not None:
        return None
    where = (_TABEL.c.organisatie == organisatie, _TABEL.c.sleutel == sleutel)
    earlier = (await connection.execute(select(_TABEL).where(*where))).one()
    if earlier.verzoek_hash != verzoek_hash:
        raise Conflict("Deze Idempotency-Key is al gebruikt voor een ander verzoek. Kies een nieuwe.")
    antwoord: dict[str, Any] = earlier.antwoord
    return antwoord


async def complete(connection: AsyncConnection, organisatie: Oin, sleutel: str, antwoord: dict[str, Any]) -> None:
    """Keep the answer, in the transaction of the work itself."""
    where = (_TABEL.c.organisatie == organisatie, _TABEL.c.sleutel == sleutel)
    await connection.execute(update(_TABEL).where(*where).values(antwoord=antwoord))


async def erase_old(connection: AsyncConnection, *, op: datetime) -> None:
    """Forget the answers that are older than `BEWAARD`."""
    await connection.execute(delete(_TABEL).where(_TABEL.c.aangemaakt_op < op - BEWAARD))
