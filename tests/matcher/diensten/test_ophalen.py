"""Following notifications as they come."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import uvicorn
from structlog.testing import capture_logs

from convenant.types import Rol, Sector
from koppelradar.processen import free_port

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from tests.matcher.conftest import Caller, World

STROOM = "/v1/notificaties/stroom"
WIJKTEAM, JEUGDHULP = Sector.MAATSCHAPPELIJKE_ONDERSTEUNING, Sector.JEUGDHULP

MaakSignaal = Callable[..., dict[str, Any]]


def events_in(text: str) -> list[dict[str, str]]:
    """The events of a stream, field by field; comments are skipped."""
    blocks = [block for block in text.split("\n\n") if block and not block.startswith(":")]
    return [dict(line.split(": ", 1) for line in block.split("\n")) for block in blocks]


async def _match(world: "World", maak_signaal: MaakSignaal, persoon: str = "p") -> tuple["Caller", "Caller"]:
    wijkteam, jeugdhulp = await world.callers(WIJKTEAM, JEUGDHULP)
    for caller in (wijkteam, jeugdhulp):
        assert (await caller.submit(maak_signaal(persoon))).status_code == 201
    return wijkteam, jeugdhulp


async def _stream_until_expiry(world: "World", caller: "Caller", *, na: str = "", **headers: str) -> httpx.Response:
    """The whole stream of a caller whose token expires a moment later."""
    path = f"{STROOM}?na={na}" if na else STROOM
    asked = asyncio.create_task(world.http.get(path, headers=caller.headers(**headers)))
    await asyncio.sleep(0.3)
    world.klok.later(minutes=6)
    return await asyncio.wait_for(asked, 10)


async def test_the_stream_tells_what_the_feed_tells(world: "World", maak_signaal: MaakSignaal) -> None:
    wijkteam, _ = await _match(world, maak_signaal)
    fetched = await wijkteam.all_events()
    answer = await _stream_until_expiry(world, wijkteam)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.headers["cache-control"] == "no-store"
    told = events_in(answer.text)
    assert [json.loads(event["data"]) for event in told] == fetched
    assert [(event["id"], event["event"]) for event in told] == [(e["sequence"], e["type"]) for e in fetched]


async def test_a_stream_ends_with_its_token(world: "World") -> None:
    wijkteam = await world.in_sector(WIJKTEAM)
    answer = await _stream_until_expiry(world, wijkteam)
    assert answer.text == ": hartslag\n\n"
    assert (await wijkteam.get(STROOM)).status_code == 401


@pytest.mark.parametrize("how", ["na", "Last_Event_ID"])
async def test_it_goes_on_where_the_reader_was(world: "World", maak_signaal: MaakSignaal, how: str) -> None:
    await _match(world, maak_signaal)
    wijkteam, _ = await _match(world, maak_signaal, "q")
    fetched = await wijkteam.all_events()
    first, last = fetched[0]["sequence"], fetched[-1]["sequence"]
    assert first != last
    where = {"na": fetched[-2]["sequence"]} if how == "na" else {how: fetched[-2]["sequence"], "na": first}
    told = events_in((await _stream_until_expiry(world, wijkteam, **where)).text)
    assert [event["id"] for event in told] == [last]


async def test_what_comes_while_somebody_follows_is_told(world: "World", maak_signaal: MaakSignaal) -> None:
    wijkteam, jeugdhulp = await world.callers(WIJKTEAM, JEUGDHULP)
    await wijkteam.submit(maak_signaal("p"))
    asked = asyncio.create_task(world.http.get(STROOM, headers=wijkteam.headers()))
    await asyncio.sleep(0.2)
    await jeugdhulp.submit(maak_signaal("p"))
    await asyncio.sleep(0.2)
    world.klok.later(minutes=6)
    told = events_in((await asyncio.wait_for(asked, 10)).text)
    assert told[-1]["event"] == "nl.koppelradar.match-ontstaan"


async def test_every_batch_leaves_a_log_leaf(
    world: "World", maak_signaal: MaakSignaal, sql: Callable[..., list[Any]]
) -> None:
    wijkteam, _ = await _match(world, maak_signaal)
    await _stream_until_expiry(world, wijkteam)
    [[blad]] = sql(
        "SELECT inhoud::jsonb FROM logboek_inhoud WHERE inhoud::jsonb->>'handeling' = 'notificaties ophalen'"
    )
    assert blad["uitkomst"] == "verstrekt"
    assert blad["organisatie"] == wijkteam.oin


async def test_who_has_no_part_in_notifications_gets_no_stream(world: "World") -> None:
    beheer = await world.caller(world.partijen.with_rol(Rol.BEHEER))
    roles = {partij.oin: partij.rollen for partij in world.partijen.convenant.partijen}[beheer.oin]
    if not roles & {Rol.SIGNALEERDER, Rol.RADAR, Rol.PRIVACY}:
        assert (await beheer.get(STROOM)).status_code == 403
    assert (await world.http.get(STROOM)).status_code in {400, 401}


@pytest.mark.parametrize("headers", [{"Last_Event_ID": "1"}, {"Accept": "text/html"}])
async def test_a_request_that_makes_no_sense_gets_no_stream(world: "World", headers: dict[str, str]) -> None:
    wijkteam = await world.in_sector(WIJKTEAM)
    answer = await world.http.get(STROOM, headers=wijkteam.headers(**headers))
    assert answer.status_code in {400, 406}
    assert answer.headers["content-type"] == "application/problem+json"


async def test_only_the_stream_answers_with_events(world: "World") -> None:
    wijkteam = await world.in_sector(WIJKTEAM)
    answer = await world.http.get("/v1/matches", headers=wijkteam.headers(Accept="text/event-stream"))
    assert answer.status_code == 406


@asynccontextmanager
async def _served(app: "ASGIApp") -> AsyncIterator[httpx.AsyncClient]:
    """The running application behind a real server."""
    poort = free_port()
    server = uvicorn.Server(uvicorn.Config(app, port=poort, lifespan="off", log_config=None))
    task = asyncio.create_task(server.serve())
    try:
        while not server.started:
            await asyncio.sleep(0.01)
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{poort}", trust_env=False) as http:
            yield http
    finally:
        server.should_exit = True
        await asyncio.wait_for(task, 10)


async def test_events_arrive_one_by_one_and_a_reader_that_leaves_is_let_go(
    world: "World", maak_signaal: MaakSignaal
) -> None:
    wijkteam, jeugdhulp = await world.callers(WIJKTEAM, JEUGDHULP)
    await wijkteam.submit(maak_signaal("p"))
    headers = wijkteam.headers(Accept="text/event-stream")
    with capture_logs() as logs:
        async with _served(world.app) as http, asyncio.timeout(15):
            async with http.stream("GET", STROOM, headers=headers) as answer:
                lines = answer.aiter_lines()
                await anext(lines)
                await jeugdhulp.submit(maak_signaal("p"))
                while await anext(lines) != "event: nl.koppelradar.match-ontstaan":
                    pass
            while not [entry for entry in logs if entry.get("route", "").endswith("/stroom")]:
                await asyncio.sleep(0.02)
    assert not [entry for entry in logs if entry["log_level"] == "error"]
