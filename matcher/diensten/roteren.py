"""Rotating the pepper: every stored hash is nested under a new key, without anybody's tokens.

The new key is in its file before the database knows of it, and counts from the commit of one transaction. Whatever is
cut off in between, the same command finishes: a file with one key more than the database knows is where it left off.
"""

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Column, TextClause, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.pg.database import Database, table_of
from convenant.web.errors import StartFout
from matcher.domein.pepper import Pepper
from matcher.instellingen import append_pepper, read_pepper
from matcher.opslag import pepper as pepperopslag
from matcher.opslag.tabellen import BekendheidstokenRij, IdempotentieRij, KoppelindexRij

_INDEX = table_of(KoppelindexRij)
_IDEMPOTENTIE = table_of(IdempotentieRij)
_BEKENDHEID = table_of(BekendheidstokenRij)
_BATCH = 5000
_NO_LIMIT = text("SET LOCAL statement_timeout = 0")
_INDEX_NEW = text(
    """
    UPDATE koppelindex SET token_hash = nieuw.waarde
    FROM unnest(CAST(:oud AS bytea[]), CAST(:nieuw AS bytea[])) AS nieuw (oud, waarde)
    WHERE koppelindex.token_hash = nieuw.oud
    """
)
_REQUESTS_NEW = text(
    """
    UPDATE idempotentie SET verzoek_hash = nieuw.waarde
    FROM unnest(CAST(:oud AS bytea[]), CAST(:nieuw AS bytea[])) AS nieuw (oud, waarde)
    WHERE idempotentie.verzoek_hash = nieuw.oud
    """
)

_QUESTIONS_NEW = text(
    """
    UPDATE bekendheidstoken SET token_hash = nieuw.waarde
    FROM unnest(CAST(:oud AS bytea[]), CAST(:nieuw AS bytea[])) AS nieuw (oud, waarde)
    WHERE bekendheidstoken.token_hash = nieuw.oud
    """
)


async def rotate_pepper(database: Database, path: Path) -> int:
    """Add a key to the pepper in this file and to every stored hash; the version that counts from now on.

    Raises StartFout when a matcher is connected, and when file and database do not belong together.
    """
    async with database.transaction() as connection:
        await connection.execute(_NO_LIMIT)
        await pepperopslag.lock(connection)
        if await pepperopslag.in_use(connection):
            raise StartFout("Er is nog een matcher met deze database verbonden. Stop hem eerst.")
        pepper = _next_pepper(path, await pepperopslag.stored(connection))
        await _nest_all(connection, pepper, _INDEX.c.token_hash, _INDEX_NEW)
        await _nest_all(connection, pepper, _IDEMPOTENTIE.c.verzoek_hash, _REQUESTS_NEW)
        await _nest_all(connection, pepper, _BEKENDHEID.c.token_hash, _QUESTIONS_NEW)
        await pepperopslag.renew(connection, pepper)
    return pepper.versie


def _next_pepper(path: Path, stored: bytes | None) -> Pepper:
    """The pepper with the key that is to be nested, which is in the file when this returns."""
    pepper = read_pepper(path)
    earlier = pepper.without_newest()
    if stored is not None and earlier is not None and stored == earlier.controle():
        return pepper
    if stored != pepper.controle():
        raise StartFout("Deze database is gevuld onder een andere pepper. Zet het juiste pepperbestand terug.")
    return append_pepper(path)


async def _nest_all(connection: AsyncConnection, pepper: Pepper, column: Column[bytes], statement: TextClause) -> None:
    # The stream shows what was there when it was opened, so that no hash is nested twice.
    stream = await connection.stream(select(column).distinct())
    try:
        async for rows in stream.scalars().partitions(_BATCH):
            await _nest(connection, pepper, rows, statement)
    finally:
        await stream.close()


async def _nest(connection: AsyncConnection, pepper: Pepper, hashes: Sequence[bytes], statement: TextClause) -> None:
    values = {"oud": list(hashes), "nieuw": [pepper.nest(oud) for oud in hashes]}
    await connection.execute(statement, values)
