"""Following up a match: who may take which step, who hears of it, and what everybody sees of it."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from convenant.laden import document_from_yaml
from convenant.types import Sector
from tests.matcher.diensten.meespelers import Spel, Speler, begin_spel, with_opvolging

if TYPE_CHECKING:
    from tests.conftest import Partijen
    from tests.matcher.conftest import World

Maker = Callable[..., dict[str, Any]]
Sql = Callable[..., list[Any]]
STAPPEN: list[tuple[str, dict[str, Any]]] = [
    ("contacten", {}),
    ("regievoorstellen", {"kandidaat": "00000099000000011000"}),
    ("regieaanvaardingen", {}),
    ("regieafwijzingen", {}),
    ("momenten", {"op": "2026-06-01"}),
    ("hulpmeldingen", {"hulp": "gestart"}),
    ("afsluitingen", {}),
]
REGIE = ("regie-voorgesteld", "regie-vastgesteld", "regie-overgedragen")


@pytest.fixture
def convenant_text(partijen: "Partijen") -> str:
    return with_opvolging(partijen.text)


@pytest.fixture
async def spel(world: "World", maak_signaal: Maker) -> Spel:
    return await begin_spel(world, maak_signaal)


def of(document: dict[str, Any], speler: Speler) -> dict[str, Any]:
    [found] = [each for each in document["partijen"] if each["organisatie"]["oin"] == speler.oin]
    return {name: value for name, value in found.items() if name not in ("paar", "organisatie")}


async def test_contact_is_recorded_once_and_told_to_whom_the_convenant_grants_it(spel: Spel, sql: Sql) -> None:
    first = await spel.wijkteam.do("contacten")
    spel.world.klok.later(days=1)
    await spel.log_in()
    assert await spel.wijkteam.do("contacten") == first
    assert first["eigen"] == {"contactOp": "2026-05-12"}
    assert first["toestand"] == "open"
    [told] = await spel.jeugdhulp.told("contact-vastgelegd")
    assert told == {
        "match": spel.jeugdhulp.match,
        "convenant": "nhn-2026",
        "paar": told["paar"],
        "organisatie": {"oin": spel.wijkteam.oin, "naam": told["organisatie"]["naam"]},
        "op": "2026-05-12",
        "artikel": "4.1",
        "grondslag": "avg-algemeen-belang",
    }
    assert len(await spel.school.told("contact-vastgelegd")) == 1
    assert await spel.vt.told("contact-vastgelegd") == []
    assert await spel.wijkteam.told("contact-vastgelegd") == []
    seen = await spel.jeugdhulp.stand()
    assert of(seen, spel.wijkteam) == {"contactOp": "2026-05-12"}
    assert sql("SELECT count(*) FROM opvolging_stap") == [(1,)]


async def test_hulp_is_told_to_the_radar_and_to_whom_it_is_granted(spel: Spel) -> None:
    await spel.jeugdhulp.do("hulpmeldingen", hulp="gestart")
    spel.world.klok.later(days=2)
    await spel.log_in()
    await spel.jeugdhulp.do("hulpmeldingen", hulp="stagneert")
    assert [told["hulp"] for told in await spel.vt.told("hulp-gemeld")] == ["gestart", "stagneert"]
    assert len(await spel.wijkteam.told("hulp-gemeld")) == 2
    assert await spel.school.told("hulp-gemeld") == []
    assert of(await spel.vt.stand(), spel.jeugdhulp) == {"hulp": "stagneert", "hulpSinds": "2026-05-14"}
    assert "hulp" not in of(await spel.school.stand(), spel.jeugdhulp)


async def test_a_regisseur_is_proposed_accepts_and_hands_over_on_a_day(spel: Spel) -> None:
    proposed = await spel.school.do("regievoorstellen", kandidaat=spel.wijkteam.oin)
    assert proposed["toestand"] == "regie-voorgesteld"
    assert proposed["voorstel"]["door"]["oin"] == spel.school.oin
    [heard] = await spel.wijkteam.told("regie-voorgesteld")
    assert (heard["regisseur"]["oin"], heard["door"]["oin"]) == (spel.wijkteam.oin, spel.school.oin)
    assert [len(await speler.told("regie-voorgesteld")) for speler in (spel.jeugdhulp, spel.school, spel.vt)] == [
        1,
        0,
        0,
    ]
    accepted = await spel.wijkteam.do("regieaanvaardingen")
    assert accepted["toestand"] == "regie-belegd"
    assert accepted["regisseur"] | {"naam": ""} == {
        "oin": spel.wijkteam.oin,
        "naam": "",
        "sinds": "2026-05-12",
        "eigen": True,
    }
    assert "voorstel" not in accepted
    for speler in (spel.jeugdhulp, spel.school):
        assert (await speler.stand())["regisseur"]["oin"] == spel.wijkteam.oin
        assert [told["regisseur"]["oin"] for told in await speler.told("regie-vastgesteld")] == [spel.wijkteam.oin]
    await spel.wijkteam.do("regievoorstellen", kandidaat=spel.jeugdhulp.oin, per="2026-05-20")
    handed = await spel.jeugdhulp.do("regieaanvaardingen")
    assert (handed["regisseur"]["oin"], handed["overdracht"]["per"]) == (spel.wijkteam.oin, "2026-05-20")
    [told] = await spel.school.told("regie-overgedragen")
    assert (told["regisseur"]["oin"], told["door"]["oin"], told["per"]) == (
        spel.jeugdhulp.oin,
        spel.wijkteam.oin,
        "2026-05-20",
    )
    spel.world.klok.later(days=8)
    await spel.log_in()
    after = await spel.school.stand()
    assert (after["regisseur"]["oin"], after["regisseur"]["sinds"]) == (spel.jeugdhulp.oin, "2026-05-20")
    assert "overdracht" not in after


async def test_a_hand_over_of_today_is_told_as_one(spel: Spel) -> None:
    await spel.wijkteam.do("regievoorstellen", kandidaat=spel.wijkteam.oin)
    await spel.wijkteam.do("regievoorstellen", kandidaat=spel.jeugdhulp.oin)
    await spel.jeugdhulp.do("regieaanvaardingen")
    [told] = await spel.school.told("regie-overgedragen")
    assert told["per"] == "2026-05-12"
    assert (await spel.wijkteam.stand())["regisseur"]["oin"] == spel.jeugdhulp.oin


async def test_refusals_are_sentences_that_fit_everybody(spel: Spel) -> None:
    zorg = spel.world.partijen.in_sector(Sector.GEZONDHEIDSZORG)
    cases: list[tuple[Speler, str, dict[str, Any]]] = [
        (spel.wijkteam, "regievoorstellen", {"kandidaat": zorg}),  # not in the match
        (spel.wijkteam, "regievoorstellen", {"kandidaat": spel.vt.oin}),
        (spel.wijkteam, "regievoorstellen", {"kandidaat": spel.school.oin}),  # not the role
        (spel.wijkteam, "regievoorstellen", {"kandidaat": "00000099000000999000"}),  # no party
    ]
    answers = [await speler.ask(path, **body) for speler, path, body in cases]
    assert {(answer.status_code, answer.json()["detail"]) for answer in answers} == {(409, answers[0].json()["detail"])}
    assert (await spel.school.ask("regievoorstellen", kandidaat=spel.school.oin)).status_code == 409
    assert (await spel.wijkteam.ask("regieaanvaardingen")).status_code == 409
    assert (await spel.wijkteam.ask("regieafwijzingen")).status_code == 409
    assert (await spel.wijkteam.ask("momenten", op="2026-05-11")).status_code == 409


async def test_while_there_is_a_regisseur_others_get_a_conflict(spel: Spel) -> None:
    await spel.wijkteam.do("regievoorstellen", kandidaat=spel.wijkteam.oin)
    for speler in (spel.jeugdhulp, spel.school):
        assert (await speler.ask("regievoorstellen", kandidaat=spel.jeugdhulp.oin)).status_code == 409
    assert (await spel.jeugdhulp.ask("regieaanvaardingen")).status_code == 409


async def test_of_two_that_accept_at_the_same_moment_one_becomes_regisseur(spel: Spel, sql: Sql) -> None:
    await spel.school.do("regievoorstellen", kandidaat=spel.wijkteam.oin)
    await spel.school.do("regievoorstellen", kandidaat=spel.jeugdhulp.oin)
    answers = await asyncio.gather(
        *(speler.ask("regieaanvaardingen") for speler in (spel.wijkteam, spel.jeugdhulp) for _ in range(4))
    )
    assert sorted({answer.status_code for answer in answers}) == [201, 409]
    assert sql("SELECT count(*) FROM opvolging_stap WHERE soort = 'aanvaard'") == [(1,)]
    assert len({(await speler.stand())["regisseur"]["oin"] for speler in (spel.wijkteam, spel.jeugdhulp)}) == 1


async def test_of_a_match_that_one_is_not_in_nothing_shows(spel: Spel) -> None:
    outsider = await spel.world.in_sector(Sector.GEZONDHEIDSZORG)
    for path, body in STAPPEN:
        answers = [
            await outsider.post(f"/v1/matches/{match}/{path}", body) for match in (spel.wijkteam.match, str(uuid4()))
        ]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].json() | {"instance": ""} == answers[1].json() | {"instance": ""}
    read = [await outsider.get(f"/v1/matches/{match}/opvolging") for match in (spel.wijkteam.match, str(uuid4()))]
    assert [answer.status_code for answer in read] == [404, 404]
    assert read[0].json() | {"instance": ""} == read[1].json() | {"instance": ""}


async def test_a_radar_without_a_signal_reads_and_takes_no_steps(spel: Spel) -> None:
    seen = await spel.vt.stand()
    assert (seen["eigen"], seen["termijnen"], seen["toestand"]) == ({}, [], "open")
    for path, body in STAPPEN:
        assert (await spel.vt.ask(path, **body)).status_code == 404


async def test_what_is_not_granted_is_absent(spel: Spel, world: "World", maak_signaal: Maker) -> None:
    """Article 4.5 lets a school and a treating party know of each other, and of no step of the other."""
    zorg = await world.in_sector(Sector.GEZONDHEIDSZORG)
    await zorg.submit(maak_signaal("kind", signaalsoort="zorg-om-kind"))
    behandelaar = await Speler(zorg).find()
    await spel.wijkteam.do("regievoorstellen", kandidaat=spel.wijkteam.oin)
    await spel.school.do("contacten")
    await spel.school.do("momenten", op="2026-06-01")
    seen = await behandelaar.stand()
    assert seen.keys() == {"match", "convenant", "toestand", "partijen", "eigen", "termijnen"}
    assert (seen["toestand"], seen["partijen"]) == ("open", [])
    assert await behandelaar.told(*REGIE, "contact-vastgelegd", "moment-afgesproken") == []
    # It cannot see the regisseur, so its proposal is kept and tells it nothing.
    kept = await behandelaar.do("regievoorstellen", kandidaat=spel.jeugdhulp.oin)
    assert kept["toestand"] == "regie-voorgesteld"
    assert (await spel.jeugdhulp.ask("regieaanvaardingen")).status_code == 409
    assert "voorstel" not in await spel.jeugdhulp.stand()


async def test_the_last_moment_that_one_may_know_of_is_shown_as_long_as_it_is_to_come(spel: Spel) -> None:
    await spel.school.do("momenten", op="2026-05-20")
    spel.world.klok.later(hours=1)
    await spel.log_in()
    await spel.jeugdhulp.do("momenten", op="2026-05-18")
    assert (await spel.wijkteam.stand())["volgendMoment"]["op"] == "2026-05-18"
    assert [told["moment"] for told in await spel.wijkteam.told("moment-afgesproken")] == ["2026-05-20", "2026-05-18"]
    spel.world.klok.later(days=7)
    await spel.log_in()
    assert (await spel.wijkteam.stand())["volgendMoment"]["op"] == "2026-05-20"
    spel.world.klok.later(days=7)
    await spel.log_in()
    assert "volgendMoment" not in await spel.wijkteam.stand()


async def test_the_regisseur_closes_for_everybody_and_a_new_party_opens_again_for_itself(
    spel: Spel, world: "World", maak_signaal: Maker
) -> None:
    assert (await spel.school.do("afsluitingen"))["toestand"] == "afgesloten"
    assert (await spel.jeugdhulp.stand())["toestand"] == "open"
    await spel.wijkteam.do("regievoorstellen", kandidaat=spel.wijkteam.oin)
    await spel.wijkteam.do("afsluitingen")
    assert (await spel.jeugdhulp.stand())["toestand"] == "afgesloten"
    assert (await spel.jeugdhulp.stand())["eigen"] == {"afgeslotenOp": "2026-05-12"}
    assert [t["organisatie"]["oin"] for t in await spel.jeugdhulp.told("opvolging-afgesloten")] == [
        spel.school.oin,
        spel.wijkteam.oin,
    ]
    hulp = [p.oin for p in world.partijen.convenant.partijen if p.sector is Sector.JEUGDHULP]
    new = Speler(await world.caller(next(oin for oin in hulp if oin != spel.jeugdhulp.oin)))
    await new.caller.submit(maak_signaal("kind", signaalsoort="zorg-om-kind"))
    await new.find()
    assert (await new.stand())["toestand"] == "regie-belegd"
    assert await new.termijnen() == {"contact-na-match": "2026-05-21"}
    assert await spel.jeugdhulp.termijnen() == {}


async def test_what_a_party_did_goes_with_its_last_signal(spel: Spel, maak_signaal: Maker) -> None:
    await spel.wijkteam.do("regievoorstellen", kandidaat=spel.wijkteam.oin)
    await spel.wijkteam.do("contacten")
    for signaal in (await spel.wijkteam.caller.get("/v1/signalen")).json()["signalen"]:
        await spel.wijkteam.caller.withdraw(signaal["id"])
    assert (await spel.jeugdhulp.stand())["toestand"] == "open"
    assert "regie-na-match" in await spel.jeugdhulp.termijnen()
    await spel.wijkteam.caller.submit(maak_signaal("kind", signaalsoort="zorg-om-kind"))
    back = await (await spel.wijkteam.find()).stand()
    assert (back["toestand"], back["eigen"]) == ("open", {})
    await spel.jeugdhulp.do("regievoorstellen", kandidaat=spel.jeugdhulp.oin)
    assert (await spel.wijkteam.stand())["regisseur"]["oin"] == spel.jeugdhulp.oin


async def test_a_regisseur_whose_last_day_came_is_gone_also_before_it_is_cleared(
    spel: Spel, world: "World", maak_signaal: Maker, sql: Sql
) -> None:
    await spel.wijkteam.do("regievoorstellen", kandidaat=spel.wijkteam.oin)
    sql(f"UPDATE signaal SET verloopt_op = '2026-05-13' WHERE organisatie = '{spel.wijkteam.oin}'")  # noqa: S608
    world.klok.later(days=1)
    await spel.log_in()
    assert (await spel.jeugdhulp.stand())["toestand"] == "open"
    await spel.jeugdhulp.do("regievoorstellen", kandidaat=spel.jeugdhulp.oin)
    await spel.wijkteam.caller.submit(maak_signaal("kind", signaalsoort="zorg-om-kind"))
    assert (await spel.school.stand())["regisseur"]["oin"] == spel.jeugdhulp.oin


async def test_every_step_leaves_who_did_it_and_no_content(spel: Spel, sql: Sql) -> None:
    await spel.wijkteam.do("hulpmeldingen", hulp="gestart")
    [(medewerker, organisatie)] = sql("SELECT medewerker, organisatie FROM opvolging_stap")
    assert (bytes(medewerker), organisatie) == (b"m" * 32, spel.wijkteam.oin)
    leaves = sql(
        "SELECT inhoud::jsonb->>'gebeurtenis', inhoud::jsonb->'velden' FROM logboek_inhoud"
        " WHERE inhoud::jsonb->>'handeling' = 'hulp melden' AND inhoud::jsonb->>'gebeurtenis' IS NOT NULL"
    )
    assert sorted(velden for _, velden in leaves) == [["hulp", "organisatie"]] * 2


class TestOfWhomOneCannotSee:
    @pytest.fixture
    def convenant_text(self, partijen: "Partijen") -> str:
        """Without article 4.7 a party with a signal does not hear that Veilig Thuis has one as well."""
        text = with_opvolging(partijen.text)
        document = document_from_yaml(text, bron="test")
        return with_opvolging(text, deelregels=[r for r in document["deelregels"] if r["artikel"] != "4.7"])

    async def test_a_kandidaat_hears_that_it_is_proposed_and_not_by_whom(self, spel: Spel, maak_signaal: Maker) -> None:
        await spel.vt.caller.submit(maak_signaal("kind", signaalsoort="veilig-thuis-betrokken"))
        proposed = await spel.vt.do("regievoorstellen", kandidaat=spel.wijkteam.oin)
        assert proposed["voorstel"]["door"]["oin"] == spel.vt.oin
        [told] = await spel.wijkteam.told("regie-voorgesteld")
        assert (told["regisseur"]["oin"], told["artikel"], told["grondslag"]) == (spel.wijkteam.oin, "", "")
        seen = await spel.wijkteam.stand()
        assert seen["voorstel"].keys() == {"kandidaat", "op"}
        assert "door" not in told
        assert spel.vt.oin not in str(await spel.jeugdhulp.stand()) + str(await spel.jeugdhulp.told(*REGIE))
        await spel.wijkteam.do("regieaanvaardingen")
        assert (await spel.school.stand())["regisseur"]["oin"] == spel.wijkteam.oin


class TestTermijnen:
    async def test_they_begin_with_the_match_and_end_with_what_they_ask(self, spel: Spel) -> None:
        assert await spel.wijkteam.termijnen() == {"regie-na-match": "2026-05-19", "contact-na-match": "2026-05-21"}
        assert await spel.school.termijnen() == {"contact-na-match": "2026-05-21"}
        assert await spel.vt.termijnen() == {}
        await spel.wijkteam.do("contacten")
        assert await spel.wijkteam.termijnen() == {"regie-na-match": "2026-05-19"}
        await spel.jeugdhulp.do("regievoorstellen", kandidaat=spel.jeugdhulp.oin)
        assert await spel.wijkteam.termijnen() == {}
        assert await spel.jeugdhulp.termijnen() == {"contact-na-match": "2026-05-21"}
        await spel.school.do("afsluitingen")
        assert await spel.school.termijnen() == {}

    async def test_they_stand_with_the_follow_up(self, spel: Spel) -> None:
        found = {t["code"]: t for t in (await spel.wijkteam.stand())["termijnen"]}
        assert found["contact-na-match"] | {"id": ""} == {
            "id": "",
            "convenant": "nhn-2026",
            "code": "contact-na-match",
            "artikel": "6.6",
            "onderwerp": spel.wijkteam.match,
            "onderwerpsoort": "match",
            "begonnenOp": "2026-05-12",
            "uiterlijk": "2026-05-21",
            "status": "loopt",
        }

    async def test_they_end_when_the_match_lapses_for_the_organisation(self, spel: Spel) -> None:
        for speler in (spel.wijkteam, spel.jeugdhulp):
            for signaal in (await speler.caller.get("/v1/signalen")).json()["signalen"]:
                await speler.caller.withdraw(signaal["id"])
        assert [await speler.termijnen() for speler in (spel.wijkteam, spel.jeugdhulp, spel.school)] == [{}, {}, {}]

    async def test_a_possible_match_asks_both_sides_to_look(self, world: "World", maak_signaal: Maker) -> None:
        een, ander = (Speler(c) for c in await world.callers(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING, Sector.JEUGDHULP))
        for speler in (een, ander):
            await speler.caller.submit(maak_signaal(slots={"s1": "p"}))
        [mine], [theirs] = [await speler.caller.mogelijke() for speler in (een, ander)]
        assert await een.termijnen() == await ander.termijnen() == {"bevestiging-na-mogelijke-match": "2026-05-21"}
        await een.caller.confirm(mine["id"])
        assert (await een.termijnen(), len(await ander.termijnen())) == ({}, 1)
        await ander.caller.confirm(theirs["id"])
        assert (await ander.termijnen()).keys() == {"contact-na-match", "regie-na-match"}

    async def test_a_rejection_or_an_end_leaves_nobody_to_answer(self, world: "World", maak_signaal: Maker) -> None:
        een, ander = (Speler(c) for c in await world.callers(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING, Sector.JEUGDHULP))
        for persoon in ("p", "q"):
            for speler in (een, ander):
                await speler.caller.submit(maak_signaal(slots={"s1": persoon}))
        first, second = await een.caller.mogelijke()
        await een.caller.reject(first["id"])
        await een.caller.withdraw(second["eigenSignaal"])
        assert await een.termijnen() == await ander.termijnen() == {}

    async def test_a_card_that_was_asked_for(self, spel: Spel) -> None:
        [match] = await spel.jeugdhulp.caller.matches()
        [paar] = [p["paar"] for p in match["partijen"] if p["organisatie"]["oin"] == spel.wijkteam.oin]
        for _ in range(2):
            assert (await spel.jeugdhulp.ask("kaartverzoeken", paar=paar)).status_code == 201
        assert (await spel.wijkteam.termijnen())["kaartvrijgave"] == "2026-05-18"
        [asked] = await spel.wijkteam.told("kaart-gevraagd")
        body = {"match": asked["match"], "paar": asked["paar"], "zegel": "A" * 64}
        assert (await spel.wijkteam.caller.post("/v1/kaartvrijgaven", body)).status_code == 201
        assert "kaartvrijgave" not in await spel.wijkteam.termijnen()

    async def test_a_card_of_a_signal_that_ended(self, spel: Spel) -> None:
        [match] = await spel.jeugdhulp.caller.matches()
        [paar] = [p["paar"] for p in match["partijen"] if p["organisatie"]["oin"] == spel.wijkteam.oin]
        await spel.jeugdhulp.ask("kaartverzoeken", paar=paar)
        for signaal in (await spel.wijkteam.caller.get("/v1/signalen")).json()["signalen"]:
            await spel.wijkteam.caller.withdraw(signaal["id"])
        assert await spel.wijkteam.termijnen() == {}


async def test_when_matches_are_joined_the_regisseur_that_accepted_first_stays(
    world: "World", maak_signaal: Maker
) -> None:
    """Two matches about one person, until a confirmation holds them together."""
    oins = [p.oin for p in world.partijen.convenant.partijen if p.sector is Sector.JEUGDHULP][:2]
    oins += [p.oin for p in world.partijen.convenant.partijen if p.sector is Sector.MAATSCHAPPELIJKE_ONDERSTEUNING][:2]
    a, b, c, d = [Speler(await world.caller(oin)) for oin in oins]
    for speler, persoon, bruin in ((a, "p", "x"), (c, "p", ""), (b, "q", "x"), (d, "q", "")):
        slots = {"s1": bruin} if bruin else {}
        await speler.caller.submit(maak_signaal(persoon, slots=slots))
    for speler in (a, b, c, d):
        await speler.find()
    await d.do("regievoorstellen", kandidaat=d.oin)
    world.klok.later(minutes=1)
    await c.do("regievoorstellen", kandidaat=c.oin)
    await c.do("contacten")
    for speler in (a, b):
        [mogelijk] = await speler.caller.mogelijke()
        assert (await speler.caller.confirm(mogelijk["id"])).status_code == 201
    assert (await d.stand())["regisseur"]["eigen"] is True
    assert "regisseur" not in await c.stand()  # it has no pair with d
    assert (await b.stand())["regisseur"]["oin"] == d.oin
    assert "contactOp" in (await c.stand())["eigen"]
    assert [told["regisseur"]["oin"] for told in await b.told("regie-vastgesteld")] == [d.oin, d.oin]
