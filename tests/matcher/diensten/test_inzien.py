"""Reading: pages, cursors, the long poll, and the log leaf of every reading."""

import asyncio
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from convenant.types import Sector

if TYPE_CHECKING:
    from tests.matcher.conftest import Caller, World

Maker = Callable[..., dict[str, Any]]


async def test_own_signals_come_in_pages_in_order_of_arrival(world: "World", maak_signaal: Maker) -> None:
    wijkteam, jeugdhulp = await world.callers(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING, Sector.JEUGDHULP)
    signalen = [maak_signaal() for _ in range(5)]
    for signaal in signalen:
        await wijkteam.submit(signaal)
        await jeugdhulp.submit(maak_signaal())
    seen, cursor = [], None
    for _ in range(3):
        page = (await wijkteam.get("/v1/signalen", limiet=2, **({"na": cursor} if cursor else {}))).json()
        seen += [signaal["id"] for signaal in page["signalen"]]
        cursor = page["volgende"]
    assert seen == [signaal["id"] for signaal in signalen]
    assert cursor is None


@pytest.mark.parametrize("path", ["/v1/signalen", "/v1/matches"])
async def test_a_cursor_of_nobody_is_refused(world: "World", path: str) -> None:
    wijkteam = await world.in_sector(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING)
    answer = await wijkteam.get(path, na=str(uuid4()))
    assert answer.status_code == 400
    assert [fout["pad"] for fout in answer.json()["fouten"]] == ["na"]


async def test_a_cursor_of_another_organisation_is_refused(world: "World", maak_signaal: Maker) -> None:
    wijkteam, jeugdhulp = await world.callers(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING, Sector.JEUGDHULP)
    signaal = maak_signaal()
    await jeugdhulp.submit(signaal)
    assert (await wijkteam.get("/v1/signalen", na=signaal["id"])).status_code == 400


async def test_a_newcomer_is_not_told_that_the_match_is_older_than_what_it_sees(
    world: "World", maak_signaal: Maker
) -> None:
    vt, ggz, school, wijkteam = await world.callers(
        Sector.VEILIG_THUIS, Sector.GEZONDHEIDSZORG, Sector.ONDERWIJS, Sector.MAATSCHAPPELIJKE_ONDERSTEUNING
    )
    await vt.submit(maak_signaal("kind", signaalsoort="veilig-thuis-betrokken"))
    for caller in (ggz, school, wijkteam):
        await caller.log_in()
        await caller.submit(maak_signaal("kind", signaalsoort="zorg-om-kind"))
        world.klok.later(days=3)
    since = [await _first_match_since(caller) for caller in (ggz, school, wijkteam)]
    # The school may not know of Veilig Thuis: for it the match began when it met the GGZ.
    assert since == ["2026-05-12", "2026-05-15", "2026-05-18"]


async def _first_match_since(caller: "Caller") -> str:
    await caller.log_in()
    return str((await caller.get("/v1/matches")).json()["matches"][0]["ontstaanOp"])[:10]


async def test_reading_notifications_removes_nothing(world: "World", maak_signaal: Maker) -> None:
    wijkteam, jeugdhulp = await world.callers(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING, Sector.JEUGDHULP)
    personen = [maak_signaal(f"p{n}") for n in range(3)]
    await wijkteam.submit(*personen)
    await jeugdhulp.submit(*(maak_signaal(f"p{n}") for n in range(3)))

    first = (await wijkteam.get("/v1/notificaties", limiet=2)).json()
    again = (await wijkteam.get("/v1/notificaties", limiet=2)).json()
    rest = (await wijkteam.get("/v1/notificaties", na=first["cursor"])).json()
    assert first == again
    assert first["cursor"] == "0000000002"
    # Before the three matches it heard that its own signals came in.
    assert [event["sequence"] for event in rest["notificaties"]] == ["0000000003", "0000000004"]
    assert (await wijkteam.get("/v1/notificaties", na="0000000004")).json() == {
        "notificaties": [],
        "cursor": "0000000004",
    }


async def test_a_cloud_event_has_the_attributes_of_the_dutch_profile(world: "World", maak_signaal: Maker) -> None:
    wijkteam, jeugdhulp = await world.callers(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING, Sector.JEUGDHULP)
    await wijkteam.submit(maak_signaal("p"))
    await jeugdhulp.submit(maak_signaal("p"))
    [event] = await wijkteam.events()
    assert {name: event[name] for name in ("specversion", "type", "source", "time", "datacontenttype")} == {
        "specversion": "1.0",
        "type": "nl.koppelradar.match-ontstaan",
        "source": "urn:nld:oin:00000099000000003000:systeem:koppelradar-matcher",
        "time": "2026-05-12T10:00:00Z",
        "datacontenttype": "application/json",
    }
    assert event["subject"] == event["data"]["id"]
    assert event["id"] != (await jeugdhulp.events())[0]["id"]


async def test_a_long_poll_wakes_when_news_comes_in(world: "World", maak_signaal: Maker) -> None:
    wijkteam, jeugdhulp = await world.callers(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING, Sector.JEUGDHULP)
    await wijkteam.submit(maak_signaal("p"))
    poll = asyncio.create_task(wijkteam.events(wacht=20, na="0000000001"))
    await asyncio.sleep(0.2)
    assert not poll.done()
    await jeugdhulp.submit(maak_signaal("p"))
    committed = time.monotonic()
    assert len(await asyncio.wait_for(poll, 5)) == 1
    assert time.monotonic() - committed < 1


async def test_a_long_poll_hears_what_another_process_committed(world: "World", maak_signaal: Maker) -> None:
    wijkteam, jeugdhulp = await world.callers(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING, Sector.JEUGDHULP)
    await wijkteam.submit(maak_signaal("p"))
    poll = asyncio.create_task(wijkteam.events(wacht=20, na="0000000001"))
    await asyncio.sleep(0.1)
    world.kern.wekker.wake = lambda ontvangers: None  # type: ignore[method-assign]
    await jeugdhulp.submit(maak_signaal("p"))
    assert len(await asyncio.wait_for(poll, 2)) == 1


async def test_a_long_poll_ends_without_news(world: "World") -> None:
    [wijkteam] = await world.callers(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING)
    started = time.monotonic()
    assert await wijkteam.events(wacht=1) == []
    assert 0.9 < time.monotonic() - started < 3


async def test_waiting_readers_hold_no_connection(world: "World", maak_signaal: Maker) -> None:
    wijkteam, jeugdhulp = await world.callers(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING, Sector.JEUGDHULP)
    polls = [asyncio.create_task(wijkteam.events(wacht=2)) for _ in range(40)]
    await asyncio.sleep(0.3)
    assert (await asyncio.wait_for(jeugdhulp.submit(maak_signaal()), 2)).status_code == 201
    assert await asyncio.gather(*polls) == [[]] * 40


async def test_a_match_that_grew_is_listed_once_with_everyone(world: "World", maak_signaal: Maker) -> None:
    callers = await world.callers(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING, Sector.JEUGDHULP, Sector.GEZONDHEIDSZORG)
    for caller in callers:
        await caller.submit(maak_signaal("p"))
    listed = [(await caller.get("/v1/matches")).json()["matches"] for caller in callers]
    assert [len(matches) for matches in listed] == [1, 1, 1]
    assert [len(matches[0]["partijen"]) for matches in listed] == [2, 2, 2]


async def test_every_reading_leaves_a_log_leaf(world: "World", maak_signaal: Maker, sql: Any) -> None:
    wijkteam, jeugdhulp = await world.callers(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING, Sector.JEUGDHULP)
    await wijkteam.submit(maak_signaal("p"))
    await jeugdhulp.submit(maak_signaal("p"))
    for path in ("/v1/signalen", "/v1/matches", "/v1/notificaties"):
        await wijkteam.get(path)
    found = sql(
        "SELECT inhoud::jsonb->>'handeling', inhoud::jsonb->>'organisatie' FROM logboek_inhoud"
        " WHERE inhoud::jsonb ? 'handeling' ORDER BY blad_id DESC LIMIT 3"
    )
    assert [tuple(row) for row in found] == [
        ("notificaties ophalen", wijkteam.oin),
        ("matches inzien", wijkteam.oin),
        ("signalen inzien", wijkteam.oin),
    ]
