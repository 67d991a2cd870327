"""Word of a commit goes from one process to the others; here each is a database and an alarm clock of its own."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any

import pytest

from convenant.pg.database import Database
from convenant.types import Oin
from matcher.diensten import bode
from matcher.diensten.bode import carrying
from matcher.diensten.wekker import Wekker

if TYPE_CHECKING:
    from convenant.pg.ingebed import DatabaseUrls

Sql = Callable[..., list[Any]]
WIE, ANDER = Oin("00000099000000061000"), Oin("00000099000000041000")
LISTENERS = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'"


@pytest.fixture
async def processes(database_urls: "DatabaseUrls", sql: Sql) -> AsyncIterator[list[Wekker]]:
    """The clocks of three processes that hear each other."""
    async with AsyncExitStack() as stack:
        wekkers = [Wekker() for _ in range(3)]
        for wekker in wekkers:
            database = Database(database_urls.toepassing)
            stack.push_async_callback(database.close)
            await stack.enter_async_context(carrying(database, wekker))
        await _until(lambda: len(sql(LISTENERS)) == len(wekkers))
        yield wekkers


async def _until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.02)


async def _woken(wekker: Wekker, wie: Oin | None, seconds: float = 5) -> asyncio.Task[float]:
    """A waiter; how long it waited."""

    async def wait() -> float:
        began = asyncio.get_running_loop().time()
        await wekker.expect(wie).wait(seconds)
        return asyncio.get_running_loop().time() - began

    task = asyncio.create_task(wait())
    await asyncio.sleep(0)
    return task


async def test_who_waits_in_another_process_is_woken(processes: list[Wekker]) -> None:
    een, *others = processes
    waiting = [await _woken(wekker, wie) for wekker in others for wie in (WIE, None)]
    een.wake([WIE])
    assert max(await asyncio.gather(*waiting)) < 4


async def test_who_waits_for_something_else_sleeps_on(processes: list[Wekker]) -> None:
    een, ander, _ = processes
    waiting = await _woken(ander, ANDER, seconds=0.5)
    een.wake([WIE])
    assert await waiting >= 0.5


async def test_ones_own_word_does_not_come_back(processes: list[Wekker]) -> None:
    een, ander, _ = processes
    een.wake([WIE])
    waiting, elsewhere = await _woken(een, WIE, seconds=0.5), await _woken(ander, WIE)
    assert await elsewhere < 4
    assert await waiting >= 0.5


async def test_more_receivers_than_fit_in_one_message(processes: list[Wekker]) -> None:
    een, ander, _ = processes
    many = [Oin(f"{number:020d}") for number in range(1000)]
    waiting = [await _woken(ander, wie) for wie in (many[0], many[-1])]
    een.wake(many)
    assert max(await asyncio.gather(*waiting)) < 4


async def test_a_connection_that_breaks_is_made_anew(
    processes: list[Wekker], sql: Sql, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bode, "_FIRST_PAUSE_SECONDS", 0.05)
    for (pid,) in sql(LISTENERS):
        sql("SELECT pg_terminate_backend(:pid)", als="toepassing", pid=pid)
    await _until(lambda: len(sql(LISTENERS)) == len(processes))
    een, ander, _ = processes
    waiting = await _woken(ander, WIE)
    een.wake([WIE])
    assert await waiting < 4


async def test_after_the_end_nobody_listens(processes: list[Wekker], database: Database, sql: Sql) -> None:
    before = len(sql(LISTENERS))
    wekker = Wekker()
    async with carrying(database, wekker):
        await _until(lambda: len(sql(LISTENERS)) == before + 1)
    await _until(lambda: len(sql(LISTENERS)) == before)
    wekker.wake([WIE])
