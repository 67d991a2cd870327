"""The bekendheidsvraag between real organisations: who learns what, and what is left when it closes."""

import json
import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from convenant.laden import document_from_yaml, dump_yaml
from convenant.types import Sector
from matcher.diensten.bekendheid import close_bekendheidsvragen
from matcher.domein.bekendheid import BEWAARD, MAX_ANTWOORDEN, STAP
from matcher.werker import do_ronde
from tests.matcher.conftest import base64url, token

if TYPE_CHECKING:
    import httpx

    from tests.matcher.conftest import Caller, World

Maker = Callable[..., dict[str, Any]]
Sql = Callable[..., list[Any]]
REDEN = "nieuwe-melding"
TABLES = ("bekendheidsvraag", "bekendheidstoken", "bekendheidspartij", "bekendheidstreffer")


def kinds(events: list[dict[str, Any]]) -> list[str]:
    return [event["type"].removeprefix("nl.koppelradar.") for event in events]


def stored(sql: Sql) -> list[int]:
    return [sql(f"SELECT count(*) FROM {table}")[0][0] for table in TABLES]  # noqa: S608 - names of ours


def vraag(*personen: str, **changes: Any) -> dict[str, Any]:
    """A question as an SDK would put it: tokens of its own, under an id of its own."""
    id_ = str(uuid4())
    tokens = [base64url(token(f"{id_}/{persoon}"[-32:])) for persoon in personen]
    return {"id": id_, "convenant": "nhn-2026", "epoche": 1, "reden": REDEN, "tokens": tokens} | changes


def antwoord(gesteld: dict[str, Any], *personen: str, aantal: int = STAP) -> dict[str, Any]:
    """The answer of whoever knows these persons."""
    eigen = [base64url(token(f"{gesteld['id']}/{persoon}"[-32:])) for persoon in personen]
    return {"tokens": [*eigen, *(base64url(secrets.token_bytes(32)) for _ in range(aantal - len(eigen)))]}


async def ask(caller: "Caller", gesteld: dict[str, Any]) -> "httpx.Response":
    return await caller.post("/v1/bekendheidsvragen", gesteld)


async def answer(caller: "Caller", gesteld: dict[str, Any], *personen: str, **changes: Any) -> "httpx.Response":
    body = antwoord(gesteld, *personen, **changes)
    return await caller.post(f"/v1/bekendheidsvragen/{gesteld['id']}/antwoorden", body)


async def say(caller: "Caller", gesteld: dict[str, Any], persoon: str, *, bekend: bool) -> "httpx.Response":
    [own] = antwoord(gesteld, persoon, aantal=1)["tokens"]
    return await caller.post(f"/v1/bekendheidsvragen/{gesteld['id']}/akkoorden", {"token": own, "bekend": bekend})


async def stand(caller: "Caller", gesteld: dict[str, Any]) -> dict[str, Any]:
    found = await caller.get(f"/v1/bekendheidsvragen/{gesteld['id']}")
    assert found.status_code == 200, found.text
    document: dict[str, Any] = found.json()
    return document


def known(document: dict[str, Any]) -> dict[int, list[str]]:
    return {persoon["plaats"]: [o["oin"] for o in persoon["organisaties"]] for persoon in document["personen"]}


@pytest.fixture
async def vt(world: "World") -> "Caller":
    return await world.in_sector(Sector.VEILIG_THUIS)


@pytest.fixture
async def wijkteam(world: "World") -> "Caller":
    """Answers automatically."""
    return await world.in_sector(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING)


@pytest.fixture
async def ggz(world: "World") -> "Caller":
    """Answers after somebody said yes."""
    return await world.in_sector(Sector.GEZONDHEIDSZORG)


async def test_a_question_is_put_to_whom_the_convenant_names(
    world: "World", vt: "Caller", wijkteam: "Caller", ggz: "Caller"
) -> None:
    gesteld = vraag("jan", "piet")
    done = await ask(vt, gesteld)
    assert done.status_code == 201, done.text
    body = done.json()
    assert {**body, "gesteldOp": ""} == {
        "id": gesteld["id"],
        "convenant": "nhn-2026",
        "gesteldOp": "",
        "uiterlijk": "2026-05-18",
        "gevraagd": 15,
    }
    [to_wijkteam], [to_ggz] = await wijkteam.events(), await ggz.events()
    assert kinds([to_wijkteam, to_ggz]) == ["bekendheidsvraag"] * 2
    known_by_all = {"id": gesteld["id"], "convenant": "nhn-2026", "epoche": 1, "uiterlijk": "2026-05-18"}
    assert to_wijkteam["data"] == known_by_all | {"wijze": "automatisch"}
    vrager = {"oin": vt.oin, "naam": world.partijen.convenant.partij(vt.oin).naam}
    assert to_ggz["data"] == known_by_all | {"wijze": "na-akkoord", "vrager": vrager}
    assert to_ggz["dataschema"].endswith("/BekendheidsvraagberichtUitvoer")
    school = await world.in_sector(Sector.ONDERWIJS)
    assert await school.events() == []


async def test_who_answers_automatically_is_named_and_learns_nothing(
    world: "World", vt: "Caller", wijkteam: "Caller"
) -> None:
    gesteld = vraag("jan", "piet", "klaas")
    await ask(vt, gesteld)
    for personen in ((), ("marie",), ("piet", "marie")):
        done = await answer(wijkteam, gesteld, *personen)
        assert (done.status_code, done.json()) == (201, {"akkoordNodig": []})
    [event] = await vt.events()
    partij = world.partijen.convenant.partij(wijkteam.oin)
    told = {
        "contact": {
            "afdeling": partij.contact.afdeling,
            "telefoon": partij.contact.telefoon,
            "email": partij.contact.email,
        },
        "artikel": "5.4",
        "grondslag": "wmo-veilig-thuis",
    }
    name = {"oin": wijkteam.oin, "naam": partij.naam}
    assert kinds([event]) == ["bekendheidsantwoord"]
    assert event["data"] == {"id": gesteld["id"], "convenant": "nhn-2026", "plaats": 1, "organisatie": name} | told
    document = await stand(vt, gesteld)
    assert (document["status"], document["beantwoord"], document["gevraagd"]) == ("loopt", 1, 15)
    assert document["personen"] == [{"plaats": 1, "organisaties": [name | told]}]


async def test_after_a_yes_the_asker_knows_and_after_a_no_it_knows_nothing(vt: "Caller", ggz: "Caller") -> None:
    gesteld = vraag("jan", "piet")
    await ask(vt, gesteld)
    before = await stand(vt, gesteld)
    done = await answer(ggz, gesteld, "marie", "piet", "jan")
    assert done.json() == {"akkoordNodig": [1, 2]}
    assert known(await stand(vt, gesteld)) == {}
    no = await say(ggz, gesteld, "jan", bekend=False)
    assert (no.status_code, no.json()) == (201, {"id": gesteld["id"], "bekend": False})
    assert await vt.events() == []
    # Exactly what it would see when nobody was known: that so many have answered.
    assert await stand(vt, gesteld) == before | {"beantwoord": 1}
    assert (await say(ggz, gesteld, "piet", bekend=True)).status_code == 201
    assert known(await stand(vt, gesteld)) == {1: [ggz.oin]}
    assert [event["data"]["plaats"] for event in await vt.events()] == [1]


async def test_what_was_said_stands_when_it_is_said_again(vt: "Caller", ggz: "Caller") -> None:
    gesteld = vraag("jan")
    await ask(vt, gesteld)
    await answer(ggz, gesteld, "jan")
    for _ in range(2):
        assert (await say(ggz, gesteld, "jan", bekend=False)).status_code == 201
    # Decided already, so nobody is bothered again.
    assert (await answer(ggz, gesteld, "jan")).json() == {"akkoordNodig": []}
    for _ in range(2):
        assert (await say(ggz, gesteld, "jan", bekend=True)).status_code == 201
    assert len(await vt.events()) == 1
    taken_back = await say(ggz, gesteld, "jan", bekend=False)
    assert taken_back.status_code == 409
    assert known(await stand(vt, gesteld)) == {0: [ggz.oin]}


async def test_nobody_says_yes_for_a_token_that_its_own_answer_did_not_find(
    vt: "Caller", wijkteam: "Caller", ggz: "Caller"
) -> None:
    gesteld = vraag("jan")
    await ask(vt, gesteld)
    await answer(wijkteam, gesteld, "jan")
    refusals = [
        await say(ggz, gesteld, "jan", bekend=True),
        await say(ggz, gesteld, "marie", bekend=True),
        await say(wijkteam, gesteld, "jan", bekend=False),
        await say(wijkteam, gesteld, "marie", bekend=False),
    ]
    assert [refusal.status_code for refusal in refusals] == [404] * 4
    assert len({refusal.json()["detail"] for refusal in refusals}) == 1


async def test_who_was_not_asked_and_a_question_that_is_not_there_look_the_same(
    world: "World", vt: "Caller", ggz: "Caller"
) -> None:
    gesteld, nowhere = vraag("jan"), vraag("jan")
    await ask(vt, gesteld)
    school = await world.in_sector(Sector.ONDERWIJS)
    answers = [await answer(school, gesteld, "jan"), await answer(school, nowhere, "jan")]
    answers += [await say(school, gesteld, "jan", bekend=True), await say(school, nowhere, "jan", bekend=True)]
    assert {found.status_code for found in answers} == {404}
    assert len({found.json()["detail"] for found in answers}) == 1
    reading = [await ggz.get(f"/v1/bekendheidsvragen/{one['id']}") for one in (gesteld, nowhere)]
    reading += [await ggz.post(f"/v1/bekendheidsvragen/{one['id']}/sluitingen", {}) for one in (gesteld, nowhere)]
    assert {found.status_code for found in reading} == {404}
    assert len({found.json()["detail"] for found in reading}) == 1


async def test_a_token_of_one_question_finds_nothing_in_another(vt: "Caller", wijkteam: "Caller") -> None:
    een, ander = vraag("jan"), vraag("jan")
    for gesteld in (een, ander):
        await ask(vt, gesteld)
    replayed = antwoord(een, "jan")
    done = await wijkteam.post(f"/v1/bekendheidsvragen/{ander['id']}/antwoorden", replayed)
    assert done.status_code == 201
    assert known(await stand(vt, ander)) == {}
    assert await vt.events() == []


async def test_putting_the_same_question_again_changes_nothing_and_counts_once(
    vt: "Caller", wijkteam: "Caller", sql: Sql
) -> None:
    gesteld = vraag("jan", "piet")
    first, again = await ask(vt, gesteld), await ask(vt, gesteld)
    assert (again.status_code, again.json()) == (201, first.json())
    assert len(await wijkteam.events()) == 1
    assert sql("SELECT bekendheidsvragen FROM telling") == [(2,)]
    assert (await ask(vt, gesteld | {"tokens": gesteld["tokens"][:1]})).status_code == 409


async def test_a_question_of_another_organisation_under_a_known_id_is_a_conflict(
    vt: "Caller", wijkteam: "Caller"
) -> None:
    gesteld = vraag("jan")
    await ask(vt, gesteld)
    assert (await ask(wijkteam, gesteld)).status_code == 409


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"reden": "nieuwsgierig"}, 400, "onbekende-reden"),
        ({"epoche": 7}, 400, "epoche-loopt-niet"),
        ({"convenant": "bestaat-niet"}, 400, "onbekend-convenant"),
        ({"tokens": []}, 400, None),
        ({"tokens": [base64url(bytes(32))] * 2}, 400, "dubbel-token"),
        ({"reden": None}, 400, None),
        ({"reden": "Zij maakt zich zorgen om haar zusje"}, 400, None),
        ({"toelichting": "vrije tekst"}, 400, None),
    ],
)
async def test_a_question_that_the_convenant_does_not_take_is_refused_in_words(
    vt: "Caller", sql: Sql, changes: dict[str, Any], status: int, code: str | None
) -> None:
    refused = await ask(vt, {naam: waarde for naam, waarde in (vraag("jan") | changes).items() if waarde is not None})
    assert refused.status_code == status
    if code is not None:
        assert [fout["code"] for fout in refused.json()["fouten"]] == [code]
    assert "zusje" not in refused.text
    assert stored(sql) == [0, 0, 0, 0]


async def test_more_than_fifty_persons_do_not_fit_in_one_question(vt: "Caller") -> None:
    assert (await ask(vt, vraag(*(f"p{n}" for n in range(51))))).status_code == 400


async def test_who_has_no_rule_is_told_so_whatever_is_known(wijkteam: "Caller", maak_signaal: Maker) -> None:
    before = await ask(wijkteam, vraag("jan"))
    await wijkteam.submit(maak_signaal("jan"))
    after = await ask(wijkteam, vraag("jan"))
    assert (before.status_code, after.status_code) == (403, 403)
    assert (
        before.json()["detail"]
        == after.json()["detail"]
        == ("Het convenant laat uw organisatie geen bekendheidsvragen stellen.")
    )


@pytest.mark.parametrize("aantal", [STAP - 1, STAP + 1, 1, 0])
async def test_an_answer_that_is_not_padded_is_refused(vt: "Caller", wijkteam: "Caller", aantal: int) -> None:
    gesteld = vraag("jan")
    await ask(vt, gesteld)
    assert (await answer(wijkteam, gesteld, aantal=aantal)).status_code == 400


async def test_an_answer_holds_no_more_tokens_than_the_organisation_has_signals(
    vt: "Caller", wijkteam: "Caller"
) -> None:
    """Else an organisation could try, without a signal, of whom is being asked."""
    gesteld = vraag("jan")
    await ask(vt, gesteld)
    assert (await answer(wijkteam, gesteld, aantal=2 * STAP)).status_code == 413
    assert (await answer(wijkteam, gesteld, "jan")).status_code == 201


async def test_nobody_answers_without_end(vt: "Caller", ggz: "Caller") -> None:
    gesteld = vraag("jan")
    await ask(vt, gesteld)
    for _ in range(MAX_ANTWOORDEN):
        assert (await answer(ggz, gesteld)).status_code == 201
    assert (await answer(ggz, gesteld, "jan")).status_code == 409


async def test_a_client_who_was_entered_later_is_still_found(vt: "Caller", wijkteam: "Caller") -> None:
    gesteld = vraag("jan")
    await ask(vt, gesteld)
    await answer(wijkteam, gesteld)
    assert known(await stand(vt, gesteld)) == {}
    await answer(wijkteam, gesteld, "jan")
    assert known(await stand(vt, gesteld)) == {0: [wijkteam.oin]}


async def test_an_answer_after_the_last_day_comes_too_late(
    world: "World", vt: "Caller", wijkteam: "Caller", ggz: "Caller"
) -> None:
    gesteld = vraag("jan")
    await ask(vt, gesteld)
    await answer(ggz, gesteld, "jan")
    world.klok.later(days=7)
    for caller in (vt, wijkteam, ggz):
        await caller.log_in()
    # Also before anybody cleared it.
    assert (await stand(vt, gesteld))["status"] == "gesloten"
    assert (await answer(wijkteam, gesteld, "jan")).status_code == 409
    assert (await say(ggz, gesteld, "jan", bekend=True)).status_code == 409
    assert known(await stand(vt, gesteld)) == {}


async def test_when_it_closes_no_token_of_it_is_left_and_nothing_of_who_was_not_named(
    world: "World", vt: "Caller", wijkteam: "Caller", ggz: "Caller", sql: Sql
) -> None:
    gesteld = vraag("jan", "piet", "klaas")
    await ask(vt, gesteld)
    await answer(wijkteam, gesteld, "jan")
    await answer(ggz, gesteld, "jan", "piet", "klaas")
    await say(ggz, gesteld, "piet", bekend=False)
    hashes = [row[0] for row in sql("SELECT token_hash FROM bekendheidstoken")]
    assert len(hashes) == 3
    closed = await vt.post(f"/v1/bekendheidsvragen/{gesteld['id']}/sluitingen", {})
    assert closed.status_code == 201
    assert (closed.json()["status"], known(closed.json())) == ("gesloten", {0: [wijkteam.oin]})
    assert stored(sql) == [1, 0, 15, 1]
    everything = _everything(sql)
    for written in hashes:
        assert written.hex() not in everything
    for text in gesteld["tokens"]:
        assert text not in everything
    again = await vt.post(f"/v1/bekendheidsvragen/{gesteld['id']}/sluitingen", {})
    assert again.json() == closed.json()
    assert (await ask(vt, gesteld)).status_code == 201  # sent again: nothing comes back
    assert stored(sql) == [1, 0, 15, 1]


def _everything(sql: Sql) -> str:
    """Every row of every table, as text; bytes show in hex."""
    names = sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    rows = [sql(f"SELECT t::text FROM {name} t") for (name,) in names]  # noqa: S608 - names of ours
    return json.dumps([[str(row[0]) for row in table] for table in rows])


async def test_the_search_for_tokens_finds_them_while_the_question_runs(vt: "Caller", sql: Sql) -> None:
    await ask(vt, vraag("jan"))
    [(written,)] = sql("SELECT token_hash FROM bekendheidstoken")
    assert written.hex() in _everything(sql)


async def test_what_does_not_coincide_is_kept_nowhere(
    vt: "Caller", wijkteam: "Caller", world: "World", sql: Sql
) -> None:
    gesteld = vraag("jan")
    await ask(vt, gesteld)
    before = sql("SELECT count(*) FROM bekendheidstoken")
    await answer(wijkteam, gesteld, "marie", "piet")
    assert sql("SELECT count(*) FROM bekendheidstoken") == before
    pepper = world.kern.pepper
    for persoon in ("marie", "piet"):
        own = token(f"{gesteld['id']}/{persoon}"[-32:])
        assert pepper.hash(own).hex() not in _everything(sql)
        assert own.hex() not in _everything(sql)


async def test_the_worker_closes_what_is_over_and_erases_it_a_month_later(
    world: "World", vt: "Caller", wijkteam: "Caller", sql: Sql
) -> None:
    gesteld = vraag("jan")
    await ask(vt, gesteld)
    await answer(wijkteam, gesteld, "jan")
    assert await close_bekendheidsvragen(world.kern) == 0
    world.klok.later(days=7)
    assert await close_bekendheidsvragen(world.kern) == 1
    assert await close_bekendheidsvragen(world.kern) == 0
    assert stored(sql) == [1, 0, 15, 1]
    assert known(await stand(await vt.log_in(), gesteld)) == {0: [wijkteam.oin]}
    world.klok.later(seconds=BEWAARD.total_seconds() + 1)
    await do_ronde(world.kern)
    assert stored(sql) == [0, 0, 0, 0]
    assert (await (await vt.log_in()).get(f"/v1/bekendheidsvragen/{gesteld['id']}")).status_code == 404


async def test_after_a_leak_the_questions_of_that_epoch_are_over(
    world: "World", vt: "Caller", wijkteam: "Caller", sql: Sql
) -> None:
    gesteld = vraag("jan")
    await ask(vt, gesteld)
    await world.publish(_leaked(world))
    await world.kern.refresh()
    assert await close_bekendheidsvragen(world.kern) == 1
    assert sql("SELECT count(*) FROM bekendheidstoken") == [(0,)]
    assert (await answer(wijkteam, gesteld, "jan")).status_code == 409


def _leaked(world: "World") -> str:
    document = document_from_yaml(world.text, bron="test")
    [een] = document["epochen"]
    return world.partijen.next_version(world.text, epochen=[{**een, "gelekt": True}])


class TestOnlyAutomatic:
    """Everybody whom the convenant names answers by itself."""

    @pytest.fixture
    def convenant_text(self, partijen: Any) -> str:
        document = document_from_yaml(partijen.text, bron="test")
        wie = {"sectoren": ["jeugdhulp"]}
        document["bekendheid"]["regels"] = [{"partijen": wie, "wijze": "automatisch"}]
        return dump_yaml(document)

    async def test_it_closes_when_all_have_answered(self, world: "World", vt: "Caller", sql: Sql) -> None:
        gesteld = vraag("jan")
        asked = (await ask(vt, gesteld)).json()["gevraagd"]
        jeugdhulp = [p.oin for p in world.partijen.convenant.partijen if p.sector is Sector.JEUGDHULP]
        assert asked == len(jeugdhulp)
        for oin in jeugdhulp:
            assert (await stand(vt, gesteld))["status"] == "loopt"
            await answer(await world.caller(oin), gesteld, "jan")
        document = await stand(vt, gesteld)
        assert (document["status"], document["beantwoord"]) == ("gesloten", asked)
        assert known(document) == {0: sorted(jeugdhulp)}
        assert sql("SELECT count(*) FROM bekendheidstoken") == [(0,)]


async def test_it_stays_open_while_somebody_who_needs_a_yes_was_asked(
    world: "World", vt: "Caller", ggz: "Caller"
) -> None:
    gesteld = vraag("jan")
    await ask(vt, gesteld)
    sectors = {Sector.JEUGDHULP, Sector.MAATSCHAPPELIJKE_ONDERSTEUNING, Sector.GEZONDHEIDSZORG}
    for partij in world.partijen.convenant.partijen:
        if partij.sector in sectors:
            await answer(await world.caller(partij.oin), gesteld)
    document = await stand(vt, gesteld)
    assert (document["status"], document["beantwoord"], document["gevraagd"]) == ("loopt", 15, 15)


class TestCap:
    """A limit of three persons in a month."""

    @pytest.fixture
    def convenant_text(self, partijen: Any) -> str:
        document = document_from_yaml(partijen.text, bron="test")
        for regel in document["plafonds"]:
            regel["bekendheidsvragen"] = {"perDuizend": 0, "minstens": 3}
        return dump_yaml(document)

    async def test_beyond_it_nothing_is_asked_and_the_next_month_begins_anew(
        self, world: "World", vt: "Caller", wijkteam: "Caller", sql: Sql
    ) -> None:
        assert (await ask(vt, vraag("jan", "piet"))).status_code == 201
        refused = await ask(vt, vraag("klaas", "marie"))
        assert refused.status_code == 429
        problem = refused.json()
        assert [fout["code"] for fout in problem["fouten"]] == ["plafond-bekendheidsvragen"]
        assert timedelta(days=19) < timedelta(seconds=int(refused.headers["retry-after"])) < timedelta(days=20)
        assert sql("SELECT bekendheidsvragen FROM telling") == [(2,)]
        assert len(await wijkteam.events()) == 1
        assert (await ask(vt, vraag("klaas"))).status_code == 201
        assert (await ask(vt, vraag("marie"))).status_code == 429
        world.klok.later(days=20)
        assert (await ask(await vt.log_in(), vraag("klaas", "marie", "jan"))).status_code == 201


async def test_the_log_says_who_asked_why_and_who_was_named_on_which_article(
    vt: "Caller", wijkteam: "Caller", ggz: "Caller", sql: Sql
) -> None:
    gesteld = vraag("jan", "piet")
    await ask(vt, gesteld)
    await answer(wijkteam, gesteld, "jan")
    await answer(ggz, gesteld, "piet")
    await say(ggz, gesteld, "piet", bekend=False)
    await stand(vt, gesteld)
    bladen = [json.loads(row[0]) for row in sql("SELECT inhoud FROM logboek_inhoud ORDER BY blad_id")]
    [asked] = [b for b in bladen if b.get("handeling") == "bekendheidsvraag stellen" and "reden" in b]
    assert (asked["organisatie"], asked["reden"], asked["aantal"], asked["artikel"]) == (vt.oin, REDEN, 2, "10.2")
    told = [b for b in bladen if b.get("gebeurtenis") == "bekendheidsvraag"]
    assert len(told) == 15
    assert {b["artikel"] for b in told} == {"10.2"}
    [disclosed] = [b for b in bladen if b.get("gebeurtenis") == "bekendheidsantwoord"]
    assert (disclosed["ontvanger"], disclosed["artikel"]) == (vt.oin, "5.4")
    assert disclosed["velden"] == ["contact", "organisatie"]
    [read] = [b for b in bladen if b.get("handeling") == "bekendheidsvraag inzien"]
    assert (read["uitkomst"], read["artikel"]) == ("verstrekt", "5.4")
    [decided] = [b for b in bladen if b.get("handeling") == "bekendheid zeggen"]
    assert (decided["organisatie"], decided["uitkomst"]) == (ggz.oin, "verwerkt")
    assert "bekend" not in decided
    acts = {b["handeling"] for b in bladen}
    assert {"bekendheidsvraag stellen", "bekendheidsvraag beantwoorden", "bekendheid zeggen"} <= acts
    assert not any(text in blad for blad in map(json.dumps, bladen) for text in gesteld["tokens"])


async def test_reading_when_nobody_is_known_leaves_a_leaf_too(vt: "Caller", sql: Sql) -> None:
    gesteld = vraag("jan")
    await ask(vt, gesteld)
    await stand(vt, gesteld)
    bladen = [json.loads(row[0]) for row in sql("SELECT inhoud FROM logboek_inhoud ORDER BY blad_id")]
    assert [b["uitkomst"] for b in bladen if b.get("handeling") == "bekendheidsvraag inzien"] == ["verwerkt"]


async def test_what_the_convenant_no_longer_grants_is_told_no_more(
    world: "World", vt: "Caller", wijkteam: "Caller", ggz: "Caller", sql: Sql
) -> None:
    gesteld = vraag("jan")
    await ask(vt, gesteld)
    await answer(wijkteam, gesteld, "jan")
    assert known(await stand(vt, gesteld)) == {0: [wijkteam.oin]}
    regels = document_from_yaml(world.text, bron="test")["deelregels"]
    for regel in regels:
        if "bekendheidsvraag" in regel["gebeurtenissen"]:
            # Not of every kind that they may submit any more, so of none.
            regel["signaalsoorten"] = ["zorg-om-kind"]
    await world.publish(world.partijen.next_version(world.text, deelregels=regels))
    assert known(await stand(vt, gesteld)) == {}
    assert (await answer(ggz, gesteld, "jan")).json() == {"akkoordNodig": []}
    bladen = [json.loads(row[0]) for row in sql("SELECT inhoud FROM logboek_inhoud ORDER BY blad_id")]
    refused = [b["handeling"] for b in bladen if b.get("uitkomst") == "geweigerd"]
    assert refused == ["bekendheidsvraag inzien", "bekendheidsvraag beantwoorden"]
    assert kinds(await vt.events()).count("bekendheidsantwoord") == 1
