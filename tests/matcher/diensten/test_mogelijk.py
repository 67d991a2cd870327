"""Possible matches: nothing is told but that they exist, and both sides decide."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from convenant.laden import document_from_yaml, dump_yaml
from convenant.profielen import NL_1
from convenant.types import Niveau, Rol, Sector
from matcher.diensten.beeindigen import expire

if TYPE_CHECKING:
    from tests.matcher.conftest import Caller, World

Maker = Callable[..., dict[str, Any]]
Sql = Callable[..., list[Any]]
WAARSCHIJNLIJK, BEGIN, *_ = NL_1.slots_of(Niveau.WAARSCHIJNLIJK)
MOGELIJK = NL_1.slots_of(Niveau.MOGELIJK)[0]
NAMEN, ACHTERNAAM = f"s{WAARSCHIJNLIJK}", f"s{MOGELIJK}"


def kinds(events: list[dict[str, Any]]) -> list[str]:
    return [event["type"].removeprefix("nl.koppelradar.") for event in events]


@pytest.fixture
async def wijkteam(world: "World") -> "Caller":
    return await world.in_sector(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING)


@pytest.fixture
async def jeugdhulp(world: "World") -> "Caller":
    return await world.in_sector(Sector.JEUGDHULP)


@pytest.fixture
async def pair(wijkteam: "Caller", jeugdhulp: "Caller", maak_signaal: Maker) -> tuple[dict[str, Any], dict[str, Any]]:
    """Two signals that share two weaker slots, and the possible match as each side knows it."""
    await wijkteam.submit(maak_signaal(slots={NAMEN: "p", ACHTERNAAM: "p"}))
    await jeugdhulp.submit(maak_signaal(slots={NAMEN: "p", ACHTERNAAM: "p"}))
    [mine], [theirs] = await wijkteam.mogelijke(), await jeugdhulp.mogelijke()
    return mine, theirs


async def test_both_sides_hear_which_slots_coincide_and_nothing_else(
    wijkteam: "Caller", jeugdhulp: "Caller", maak_signaal: Maker
) -> None:
    own, other = maak_signaal(slots={NAMEN: "p", ACHTERNAAM: "p"}), maak_signaal(slots={NAMEN: "p", ACHTERNAAM: "p"})
    await wijkteam.submit(own)
    await jeugdhulp.submit(other)
    [event] = await wijkteam.events()
    assert event["type"] == "nl.koppelradar.mogelijke-match-ontstaan"
    assert event["dataschema"].endswith("/MogelijkeMatchUitvoer")
    assert event["subject"] == event["data"]["id"]
    assert event["data"] == {
        "id": event["data"]["id"],
        "convenant": "nhn-2026",
        "niveau": "waarschijnlijk",
        "sloten": [slot.code for n, slot in enumerate(NL_1.slots) if n in (WAARSCHIJNLIJK, MOGELIJK)],
        "ontstaanOp": "2026-05-12T10:00:00Z",
        "eigenSignaal": own["id"],
        "status": "open",
    }
    assert await wijkteam.mogelijke() == [event["data"]]
    [theirs] = await jeugdhulp.mogelijke()
    assert theirs["id"] != event["data"]["id"]
    assert theirs["eigenSignaal"] == other["id"]
    assert await wijkteam.matches() == await jeugdhulp.matches() == []


async def test_the_best_slot_gives_the_level(wijkteam: "Caller", jeugdhulp: "Caller", maak_signaal: Maker) -> None:
    await wijkteam.submit(maak_signaal(slots={ACHTERNAAM: "p"}))
    await jeugdhulp.submit(maak_signaal(slots={ACHTERNAAM: "p"}))
    [found] = await wijkteam.mogelijke()
    assert (found["niveau"], found["sloten"]) == ("mogelijk", [NL_1.slots[MOGELIJK].code])


async def test_who_shares_slot_zeker_is_no_possible_match(
    wijkteam: "Caller", jeugdhulp: "Caller", maak_signaal: Maker
) -> None:
    for caller in (wijkteam, jeugdhulp):
        await caller.submit(maak_signaal("p", slots={NAMEN: "p"}))
    assert await wijkteam.mogelijke() == []
    assert kinds(await wijkteam.events()) == ["match-ontstaan"]


async def test_one_confirmation_is_told_to_nobody(
    wijkteam: "Caller", jeugdhulp: "Caller", pair: tuple[dict[str, Any], dict[str, Any]]
) -> None:
    answer = await wijkteam.confirm(pair[0]["id"])
    assert (answer.status_code, answer.json()["status"]) == (201, "door-u-bevestigd")
    assert [m["status"] for m in await jeugdhulp.mogelijke()] == ["open"]
    assert kinds(await jeugdhulp.events()) == ["mogelijke-match-ontstaan"]
    assert await wijkteam.matches() == []


async def test_two_confirmations_make_a_match_of_that_level(
    wijkteam: "Caller", jeugdhulp: "Caller", pair: tuple[dict[str, Any], dict[str, Any]]
) -> None:
    for _ in range(2):
        await wijkteam.confirm(pair[0]["id"])
    for _ in range(2):
        answer = await jeugdhulp.confirm(pair[1]["id"])
        assert answer.json()["status"] == "bevestigd"
    for caller, other in ((wijkteam, jeugdhulp), (jeugdhulp, wijkteam)):
        assert kinds(await caller.events()) == [
            "mogelijke-match-ontstaan",
            "mogelijke-match-bevestigd",
            "match-ontstaan",
        ]
        [match] = await caller.matches()
        assert match["niveau"] == "waarschijnlijk"
        assert match["partijen"][0]["organisatie"]["oin"] == other.oin


async def test_a_match_by_confirmation_began_when_it_was_confirmed(
    world: "World", wijkteam: "Caller", jeugdhulp: "Caller", pair: tuple[dict[str, Any], dict[str, Any]]
) -> None:
    world.klok.later(minutes=2)
    await wijkteam.confirm(pair[0]["id"])
    world.klok.later(minutes=2)
    await jeugdhulp.confirm(pair[1]["id"])
    [match] = await wijkteam.matches()
    assert match["ontstaanOp"] == "2026-05-12T10:04:00Z"


async def test_confirmations_at_the_same_moment_make_one_match(
    wijkteam: "Caller", jeugdhulp: "Caller", pair: tuple[dict[str, Any], dict[str, Any]], sql: Sql
) -> None:
    await asyncio.gather(
        *(caller.confirm(m["id"]) for m, caller in zip(pair * 3, (wijkteam, jeugdhulp) * 3, strict=True))
    )
    assert sql("SELECT count(*) FROM match")[0][0] == 1
    assert kinds(await wijkteam.events()).count("match-ontstaan") == 1


async def test_confirming_grants_nothing_between_others(
    world: "World", wijkteam: "Caller", jeugdhulp: "Caller", maak_signaal: Maker
) -> None:
    zorg = await world.in_sector(Sector.GEZONDHEIDSZORG)
    await zorg.submit(maak_signaal("p", slots={NAMEN: "z"}))
    await wijkteam.submit(maak_signaal("p", slots={NAMEN: "w"}))
    await jeugdhulp.submit(maak_signaal(slots={NAMEN: "w"}))
    before = await zorg.events()
    for caller in (wijkteam, jeugdhulp):
        [mogelijk] = await caller.mogelijke()
        await caller.confirm(mogelijk["id"])
    [match] = await wijkteam.matches()
    assert sorted(p["organisatie"]["oin"] for p in match["partijen"]) == sorted([zorg.oin, jeugdhulp.oin])
    assert match["niveau"] == "zeker"
    [seen] = await jeugdhulp.matches()
    assert [p["organisatie"]["oin"] for p in seen["partijen"]] == [wijkteam.oin]
    assert await zorg.events() == before
    assert [p["organisatie"]["oin"] for p in (await zorg.matches())[0]["partijen"]] == [wijkteam.oin]


async def test_a_confirmed_pair_joins_two_matches_and_only_who_sees_it_hears(
    world: "World", wijkteam: "Caller", jeugdhulp: "Caller", maak_signaal: Maker, sql: Sql
) -> None:
    zorg, justitie = await world.callers(Sector.GEZONDHEIDSZORG, Sector.JUSTITIE)
    await wijkteam.submit(maak_signaal("p", slots={NAMEN: "w"}))
    await zorg.submit(maak_signaal("p"))
    await justitie.submit(maak_signaal("q"))
    await jeugdhulp.submit(maak_signaal("q", slots={NAMEN: "w"}))
    before = {caller.oin: (await caller.events(), await caller.matches()) for caller in (zorg, justitie)}
    mine = {caller.oin: (await caller.matches())[0]["id"] for caller in (wijkteam, jeugdhulp)}
    for caller in (wijkteam, jeugdhulp):
        await caller.confirm((await caller.mogelijke())[0]["id"])

    assert sql("SELECT count(DISTINCT match_id) FROM matchlid WHERE vertrokken_op IS NULL")[0][0] == 1
    assert sql("SELECT count(*) FROM match WHERE vervallen_op IS NULL")[0][0] == 1
    for caller in (zorg, justitie):
        assert (await caller.events(), await caller.matches()) == before[caller.oin]
    for caller in (wijkteam, jeugdhulp):
        [match] = await caller.matches()
        assert (match["id"], len(match["partijen"])) == (mine[caller.oin], 2)
        assert kinds(await caller.events())[-1] == "match-uitgebreid"


async def test_a_rejected_pair_stays_rejected_and_the_other_learns_only_that_it_is_over(
    wijkteam: "Caller", jeugdhulp: "Caller", pair: tuple[dict[str, Any], dict[str, Any]]
) -> None:
    await jeugdhulp.confirm(pair[1]["id"])
    for _ in range(2):
        assert (await wijkteam.reject(pair[0]["id"])).json()["status"] == "afgewezen"
    event = (await jeugdhulp.events())[-1]
    assert event["type"] == "nl.koppelradar.mogelijke-match-afgewezen"
    assert event["data"] == pair[1] | {"status": "afgewezen"}
    for caller, mogelijk in ((wijkteam, pair[0]), (jeugdhulp, pair[1])):
        assert (await caller.confirm(mogelijk["id"])).status_code == 409
    assert await wijkteam.matches() == []


async def test_a_rejection_before_the_other_decided_is_no_event(
    wijkteam: "Caller", jeugdhulp: "Caller", pair: tuple[dict[str, Any], dict[str, Any]]
) -> None:
    await wijkteam.reject(pair[0]["id"])
    assert kinds(await jeugdhulp.events()) == ["mogelijke-match-ontstaan"]
    assert [m["status"] for m in await jeugdhulp.mogelijke()] == ["afgewezen"]


async def test_what_both_confirmed_cannot_be_rejected(
    wijkteam: "Caller", jeugdhulp: "Caller", pair: tuple[dict[str, Any], dict[str, Any]]
) -> None:
    await wijkteam.confirm(pair[0]["id"])
    await jeugdhulp.confirm(pair[1]["id"])
    assert (await wijkteam.reject(pair[0]["id"])).status_code == 409


async def test_that_of_another_or_of_nobody_is_not_found(
    wijkteam: "Caller", jeugdhulp: "Caller", pair: tuple[dict[str, Any], dict[str, Any]]
) -> None:
    for act in (wijkteam.confirm, wijkteam.reject):
        answers = [await act(id_) for id_ in (pair[1]["id"], str(uuid4()))]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].json() | {"instance": ""} == answers[1].json() | {"instance": ""}
    assert [m["status"] for m in await jeugdhulp.mogelijke()] == ["open"]


async def test_withdrawing_ends_the_pair_and_the_other_hears_it(
    wijkteam: "Caller", jeugdhulp: "Caller", pair: tuple[dict[str, Any], dict[str, Any]]
) -> None:
    await wijkteam.withdraw(pair[0]["eigenSignaal"])
    event = (await jeugdhulp.events())[-1]
    assert event["type"] == "nl.koppelradar.mogelijke-match-vervallen"
    assert event["data"]["status"] == "vervallen"
    assert kinds(await wijkteam.events()) == ["mogelijke-match-ontstaan"]
    assert await jeugdhulp.mogelijke() == await wijkteam.mogelijke() == []
    assert (await jeugdhulp.confirm(pair[1]["id"])).status_code == 409


async def test_a_pair_of_which_one_signal_expired_can_no_longer_be_confirmed(
    world: "World", wijkteam: "Caller", jeugdhulp: "Caller", maak_signaal: Maker
) -> None:
    await wijkteam.submit(maak_signaal(slots={NAMEN: "p"}, verlooptOp="2026-06-01"))
    await jeugdhulp.submit(maak_signaal(slots={NAMEN: "p"}))
    [mogelijk] = await jeugdhulp.mogelijke()
    world.klok.later(days=30)
    await jeugdhulp.log_in()
    assert await jeugdhulp.mogelijke() == []
    assert (await jeugdhulp.confirm(mogelijk["id"])).status_code == 404
    await expire(world.kern)
    assert kinds(await jeugdhulp.events())[-1] == "mogelijke-match-vervallen"


async def test_acute_danger_lets_one_side_decide_and_the_fg_reviews(world: "World", maak_signaal: Maker) -> None:
    vt, wijkteam = await world.callers(Sector.VEILIG_THUIS, Sector.MAATSCHAPPELIJKE_ONDERSTEUNING)
    fg = await world.caller(world.partijen.with_rol(Rol.PRIVACY))
    await wijkteam.submit(maak_signaal(slots={NAMEN: "p"}))
    await vt.submit(maak_signaal(slots={NAMEN: "p"}))
    [mogelijk] = await vt.mogelijke()
    answer = await vt.confirm(mogelijk["id"], acuut=True)
    assert (answer.status_code, answer.json()["status"]) == (201, "bevestigd")
    [match] = await vt.matches()
    assert match["partijen"][0]["organisatie"]["oin"] == wijkteam.oin
    assert match["partijen"][0]["artikel"] == "4.10"
    assert kinds(await wijkteam.events())[:2] == ["mogelijke-match-ontstaan", "acuut-bevestigd"]
    [review] = await fg.events()
    assert review["type"] == "nl.koppelradar.acuut-bevestigd"
    assert set(review["data"]["oins"]) == {vt.oin, wijkteam.oin}
    assert review["data"].keys() == {"id", "convenant", "niveau", "sloten", "ontstaanOp", "status", "oins"}

    [theirs] = await wijkteam.mogelijke()
    assert theirs["status"] == "open"
    assert (await wijkteam.reject(theirs["id"])).status_code == 201
    assert await vt.matches() == []
    assert kinds(await vt.events())[-2:] == ["mogelijke-match-afgewezen", "match-vervallen"]


async def test_without_an_article_nobody_decides_alone(
    wijkteam: "Caller", pair: tuple[dict[str, Any], dict[str, Any]]
) -> None:
    answer = await wijkteam.confirm(pair[0]["id"], acuut=True)
    assert (answer.status_code, answer.json()["type"]) == (403, "urn:problem-type:koppelradar:geen-toegang")
    assert [m["status"] for m in await wijkteam.mogelijke()] == ["open"]


async def test_pages_follow_each_other(wijkteam: "Caller", jeugdhulp: "Caller", maak_signaal: Maker) -> None:
    await wijkteam.submit(*(maak_signaal(slots={NAMEN: f"p{n}"}) for n in range(5)))
    await jeugdhulp.submit(*(maak_signaal(slots={NAMEN: f"p{n}"}) for n in range(5)))
    seen, cursor = [], None
    for _ in range(3):
        page = (await wijkteam.get("/v1/mogelijke-matches", limiet=2, **({"na": cursor} if cursor else {}))).json()
        seen += [m["id"] for m in page["mogelijkeMatches"]]
        cursor = page["volgende"]
    assert cursor is None
    assert seen == [m["id"] for m in await wijkteam.mogelijke()]
    other = (await jeugdhulp.mogelijke())[0]["id"]
    assert (await wijkteam.get("/v1/mogelijke-matches", na=other)).status_code == 400


async def test_two_batches_at_the_same_moment_find_every_pair_once(
    wijkteam: "Caller", jeugdhulp: "Caller", maak_signaal: Maker, sql: Sql
) -> None:
    persons = range(300)
    batches = [[maak_signaal(slots={f"s{BEGIN}": f"p{n}"}) for n in order] for order in (persons, reversed(persons))]
    answers = await asyncio.gather(wijkteam.submit(*batches[0]), jeugdhulp.submit(*batches[1]))
    assert [answer.status_code for answer in answers] == [201, 201]
    assert sql("SELECT count(*) FROM paar")[0][0] == 300
    for caller in (wijkteam, jeugdhulp):
        events = await caller.events(limiet=1000)
        assert len({event["data"]["eigenSignaal"] for event in events}) == len(events) == 300


async def test_every_telling_of_a_pair_names_its_article(
    wijkteam: "Caller", pair: tuple[dict[str, Any], dict[str, Any]], sql: Sql
) -> None:
    found = sql(
        "SELECT inhoud::jsonb->>'ontvanger', inhoud::jsonb->>'artikel', inhoud::jsonb->'velden' FROM logboek_inhoud"
        " WHERE inhoud::jsonb->>'gebeurtenis' = 'mogelijke-match-ontstaan'"
    )
    assert [tuple(row)[1:] for row in found] == [("4.8", ["overeenkomst"])] * 2


class TestWithoutAnArticleForPossibleMatches:
    @pytest.fixture
    def convenant_text(self, convenant_text: str) -> str:
        document = document_from_yaml(convenant_text, bron="test")
        regels = [r for r in document["deelregels"] if "mogelijke-match" not in r["gebeurtenissen"]]
        return dump_yaml(document | {"deelregels": regels})

    async def test_no_pair_is_kept_or_told(
        self, wijkteam: "Caller", jeugdhulp: "Caller", maak_signaal: Maker, sql: Sql
    ) -> None:
        for caller in (wijkteam, jeugdhulp):
            await caller.submit(maak_signaal(slots={NAMEN: "p"}))
        assert sql("SELECT 1 FROM paar") == []
        assert await wijkteam.events() == await wijkteam.mogelijke() == []
