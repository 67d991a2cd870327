"""Registering webhooks and looking after them."""

import asyncio
import json
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from convenant.types import Rol, Sector

if TYPE_CHECKING:
    from tests.conftest import Sql
    from tests.matcher.conftest import Caller, World

URL = "https://hook.example.nl/koppelradar"
BEARER = "geheim-van-de-school"


@pytest.fixture
async def school(world: "World") -> "Caller":
    return await world.in_sector(Sector.ONDERWIJS)


async def register(caller: "Caller", url: str = URL, bearer: str = BEARER) -> dict[str, Any]:
    answer = await caller.post("/v1/webhooks", {"url": url, "bearer": bearer})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def own(caller: "Caller") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await caller.get("/v1/webhooks")).json()["webhooks"]
    return found


async def test_a_webhook_waits_for_its_handshake_and_shows_no_token(school: "Caller", sql: "Sql") -> None:
    webhook = await register(school)
    assert webhook == {
        "id": webhook["id"],
        "url": URL,
        "status": "wacht-op-handdruk",
        "aangemaaktOp": "2026-05-12T10:00:00Z",
        "verwerktTot": "0000000000",
        "mislukt": 0,
        "dodeLetters": 0,
    }
    assert await own(school) == [webhook]
    [(stored,)] = sql("SELECT bearer FROM webhook")
    assert BEARER.encode() not in bytes(stored)


async def test_the_same_url_is_the_same_webhook_with_the_new_token(
    world: "World", school: "Caller", sql: "Sql"
) -> None:
    first = await register(school)
    assert await register(school, bearer="een-nieuw-geheim-token") == first
    [(id_, stored)] = sql("SELECT id, bearer FROM webhook")
    assert world.kern.required_uitgang.kluis.open(bytes(stored), id_) == "een-nieuw-geheim-token"


async def test_an_organisation_has_five_webhooks_at_most_also_when_it_registers_them_at_once(school: "Caller") -> None:
    answers = await asyncio.gather(
        *(school.post("/v1/webhooks", {"url": f"{URL}/{i}", "bearer": BEARER}) for i in range(8))
    )
    assert sorted(answer.status_code for answer in answers) == [201] * 5 + [409] * 3
    assert len(await own(school)) == 5
    await register(school, (await own(school))[0]["url"])


async def test_what_belongs_to_another_does_not_exist(world: "World", school: "Caller") -> None:
    ander = await world.in_sector(Sector.JEUGDHULP)
    for id_ in ((await register(school))["id"], str(uuid4())):
        answers = [
            await ander.http.delete(f"/v1/webhooks/{id_}", headers=ander.headers()),
            await ander.post(f"/v1/webhooks/{id_}/hervattingen", {}),
            await ander.post(f"/v1/webhooks/{id_}/herbezorgingen", {}),
            await ander.get(f"/v1/webhooks/{id_}/dode-letters"),
        ]
        assert [answer.status_code for answer in answers] == [404] * 4
        assert len({answer.json()["detail"] for answer in answers}) == 1
    assert await own(ander) == []
    assert len(await own(school)) == 1


async def test_a_webhook_that_is_removed_is_gone(school: "Caller") -> None:
    webhook = await register(school)
    answers = [await school.http.delete(f"/v1/webhooks/{webhook['id']}", headers=school.headers()) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [204, 404]
    assert await own(school) == []


@pytest.mark.parametrize(
    "url",
    [
        "ftp://hook.example.nl/",
        "https://naam:geheim@hook.example.nl/",
        "https://hook.example.nl/#stuk",
        "https://10.0.0.1/",
        "https://[fe80::1]/",
        "https://169.254.169.254/latest",
        "nergens",
    ],
)
async def test_a_url_that_the_matcher_does_not_connect_to_is_refused(school: "Caller", url: str) -> None:
    answer = await school.post("/v1/webhooks", {"url": url, "bearer": BEARER})
    assert answer.status_code == 400
    assert [fout["pad"] for fout in answer.json()["fouten"]] == ["/url"]
    assert "geheim" not in answer.text
    assert await own(school) == []


@pytest.mark.parametrize(
    "bearer", ["te-kort", "x" * 513, "met spatie en genoeg tekens", "regel\r\neinde-van-het-token", "é" * 20]
)
async def test_a_token_that_cannot_travel_is_refused_without_quoting_it(school: "Caller", bearer: str) -> None:
    answer = await school.post("/v1/webhooks", {"url": URL, "bearer": bearer})
    assert (answer.status_code, [fout["pad"] for fout in answer.json()["fouten"]]) == (400, ["/bearer"])
    assert bearer not in answer.text


async def test_who_is_told_nothing_has_no_webhook(world: "World") -> None:
    beheerder = await world.caller(world.partijen.with_rol(Rol.BEHEER))
    if {Rol.SIGNALEERDER, Rol.RADAR, Rol.PRIVACY}.isdisjoint(world.partijen.convenant.partij(beheerder.oin).rollen):
        answer = await beheerder.post("/v1/webhooks", {"url": URL, "bearer": BEARER})
        assert answer.status_code == 403


async def test_every_change_leaves_a_leaf_without_url_or_token(school: "Caller", sql: "Sql") -> None:
    id_ = (await register(school))["id"]
    await school.post(f"/v1/webhooks/{id_}/hervattingen", {})
    await school.post(f"/v1/webhooks/{id_}/herbezorgingen", {})
    await school.http.delete(f"/v1/webhooks/{id_}", headers=school.headers())
    leaves = [json.loads(tekst) for (tekst,) in sql("SELECT inhoud FROM logboek_inhoud ORDER BY blad_id")]
    assert [leaf["handeling"] for leaf in leaves] == [
        "webhook aanmelden",
        "webhook hervatten",
        "dode letters herbezorgen",
        "webhook verwijderen",
    ]
    assert {leaf["webhook"] for leaf in leaves} == {id_}
    assert "hook.example" not in json.dumps(leaves)
