"""Guarantee 4 over real HTTP: nobody is missed, however simultaneously two organisations submit."""

import asyncio
from typing import Any

import pytest

from convenant.types import Oin

AT_ONCE = 20


async def _matches(client: Any) -> dict[str, tuple[str, ...]]:
    return {match.id: match.eigen_signalen async for match in client.list_matches()}


async def _end_of_feed(client: Any) -> str:
    told = await _notificaties(client, "0000000000")
    return str(told[-1].volgnummer) if told else "0000000000"


async def _notificaties(client: Any, na: str) -> list[Any]:
    found: list[Any] = []
    while (page := await client.read_notificaties(na=na, wacht=0, limiet=1000)).notificaties:
        found += page.notificaties
        na = page.cursor
    return found


@pytest.mark.slow
async def test_two_hundred_persons_at_the_same_moments_match_each_once(huis: Any, oins: dict[str, Oin]) -> None:
    async with huis.async_client(oins["wijkteam"]) as een, huis.async_client(oins["ggz"]) as ander:
        pairs = list(
            zip(huis.inzendingen(oins["wijkteam"], range(200)), huis.inzendingen(oins["ggz"], range(200)), strict=True)
        )
        for start in range(0, len(pairs), AT_ONCE):
            await asyncio.gather(
                *(
                    client.submit_signalen([inzending], idempotentiesleutel=f"een-{inzending.id}")
                    for a, b in pairs[start : start + AT_ONCE]
                    for client, inzending in ((een, a), (ander, b))
                )
            )
        await _expect_each_once(een, [a.id for a, _ in pairs], na="0000000000")
        await _expect_each_once(ander, [b.id for _, b in pairs], na="0000000000")
        assert (await _matches(een)).keys() == (await _matches(ander)).keys()


@pytest.mark.slow
async def test_two_concurrent_batches_of_a_thousand_match_each_person_once(huis: Any, oins: dict[str, Oin]) -> None:
    nummers = range(1000, 2000)
    async with huis.async_client(oins["wijkteam"]) as een, huis.async_client(oins["ggz"]) as ander:
        before = [await _end_of_feed(client) for client in (een, ander)]
        a, b = (huis.inzendingen(oins[who], nummers) for who in ("wijkteam", "ggz"))
        # The other way round: whoever takes its locks in the order of the batch would deadlock.
        b.reverse()
        await asyncio.gather(
            een.submit_signalen(a, idempotentiesleutel="duizend-een"),
            ander.submit_signalen(b, idempotentiesleutel="duizend-ander"),
        )
        await _expect_each_once(een, [inzending.id for inzending in a], na=before[0])
        await _expect_each_once(ander, [inzending.id for inzending in b], na=before[1])


async def _expect_each_once(client: Any, ids: list[Any], *, na: str) -> None:
    matched = [signaal for signalen in (await _matches(client)).values() for signaal in signalen]
    assert len(matched) == len(set(matched))
    assert set(ids) <= set(matched)
    told = await _notificaties(client, na)
    of_matches = [notificatie.match for notificatie in told if notificatie.match is not None]
    assert sorted(str(s) for match in of_matches for s in match.eigen_signalen) == sorted(map(str, ids))
    numbers = [int(notificatie.volgnummer) for notificatie in told]
    assert numbers == list(range(int(na) + 1, int(na) + 1 + len(told)))
