"""A bulk window: asked for by an organisation, opened by two operators, used once."""

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest

from convenant.sleutelhouder.diensten.vensters import approve
from convenant.sleutelhouder.errors import BeheerFout
from convenant.sleutelhouder.instellingen import read_beheerdersleutel
from convenant.sleutelhouder.types import Beheerder, VensterId

if TYPE_CHECKING:
    from convenant.sleutelhouder.domein.venster import Venster
    from tests.conftest import Sql
    from tests.convenant.sleutelhouder.conftest import Beheer, Vrager, Wereld


async def request(vrager: "Vrager", punten: int = 30) -> str:
    answer = await vrager.post("/v1/vensters", {"convenant": "nhn-2026", "punten": punten})
    assert answer.status_code == 201, answer.text
    assert answer.json()["status"] == "aangevraagd"
    return str(answer.json()["id"])


async def approved(
    wereld: "Wereld", beheer: "Beheer", venster: str, naam: str, *, sleutel: str | None = None, **period: Any
) -> "Venster":
    kern = wereld.kern
    return await approve(
        kern.database,
        kern.beheerders,
        VensterId(UUID(venster)),
        Beheerder(naam),
        read_beheerdersleutel(beheer.sleutels[sleutel or naam]),
        van=period.get("van"),
        tot=period.get("tot"),
        op=wereld.klok(),
    )


async def test_one_operator_opens_nothing_and_two_do(
    wereld: "Wereld", school: "Vrager", beheer: "Beheer", sql: "Sql"
) -> None:
    venster = await request(school)
    await approved(wereld, beheer, venster, "anna")
    assert (await school.ask_number(11)).status_code == 429
    await approved(wereld, beheer, venster, "bas")
    assert (await school.ask_number(30)).status_code == 200
    # The window is empty, the ordinary budget of ten a minute is not.
    assert (await school.ask_number(11)).status_code == 429
    assert (await school.ask_number(10)).status_code == 200
    assert (await school.ask_number(25, "achternaam")).status_code == 200
    [shown] = (await school.get("/v1/vensters")).json()["vensters"]
    assert (shown["status"], shown["gebruikt"]) == ("open", {"zeker": 30, "achternaam": 25})
    budget = (await school.get("/v1/budget", convenant="nhn-2026")).json()
    assert budget["venster"]["id"] == venster
    zeker = next(code for code in budget["codes"] if code["code"] == "zeker")
    assert zeker["minuut"] == {"gebruikt": 10, "limiet": 10}
    assert zeker["maand"] == {"gebruikt": 10, "limiet": 40}
    assert [row.beheerder for row in sql("SELECT beheerder FROM logboek WHERE handeling = 'venster goedkeuren'")] == [
        "anna",
        "bas",
    ]
    # Window points are part of what an alarm tells.
    assert [tuple(row) for row in sql("SELECT code, gevraagd, uit_venster FROM alarm ORDER BY id")] == [
        ("zeker", 30, 30),
        ("zeker", 40, 30),
        ("achternaam", 25, 25),
    ]


async def test_one_operator_cannot_approve_twice_nor_under_the_name_of_another(
    wereld: "Wereld", school: "Vrager", beheer: "Beheer"
) -> None:
    venster = await request(school)
    await approved(wereld, beheer, venster, "anna")
    with pytest.raises(BeheerFout, match="al goedgekeurd"):
        await approved(wereld, beheer, venster, "anna")
    with pytest.raises(BeheerFout, match="niet de sleutel"):
        await approved(wereld, beheer, venster, "bas", sleutel="anna")
    with pytest.raises(BeheerFout, match="beheerdersbestand"):
        await approved(wereld, beheer, venster, "carla", sleutel="bas")
    assert (await school.ask_number(11)).status_code == 429


async def test_who_writes_in_the_database_alone_opens_nothing(
    wereld: "Wereld", school: "Vrager", beheer: "Beheer", sql: "Sql"
) -> None:
    """The role of the application can add approvals; without an operator's key they are no more than words."""
    venster = await request(school)
    await approved(wereld, beheer, venster, "anna")
    sql(
        "INSERT INTO goedkeuring SELECT venster_id, 'bas', verklaring, op FROM goedkeuring",
        als="toepassing",
    )
    assert (await school.ask_number(11)).status_code == 429
    sql("UPDATE venster SET tot = tot + interval '20 days'", als="toepassing")
    assert (await school.get("/v1/vensters")).json()["vensters"][0]["status"] == "aangevraagd"


async def test_the_second_operator_signs_the_period_of_the_first(
    wereld: "Wereld", school: "Vrager", beheer: "Beheer"
) -> None:
    venster = await request(school)
    van, tot = wereld.klok() + timedelta(days=1), wereld.klok() + timedelta(days=3)
    await approved(wereld, beheer, venster, "anna", van=van, tot=tot)
    with pytest.raises(BeheerFout, match="andere periode"):
        await approved(wereld, beheer, venster, "bas", tot=tot + timedelta(days=1))
    await approved(wereld, beheer, venster, "bas")
    assert (await school.ask_number(11)).status_code == 429
    for days, status in ((1, 200), (2, 429)):
        wereld.klok.later(days=days)
        await school.log_in()
        assert (await school.ask_number(11)).status_code == status


async def test_a_window_that_is_over_or_unknown_cannot_be_approved(
    wereld: "Wereld", school: "Vrager", beheer: "Beheer"
) -> None:
    with pytest.raises(BeheerFout, match="geen venster"):
        await approved(wereld, beheer, str(uuid4()), "anna")
    venster = await request(school)
    wereld.klok.later(days=31)
    with pytest.raises(BeheerFout, match="verlopen"):
        await approved(wereld, beheer, venster, "anna")
    await request(await school.log_in())


async def test_an_organisation_has_one_window_at_a_time_also_when_it_asks_twice_at_once(school: "Vrager") -> None:
    body = {"convenant": "nhn-2026", "punten": 5}
    answers = await asyncio.gather(*(school.post("/v1/vensters", body) for _ in range(6)))
    assert sorted(answer.status_code for answer in answers) == [201, *[409] * 5]


async def test_of_many_at_the_same_moment_the_window_gives_each_point_once(
    wereld: "Wereld", school: "Vrager", beheer: "Beheer", sql: "Sql"
) -> None:
    venster = await request(school, 20)
    for naam in ("anna", "bas"):
        await approved(wereld, beheer, venster, naam)
    answers = await asyncio.gather(*(school.ask_number(6) for _ in range(8)))
    assert sum(answer.status_code == 200 for answer in answers) == 5
    assert sql("SELECT gebruikt FROM vensterverbruik") == [(20,)]
    assert sql("SELECT maand_aantal FROM verbruik") == [(10,)]
