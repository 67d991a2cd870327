"""Client assertions that were used: each may be used once (RFC 7523, section 3, item 7)."""

import hashlib
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.types import Oin
from matcher.opslag.database import table_of
from matcher.opslag.tabellen import GebruikteAssertieRij

_TABEL = table_of(GebruikteAssertieRij)


async def use(connection: AsyncConnection, organisatie: Oin, jti: str, *, verloopt_op: datetime) -> bool:
    """Whether this assertion is used for the first time; from now on it no longer is."""
    jti_hash = hashlib.sha256(f"{organisatie}\0{jti}".encode()).digest()
    statement = (
        insert(_TABEL)
        .values(jti_hash=jti_hash, verloopt_op=verloopt_op)
        .on_conflict_do_nothing()
        .returning(_TABEL.c.jti_hash)
    )
    return (await connection.execute(statement)).first() is not None


async def erase_old(connection: AsyncConnection, *, op: datetime) -> None:
    """Forget assertions that would no longer be accepted anyway."""
    await connection.execute(delete(_TABEL).where(_TABEL.c.verloopt_op < op))
