"""The radar list: what is new, how much there is, what presses, filtered and sorted, over HTTP."""

import base64
import json
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from convenant.types import Sector
from tests.matcher.radar import radar, register, signal, to_stand

if TYPE_CHECKING:
    from tests.conftest import Sql
    from tests.matcher.conftest import Caller, World


@pytest.fixture
async def vt(world: "World") -> "Caller":
    return await world.in_sector(Sector.VEILIG_THUIS)


@pytest.fixture
async def jeugd(world: "World") -> "Caller":
    return await world.in_sector(Sector.JEUGDHULP)


@pytest.fixture
async def wijkteam(world: "World") -> "Caller":
    return await world.in_sector(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING)


@pytest.fixture
async def drie(vt: "Caller", jeugd: "Caller", wijkteam: "Caller") -> list[str]:
    """A casus that nobody else knows, one that one other knows, and one that two know; the last one is over soonest."""
    made = [
        await register(vt, *await signal(vt, "Cem"), toestand="onderzoek"),
        await register(vt, *await signal(vt, "Bas"), toestand="monitoring"),
        await register(vt, *await signal(vt, "Anna", "zus van Anna")),
    ]
    await signal(jeugd, "Anna", "Bas")
    await signal(wijkteam, "Anna", "zus van Anna")
    return [each["id"] for each in made]


async def ids(caller: "Caller", **params: Any) -> list[str]:
    return [regel["casus"]["id"] for regel in await radar(caller, **params)]


async def test_a_line_says_how_much_there_is_and_what_is_new(
    world: "World", vt: "Caller", jeugd: "Caller", wijkteam: "Caller"
) -> None:
    made = await register(vt, *await signal(vt, "Anna", "zus van Anna"))
    await signal(jeugd, "Anna")
    world.klok.later(minutes=3)
    await signal(wijkteam, "Anna", "zus van Anna")
    [regel] = await radar(vt)
    assert {naam: waarde for naam, waarde in regel.items() if naam != "termijnen"} == {
        "casus": made,
        "nieuw": 3,
        "partijen": 2,
        "signalen": 3,
        "niveaus": {"zeker": 3},
        "laatsteOp": "2026-05-12T10:03:00Z",
        "melding": "hermelding",
    }
    assert [(t["code"], t["status"]) for t in regel["termijnen"]] == [("veiligheidsbeoordeling", "loopt")]


async def test_what_was_seen_is_not_new_and_what_comes_after_is(
    vt: "Caller", jeugd: "Caller", wijkteam: "Caller"
) -> None:
    made = await register(vt, *await signal(vt, "Anna"))
    [een] = await signal(jeugd, "Anna")
    answer = await vt.post(f"/v1/casussen/{made['id']}/inzagen", {})
    assert (answer.status_code, answer.json()) == (201, made)
    assert [(r["nieuw"], r["signalen"]) for r in await radar(vt)] == [(0, 1)]
    # At the same moment by the clock.
    await signal(wijkteam, "Anna")
    assert [(r["nieuw"], r["signalen"]) for r in await radar(vt)] == [(1, 2)]
    await jeugd.withdraw(een)
    assert [(r["nieuw"], r["signalen"]) for r in await radar(vt)] == [(1, 1)]


async def test_without_others_it_says_nothing_of_them(vt: "Caller") -> None:
    await register(vt, *await signal(vt, "Anna"))
    [regel] = await radar(vt)
    assert "laatsteOp" not in regel
    assert (regel["nieuw"], regel["partijen"], regel["signalen"], regel["niveaus"]) == (0, 0, 0, {})


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({}, [0, 1, 2]),
        ({"toestand": "monitoring"}, [1]),
        ({"toestand": "afgesloten"}, []),
        ({"nieuw": True}, [1, 2]),
        ({"nieuw": False}, [0]),
        ({"termijn": True}, []),
        ({"termijn": False}, [0, 1, 2]),
        ({"minimaalPartijen": 1}, [1, 2]),
        ({"minimaalPartijen": 2, "nieuw": True}, [2]),
        ({"sorteer": "nieuw"}, [2, 1, 0]),
        ({"sorteer": "partijen"}, [2, 1, 0]),
        ({"sorteer": "signalen"}, [2, 1, 0]),
        ({"sorteer": "niveau"}, [2, 1, 0]),
        ({"sorteer": "termijn"}, [2, 0, 1]),
        ({"sorteer": "partijen", "nieuw": True}, [2, 1]),
    ],
    ids=str,
)
async def test_it_is_filtered_and_sorted(
    vt: "Caller", drie: list[str], params: dict[str, Any], expected: list[int]
) -> None:
    assert await ids(vt, **params) == [drie[n] for n in expected]


@pytest.mark.parametrize("sorteer", [None, "nieuw", "partijen", "signalen", "niveau", "termijn"])
async def test_pages_hold_every_line_once_in_the_same_order(vt: "Caller", drie: list[str], sorteer: str | None) -> None:
    order = {"sorteer": sorteer} if sorteer else {}
    whole = await ids(vt, **order)
    found, na = list[str](), dict[str, str]()
    while True:
        answer = (await vt.get("/v1/radar", limiet=1, **order, **na)).json()
        found += [regel["casus"]["id"] for regel in answer["radar"]]
        if answer["volgende"] is None:
            break
        na = {"na": answer["volgende"]}
    assert found == whole
    assert sorted(found) == sorted(drie)


def cursor(*place: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(place).encode()).rstrip(b"=").decode()


@pytest.mark.parametrize(
    "params",
    [
        {"na": "geen-cursor"},
        {"na": cursor(1)},
        {"na": cursor("geen id")},
        {"na": cursor("00000000-0000-4000-8000-000000000000")},
        {"na": cursor(1, "x", 2), "sorteer": "nieuw"},
        {"na": cursor(True, "x"), "sorteer": "nieuw"},
        {"na": cursor("1", "x"), "sorteer": "partijen"},
        {"sorteer": "naam"},
        {"toestand": "weg"},
        {"minimaalPartijen": -1},
        {"limiet": 0},
    ],
    ids=str,
)
async def test_a_question_that_makes_no_sense_is_refused(vt: "Caller", params: dict[str, Any]) -> None:
    assert (await vt.get("/v1/radar", **params)).status_code == 400


async def test_a_closed_casus_is_shown_only_when_asked_for(vt: "Caller", drie: list[str]) -> None:
    await to_stand(vt, drie[0], "afgesloten")
    assert await ids(vt) == drie[1:]
    [regel] = await radar(vt, toestand="afgesloten")
    assert (regel["casus"]["id"], regel["melding"]) == (drie[0], "nieuwe-melding")


async def test_only_what_the_convenant_grants_counts(
    world: "World", vt: "Caller", jeugd: "Caller", drie: list[str]
) -> None:
    # A radarmelding is told where Veilig Thuis knows the person; a second match without any signal of its own is not.
    await signal(jeugd, "onbekend", soort="radarmelding")
    wijkteam = await world.in_sector(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING)
    await signal(wijkteam, "onbekend", soort="radarmelding")
    assert [regel["signalen"] for regel in await radar(vt)] == [0, 1, 3]


async def test_a_page_costs_as_many_queries_for_many_casussen_as_for_few(
    vt: "Caller", jeugd: "Caller", drie: list[str]
) -> None:
    queries: list[str] = []

    def count(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
        queries.append(statement)

    event.listen(Engine, "before_cursor_execute", count)
    try:
        await radar(vt)
        few = len(queries)
        for n in range(12):
            await register(vt, *await signal(vt, f"nog iemand {n}"))
            await signal(jeugd, f"nog iemand {n}")
        queries.clear()
        assert len(await radar(vt)) == 15
    finally:
        event.remove(Engine, "before_cursor_execute", count)
    assert few > 0
    assert len(queries) == few


async def test_reading_it_is_in_the_log_with_the_articles(vt: "Caller", drie: list[str], sql: "Sql") -> None:
    await radar(vt)
    leaves = [leaf for [leaf] in sql("SELECT inhoud::jsonb FROM logboek_inhoud ORDER BY blad_id")]
    read = [leaf for leaf in leaves if leaf.get("handeling") == "radar inzien"]
    assert [(leaf["onderwerp"], leaf["artikelen"], leaf["aantal"]) for leaf in read] == [
        (drie[0], [], 0),
        (drie[1], ["4.7, 5.1, 5.2"], 1),
        (drie[2], ["4.7, 5.1, 5.2"], 3),
    ]
