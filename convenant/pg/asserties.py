"""Client assertions that were used: each may be used once (RFC 7523, section 3, item 7).

`tabel` has the columns of `Assertiekolommen`.
"""

import hashlib
from datetime import datetime

from sqlalchemy import Table, delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.types import Oin


async def use(connection: AsyncConnection, tabel: Table, organisatie: Oin, jti: str, *, verloopt_op: datetime) -> bool:
    """Whether this assertion is used for the first time; from now on it no longer is."""
    jti_hash = hashlib.sha256(f"{organisatie}\0{jti}".encode()).digest()
    statement = (
        insert(tabel)
        .values(jti_hash=jti_hash, verloopt_op=verloopt_op)
        .on_conflict_do_nothing()
        .returning(tabel.c.jti_hash)
    )
    return (await connection.execute(statement)).first() is not None


async def erase_old(connection: AsyncConnection, tabel: Table, *, op: datetime) -> None:
    """Forget assertions that would no longer be accepted anyway."""
    await connection.execute(delete(tabel).where(tabel.c.verloopt_op < op))
