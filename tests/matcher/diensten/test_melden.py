"""Who hears what of a match, over HTTP, with the convenant deciding."""

import ast
import inspect
import json
import re
from collections.abc import Callable
from dataclasses import MISSING, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import pytest

from convenant.beleid import Besluit
from convenant.laden import document_from_yaml, dump_yaml
from convenant.types import Sector, Veld
from matcher.diensten.melden import Nieuws
from matcher.domein.grond import Afspraak, EigenZaak, Grond, Toezicht
from matcher.domein.melding import Partijmelding
from tests.matcher.conftest import kaart

if TYPE_CHECKING:
    from tests.conftest import Sql
    from tests.matcher.conftest import Caller, World

Maker = Callable[..., dict[str, Any]]
ZORG = "zorg-om-kind"
ALWAYS = {"paar", "artikel", "grondslag"}
"""What of a party stands in every match: under what name the pair goes, and why it may be told."""

_REFUSED = "SELECT inhoud::jsonb FROM logboek_inhoud WHERE inhoud::jsonb->>'uitkomst' = 'geweigerd'"


def kinds(events: list[dict[str, Any]]) -> list[str]:
    return [event["type"].removeprefix("nl.koppelradar.match-") for event in events]


def named(event: dict[str, Any]) -> list[str]:
    return sorted(partij["organisatie"]["oin"] for partij in event["data"]["partijen"])


async def test_two_organisations_hear_of_each_other(world: "World", maak_signaal: Maker) -> None:
    wijkteam, jeugdhulp = await world.callers(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING, Sector.JEUGDHULP)
    own, other = maak_signaal("p"), maak_signaal("p")
    await wijkteam.submit(own)
    assert await wijkteam.events() == []
    await jeugdhulp.submit(other)

    [first] = await wijkteam.events()
    [second] = await jeugdhulp.events()
    assert kinds([first, second]) == ["ontstaan", "ontstaan"]
    assert first["subject"] == second["subject"]
    assert first["data"]["eigenSignalen"] == [own["id"]]
    [partij] = first["data"]["partijen"]
    assert partij.pop("paar")
    assert partij == {
        "organisatie": {"oin": jeugdhulp.oin, "naam": "Parlan Jeugdhulp"},
        "contact": {
            "afdeling": "Aanmelding en advies",
            "telefoon": "072-000 00 31",
            "email": "advies@parlan.example.nl",
        },
        "signaalsoort": "huiselijk-geweld",
        "ingediendOp": "2026-05-12",
        "artikel": "4.1",
        "grondslag": "avg-algemeen-belang",
    }
    [listed] = (await wijkteam.get("/v1/matches")).json()["matches"]
    assert listed["partijen"][0].pop("paar")
    assert listed == first["data"]


async def test_a_third_organisation_extends_the_match(world: "World", maak_signaal: Maker) -> None:
    wijkteam, jeugdhulp, zorg = await world.callers(
        Sector.MAATSCHAPPELIJKE_ONDERSTEUNING, Sector.JEUGDHULP, Sector.GEZONDHEIDSZORG
    )
    for caller in (wijkteam, jeugdhulp, zorg):
        await caller.submit(maak_signaal("p"))

    assert kinds(await wijkteam.events()) == ["ontstaan", "uitgebreid"]
    assert named((await wijkteam.events())[1]) == sorted([jeugdhulp.oin, zorg.oin])
    assert kinds(await zorg.events()) == ["ontstaan"]
    assert named((await zorg.events())[0]) == sorted([wijkteam.oin, jeugdhulp.oin])
    assert len({event["subject"] for caller in (wijkteam, jeugdhulp, zorg) for event in await caller.events()}) == 1


async def test_the_radar_hears_of_a_match_without_a_signal_of_its_own(world: "World", maak_signaal: Maker) -> None:
    vt, wijkteam, jeugdhulp = await world.callers(
        Sector.VEILIG_THUIS, Sector.MAATSCHAPPELIJKE_ONDERSTEUNING, Sector.JEUGDHULP
    )
    await wijkteam.submit(maak_signaal("p"))
    assert await vt.events() == []
    await jeugdhulp.submit(maak_signaal("p"))

    [event] = await vt.events()
    assert event["data"]["eigenSignalen"] == []
    assert named(event) == sorted([wijkteam.oin, jeugdhulp.oin])
    assert all(
        partij.keys() == {"paar", "organisatie", "contact", "artikel", "grondslag"}
        for partij in event["data"]["partijen"]
    )
    [listed] = (await vt.get("/v1/matches")).json()["matches"]
    assert listed == event["data"]


async def test_a_party_is_not_told_of_one_that_the_convenant_hides_from_it(world: "World", maak_signaal: Maker) -> None:
    # Article 4.7: schools do not learn that Veilig Thuis takes part.
    school, vt = await world.callers(Sector.ONDERWIJS, Sector.VEILIG_THUIS)
    await school.submit(maak_signaal("p", signaalsoort=ZORG))
    await vt.submit(maak_signaal("p", signaalsoort=ZORG))

    assert await school.events() == []
    assert (await school.get("/v1/matches", limiet=1)).json() == {"matches": [], "volgende": None}
    assert named((await vt.events())[0]) == [school.oin]


async def test_a_refusal_is_in_the_access_log_with_its_reason(world: "World", maak_signaal: Maker, sql: "Sql") -> None:
    school, vt = await world.callers(Sector.ONDERWIJS, Sector.VEILIG_THUIS)
    await school.submit(maak_signaal("p", signaalsoort=ZORG))
    await vt.submit(maak_signaal("p", signaalsoort=ZORG))

    leaves = [json.loads(inhoud) for (inhoud,) in sql("SELECT inhoud FROM logboek_inhoud")]
    [refusal] = [leaf for leaf in leaves if leaf.get("uitkomst") == "geweigerd"]
    assert refusal["ontvanger"] == school.oin
    assert refusal["reden"].startswith("Geen deelregel van het convenant staat dit toe;")
    assert (refusal["convenant"], refusal["convenantversie"]) == ("nhn-2026", 1)
    assert vt.oin not in json.dumps({**refusal, "organisatie": ""})


async def test_that_a_hidden_party_joins_or_leaves_does_not_show(world: "World", maak_signaal: Maker) -> None:
    school, jeugdhulp, vt = await world.callers(Sector.ONDERWIJS, Sector.JEUGDHULP, Sector.VEILIG_THUIS)
    for caller in (school, jeugdhulp):
        await caller.submit(maak_signaal("p", signaalsoort=ZORG))
    before = await school.events()
    hidden = maak_signaal("p", signaalsoort=ZORG)
    await vt.submit(hidden)
    await vt.withdraw(hidden["id"])

    assert kinds(before) == ["ontstaan"]
    assert await school.events() == before
    assert kinds(await jeugdhulp.events()) == ["ontstaan", "uitgebreid", "gekrompen"]


async def test_a_match_lapses_for_whom_the_last_visible_party_leaves(world: "World", maak_signaal: Maker) -> None:
    school, jeugdhulp, vt = await world.callers(Sector.ONDERWIJS, Sector.JEUGDHULP, Sector.VEILIG_THUIS)
    leaving = maak_signaal("p", signaalsoort=ZORG)
    await vt.submit(maak_signaal("p", signaalsoort=ZORG))
    await school.submit(maak_signaal("p", signaalsoort=ZORG))
    await jeugdhulp.submit(leaving)
    await jeugdhulp.withdraw(leaving["id"])

    events = await school.events()
    assert kinds(events) == ["ontstaan", "vervallen"]
    assert events[-1]["data"]["partijen"] == []
    assert (await school.get("/v1/matches")).json()["matches"] == []
    assert kinds(await vt.events()) == ["ontstaan", "uitgebreid", "gekrompen"]


async def test_an_organisation_hears_that_its_second_signal_joined_and_others_hear_it_too(
    world: "World", maak_signaal: Maker
) -> None:
    wijkteam, jeugdhulp = await world.callers(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING, Sector.JEUGDHULP)
    signalen = [maak_signaal("p"), maak_signaal("p")]
    await wijkteam.submit(signalen[0])
    await jeugdhulp.submit(maak_signaal("p"))
    await wijkteam.submit(signalen[1])

    events = await wijkteam.events()
    assert kinds(events) == ["ontstaan", "uitgebreid"]
    assert events[-1]["data"]["eigenSignalen"] == [signaal["id"] for signaal in signalen]
    assert named((await jeugdhulp.events())[-1]) == [wijkteam.oin, wijkteam.oin]


async def test_one_organisation_alone_makes_no_match(world: "World", maak_signaal: Maker) -> None:
    [wijkteam] = await world.callers(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING)
    await wijkteam.submit(maak_signaal("p"), maak_signaal("p"))
    await wijkteam.submit(maak_signaal("p"))
    assert await wijkteam.events() == []
    assert (await wijkteam.get("/v1/matches")).json()["matches"] == []


async def test_a_token_in_another_slot_is_another_token(world: "World", maak_signaal: Maker) -> None:
    wijkteam, jeugdhulp = await world.callers(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING, Sector.JEUGDHULP)
    await wijkteam.submit(maak_signaal("p"))
    await jeugdhulp.submit(maak_signaal(slots={"s5": "p"}))
    assert await wijkteam.events() == await jeugdhulp.events() == []


async def test_every_disclosure_is_in_the_log_with_its_article(
    world: "World", maak_signaal: Maker, sql: Callable[..., list[Any]]
) -> None:
    wijkteam, jeugdhulp = await world.callers(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING, Sector.JEUGDHULP)
    await wijkteam.submit(maak_signaal("p"))
    await jeugdhulp.submit(maak_signaal("p"))
    found = sql(
        "SELECT inhoud::jsonb->>'ontvanger', inhoud::jsonb->>'artikel', inhoud::jsonb->>'grondslag' FROM logboek_inhoud"
        " WHERE inhoud::jsonb ? 'ontvanger' AND inhoud::jsonb->>'gebeurtenis' <> 'signaal-ontvangen'"
    )
    radar = world.partijen.in_sector(Sector.VEILIG_THUIS)
    assert sorted(map(tuple, found)) == sorted(
        [
            (wijkteam.oin, "4.1", "avg-algemeen-belang"),
            (jeugdhulp.oin, "4.1", "avg-algemeen-belang"),
            (radar, "5.1", "wmo-veilig-thuis"),
            (radar, "5.1", "wmo-veilig-thuis"),
        ]
    )


class TestWithBerichten:
    """Article 4.1 grants five fields; in the message itself may stand who it is, and for the wijkteam nothing else."""

    @pytest.fixture
    def convenant_text(self, convenant_text: str) -> str:
        document = document_from_yaml(convenant_text, bron="test")
        regel = {
            "ontvangers": {"sectoren": ["maatschappelijke-ondersteuning"]},
            "gebeurtenissen": ["match"],
            "velden": ["organisatie"],
        }
        return dump_yaml(document | {"berichten": [regel]})

    @pytest.fixture
    async def matched(self, world: "World", maak_signaal: Maker) -> "list[Caller]":
        callers = await world.callers(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING, Sector.JEUGDHULP)
        for caller in callers:
            await caller.submit(
                maak_signaal("p", kaart=kaart(*(other.oin for other in callers if other is not caller)))
            )
        return callers

    async def test_a_message_holds_these_fields_and_all_granted_ones_can_be_fetched(
        self, matched: "list[Caller]"
    ) -> None:
        wijkteam, jeugdhulp = matched
        [event] = await wijkteam.events()
        [told] = event["data"]["partijen"]
        assert told.keys() == ALWAYS | {"organisatie"}
        assert told["organisatie"]["oin"] == jeugdhulp.oin
        [listed] = await wijkteam.matches()
        [fetched] = listed["partijen"]
        assert fetched.keys() == ALWAYS | {"organisatie", "contact", "signaalsoort", "ingediendOp", "kaart"}
        assert {naam: fetched[naam] for naam in told} == told
        assert {**listed, "partijen": []} == {**event["data"], "partijen": []}

    async def test_who_the_section_does_not_name_is_told_everything_at_once(self, matched: "list[Caller]") -> None:
        _, jeugdhulp = matched
        [event] = await jeugdhulp.events()
        [listed] = await jeugdhulp.matches()
        assert event["data"] == listed
        assert listed["partijen"][0].keys() > ALWAYS | {"contact", "kaart"}

    async def test_what_is_stored_for_the_receiver_holds_no_more_than_that(
        self, matched: "list[Caller]", sql: Callable[..., list[Any]]
    ) -> None:
        wijkteam, _ = matched
        [[inhoud]] = sql(
            "SELECT inhoud FROM notificatie WHERE ontvanger = :oin AND soort = 'match-ontstaan'", oin=wijkteam.oin
        )
        assert [partij.keys() for partij in inhoud["partijen"]] == [ALWAYS | {"organisatie"}]

    async def test_the_log_says_what_stood_in_the_message_and_what_was_fetched(
        self, matched: "list[Caller]", sql: Callable[..., list[Any]]
    ) -> None:
        wijkteam, jeugdhulp = matched
        velden = "SELECT inhoud::jsonb->'velden' FROM logboek_inhoud WHERE inhoud::jsonb->>{} = :oin AND inhoud::jsonb"
        told = velden.format("'ontvanger'") + "->>'gebeurtenis' = 'match-ontstaan'"
        everything = sorted({*Veld} - {Veld.OVEREENKOMST, Veld.TERUGKOPPELING})
        assert sql(told, oin=wijkteam.oin) == [(["organisatie"],)]
        assert sql(told, oin=jeugdhulp.oin) == [(everything,)]
        await wijkteam.matches()
        fetched = velden.format("'organisatie'") + "->>'handeling' = 'matches inzien'"
        assert sql(fetched, oin=wijkteam.oin) == [(everything,)]


class TestWithASingleDeelregel:
    """On a match only article 4.1 is left: youth care and social support learn of each other, the radar nothing.

    The others are in a rule on acute danger, because a convenant has no parties that nothing is for.
    """

    @pytest.fixture
    def convenant_text(self, convenant_text: str) -> str:
        document = document_from_yaml(convenant_text, bron="test")
        acuut = document["deelregels"][0] | {
            "artikel": "4.2",
            "gebeurtenissen": ["acuut"],
            "niveaus": ["mogelijk"],
            "velden": ["organisatie", "contact"],
            "tussen": [{"alle": True}, {"alle": True}],
            "signaalsoorten": "alle",
            "grondslag": "avg-algemeen-belang",
        }
        return dump_yaml(document | {"deelregels": [document["deelregels"][0], acuut]})

    async def test_whoever_is_granted_nothing_hears_nothing(
        self, world: "World", maak_signaal: Maker, sql: Callable[..., list[Any]]
    ) -> None:
        vt, zorg, justitie = await world.callers(Sector.VEILIG_THUIS, Sector.GEZONDHEIDSZORG, Sector.JUSTITIE)
        signaal = maak_signaal("p")
        await zorg.submit(signaal)
        await justitie.submit(maak_signaal("p"))
        await zorg.withdraw(signaal["id"])

        assert sql("SELECT count(*) FROM match")[0][0] == 1
        for caller in (vt, zorg, justitie):
            assert await caller.events() == []
            assert (await caller.get("/v1/matches")).json() == {"matches": [], "volgende": None}
        assert sql("SELECT 1 FROM notificatie WHERE soort <> 'signaal-ontvangen'") == []

    async def test_what_was_refused_is_in_the_log_with_the_reason_and_the_version(
        self, world: "World", maak_signaal: Maker, sql: Callable[..., list[Any]]
    ) -> None:
        vt = world.partijen.in_sector(Sector.VEILIG_THUIS)
        zorg, justitie = await world.callers(Sector.GEZONDHEIDSZORG, Sector.JUSTITIE)
        await zorg.submit(maak_signaal("p"))
        await justitie.submit(maak_signaal("p"))

        found = [inhoud for [inhoud] in sql(_REFUSED)]
        assert sorted(inhoud["ontvanger"] for inhoud in found) == sorted([vt, vt, zorg.oin, justitie.oin])
        [match] = {inhoud["match"] for inhoud in found if inhoud["ontvanger"] == vt}
        assert (match,) == tuple(sql("SELECT id::text FROM match")[0])
        names = {str(word) for partij in world.partijen.convenant.partijen for word in (partij.oin, partij.naam)}
        for inhoud in found:
            assert (inhoud["gebeurtenis"], inhoud["convenant"], inhoud["convenantversie"]) == ("besluit", "nhn-2026", 1)
            assert (inhoud["organisatie"], inhoud["handeling"]) == (justitie.oin, "signaal indienen")
            assert inhoud["reden"]
            assert not any(name in inhoud["reden"] for name in names)
            assert inhoud.keys().isdisjoint({"artikel", "grondslag", "velden"})

    async def test_a_refusal_names_the_version_that_refused(
        self, world: "World", maak_signaal: Maker, sql: Callable[..., list[Any]]
    ) -> None:
        zorg, justitie = await world.callers(Sector.GEZONDHEIDSZORG, Sector.JUSTITIE)
        await zorg.submit(maak_signaal("p"))
        await world.publish(world.partijen.next_version(world.text))
        await justitie.submit(maak_signaal("p"))
        assert {inhoud["convenantversie"] for [inhoud] in sql(_REFUSED)} == {2}

    async def test_reading_leaves_what_was_refused_as_well(
        self, world: "World", maak_signaal: Maker, sql: Callable[..., list[Any]]
    ) -> None:
        zorg, justitie = await world.callers(Sector.GEZONDHEIDSZORG, Sector.JUSTITIE)
        for caller in (zorg, justitie):
            await caller.submit(maak_signaal("p"))
        before = len(sql(_REFUSED))
        assert await zorg.matches() == []
        [read] = [inhoud for [inhoud] in sql(_REFUSED) if inhoud["handeling"] == "matches inzien"]
        assert (read["ontvanger"], read["organisatie"], len(sql(_REFUSED))) == (zorg.oin, zorg.oin, before + 1)

    async def test_a_possible_match_that_nobody_may_hear_of_leaves_its_refusals(
        self, world: "World", maak_signaal: Maker, sql: Callable[..., list[Any]]
    ) -> None:
        school, justitie = await world.callers(Sector.ONDERWIJS, Sector.JUSTITIE)
        for caller in (school, justitie):
            await caller.submit(maak_signaal(slots={"s1": "p"}, signaalsoort=ZORG))
        assert sorted(inhoud["ontvanger"] for [inhoud] in sql(_REFUSED)) == sorted([school.oin, justitie.oin])
        assert sql("SELECT count(*) FROM paar")[0][0] == 0

    async def test_what_was_granted_is_no_refusal(
        self, world: "World", maak_signaal: Maker, sql: Callable[..., list[Any]]
    ) -> None:
        vt = world.partijen.in_sector(Sector.VEILIG_THUIS)
        for caller in await world.callers(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING, Sector.JEUGDHULP):
            await caller.submit(maak_signaal("p"))
        assert {inhoud["ontvanger"] for [inhoud] in sql(_REFUSED)} == {vt}

    async def test_pages_say_nothing_of_matches_that_are_not_shown(self, world: "World", maak_signaal: Maker) -> None:
        zorg, wijkteam, jeugdhulp = await world.callers(
            Sector.GEZONDHEIDSZORG, Sector.MAATSCHAPPELIJKE_ONDERSTEUNING, Sector.JEUGDHULP
        )
        await zorg.submit(*(maak_signaal(f"verborgen {n}") for n in range(4)))
        await wijkteam.submit(*(maak_signaal(f"verborgen {n}") for n in range(4)), maak_signaal("p"), maak_signaal("q"))
        await jeugdhulp.submit(maak_signaal("p"), maak_signaal("q"))

        first = (await wijkteam.get("/v1/matches", limiet=1)).json()
        second = (await wijkteam.get("/v1/matches", limiet=1, na=first["volgende"])).json()
        assert len(first["matches"]) == len(second["matches"]) == 1
        assert first["matches"][0]["id"] != second["matches"][0]["id"]
        assert second["volgende"] is None
        assert (await wijkteam.get("/v1/matches", limiet=2)).json()["volgende"] is None


class TestEveryNotificationNeedsAGround:
    """There is one way in: `Nieuws`, which wants a decision of the convenant, or says what else it tells on."""

    @pytest.fixture
    def calls(self, wortel: Path) -> Callable[[str], set[tuple[str, str]]]:
        """Where something is called: module and function."""
        folder = wortel / "matcher"
        trees = {str(p.relative_to(folder)): ast.parse(p.read_text(encoding="utf-8")) for p in folder.rglob("*.py")}

        def found(name: str) -> set[tuple[str, str]]:
            return {
                (module, function.name)
                for module, tree in trees.items()
                for function in ast.walk(tree)
                if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
                for node in ast.walk(function)
                if isinstance(node, ast.Call) and ast.unparse(node.func) == name
            }

        return found

    def test_they_are_made_in_one_place_and_read_back_in_another(
        self, calls: Callable[[str], set[tuple[str, str]]]
    ) -> None:
        made = {("diensten/melden.py", "_notificatie"), ("opslag/notificaties.py", "_notificatie")}
        assert calls("Notificatie") == made
        assert calls("self._notificatie") == {("diensten/melden.py", "tell"), ("diensten/melden.py", "tell_matches")}
        assert calls("notificaties.add") == {("diensten/melden.py", "write")}

    def test_nothing_else_writes_into_the_outbox(self, wortel: Path) -> None:
        storage = {"opslag/notificaties.py", "opslag/tabellen/__init__.py", "opslag/tabellen/dienst.py"}
        for path in (wortel / "matcher").rglob("*.py"):
            module, text = str(path.relative_to(wortel / "matcher")), path.read_text(encoding="utf-8")
            assert "NotificatieRij" not in text or module in storage
            assert not re.search(r"INTO\s+\"?notificatie\b", text, re.IGNORECASE)

    def test_telling_wants_a_ground(self) -> None:
        grond = inspect.signature(Nieuws.tell).parameters["grond"]
        assert (grond.kind, grond.default) == (inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.empty)
        assert set(get_args(Grond)) == {Besluit, Toezicht, EigenZaak, Afspraak}

    def test_a_match_is_told_of_parties_that_were_each_decided_on(self) -> None:
        [besluit, *_] = fields(Partijmelding)
        assert (besluit.name, besluit.default, besluit.default_factory) == ("besluit", MISSING, MISSING)
