"""A match that is wrong: the pair is separated for good, and the FG hears of it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from convenant.types import Rol, Sector

if TYPE_CHECKING:
    from tests.matcher.conftest import Caller, World

Maker = Callable[..., dict[str, Any]]
ZORG = "zorg-om-kind"


def kinds(events: list[dict[str, Any]]) -> list[str]:
    return [event["type"].removeprefix("nl.koppelradar.") for event in events]


async def report(caller: "Caller", match: dict[str, Any], number: int = 0) -> Any:
    return await caller.post(f"/v1/matches/{match['id']}/onjuistmeldingen", {"paar": match["partijen"][number]["paar"]})


@pytest.fixture
async def wijkteam(world: "World") -> "Caller":
    return await world.in_sector(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING)


@pytest.fixture
async def jeugdhulp(world: "World") -> "Caller":
    return await world.in_sector(Sector.JEUGDHULP)


async def test_also_a_sure_match_is_separated_for_good(
    world: "World", wijkteam: "Caller", jeugdhulp: "Caller", maak_signaal: Maker
) -> None:
    fg = await world.caller(world.partijen.with_rol(Rol.PRIVACY))
    await wijkteam.submit(maak_signaal("p"))
    await jeugdhulp.submit(maak_signaal("p"))
    [match] = await wijkteam.matches()
    for _ in range(2):
        answer = await report(wijkteam, match)
        assert answer.status_code == 201, answer.text
        assert answer.json() == {
            "match": match["id"],
            "paar": match["partijen"][0]["paar"],
            "gemeldOp": "2026-05-12T10:00:00Z",
        }
    for caller in (wijkteam, jeugdhulp):
        assert kinds(await caller.events()) == ["match-ontstaan", "match-onjuist", "match-vervallen"]
        assert await caller.matches() == []
    told = (await wijkteam.events())[1]
    assert told["data"] == {"id": match["id"], "convenant": "nhn-2026", "paar": match["partijen"][0]["paar"]}
    [review] = await fg.events()
    assert set(review["data"].pop("oins")) == {wijkteam.oin, jeugdhulp.oin}
    assert review["data"].keys() == {"id", "convenant", "paar"}

    await wijkteam.submit(maak_signaal("p"))
    [again] = await jeugdhulp.matches()
    assert len(again["partijen"]) == 1


async def test_a_third_keeps_both_and_neither_sees_the_other(
    world: "World", wijkteam: "Caller", jeugdhulp: "Caller", maak_signaal: Maker
) -> None:
    zorg = await world.in_sector(Sector.GEZONDHEIDSZORG)
    for caller in (wijkteam, jeugdhulp, zorg):
        await caller.submit(maak_signaal("p"))
    [match] = await wijkteam.matches()
    other = next(n for n, p in enumerate(match["partijen"]) if p["organisatie"]["oin"] == jeugdhulp.oin)
    await report(wijkteam, match, other)
    for caller in (wijkteam, jeugdhulp):
        [left] = await caller.matches()
        assert left["id"] == match["id"]
        assert [p["organisatie"]["oin"] for p in left["partijen"]] == [zorg.oin]
        assert kinds(await caller.events())[-2:] == ["match-onjuist", "match-gekrompen"]
    assert len((await zorg.matches())[0]["partijen"]) == 2
    assert kinds(await zorg.events()) == ["match-ontstaan"]


async def test_a_match_falls_apart_and_the_older_part_keeps_its_id(
    world: "World", wijkteam: "Caller", jeugdhulp: "Caller", maak_signaal: Maker
) -> None:
    zorg, justitie, vt = await world.callers(Sector.GEZONDHEIDSZORG, Sector.JUSTITIE, Sector.VEILIG_THUIS)
    await zorg.submit(maak_signaal("p"))
    await wijkteam.submit(maak_signaal("p", slots={"s1": "w"}))
    await jeugdhulp.submit(maak_signaal("q", slots={"s1": "w"}))
    await justitie.submit(maak_signaal("q"))
    [older], [younger] = await wijkteam.matches(), await jeugdhulp.matches()
    for caller in (wijkteam, jeugdhulp):
        await caller.confirm((await caller.mogelijke())[0]["id"])
    assert [match["id"] for match in await vt.matches()] == [older["id"]]
    [match] = await jeugdhulp.matches()
    wrong = next(n for n, p in enumerate(match["partijen"]) if p["organisatie"]["oin"] == wijkteam.oin)
    await report(jeugdhulp, match, wrong)
    assert [m["id"] for m in await wijkteam.matches()] == [m["id"] for m in await zorg.matches()] == [older["id"]]
    assert (
        [m["id"] for m in await jeugdhulp.matches()] == [m["id"] for m in await justitie.matches()] == [younger["id"]]
    )
    for caller in (wijkteam, jeugdhulp, zorg, justitie):
        assert [len(m["partijen"]) for m in await caller.matches()] == [1]
    assert len(await vt.matches()) == 2
    assert kinds(await justitie.events()) == ["match-ontstaan"]


async def test_a_pair_of_others_or_of_nobody_is_not_found(
    world: "World", wijkteam: "Caller", jeugdhulp: "Caller", maak_signaal: Maker
) -> None:
    zorg, vt = await world.callers(Sector.GEZONDHEIDSZORG, Sector.VEILIG_THUIS)
    for caller in (wijkteam, jeugdhulp):
        await caller.submit(maak_signaal("p"))
    [match] = await wijkteam.matches()
    [radar] = await vt.matches()
    answers = [
        await report(zorg, match),
        await report(jeugdhulp, match),
        await report(wijkteam, match | {"id": str(uuid4())}),
        await report(wijkteam, match | {"partijen": [{"paar": str(uuid4())}]}),
        await report(vt, radar),
    ]
    assert [answer.status_code for answer in answers] == [404] * 5
    assert len(await wijkteam.matches()) == 1


async def test_who_does_not_know_of_the_other_does_not_hear_of_the_mistake(world: "World", maak_signaal: Maker) -> None:
    # Article 5.2 is one-way, and article 4.7 leaves schools out: the school does not know that Veilig Thuis is there.
    school, vt = await world.callers(Sector.ONDERWIJS, Sector.VEILIG_THUIS)
    await school.submit(maak_signaal("p", signaalsoort=ZORG))
    await vt.submit(maak_signaal("p", signaalsoort=ZORG))
    [match] = await vt.matches()
    assert (await report(vt, match)).status_code == 201
    assert await school.events() == []


async def test_withdrawing_soon_after_a_match_is_told_to_the_fg_and_later_is_not(
    world: "World", wijkteam: "Caller", jeugdhulp: "Caller", maak_signaal: Maker
) -> None:
    early, late = maak_signaal("p"), maak_signaal("q")
    await wijkteam.submit(early, late)
    await jeugdhulp.submit(maak_signaal("p"), maak_signaal("q"))
    world.klok.later(days=13)
    await wijkteam.log_in()
    await wijkteam.withdraw(early["id"])
    world.klok.later(days=2)
    await wijkteam.log_in()
    await wijkteam.withdraw(late["id"])
    fg = await world.caller(world.partijen.with_rol(Rol.PRIVACY))
    assert kinds(await fg.events()) == ["vroeg-ingetrokken"]
    assert set((await fg.events())[0]["data"]["oins"]) == {wijkteam.oin, jeugdhulp.oin}
