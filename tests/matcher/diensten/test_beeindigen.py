"""Signals that end: they stop matching at that moment, and their tokens are erased (guarantee 8)."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from convenant.types import Sector
from matcher.diensten.beeindigen import erase_old, expire

if TYPE_CHECKING:
    from tests.matcher.conftest import Caller, World

Maker = Callable[..., dict[str, Any]]
Sql = Callable[..., list[Any]]
ZORG = "zorg-om-kind"


def kinds(events: list[dict[str, Any]]) -> list[str]:
    return [event["type"].removeprefix("nl.koppelradar.match-") for event in events]


@pytest.fixture
async def wijkteam(world: "World") -> "Caller":
    return await world.in_sector(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING)


@pytest.fixture
async def jeugdhulp(world: "World") -> "Caller":
    return await world.in_sector(Sector.JEUGDHULP)


async def test_withdrawing_twice_gives_the_same_answer(
    world: "World", wijkteam: "Caller", maak_signaal: Maker, sql: Sql
) -> None:
    signaal = maak_signaal()
    await wijkteam.submit(signaal)
    world.klok.later(seconds=5)
    first = await wijkteam.withdraw(signaal["id"])
    leaves = len(sql("SELECT 1 FROM logboek_blad"))
    world.klok.later(seconds=5)
    second = await wijkteam.withdraw(signaal["id"])
    assert first.status_code == second.status_code == 201
    assert (
        first.json()
        == second.json()
        == {
            "signaal": signaal["id"],
            "status": "ingetrokken",
            "ingetrokkenOp": "2026-05-12T10:00:05Z",
        }
    )
    assert len(sql("SELECT 1 FROM logboek_blad")) == leaves


async def test_a_withdrawn_signal_loses_its_tokens_and_never_matches(
    wijkteam: "Caller", jeugdhulp: "Caller", maak_signaal: Maker, sql: Sql
) -> None:
    signaal = maak_signaal("p")
    await wijkteam.submit(signaal)
    await wijkteam.withdraw(signaal["id"])
    assert sql("SELECT 1 FROM koppelindex") == []
    await jeugdhulp.submit(maak_signaal("p"))
    assert await jeugdhulp.events() == await wijkteam.events() == []
    [listed] = (await wijkteam.get("/v1/signalen")).json()["signalen"]
    assert listed["status"] == "ingetrokken"


async def test_of_another_organisation_or_of_nobody_is_not_found(
    wijkteam: "Caller", jeugdhulp: "Caller", maak_signaal: Maker
) -> None:
    signaal = maak_signaal()
    await jeugdhulp.submit(signaal)
    answers = [await wijkteam.withdraw(id_) for id_ in (signaal["id"], str(uuid4()))]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].json() | {"instance": ""} == answers[1].json() | {"instance": ""}
    assert (await jeugdhulp.get("/v1/signalen")).json()["signalen"][0]["status"] == "actief"


async def test_the_match_lapses_when_one_organisation_is_left(
    wijkteam: "Caller", jeugdhulp: "Caller", maak_signaal: Maker
) -> None:
    signaal = maak_signaal("p")
    await wijkteam.submit(signaal)
    await jeugdhulp.submit(maak_signaal("p"))
    await wijkteam.withdraw(signaal["id"])
    events = await jeugdhulp.events()
    assert kinds(events) == ["ontstaan", "vervallen"]
    assert events[0]["subject"] == events[1]["subject"]
    assert events[1]["data"]["partijen"] == []
    assert kinds(await wijkteam.events()) == ["ontstaan"]
    for caller in (wijkteam, jeugdhulp):
        assert (await caller.get("/v1/matches")).json()["matches"] == []


async def test_the_match_shrinks_when_two_are_left(
    world: "World", wijkteam: "Caller", jeugdhulp: "Caller", maak_signaal: Maker
) -> None:
    zorg = await world.in_sector(Sector.GEZONDHEIDSZORG)
    signaal = maak_signaal("p")
    await wijkteam.submit(signaal)
    for caller in (jeugdhulp, zorg):
        await caller.submit(maak_signaal("p"))
    await wijkteam.withdraw(signaal["id"])
    assert kinds(await jeugdhulp.events()) == ["ontstaan", "uitgebreid", "gekrompen"]
    [partij] = (await jeugdhulp.events())[-1]["data"]["partijen"]
    assert partij["organisatie"]["oin"] == zorg.oin
    assert kinds(await wijkteam.events()) == ["ontstaan", "uitgebreid"]


async def test_after_a_lapse_the_same_person_makes_a_new_match(
    wijkteam: "Caller", jeugdhulp: "Caller", maak_signaal: Maker
) -> None:
    signaal = maak_signaal("p")
    await wijkteam.submit(signaal)
    await jeugdhulp.submit(maak_signaal("p"))
    await wijkteam.withdraw(signaal["id"])
    await wijkteam.submit(maak_signaal("p"))
    events = await jeugdhulp.events()
    assert kinds(events) == ["ontstaan", "vervallen", "ontstaan"]
    assert events[2]["subject"] != events[0]["subject"]


async def test_a_signal_expires_on_its_end_date_in_the_netherlands(
    world: "World", wijkteam: "Caller", jeugdhulp: "Caller", maak_signaal: Maker, sql: Sql
) -> None:
    await wijkteam.submit(maak_signaal("p", verlooptOp="2026-06-01"))
    await jeugdhulp.submit(maak_signaal("p"))
    world.klok.nu = world.klok.nu.replace(month=5, day=31, hour=21, minute=59)
    assert await expire(world.kern) == 0
    world.klok.later(minutes=1)
    assert await expire(world.kern) == 1
    assert await expire(world.kern) == 0

    assert sql("SELECT count(*) FROM koppelindex")[0][0] == 12
    await jeugdhulp.log_in()
    assert kinds(await jeugdhulp.events()) == ["ontstaan", "vervallen"]
    await wijkteam.log_in()
    [listed] = (await wijkteam.get("/v1/signalen")).json()["signalen"]
    assert listed["status"] == "verlopen"
    assert (await wijkteam.withdraw(listed["id"])).status_code == 409


async def test_an_expired_signal_matches_no_more_before_it_is_cleared(
    world: "World", wijkteam: "Caller", jeugdhulp: "Caller", maak_signaal: Maker
) -> None:
    zorg = await world.in_sector(Sector.GEZONDHEIDSZORG)
    await wijkteam.submit(maak_signaal("p", verlooptOp="2026-06-01"))
    await zorg.submit(maak_signaal("p"))
    world.klok.later(days=30)
    for caller in (zorg, jeugdhulp):
        await caller.log_in()
    assert (await zorg.get("/v1/matches")).json()["matches"] == []
    await jeugdhulp.submit(maak_signaal("p"))
    [partij] = (await jeugdhulp.events())[0]["data"]["partijen"]
    assert partij["organisatie"]["oin"] == zorg.oin


async def test_whoever_was_told_hears_of_the_lapse_when_several_expire_together(
    world: "World", jeugdhulp: "Caller", maak_signaal: Maker
) -> None:
    # The school may know of youth care, but not of the judiciary, whose signal is cleared first.
    school, justitie = await world.callers(Sector.ONDERWIJS, Sector.JUSTITIE)
    await justitie.submit(maak_signaal("p", signaalsoort=ZORG, verlooptOp="2026-06-01"))
    await jeugdhulp.submit(maak_signaal("p", signaalsoort=ZORG, verlooptOp="2026-06-01"))
    await school.submit(maak_signaal("p", signaalsoort=ZORG))
    world.klok.later(days=30)
    assert await expire(world.kern) == 2
    await school.log_in()
    assert kinds(await school.events()) == ["ontstaan", "vervallen"]


async def test_expiry_is_logged_as_an_act_of_the_operator(
    world: "World", wijkteam: "Caller", maak_signaal: Maker, sql: Sql
) -> None:
    await wijkteam.submit(maak_signaal(verlooptOp="2026-06-01"))
    world.klok.later(days=30)
    await expire(world.kern)
    found = sql(
        "SELECT inhoud::jsonb->>'organisatie', inhoud::jsonb->>'medewerker' FROM logboek_inhoud"
        " WHERE inhoud::jsonb->>'handeling' = 'signaal laten verlopen' AND NOT inhoud::jsonb ? 'ontvanger'"
    )
    assert [tuple(row) for row in found] == [(world.partijen.convenant.matcher.beheerder, None)]


async def test_old_keys_and_assertions_are_forgotten(
    world: "World", wijkteam: "Caller", maak_signaal: Maker, sql: Sql
) -> None:
    await wijkteam.submit(maak_signaal())
    world.klok.later(days=31)
    await erase_old(world.kern)
    assert sql("SELECT 1 FROM idempotentie") == sql("SELECT 1 FROM gebruikte_assertie") == []
