"""A change of keys: no match is lost, none doubled, nothing told twice, and afterwards the old tokens are gone."""

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from convenant.laden import document_from_yaml, dump_yaml
from convenant.types import Sector
from matcher.diensten.epochen import erase_leaked, retire_old
from tests.matcher.conftest import kaart, tokenset

if TYPE_CHECKING:
    from tests.matcher.conftest import Caller, World

Maker = Callable[..., dict[str, Any]]
Sql = Callable[..., list[Any]]
OVERLAP = datetime(2026, 6, 15, 10, tzinfo=UTC)
AFTER = datetime(2026, 7, 2, 10, tzinfo=UTC)
EPOCHEN = [
    {"nummer": 1, "van": "2026-01-01", "tot": "2026-06-30"},
    {"nummer": 2, "van": "2026-06-01", "tot": "2029-12-31"},
]


def with_epochen(text: str, epochen: list[dict[str, Any]], **changes: Any) -> str:
    """The convenant in mode hmac, which needs no points of a sleutelhouder for every epoch."""
    document = document_from_yaml(text, bron="test") | {"modus": "hmac", "epochen": epochen} | changes
    return dump_yaml({k: v for k, v in document.items() if k not in {"sleutelhouders", "budgetten", "alarm"}})


def kinds(events: list[dict[str, Any]]) -> list[str]:
    return [event["type"].removeprefix("nl.koppelradar.") for event in events]


def renewed(signaal: dict[str, Any], persoon: str | None = None, **slots: str) -> dict[str, Any]:
    return {"id": signaal["id"], "tokenset": tokenset(persoon, epoche=2, **slots)}


@pytest.fixture
def convenant_text(convenant_text: str) -> str:
    return with_epochen(convenant_text, EPOCHEN)


@pytest.fixture
async def wijkteam(world: "World") -> "Caller":
    return await world.in_sector(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING)


@pytest.fixture
async def jeugdhulp(world: "World") -> "Caller":
    return await world.in_sector(Sector.JEUGDHULP)


async def go_to(world: "World", moment: datetime, *callers: "Caller") -> None:
    world.klok.nu = moment
    for caller in callers:
        await caller.log_in()


# Every order of everything is tried on the rules alone, in `domein/test_koppeling.py`.
@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
async def test_no_match_is_lost_or_doubled_or_told_twice_in_any_order(
    world: "World", wijkteam: "Caller", jeugdhulp: "Caller", maak_signaal: Maker, *, order: tuple[int, ...], sql: Sql
) -> None:
    zorg = await world.in_sector(Sector.GEZONDHEIDSZORG)
    mine, theirs = maak_signaal("p"), maak_signaal("p")
    await wijkteam.submit(mine)
    await jeugdhulp.submit(theirs)
    [before] = await wijkteam.matches()
    await go_to(world, OVERLAP, wijkteam, jeugdhulp, zorg)
    steps = [
        lambda: wijkteam.retoken(renewed(mine, "p")),
        lambda: jeugdhulp.retoken(renewed(theirs, "p")),
        lambda: zorg.submit(maak_signaal("p", epochen=(1, 2))),
    ]
    for step in order:
        assert (await steps[step]()).status_code == 201
    for caller in (wijkteam, jeugdhulp, zorg):
        [match] = await caller.matches()
        assert match["id"] == before["id"]
        assert len(match["partijen"]) == 2
    assert kinds(await wijkteam.events()) == kinds(await jeugdhulp.events()) == ["match-ontstaan", "match-uitgebreid"]
    assert kinds(await zorg.events()) == ["match-ontstaan"]

    await go_to(world, AFTER, wijkteam, jeugdhulp, zorg)
    await retire_old(world.kern)
    assert sql("SELECT DISTINCT epoche FROM koppelindex") == [(2,)]
    assert [len((await caller.matches())[0]["partijen"]) for caller in (wijkteam, jeugdhulp, zorg)] == [2, 2, 2]
    assert len(await wijkteam.events()) == 2


async def test_signals_of_two_epochs_meet_when_the_older_one_is_renewed(
    world: "World", wijkteam: "Caller", jeugdhulp: "Caller", maak_signaal: Maker
) -> None:
    older = maak_signaal("p", slots={"s1": "p"})
    await wijkteam.submit(older)
    await go_to(world, OVERLAP, wijkteam, jeugdhulp)
    await jeugdhulp.submit(maak_signaal("p", epochen=(2,), slots={"s1": "p"}))
    assert await jeugdhulp.matches() == []
    assert (await wijkteam.retoken(renewed(older, "p", s1="p"))).json() == {
        "hertokend": [{"signaal": older["id"], "epoche": 2}]
    }
    assert kinds(await wijkteam.events()) == kinds(await jeugdhulp.events()) == ["match-ontstaan"]
    assert await wijkteam.mogelijke() == []


async def test_weaker_pairs_are_found_once_and_keep_what_was_decided(
    world: "World", wijkteam: "Caller", jeugdhulp: "Caller", maak_signaal: Maker
) -> None:
    mine, theirs = maak_signaal(slots={"s1": "p"}), maak_signaal(slots={"s1": "p"})
    await wijkteam.submit(mine)
    await jeugdhulp.submit(theirs)
    [mogelijk] = await wijkteam.mogelijke()
    await wijkteam.reject(mogelijk["id"])
    await go_to(world, OVERLAP, wijkteam, jeugdhulp)
    await wijkteam.retoken(renewed(mine, s1="p"))
    await jeugdhulp.retoken(renewed(theirs, s1="p"))
    assert [(m["id"], m["status"]) for m in await wijkteam.mogelijke()] == [(mogelijk["id"], "afgewezen")]
    assert kinds(await jeugdhulp.events()) == ["mogelijke-match-ontstaan"]


async def test_renewing_again_changes_nothing(
    world: "World", wijkteam: "Caller", maak_signaal: Maker, sql: Sql
) -> None:
    own = maak_signaal("p", kaart=kaart())
    await wijkteam.submit(own)
    await go_to(world, OVERLAP, wijkteam)
    again = renewed(own, "p") | {"omslag": kaart()["omslagen"][0]["waarde"]}
    answers = [await wijkteam.retoken(again, sleutel="sleutel-1") for _ in range(2)]
    answers.append(await wijkteam.retoken(again))
    assert {(answer.status_code, answer.text) for answer in answers} == {(201, answers[0].text)}
    assert sql("SELECT count(*) FROM koppelindex")[0][0] == 24
    assert sql("SELECT count(*) FROM kaartomslag")[0][0] == 2
    assert (await wijkteam.retoken(renewed(own, "q"))).status_code == 409


async def test_who_is_refused_and_who_is_left_out(
    world: "World", wijkteam: "Caller", jeugdhulp: "Caller", maak_signaal: Maker
) -> None:
    ended, theirs = maak_signaal(), maak_signaal()
    await wijkteam.submit(ended)
    await wijkteam.withdraw(ended["id"])
    await jeugdhulp.submit(theirs)
    early = await wijkteam.retoken(renewed(ended))
    assert [(f["pad"], f["code"]) for f in early.json()["fouten"]] == [
        ("/signalen/0/tokenset/epoche", "epoche-loopt-niet")
    ]
    await go_to(world, OVERLAP, wijkteam, jeugdhulp)
    assert (await wijkteam.retoken(renewed(ended))).json() == {"hertokend": []}
    refused = await wijkteam.retoken(renewed(theirs), renewed(ended), renewed(ended))
    assert [(f["pad"], f["code"]) for f in refused.json()["fouten"]] == [
        ("/signalen/0/id", "onbekend-signaal"),
        ("/signalen/2/id", "dubbel-id"),
    ]


async def test_submitting_under_both_finds_both_and_the_newest_epoch_is_required(
    world: "World", wijkteam: "Caller", jeugdhulp: "Caller", maak_signaal: Maker
) -> None:
    await go_to(world, OVERLAP, wijkteam, jeugdhulp)
    assert [f["code"] for f in (await wijkteam.submit(maak_signaal())).json()["fouten"]] == [
        "nieuwste-epoche-ontbreekt"
    ]
    twice = maak_signaal(epochen=(2, 2))
    assert [f["code"] for f in (await wijkteam.submit(twice)).json()["fouten"]] == ["dubbele-epoche"]
    own = maak_signaal("p", epochen=(1, 2))
    for _ in range(2):
        assert (await wijkteam.submit(own)).status_code == 201
    await jeugdhulp.submit(maak_signaal("p", epochen=(1, 2)))
    assert kinds(await wijkteam.events()) == ["match-ontstaan"]


async def test_renewing_at_the_same_moment_finds_everybody_once(
    world: "World", wijkteam: "Caller", jeugdhulp: "Caller", maak_signaal: Maker, sql: Sql
) -> None:
    older = [maak_signaal(f"p{n}") for n in range(100)]
    newer = [maak_signaal(f"p{n}", epochen=(2,)) for n in range(100)]
    await wijkteam.submit(*older)
    await go_to(world, OVERLAP, wijkteam, jeugdhulp)
    batch = [renewed(signaal, f"p{n}") for n, signaal in enumerate(older)]
    answers = await asyncio.gather(wijkteam.retoken(*reversed(batch)), jeugdhulp.submit(*newer))
    assert [answer.status_code for answer in answers] == [201, 201]
    assert sql("SELECT count(*) FROM match")[0][0] == 100
    told = Counter(event["subject"] for event in await jeugdhulp.events(limiet=1000))
    assert set(told.values()) == {1}


class TestAfterTheOverlap:
    async def test_an_epoch_waits_for_signals_that_were_not_renewed(
        self, world: "World", wijkteam: "Caller", jeugdhulp: "Caller", maak_signaal: Maker, sql: Sql
    ) -> None:
        mine, theirs = maak_signaal("p"), maak_signaal("p")
        await wijkteam.submit(mine)
        await jeugdhulp.submit(theirs)
        await go_to(world, OVERLAP, wijkteam, jeugdhulp)
        await wijkteam.retoken(renewed(mine, "p"))
        await go_to(world, AFTER, wijkteam, jeugdhulp)
        await retire_old(world.kern)
        assert len(sql("SELECT DISTINCT epoche FROM koppelindex")) == 2
        assert (await wijkteam.get("/v1/epochen", convenant="nhn-2026")).json() == {
            "epochen": [
                {"nummer": 1, "status": "wacht-op-hertokening", "eigenSignalenZonder": 0},
                {"nummer": 2, "status": "loopt", "eigenSignalenZonder": 0},
            ]
        }
        behind = (await jeugdhulp.get("/v1/epochen", convenant="nhn-2026")).json()["epochen"]
        assert [epoche["eigenSignalenZonder"] for epoche in behind] == [1, 1]
        await jeugdhulp.retoken(renewed(theirs, "p"))
        await retire_old(world.kern)
        statuses = (await jeugdhulp.get("/v1/epochen", convenant="nhn-2026")).json()["epochen"]
        assert [epoche["status"] for epoche in statuses] == ["uitgetreden", "loopt"]
        assert sql("SELECT DISTINCT epoche FROM koppelindex") == [(2,)]

    async def test_a_leak_erases_at_once_and_no_match_is_lost_or_told_again(
        self, world: "World", wijkteam: "Caller", jeugdhulp: "Caller", maak_signaal: Maker, sql: Sql
    ) -> None:
        mine, theirs = maak_signaal("p", kaart=kaart()), maak_signaal("p")
        await wijkteam.submit(mine)
        await jeugdhulp.submit(theirs)
        before = {caller.oin: (await caller.matches())[0]["id"] for caller in (wijkteam, jeugdhulp)}
        await go_to(world, OVERLAP, wijkteam, jeugdhulp)
        await leak(world)
        for _ in range(2):
            await erase_leaked(world.kern)
        assert sql("SELECT 1 FROM koppelindex") == sql("SELECT 1 FROM kaartomslag") == []
        assert [len(await caller.matches()) for caller in (wijkteam, jeugdhulp)] == [1, 1]
        await wijkteam.retoken(renewed(mine, "p"))
        await jeugdhulp.retoken(renewed(theirs, "p"))
        for caller in (wijkteam, jeugdhulp):
            assert [m["id"] for m in await caller.matches()] == [before[caller.oin]]
            assert kinds(await caller.events()) == ["match-ontstaan"]
        assert (await wijkteam.submit(maak_signaal(epochen=(1, 2)))).status_code == 400
        status = (await wijkteam.get("/v1/epochen", convenant="nhn-2026")).json()["epochen"][0]["status"]
        assert status == "gelekt"

    async def test_an_organisation_erases_its_own_tokens_and_keeps_its_matches(
        self, world: "World", wijkteam: "Caller", jeugdhulp: "Caller", maak_signaal: Maker, sql: Sql
    ) -> None:
        await wijkteam.submit(maak_signaal("p"), maak_signaal())
        await jeugdhulp.submit(maak_signaal("p"))
        answer = await wijkteam.post("/v1/epochen/1/wissingen", {"convenant": "nhn-2026"})
        assert (answer.status_code, answer.json()) == (201, {"gewist": 2})
        assert (await wijkteam.post("/v1/epochen/1/wissingen", {"convenant": "nhn-2026"})).json() == {"gewist": 0}
        assert sql("SELECT count(*) FROM koppelindex")[0][0] == 12
        assert len(await wijkteam.matches()) == len(await jeugdhulp.matches()) == 1

    async def test_a_convenant_or_epoch_that_one_has_not_is_not_found(self, wijkteam: "Caller") -> None:
        answers = [
            await wijkteam.get("/v1/epochen", convenant="elders-2026"),
            await wijkteam.post("/v1/epochen/1/wissingen", {"convenant": "elders-2026"}),
            await wijkteam.post("/v1/epochen/7/wissingen", {"convenant": "nhn-2026"}),
        ]
        assert [answer.status_code for answer in answers] == [404, 404, 404]


async def leak(world: "World") -> None:
    """Bring the running matcher a version of the convenant that says that epoch 1 leaked."""
    document = document_from_yaml(world.partijen.next_version(world.text), bron="test")
    await world.publish(with_epochen(dump_yaml(document), [EPOCHEN[0] | {"gelekt": True}, EPOCHEN[1]]))
