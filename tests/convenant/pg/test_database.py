from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.orm import registry
from sqlmodel import SQLModel

from convenant.pg.database import Database, add_all, add_missing
from convenant.pg.tabellen import Instellingkolommen
from convenant.web.errors import TijdelijkNietBeschikbaar

if TYPE_CHECKING:
    from convenant.pg.ingebed import DatabaseUrls


class Tabel(SQLModel, registry=registry()):
    pass


class InstellingRij(Tabel, Instellingkolommen, table=True):
    __tablename__ = "instelling"


ROWS = [{"naam": f"n{nummer}", "waarde": bytes([nummer])} for nummer in range(3)]
NAMES = text("SELECT naam FROM instelling ORDER BY naam")


@pytest.fixture
async def database(database_urls: "DatabaseUrls") -> AsyncIterator[Database]:
    opened = Database(database_urls.toepassing)
    yield opened
    await opened.close()


async def names(database: Database) -> list[str]:
    async with database.transaction() as connection:
        return list((await connection.execute(NAMES)).scalars())


async def test_add_all_inserts_every_row(database: Database) -> None:
    async with database.transaction() as connection:
        await add_all(connection, InstellingRij, ROWS)
        await add_all(connection, InstellingRij, [])
        found = await connection.execute(text("SELECT naam, waarde FROM instelling ORDER BY naam"))
        assert [row._asdict() for row in found] == ROWS


async def test_add_missing_leaves_existing_rows_alone_and_names_the_added(database: Database) -> None:
    async with database.transaction() as connection:
        await add_all(connection, InstellingRij, [{"naam": "n1", "waarde": b"oud"}])
        assert await add_missing(connection, InstellingRij, ROWS, key="naam") == {"n0", "n2"}
        kept = await connection.execute(text("SELECT waarde FROM instelling WHERE naam = 'n1'"))
        assert kept.scalar_one() == b"oud"


async def test_a_block_that_raises_leaves_nothing(database: Database) -> None:
    async def broken() -> None:
        async with database.transaction() as connection:
            await add_all(connection, InstellingRij, ROWS)
            raise LookupError

    with pytest.raises(LookupError):
        await broken()
    assert await names(database) == []


async def test_a_transaction_sees_what_others_committed_after_it_began(database: Database) -> None:
    async with database.transaction() as een:
        assert list((await een.execute(NAMES)).scalars()) == []
        async with database.transaction() as ander:
            await add_all(ander, InstellingRij, ROWS)
        assert len(list((await een.execute(NAMES)).scalars())) == 3


async def test_a_session_uses_utc_and_gives_up_in_time(database: Database) -> None:
    async with database.transaction() as connection:
        shown = [(await connection.execute(text(f"SHOW {name}"))).scalar_one() for name in ("timezone", "lock_timeout")]
    assert shown == ["UTC", "20s"]


@pytest.mark.parametrize(
    "statement",
    ["SET LOCAL statement_timeout = 1; SELECT pg_sleep(1)", "SELECT pg_terminate_backend(pg_backend_pid())"],
    ids=["statement timeout", "connection lost"],
)
async def test_a_database_that_gives_up_is_temporarily_away(database: Database, statement: str) -> None:
    async def failing() -> None:
        async with database.transaction() as connection:
            for part in statement.split(";"):
                await connection.execute(text(part))

    with pytest.raises(TijdelijkNietBeschikbaar):
        await failing()
    assert await names(database) == []


async def test_a_server_that_is_not_there_is_temporarily_away() -> None:
    database = Database("postgresql+psycopg://niemand@127.0.0.1:1/niets")
    with pytest.raises(TijdelijkNietBeschikbaar) as caught:
        async with database.transaction():
            pytest.fail("there is no server")
    assert "niemand" not in str(caught.value)
    await database.close()


async def test_no_free_connection_is_temporarily_away(
    database_urls: "DatabaseUrls", monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(database_urls.toepassing, pool_size=1)
    monkeypatch.setattr(database._engine.pool, "_timeout", 0.05)
    async with database.transaction(), database.transaction():
        with pytest.raises(TijdelijkNietBeschikbaar):
            async with database.transaction():
                pytest.fail("the pool holds two connections")
    await database.close()
