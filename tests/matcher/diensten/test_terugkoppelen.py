"""Terugkoppeling: who signalled hears from Veilig Thuis what became of it, over HTTP."""

import json
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from convenant.laden import document_from_yaml, dump_yaml
from convenant.types import Sector
from tests.matcher.radar import register, signal, termijnen, to_stand, told

if TYPE_CHECKING:
    import httpx

    from tests.conftest import Partijen, Sql
    from tests.matcher.conftest import Caller, World


@pytest.fixture
async def vt(world: "World") -> "Caller":
    return await world.in_sector(Sector.VEILIG_THUIS)


@pytest.fixture
async def jeugd(world: "World") -> "Caller":
    return await world.in_sector(Sector.JEUGDHULP)


@pytest.fixture
async def made(vt: "Caller", jeugd: "Caller") -> dict[str, Any]:
    """A casus of Veilig Thuis with Anna and Bas; the jeugdhulp signalled Anna."""
    await signal(jeugd, "Anna")
    return await register(vt, *await signal(vt, "Anna", "Bas"))


async def give(caller: "Caller", casus_id: str, **changes: Any) -> "httpx.Response":
    """About the only match that the caller sees, unless told otherwise."""
    [match, *_] = await caller.matches() or [{"id": str(uuid4()), "partijen": [{"paar": str(uuid4())}]}]
    body = {"match": match["id"], "paar": match["partijen"][0]["paar"], "opgepakt": True} | changes
    return await caller.post(f"/v1/casussen/{casus_id}/terugkoppelingen", body)


async def test_whoever_signalled_hears_what_became_of_it(
    world: "World", vt: "Caller", jeugd: "Caller", made: dict[str, Any]
) -> None:
    wijkteam = world.partijen.convenant.partij(world.partijen.in_sector(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING))
    answer = await give(vt, made["id"], overgedragenAan=wijkteam.oin, monitort=vt.oin)
    naam = world.partijen.convenant.partij(vt.oin).naam
    content = {
        "opgepakt": True,
        "overgedragenAan": {"oin": wijkteam.oin, "naam": wijkteam.naam},
        "monitort": {"oin": vt.oin, "naam": naam},
    }
    [seen] = await vt.matches()
    assert answer.status_code == 201, answer.text
    assert answer.json() == content | {
        "match": seen["id"],
        "paar": seen["partijen"][0]["paar"],
        "gegevenOp": "2026-05-12T10:00:00Z",
    }
    [match] = await jeugd.matches()
    [event] = [each for each in await jeugd.events() if each["type"] == "nl.koppelradar.terugkoppeling"]
    assert event["subject"] == match["id"]
    assert event["dataschema"].endswith("/TerugkoppelingberichtUitvoer")
    assert event["data"] == content | {
        "match": match["id"],
        "convenant": "nhn-2026",
        "paar": match["partijen"][0]["paar"],
        "artikel": "4.13",
        "grondslag": "avg-algemeen-belang",
    }


async def test_saying_it_again_tells_nothing_and_something_else_does(
    world: "World", vt: "Caller", jeugd: "Caller", made: dict[str, Any]
) -> None:
    answers = []
    for _ in range(2):
        answers.append((await give(vt, made["id"])).json())
        world.klok.later(minutes=1)
    assert answers[0] == answers[1]
    assert len(await told(jeugd, "terugkoppeling")) == 1
    await give(vt, made["id"], opgepakt=False)
    assert [each["opgepakt"] for each in await told(jeugd, "terugkoppeling")] == [True, False]


async def test_it_ends_the_term(vt: "Caller", made: dict[str, Any]) -> None:
    await to_stand(vt, made["id"], "onderzoek")
    assert "terugkoppeling-melder" in await termijnen(vt, made["id"])
    await give(vt, made["id"])
    assert set(await termijnen(vt, made["id"])) == {"onderzoek"}


async def test_only_about_a_pair_with_a_member_of_that_casus(
    world: "World", vt: "Caller", jeugd: "Caller", made: dict[str, Any]
) -> None:
    school = await world.in_sector(Sector.ONDERWIJS)
    other = await register(vt, *await signal(vt, "Cem"))
    [match] = await vt.matches()
    pair = match["partijen"][0]["paar"]
    answers = [
        await give(vt, other["id"]),
        await give(vt, made["id"], match=str(uuid4())),
        await give(vt, made["id"], paar=str(uuid4())),
        await give(vt, str(uuid4())),
        await give(jeugd, made["id"], match=match["id"], paar=pair),
        await give(school, made["id"], match=match["id"], paar=pair),
    ]
    # Who is neither radar nor regisseur anywhere has no such call.
    assert [answer.status_code for answer in answers] == [404, 404, 404, 404, 404, 403]
    assert await told(jeugd, "terugkoppeling") == []


async def test_an_organisation_that_takes_no_part_is_refused(
    vt: "Caller", jeugd: "Caller", made: dict[str, Any]
) -> None:
    answer = await give(vt, made["id"], overgedragenAan="00000099999999999000", monitort="00000099999999998000")
    assert answer.status_code == 400
    assert [fout["pad"] for fout in answer.json()["fouten"]] == ["/overgedragenAan", "/monitort"]
    assert (await give(vt, made["id"], toelichting="vrije tekst")).status_code == 400
    assert await told(jeugd, "terugkoppeling") == []


class TestNotGranted:
    @pytest.fixture
    def convenant_text(self, partijen: "Partijen") -> str:
        document = document_from_yaml(partijen.text, bron="test")
        regels = [regel for regel in document["deelregels"] if "terugkoppeling" not in regel["gebeurtenissen"]]
        return dump_yaml({**document, "deelregels": regels})

    async def test_it_is_refused_plainly_and_nothing_goes_out(
        self, vt: "Caller", jeugd: "Caller", made: dict[str, Any], sql: "Sql"
    ) -> None:
        await to_stand(vt, made["id"], "onderzoek")
        answer = await give(vt, made["id"])
        assert answer.status_code == 403
        assert jeugd.oin not in answer.text
        assert await told(jeugd, "terugkoppeling") == []
        assert sql("SELECT count(*) FROM terugkoppeling")[0][0] == 0
        leaves = [leaf for [leaf] in sql("SELECT inhoud::jsonb FROM logboek_inhoud")]
        [refused] = [leaf for leaf in leaves if leaf.get("handeling") == "terugkoppeling geven"]
        assert (refused["uitkomst"], refused["ontvanger"]) == ("geweigerd", jeugd.oin)
        assert "terugkoppeling-melder" not in await termijnen(vt, made["id"])
        assert jeugd.oin not in json.dumps(await termijnen(vt, made["id"]))
