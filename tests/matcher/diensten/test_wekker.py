"""Waiting for word of what was committed, inside one process."""

import asyncio

import pytest

from convenant.types import Oin
from matcher.diensten.wekker import Wekker

WIE = Oin("00000099000000061000")


async def test_what_comes_between_looking_and_waiting_is_not_missed() -> None:
    wekker = Wekker()
    roep = wekker.expect(WIE)
    wekker.wake([WIE])
    async with asyncio.timeout(1):
        await roep.wait(60)


async def test_nothing_is_waited_for_longer_than_that() -> None:
    async with asyncio.timeout(1):
        await Wekker().expect(WIE).wait(0.01)


@pytest.mark.parametrize("turns", range(6))
async def test_who_is_told_to_stop_at_the_moment_of_being_woken_stops(turns: int) -> None:
    wekker = Wekker()

    async def wait_for_ever() -> None:
        while True:
            await wekker.expect(WIE).wait(60)

    waiting = asyncio.create_task(wait_for_ever())
    await asyncio.sleep(0.01)
    wekker.wake([WIE])
    for _ in range(turns):
        await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.wait([waiting], timeout=0.2)
    stopped = waiting.cancelled()
    waiting.cancel()
    assert stopped
