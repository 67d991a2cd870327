"""Guarantee 4: whoever submits at the same moment is matched, once, and hears of it once."""

import asyncio
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from convenant.types import Sector

if TYPE_CHECKING:
    from tests.matcher.conftest import Caller, World

Maker = Callable[..., dict[str, Any]]
PERSONEN = 200
ONTVANGEN = "nl.koppelradar.signaal-ontvangen"
# The single submissions of other modules cover the same lines.
pytestmark = pytest.mark.no_cover


async def all_events(caller: "Caller") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while page := await caller.all_events(limiet=1000, na=found[-1]["sequence"] if found else "0000000000"):
        found += page
    return found


async def assert_each_matched_once(een: "Caller", ander: "Caller", sent: dict[str, str], sql: Any, count: int) -> None:
    pairs = sql("SELECT match_id, array_agg(signaal_id::text) FROM matchlid GROUP BY match_id")
    persons = [sorted(sent[signaal] for signaal in signalen) for _, signalen in pairs]
    assert len(persons) == count
    assert all(len(found) == 2 and found[0] == found[1] for found in persons)
    assert len({found[0] for found in persons}) == count
    for caller in (een, ander):
        events = await all_events(caller)
        assert [event["sequence"] for event in events] == [f"{n:010d}" for n in range(1, len(events) + 1)]
        received = [event for event in events if event["type"] == ONTVANGEN]
        assert sum(len(event["data"]["signalen"]) for event in received) == count
        about_others = [event for event in events if event["type"] != ONTVANGEN]
        assert Counter(event["subject"] for event in about_others) == Counter(str(match) for match, _ in pairs)
        assert {event["type"] for event in about_others} == {"nl.koppelradar.match-ontstaan"}


async def test_single_signals_of_the_same_persons(world: "World", maak_signaal: Maker, sql: Any) -> None:
    een, ander = await world.callers(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING, Sector.JEUGDHULP)
    sent: dict[str, str] = {}
    room = asyncio.Semaphore(20)

    async def submit(caller: "Caller", persoon: str) -> None:
        signaal = maak_signaal(persoon)
        sent[signaal["id"]] = persoon
        async with room:
            assert (await caller.submit(signaal)).status_code == 201

    await asyncio.gather(*(submit(caller, f"p{n}") for n in range(PERSONEN) for caller in (een, ander)))
    await assert_each_matched_once(een, ander, sent, sql, PERSONEN)


async def test_whole_batches_of_the_same_persons(world: "World", maak_signaal: Maker, sql: Any) -> None:
    een, ander = await world.callers(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING, Sector.JEUGDHULP)
    batches = [[maak_signaal(f"p{n}") for n in order] for order in (range(1000), range(999, -1, -1))]
    sent = {signaal["id"]: signaal["tokensets"][0]["koppeltokens"][0] for batch in batches for signaal in batch}
    answers = await asyncio.gather(een.submit(*batches[0]), ander.submit(*batches[1]))
    assert [answer.status_code for answer in answers] == [201, 201]
    await assert_each_matched_once(een, ander, sent, sql, 1000)


async def test_a_signal_that_leaves_while_another_joins_is_never_half_in(
    world: "World", maak_signaal: Maker, sql: Any
) -> None:
    een, ander = await world.callers(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING, Sector.JEUGDHULP)
    for ronde in range(15):
        leaving, joining = maak_signaal(f"p{ronde}"), maak_signaal(f"p{ronde}")
        await een.submit(leaving)
        answers = await asyncio.gather(een.withdraw(leaving["id"]), ander.submit(joining))
        assert [answer.status_code for answer in answers] == [201, 201]
    assert sql("SELECT 1 FROM matchlid WHERE vertrokken_op IS NULL") == []
    assert sql('SELECT 1 FROM "match" WHERE vervallen_op IS NULL') == []
    told = Counter(event["subject"] for event in await all_events(ander) if event["type"] != ONTVANGEN)
    assert set(told.values()) <= {2}  # it arose and lapsed, or it never was
