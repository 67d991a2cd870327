"""Evaluations: what is answered holds, what was asked is counted, and nothing of a point is ever kept."""

import asyncio
import base64
from typing import TYPE_CHECKING, Any

import pytest
from structlog.testing import capture_logs

from convenant.model import Budget, Convenant
from convenant.pg.database import Database
from convenant.profielen import NL_1
from convenant.sleutelhouder.diensten import evalueren
from convenant.types import Sector
from convenant.voprf import blind_batch

if TYPE_CHECKING:
    from tests.conftest import Sql
    from tests.convenant.sleutelhouder.conftest import Afspraak, Vrager, Wereld

CODES = [slot.code for slot in NL_1.slots]


def findings(answer: Any) -> list[tuple[str, str]]:
    return [(fout["pad"], fout["code"]) for fout in answer.json().get("fouten", ())]


async def test_answers_hold_under_the_pinned_keys_and_are_the_same_for_everybody(
    wereld: "Wereld", afspraak: "Afspraak", uitkomst: Any, in_json: Any
) -> None:
    outcomes = []
    for sector in (Sector.ONDERWIJS, Sector.JEUGDHULP):
        vrager = await wereld.in_sector(sector)
        blinderingen = {code: blind_batch([b"kim", b"jan"]) for code in CODES}
        answer = await vrager.ask(punten={code: in_json(b) for code, b in blinderingen.items()})
        assert answer.status_code == 200, answer.text
        evaluaties = answer.json()["evaluaties"]
        publiek = afspraak.convenant.sleutelhouders[0].publieke_punten(2)
        assert list(evaluaties) == CODES
        outcomes.append({code: uitkomst(blinderingen[code], evaluaties[code], publiek[code]) for code in CODES})
    assert outcomes[0] == outcomes[1]
    assert len({uitvoer for per_code in outcomes[0].values() for uitvoer in per_code}) == 2 * len(CODES)


async def test_both_running_epochs_evaluate_each_under_its_own_key(
    wereld: "Wereld", school: "Vrager", afspraak: "Afspraak", uitkomst: Any, in_json: Any
) -> None:
    blinderingen = blind_batch([b"kim"])
    found = set()
    for epoche in (1, 2):
        answer = await school.ask(punten={"zeker": in_json(blinderingen)}, epoche=epoche)
        publiek = afspraak.convenant.sleutelhouders[0].publieke_punten(epoche)["zeker"]
        found |= set(uitkomst(blinderingen, answer.json()["evaluaties"]["zeker"], publiek))
    assert len(found) == 2
    wereld.klok.later(days=60)
    await school.log_in()
    assert findings(await school.ask(epoche=1)) == [("/epoche", "epoche-uitgetreden")]
    assert (await school.ask(epoche=2)).status_code == 200


async def test_keys_that_an_operator_erased_no_longer_evaluate(school: "Vrager", sql: "Sql") -> None:
    """Also in a process that still has them in memory."""
    sql("UPDATE oprf_sleutel SET geheim = NULL, gewist_op = now() WHERE epoche = 2")
    assert findings(await school.ask(epoche=2)) == [("/epoche", "epoche-uitgetreden")]
    assert (await school.ask(epoche=1)).status_code == 200


async def test_points_are_in_no_log_line_and_no_table(school: "Vrager", maak_aanvraag: Any, sql: "Sql") -> None:
    points = maak_aanvraag()["punten"]["zeker"]
    with capture_logs() as logs:
        answer = await school.ask()
        await school.ask_number(25)
    evaluated = answer.json()["evaluaties"]["zeker"]["punten"]
    tables = [name for (name,) in sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
    stored = "".join(str(row) for table in tables for row in sql(f'SELECT t::text FROM "{table}" t'))  # noqa: S608
    assert school.oin in stored
    for point in (*points, *evaluated):
        assert point not in str(logs) + stored
        assert base64.urlsafe_b64decode(point + "=").hex() not in stored


async def test_the_log_says_who_asked_how_much_also_when_it_was_refused(school: "Vrager", sql: "Sql") -> None:
    await school.ask_number(3)
    await school.ask_number(25, "achternaam")
    found = sql("SELECT handeling, uitkomst, convenant, epoche, organisatie, rol, medewerker, aantallen FROM logboek")
    gedeeld = ("nhn-2026", 2, school.oin, "signaleerder", b"m" * 32)
    assert [tuple(row) for row in found] == [
        ("punten evalueren", "geëvalueerd", *gedeeld, {"zeker": 3}),
        ("punten evalueren", "budget op", *gedeeld, {"achternaam": 25}),
    ]


async def test_a_database_that_is_away_is_a_503_and_nothing_is_evaluated(
    wereld: "Wereld", school: "Vrager", monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(*_: object) -> None:
        pytest.fail("points were evaluated that nobody counted")

    away = Database("postgresql+psycopg://niemand@127.0.0.1:1/niets")
    monkeypatch.setattr(wereld.kern.database, "_engine", away._engine)
    monkeypatch.setattr(evalueren, "_compute", never)
    answer = await school.ask()
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert "niemand" not in answer.text
    monkeypatch.undo()
    await away.close()


async def test_the_event_loop_lives_while_points_are_evaluated(
    school: "Vrager", wereld: "Wereld", maak_aanvraag: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ruim = Budget(per_minuut=10**6, per_dag=10**6, per_maand=10**6)
    monkeypatch.setattr(Convenant, "budget_of", lambda *_: ruim)
    points = maak_aanvraag()["punten"]["zeker"] * 250
    busy = asyncio.create_task(school.ask(punten=dict.fromkeys(CODES[:4], points)))
    answered = 0
    while not busy.done():
        assert (await wereld.http.get("/v1/gezondheid")).status_code == 200
        answered += 1
        await asyncio.sleep(0.005)
    assert busy.result().status_code == 200
    assert answered > 5
