import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.orm import registry
from sqlmodel import SQLModel

from convenant.pg import asserties
from convenant.pg.database import Database, table_of
from convenant.pg.tabellen import Assertiekolommen
from convenant.types import Oin

if TYPE_CHECKING:
    from convenant.pg.ingebed import DatabaseUrls


class Tabel(SQLModel, registry=registry()):
    pass


class AssertieRij(Tabel, Assertiekolommen, table=True):
    __tablename__ = "gebruikte_assertie"


TABEL = table_of(AssertieRij)

OIN, ANDER = Oin("00000099000000001000"), Oin("00000099000000002000")
OP = datetime(2026, 5, 12, tzinfo=UTC)
EXPIRES = OP + timedelta(seconds=60)


@pytest.fixture
async def database(database_urls: "DatabaseUrls") -> AsyncIterator[Database]:
    opened = Database(database_urls.toepassing)
    yield opened
    await opened.close()


async def use(database: Database, oin: Oin = OIN) -> bool:
    async with database.transaction() as connection:
        return await asserties.use(connection, TABEL, oin, "j" * 22, verloopt_op=EXPIRES)


async def test_an_assertion_is_fresh_once(database: Database) -> None:
    assert [await use(database), await use(database)] == [True, False]


async def test_the_same_jti_of_another_organisation_is_another_assertion(database: Database) -> None:
    assert [await use(database), await use(database, ANDER)] == [True, True]


async def test_one_of_many_at_the_same_moment_wins(database: Database) -> None:
    assert sum(await asyncio.gather(*(use(database) for _ in range(8)))) == 1


async def test_a_used_assertion_is_remembered_until_it_has_expired(database: Database) -> None:
    await use(database)
    for op, fresh in ((EXPIRES, False), (EXPIRES + timedelta(seconds=1), True)):
        async with database.transaction() as connection:
            await asserties.erase_old(connection, TABEL, op=op)
        assert await use(database) is fresh
