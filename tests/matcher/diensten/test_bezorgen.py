"""Delivering to real HTTP servers, from a real database, with a clock of our own."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest

from client_sdk.errors import WebhookOngeldig
from client_sdk.webhook import verify_webhook
from convenant.types import Oin, Sector
from matcher.diensten.bezorgen import deliver_due
from matcher.diensten.kern import Kern
from matcher.domein.notificatie import Notificatie
from matcher.http.modellen import NotificatieUitvoer
from matcher.opslag import notificaties, webhooks
from matcher.types import Notificatiesoort
from matcher.uitgaand.webhook import Webhookzender
from tests.matcher.luisteraar import Luisteraar, listening, reply

if TYPE_CHECKING:
    from tests.conftest import Sql
    from tests.matcher.conftest import Caller, World

BEARER = "geheim-van-de-school"


@pytest.fixture
async def luisteraar() -> AsyncIterator[Luisteraar]:
    async with listening() as found:
        yield found


@pytest.fixture
async def school(world: "World") -> "Caller":
    return await world.in_sector(Sector.ONDERWIJS)


async def happen(kern: Kern, ontvanger: Oin, count: int = 1) -> list[str]:
    """So many events for this receiver; their ids."""
    events = [
        Notificatie(
            id=uuid4(),
            ontvanger=ontvanger,
            soort=Notificatiesoort.MATCH_ONJUIST,
            onderwerp=uuid4(),
            inhoud={"id": str(uuid4()), "convenant": "nhn-2026", "paar": str(uuid4())},
            ontstaan_op=kern.klok(),
        )
        for _ in range(count)
    ]
    async with kern.transaction() as connection:
        await notificaties.add(connection, events)
    return [str(event.id) for event in events]


async def register(caller: "Caller", url: str, bearer: str = BEARER) -> dict[str, Any]:
    answer = await caller.post("/v1/webhooks", {"url": url, "bearer": bearer})
    assert answer.status_code == 201, answer.text
    webhook: dict[str, Any] = answer.json()
    return webhook


async def look(caller: "Caller") -> dict[str, Any]:
    await caller.log_in()  # the clock ran for longer than a token lives
    [webhook] = (await caller.get("/v1/webhooks")).json()["webhooks"]
    return dict(webhook)


async def active(world: "World", caller: "Caller", luisteraar: Luisteraar) -> str:
    """The id of a webhook of this organisation at this server, with the handshake done."""
    webhook = await register(caller, luisteraar.url)
    await deliver_due(world.kern)
    assert (await look(caller))["status"] == "actief"
    return str(webhook["id"])


async def pass_time(world: "World", hours: float, *, until: Callable[[], bool] = lambda: False) -> None:
    """Let the clock run and the worker work, until the time is over or this is true."""
    end = world.klok().timestamp() + hours * 3600
    while world.klok().timestamp() < end and not until():
        seconds = await deliver_due(world.kern)
        world.klok.later(seconds=max(seconds, 1.0))


def arrived(luisteraar: Luisteraar) -> list[str]:
    return [json.loads(verzoek.body)["id"] for verzoek in luisteraar.deliveries]


def nummers(luisteraar: Luisteraar) -> list[int]:
    return [int(json.loads(verzoek.body)["sequence"]) for verzoek in luisteraar.deliveries]


async def test_a_match_arrives_as_it_stands_in_the_feed_signed_for_this_webhook(
    world: "World", luisteraar: Luisteraar, maak_signaal: Callable[..., dict[str, Any]]
) -> None:
    wijkteam, jeugdhulp = await world.callers(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING, Sector.JEUGDHULP)
    id_ = await active(world, wijkteam, luisteraar)
    await wijkteam.submit(maak_signaal("kind"))
    await jeugdhulp.submit(maak_signaal("kind"))
    await deliver_due(world.kern)
    feed = await wijkteam.all_events()
    # The same by the published description, which leaves open with how many digits a moment is written.
    read = NotificatieUitvoer.model_validate
    assert [read(json.loads(verzoek.body)) for verzoek in luisteraar.deliveries] == [read(event) for event in feed]
    assert "nl.koppelradar.match-ontstaan" in {event["type"] for event in feed}
    jwks = (await world.http.get("/v1/jwks")).json()
    for verzoek, event in zip(luisteraar.deliveries, feed, strict=True):
        bericht = verify_webhook(verzoek.headers, verzoek.body, jwks=jwks, webhook=UUID(id_), now=world.klok())
        assert (bericht.id, bericht.volgnummer) == (event["id"], event["sequence"])
        assert verzoek.headers["Authorization"] == f"Bearer {BEARER}"
        with pytest.raises(WebhookOngeldig, match="andere webhook"):
            verify_webhook(verzoek.headers, verzoek.body, jwks=jwks, webhook=uuid4(), now=world.klok())


async def test_nothing_is_sent_before_the_webhook_said_that_it_is_welcome(
    world: "World", school: "Caller", luisteraar: Luisteraar
) -> None:
    luisteraar.welcome = reply(403)
    webhook = await register(school, luisteraar.url)
    assert (webhook["status"], webhook["verwerktTot"]) == ("wacht-op-handdruk", "0000000000")
    ids = await happen(world.kern, school.oin)
    await deliver_due(world.kern)
    assert luisteraar.deliveries == []
    assert (await look(school))["mislukt"] == 1
    luisteraar.welcome = reply(200, WebHook_Allowed_Origin="*")
    world.klok.later(minutes=1)
    await deliver_due(world.kern)
    assert arrived(luisteraar) == ids


async def test_what_came_before_the_registration_is_left_to_the_feed(
    world: "World", school: "Caller", luisteraar: Luisteraar
) -> None:
    await happen(world.kern, school.oin, 3)
    await active(world, school, luisteraar)
    ids = await happen(world.kern, school.oin, 2)
    await deliver_due(world.kern)
    assert arrived(luisteraar) == ids
    assert nummers(luisteraar) == [4, 5]
    assert (await look(school))["verwerktTot"] == "0000000005"


async def test_after_a_day_of_failure_everything_arrives_in_order(
    world: "World", school: "Caller", luisteraar: Luisteraar
) -> None:
    await active(world, school, luisteraar)
    luisteraar.says(500)
    ids = await happen(world.kern, school.oin, 2)
    await pass_time(world, 12)
    ids += await happen(world.kern, school.oin, 3)
    await pass_time(world, 12)
    assert set(arrived(luisteraar)) == {ids[0]}
    assert 60 < len(luisteraar.deliveries) < 1000
    stand = await look(school)
    assert (stand["status"], stand["mislukt"]) == ("actief", len(luisteraar.deliveries))
    luisteraar.came_in.clear()
    luisteraar.says(200)
    await pass_time(world, 1, until=lambda: len(luisteraar.deliveries) == len(ids))
    assert arrived(luisteraar) == ids
    stand = await look(school)
    assert (stand["mislukt"], stand["dodeLetters"]) == (0, 0)


async def test_after_three_days_it_is_suspended_and_goes_on_when_it_is_resumed(
    world: "World", school: "Caller", luisteraar: Luisteraar
) -> None:
    id_ = await active(world, school, luisteraar)
    luisteraar.says(503, Retry_After="86400")
    ids = await happen(world.kern, school.oin, 2)
    for _ in range(4):
        await deliver_due(world.kern)
        world.klok.later(days=1)
    stand = await look(school)
    assert (stand["status"], stand["dodeLetters"]) == ("opgeschort", 1)
    luisteraar.came_in.clear()
    luisteraar.says(200)
    await deliver_due(world.kern)
    assert luisteraar.came_in == []
    await school.log_in()
    answer = await school.post(f"/v1/webhooks/{id_}/hervattingen", {})
    assert (answer.status_code, answer.json()["status"]) == (201, "wacht-op-handdruk")
    await deliver_due(world.kern)
    assert [verzoek.method for verzoek in luisteraar.came_in] == ["OPTIONS", "POST"]
    assert arrived(luisteraar) == ids[1:]


async def test_who_answers_gone_gets_nothing_any_more(world: "World", school: "Caller", luisteraar: Luisteraar) -> None:
    id_ = await active(world, school, luisteraar)
    luisteraar.says(410)
    ids = await happen(world.kern, school.oin, 2)
    await pass_time(world, 1)
    assert arrived(luisteraar) == ids[:1]
    assert (await look(school))["status"] == "gestopt"
    luisteraar.says(200)
    await school.post(f"/v1/webhooks/{id_}/hervattingen", {})
    await deliver_due(world.kern)
    assert arrived(luisteraar) == [ids[0], *ids]


@pytest.mark.parametrize("status", [429, 503])
async def test_retry_after_is_obeyed(world: "World", school: "Caller", luisteraar: Luisteraar, status: int) -> None:
    await active(world, school, luisteraar)
    luisteraar.says(status, Retry_After="1800")
    ids = await happen(world.kern, school.oin)
    await deliver_due(world.kern)
    luisteraar.says(200)
    world.klok.later(minutes=29)
    assert await deliver_due(world.kern) == 60
    assert len(luisteraar.deliveries) == 1
    world.klok.later(minutes=1)
    await deliver_due(world.kern)
    assert arrived(luisteraar) == ids * 2


async def test_a_redirect_is_a_failure_and_is_not_followed(
    world: "World", school: "Caller", luisteraar: Luisteraar
) -> None:
    async with listening() as elders:
        await active(world, school, luisteraar)
        luisteraar.says(308, Location=elders.url)
        await happen(world.kern, school.oin)
        await deliver_due(world.kern)
        assert (await look(school))["mislukt"] == 1
    assert elders.connections == 0


async def test_a_refused_event_becomes_a_dead_letter_that_can_be_sent_again(
    world: "World", school: "Caller", luisteraar: Luisteraar
) -> None:
    id_ = await active(world, school, luisteraar)
    ids = await happen(world.kern, school.oin, 3)
    luisteraar.answer = lambda verzoek: reply(400 if ids[1] in verzoek.body.decode() else 200)
    await pass_time(world, 0.1, until=lambda: ids[2] in arrived(luisteraar))
    assert arrived(luisteraar) == [ids[0], *[ids[1]] * 5, ids[2]]
    stand = await look(school)
    assert (stand["status"], stand["dodeLetters"], stand["verwerktTot"]) == ("actief", 1, "0000000003")
    letters = (await school.get(f"/v1/webhooks/{id_}/dode-letters")).json()["dodeLetters"]
    assert [letter["id"] for letter in letters] == ids[1:2]
    assert letters == (await school.events())[1:2]
    luisteraar.says(202)
    answer = await school.post(f"/v1/webhooks/{id_}/herbezorgingen", {})
    assert answer.status_code == 201
    later = await happen(world.kern, school.oin)
    await deliver_due(world.kern)
    assert arrived(luisteraar)[-2:] == [ids[1], *later]
    assert (await look(school))["dodeLetters"] == 0
    assert (await school.get(f"/v1/webhooks/{id_}/dode-letters")).json() == {"dodeLetters": []}


async def test_a_dead_letter_that_is_refused_again_stays_one(
    world: "World", school: "Caller", luisteraar: Luisteraar
) -> None:
    id_ = await active(world, school, luisteraar)
    luisteraar.says(415)
    [first] = await happen(world.kern, school.oin)
    await pass_time(world, 0.1)
    await school.log_in()
    await school.post(f"/v1/webhooks/{id_}/herbezorgingen", {})
    [second] = await happen(world.kern, school.oin)
    await pass_time(world, 0.2)
    assert arrived(luisteraar) == [first] * 10 + [second] * 5
    assert (await look(school))["dodeLetters"] == 2


async def test_a_webhook_that_named_a_rate_gets_no_more_than_that(
    world: "World", school: "Caller", luisteraar: Luisteraar
) -> None:
    luisteraar.welcome = reply(200, WebHook_Allowed_Origin="*", WebHook_Allowed_Rate="2")
    await active(world, school, luisteraar)
    await happen(world.kern, school.oin, 3)
    assert await deliver_due(world.kern) == 30
    assert nummers(luisteraar) == [1]
    await pass_time(world, 0.02)
    assert nummers(luisteraar) == [1, 2, 3]


async def test_one_that_is_slow_holds_up_no_other(world: "World", luisteraar: Luisteraar) -> None:
    school, jeugdhulp = await world.callers(Sector.ONDERWIJS, Sector.JEUGDHULP)
    async with listening() as slow:
        await active(world, school, luisteraar)
        await active(world, jeugdhulp, slow)
        slow.gate.clear()
        await happen(world.kern, jeugdhulp.oin)
        working = asyncio.create_task(deliver_due(world.kern))
        await _until(lambda: len(slow.deliveries) == 1)
        await happen(world.kern, school.oin, 2)
        await _until(lambda: nummers(luisteraar) == [1, 2])
        assert not working.done()
        slow.gate.set()
        await working
        assert nummers(slow) == [1]


async def test_workers_side_by_side_deliver_every_event_once_and_in_order(
    world: "World", school: "Caller", luisteraar: Luisteraar
) -> None:
    await active(world, school, luisteraar)
    ids = await happen(world.kern, school.oin, 12)
    await asyncio.gather(*(deliver_due(world.kern) for _ in range(3)))
    await deliver_due(world.kern)
    assert arrived(luisteraar) == ids


async def test_after_a_crash_the_same_event_goes_again_once_the_hold_is_over(
    world: "World", school: "Caller", luisteraar: Luisteraar
) -> None:
    await active(world, school, luisteraar)
    ids = await happen(world.kern, school.oin, 2)
    luisteraar.gate.clear()
    working = asyncio.create_task(deliver_due(world.kern))
    await _until(lambda: len(luisteraar.deliveries) == 1)
    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        await working
    luisteraar.gate.set()
    world.klok.later(seconds=29)
    await deliver_due(world.kern)
    assert len(luisteraar.deliveries) == 1
    world.klok.later(seconds=1)
    await deliver_due(world.kern)
    assert arrived(luisteraar) == [ids[0], *ids]


async def test_a_hold_does_not_last_longer_because_the_clock_was_put_back(
    world: "World", school: "Caller", luisteraar: Luisteraar
) -> None:
    await active(world, school, luisteraar)
    await happen(world.kern, school.oin)
    async with world.kern.transaction() as connection:
        assert await webhooks.claim(connection, [school.oin], op=world.klok()) is not None
        assert await webhooks.claim(connection, [school.oin], op=world.klok()) is None
    world.klok.later(hours=-30)
    async with world.kern.transaction() as connection:
        assert await webhooks.claim(connection, [school.oin], op=world.klok()) is not None


async def test_who_lost_the_hold_changes_nothing(world: "World", school: "Caller", luisteraar: Luisteraar) -> None:
    await active(world, school, luisteraar)
    await happen(world.kern, school.oin)
    async with world.kern.transaction() as connection:
        late = await webhooks.claim(connection, [school.oin], op=world.klok())
    assert late is not None
    world.klok.later(seconds=30)
    async with world.kern.transaction() as connection:
        assert await webhooks.claim(connection, [school.oin], op=world.klok()) is not None
        stand = replace(late.webhook.stand, verwerkt_tot=9)
        assert not await webhooks.release(connection, late, stand)
    assert (await look(school))["verwerktTot"] == "0000000000"


async def test_every_event_leaves_one_leaf_however_often_it_is_tried(
    world: "World", school: "Caller", luisteraar: Luisteraar, sql: "Sql"
) -> None:
    await active(world, school, luisteraar)
    luisteraar.says(500)
    ids = await happen(world.kern, school.oin, 2)
    await pass_time(world, 1)
    luisteraar.says(200)
    await pass_time(world, 1, until=lambda: ids[1] in arrived(luisteraar))
    leaves = [json.loads(tekst) for (tekst,) in sql("SELECT inhoud FROM logboek_inhoud ORDER BY blad_id")]
    delivered = [leaf for leaf in leaves if leaf.get("handeling") == "notificatie bezorgen"]
    assert [leaf["gebeurtenissen"] for leaf in delivered] == [[id_] for id_ in ids]
    assert {leaf["ontvanger"] for leaf in delivered} == {school.oin}


async def test_nothing_goes_to_an_organisation_that_may_have_no_news(
    world: "World", school: "Caller", luisteraar: Luisteraar, monkeypatch: pytest.MonkeyPatch
) -> None:
    await active(world, school, luisteraar)
    await happen(world.kern, school.oin)
    monkeypatch.setattr("matcher.diensten.bezorgronde.rollen_of", lambda *_: frozenset())
    assert await deliver_due(world.kern) == 60
    assert luisteraar.deliveries == []


async def test_outside_a_trial_our_own_machine_gets_nothing(
    world: "World", school: "Caller", luisteraar: Luisteraar
) -> None:
    await active(world, school, luisteraar)
    await happen(world.kern, school.oin)
    uitgang = world.kern.required_uitgang
    strict = Webhookzender(omgeving=type(world.kern.omgeving).PRODUCTIE, origin="matcher.test", klok=world.klok)
    await deliver_due(replace(world.kern, uitgang=replace(uitgang, webhooks=strict)))
    assert luisteraar.deliveries == []
    assert (await look(school))["mislukt"] == 1


async def _until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.02)
