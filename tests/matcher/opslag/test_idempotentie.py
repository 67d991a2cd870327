import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from convenant.pg.database import Database
from convenant.types import Oin
from convenant.web.errors import Conflict
from matcher.opslag import idempotentie

OIN, ANDER = Oin("00000099000000001000"), Oin("00000099000000002000")
OP = datetime(2026, 5, 12, tzinfo=UTC)
ANTWOORD: dict[str, Any] = {"ontvangsten": []}


async def request(
    database: Database, body: bytes = b"a", *, oin: Oin = OIN, op: datetime = OP
) -> dict[str, Any] | None:
    async with database.transaction() as connection:
        earlier = await idempotentie.claim(connection, oin, "sleutel-1", verzoek_hash=body, op=op)
        if earlier is None:
            await idempotentie.complete(connection, oin, "sleutel-1", ANTWOORD)
        return earlier


async def test_the_first_request_works_and_a_repetition_gets_its_answer(database: Database) -> None:
    assert await request(database) is None
    assert await request(database) == ANTWOORD


async def test_another_body_under_the_same_key_is_a_conflict(database: Database) -> None:
    await request(database)
    with pytest.raises(Conflict):
        await request(database, b"b")


async def test_keys_of_two_organisations_do_not_meet(database: Database) -> None:
    await request(database)
    assert await request(database, b"b", oin=ANDER) is None


async def test_one_of_many_at_the_same_moment_does_the_work(database: Database) -> None:
    answers = await asyncio.gather(*(request(database) for _ in range(8)))
    assert answers.count(None) == 1
    assert answers.count(ANTWOORD) == 7


async def test_a_waiter_takes_over_when_the_first_one_fails(database: Database) -> None:
    claimed = asyncio.Event()

    async def failing() -> None:
        async with database.transaction() as connection:
            await idempotentie.claim(connection, OIN, "sleutel-1", verzoek_hash=b"a", op=OP)
            claimed.set()
            await asyncio.sleep(0.1)
            raise LookupError

    first = asyncio.create_task(failing())
    await claimed.wait()
    assert await request(database) is None
    with pytest.raises(LookupError):
        await first


async def test_answers_are_forgotten_after_a_month(database: Database) -> None:
    await request(database)
    for age, answer in ((timedelta(days=30), ANTWOORD), (timedelta(days=30, seconds=1), None)):
        async with database.transaction() as connection:
            await idempotentie.erase_old(connection, op=OP + age)
        assert await request(database) == answer
