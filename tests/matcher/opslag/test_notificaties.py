"""Numbers without gaps, in an order in which no reader's cursor skips an event (guarantee 6)."""

import asyncio
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from uuid import UUID, uuid4

from convenant.pg.database import Database
from convenant.types import Oin
from matcher.domein.notificatie import Notificatie
from matcher.opslag import notificaties
from matcher.types import Notificatiesoort

OIN, ANDER = Oin("00000099000000001000"), Oin("00000099000000002000")


def event(oin: Oin = OIN) -> Notificatie:
    return Notificatie(
        id=uuid4(),
        ontvanger=oin,
        soort=Notificatiesoort.MATCH_ONTSTAAN,
        onderwerp=UUID(int=1),
        inhoud={},
        ontstaan_op=datetime(2026, 5, 12, tzinfo=UTC),
    )


async def read(database: Database, *, na: int = 0, oin: Oin = OIN, limiet: int = 100) -> list[Notificatie]:
    async with database.transaction() as connection:
        await notificaties.number(connection, oin)
        return await notificaties.page(connection, oin, na=na, limiet=limiet)


async def add(database: Database, *events: Notificatie) -> None:
    async with database.transaction() as connection:
        await notificaties.add(connection, events)


async def test_events_are_numbered_from_one_in_order(database: Database) -> None:
    events = [event() for _ in range(3)]
    await add(database, *events[:2])
    await add(database, events[2])
    found = await read(database)
    assert [(n.nummer, n.id) for n in found] == list(enumerate((e.id for e in events), start=1))
    assert await read(database) == found


async def test_every_receiver_has_numbers_of_its_own(database: Database) -> None:
    await add(database, event(), event(ANDER), event())
    assert [n.nummer for n in await read(database)] == [1, 2]
    assert [n.nummer for n in await read(database, oin=ANDER)] == [1]


async def test_a_page_starts_after_the_cursor(database: Database) -> None:
    await add(database, *(event() for _ in range(5)))
    assert [n.nummer for n in await read(database, na=2, limiet=2)] == [3, 4]
    assert await read(database, na=5) == []


async def test_a_reader_skips_nothing_when_commits_come_out_of_order(database: Database) -> None:
    first, second = event(), event()
    async with AsyncExitStack() as slow:
        connection = await slow.enter_async_context(database.transaction())
        await notificaties.add(connection, [first])
        await add(database, second)
        seen = await read(database)
        assert [(n.nummer, n.id) for n in seen] == [(1, second.id)]
    assert [(n.nummer, n.id) for n in await read(database, na=1)] == [(2, first.id)]


async def test_a_rolled_back_event_leaves_no_gap(database: Database) -> None:
    async def failing() -> None:
        async with database.transaction() as connection:
            await notificaties.add(connection, [event()])
            raise LookupError

    for _ in range(2):
        await add(database, event())
        await asyncio.gather(failing(), return_exceptions=True)
    assert [n.nummer for n in await read(database)] == [1, 2]


async def test_readers_and_writers_at_the_same_moment_agree_on_the_numbers(database: Database) -> None:
    async def follow() -> list[tuple[int | None, UUID]]:
        seen: list[tuple[int | None, UUID]] = []
        while len(seen) < 40:
            seen += [(n.nummer, n.id) for n in await read(database, na=seen[-1][0] or 0 if seen else 0, limiet=7)]
        return seen

    async def write() -> None:
        for _ in range(10):
            await add(database, event())

    een, ander, *_ = await asyncio.wait_for(
        asyncio.gather(follow(), follow(), write(), write(), write(), write()), timeout=30
    )
    assert een == ander
    assert [nummer for nummer, _ in een] == list(range(1, 41))
    assert len({id_ for _, id_ in een}) == 40
