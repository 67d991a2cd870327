"""Budgets over HTTP and in the database: never more than the convenant gives, whoever asks at the same moment."""

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from structlog.testing import capture_logs

from convenant.sleutelhouder.diensten import evalueren
from convenant.types import Sector

if TYPE_CHECKING:
    from tests.conftest import Sql
    from tests.convenant.sleutelhouder.conftest import Vrager, Wereld


def findings(answer: Any) -> list[tuple[str, str]]:
    return [(fout["pad"], fout["code"]) for fout in answer.json().get("fouten", ())]


async def test_a_full_minute_has_room_again_exactly_when_retry_after_says(wereld: "Wereld", school: "Vrager") -> None:
    assert (await school.ask_number(6)).status_code == 200
    wereld.klok.later(seconds=20)
    assert (await school.ask_number(4)).status_code == 200
    answer = await school.ask_number(5)
    assert answer.status_code == 429
    assert answer.json()["type"] == "urn:problem-type:koppelradar:budget-op"
    assert findings(answer) == [("/punten/zeker", "budget-minuut")]
    assert int(answer.headers["retry-after"]) == 40
    wereld.klok.later(seconds=39)
    assert (await school.ask_number(5)).status_code == 429
    wereld.klok.later(seconds=1)
    assert (await school.ask_number(5)).status_code == 200


async def test_every_code_and_every_organisation_has_a_budget_of_its_own(wereld: "Wereld", school: "Vrager") -> None:
    ggz = await wereld.in_sector(Sector.GEZONDHEIDSZORG)
    answers = [await school.ask_number(10), await school.ask_number(10, "achternaam"), await ggz.ask_number(10)]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert (await school.ask_number(1)).status_code == 429


async def test_two_epochs_share_one_budget(school: "Vrager") -> None:
    """A guess is a guess, under whichever key."""
    assert (await school.ask_number(6, epoche=1)).status_code == 200
    assert (await school.ask_number(6, epoche=2)).status_code == 429


async def test_day_and_month_are_full_until_they_end(wereld: "Wereld", school: "Vrager") -> None:
    async def spend(points: int) -> Any:
        wereld.klok.later(minutes=2)
        return await (await school.log_in()).ask_number(points)

    assert [(await spend(n)).status_code for n in (10, 10)] == [200, 200]
    over = await spend(6)
    assert findings(over) == [("/punten/zeker", "budget-dag")]
    # From 12:06 in the Netherlands until midnight.
    assert int(over.headers["retry-after"]) == 11 * 3600 + 54 * 60
    assert (await spend(5)).status_code == 200
    wereld.klok.later(days=1)
    assert (await spend(10)).status_code == 200
    assert findings(await spend(6)) == [("/punten/zeker", "budget-maand")]
    wereld.klok.later(days=20)
    assert (await spend(10)).status_code == 200


async def test_nothing_is_counted_when_one_code_is_over(school: "Vrager", maak_aanvraag: Any, sql: "Sql") -> None:
    points = maak_aanvraag()["punten"]["zeker"]
    answer = await school.ask(punten={"zeker": points, "achternaam": points * 6, "namen": points * 7})
    assert findings(answer) == [("/punten/achternaam", "budget-minuut"), ("/punten/namen", "budget-minuut")]
    assert sql("SELECT 1 FROM verbruik UNION ALL SELECT 1 FROM minuutverbruik") == []


async def test_of_twenty_at_the_same_moment_no_more_pass_than_the_budget_holds(school: "Vrager", sql: "Sql") -> None:
    answers = await asyncio.gather(*(school.ask_number(3) for _ in range(20)))
    assert sorted(answer.status_code for answer in answers) == [200] * 3 + [429] * 17
    assert [tuple(row) for row in sql("SELECT dag_aantal, maand_aantal FROM verbruik")] == [(9, 9)]
    assert sql("SELECT sum(aantal)::int FROM minuutverbruik") == [(9,)]


async def test_requests_with_codes_in_another_order_do_not_wait_for_each_other(
    school: "Vrager", maak_aanvraag: Any
) -> None:
    points = maak_aanvraag()["punten"]["zeker"][:1]
    orders = [["zeker", "achternaam", "namen"], ["namen", "zeker", "achternaam"], ["achternaam", "namen", "zeker"]] * 3
    answers = await asyncio.gather(*(school.ask(punten=dict.fromkeys(order, points)) for order in orders))
    assert {answer.status_code for answer in answers} == {200}


async def test_points_count_when_the_process_dies_before_it_evaluates(
    school: "Vrager", sql: "Sql", monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kill between counting and evaluating: the commit is already there, so asking again costs again."""

    async def killed(*_: object) -> None:
        raise SystemError

    monkeypatch.setattr(evalueren, "_compute", killed)
    assert (await school.ask_number(4)).status_code == 500
    assert [tuple(row) for row in sql("SELECT code, maand_aantal FROM verbruik")] == [("zeker", 4)]
    assert sql("SELECT uitkomst FROM logboek") == [("geëvalueerd",)]


async def test_far_more_asked_than_submitted_raises_one_alarm_per_step(
    wereld: "Wereld", school: "Vrager", sql: "Sql"
) -> None:
    sql("UPDATE verbruik SET maand_aantal = 0")
    with capture_logs() as logs:
        for points in (10, 10, 1, 1):
            assert (await school.ask_number(points)).status_code == 200
            wereld.klok.later(minutes=2)
            await school.log_in()
    [event] = [entry for entry in logs if entry["event"] == "alarm"]
    assert (event["organisatie"], event["code"], event["stap"], event["gevraagd"]) == (school.oin, "zeker", 1, 21)
    answer = await (await wereld.fg()).get("/v1/alarmen")
    [alarm] = answer.json()["alarmen"]
    assert alarm["organisatie"] == school.oin
    assert (alarm["maand"], alarm["stap"], alarm["gevraagd"], alarm["ingediend"], alarm["uitVenster"]) == (
        "2026-05",
        1,
        21,
        0,
        0,
    )
    assert sql("SELECT handeling, aantallen FROM logboek ORDER BY id DESC LIMIT 1") == [
        ("alarmen inzien", {"alarmen": 1})
    ]


async def test_signals_that_the_matcher_states_keep_the_alarm_quiet(
    wereld: "Wereld", school: "Vrager", sql: "Sql"
) -> None:
    for points, signalen in ((10, 5), (10, 3), (5, 1)):
        answer = await school.ask_number(points, telling=school.telling(signalen))
        assert answer.status_code == 200, answer.text
        wereld.klok.later(minutes=2)
        await school.log_in()
    # The highest statement counts: 25 is no more than 2 * 5 + 20.
    assert sql("SELECT signalen FROM telling") == [(5,)]
    assert sql("SELECT 1 FROM alarm") == []
