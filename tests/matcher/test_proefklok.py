"""Simulated time: only on trial, and never at the door."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from convenant.types import Omgeving, Sector
from convenant.web.errors import StartFout
from koppelradar.processen import matcher_environment
from matcher.app import create_app
from matcher.proefklok import Proefklok
from tests.matcher.conftest import World

if TYPE_CHECKING:
    from convenant.pg.ingebed import DatabaseUrls
    from matcher.instellingen import Instellingen
    from tests.conftest import Klok, Partijen, Runner

NU = datetime(2026, 5, 12, 10, 0, tzinfo=UTC)
DAY = 24 * 60 * 60


@pytest.fixture
def bestand(tmp_path: Path) -> Path:
    path = tmp_path / "proefklok"
    path.write_text("0\n", encoding="ascii")
    return path


def test_it_reads_the_file_anew_at_each_call(bestand: Path) -> None:
    klok = Proefklok(bestand, lambda: NU)
    assert klok() == NU
    for seconds in (60, -60, 366 * DAY):
        bestand.write_text(str(seconds), encoding="ascii")
        assert klok() == NU + timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["", "morgen", "1.5"])
def test_while_the_file_makes_no_sense_the_last_number_counts(bestand: Path, text: str) -> None:
    bestand.write_text("60", encoding="ascii")
    klok = Proefklok(bestand, lambda: NU)
    bestand.write_text(text, encoding="ascii")
    assert klok() == NU + timedelta(seconds=60)
    bestand.unlink()
    assert klok() == NU + timedelta(seconds=60)


@pytest.mark.parametrize("text", [None, "", "morgen"])
async def test_a_matcher_does_not_start_without_a_number(
    instellingen: "Instellingen", running: "Runner", tmp_path: Path, text: str | None
) -> None:
    path = tmp_path / "klok"
    if text is not None:
        path.write_text(text, encoding="ascii")
    app = create_app(instellingen.model_copy(update={"proefklok": path}))
    with pytest.raises(StartFout, match="geheel aantal seconden"):
        async with running(app):
            pass


async def test_a_matcher_that_is_not_on_trial_does_not_start(
    instellingen: "Instellingen", running: "Runner", bestand: Path
) -> None:
    changes = {"proefklok": bestand, "omgeving": Omgeving.PRODUCTIE}
    with pytest.raises(StartFout, match="proefomgeving"):
        async with running(create_app(instellingen.model_copy(update=changes))):
            pass


async def test_signals_go_by_simulated_time_and_tokens_by_real_time(
    instellingen: "Instellingen", running: "Runner", klok: "Klok", partijen: "Partijen", bestand: Path
) -> None:
    app = create_app(instellingen.model_copy(update={"proefklok": bestand}), klok=klok, werker=False)
    transport = httpx.ASGITransport(app=app)
    async with running(app), httpx.AsyncClient(transport=transport, base_url="https://matcher.test") as http:
        world = World(app, klok, partijen, http, partijen.text)
        wijkteam = await world.in_sector(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING)
        bestand.write_text(str(40 * DAY), encoding="ascii")
        assert world.kern.klok() == klok() + timedelta(days=40)
        await world.work()
        assert (await wijkteam.get("/v1/signalen")).status_code == 200
        assert (await world.in_sector(Sector.JEUGDHULP)).token
        klok.later(minutes=6)
        assert (await wijkteam.get("/v1/signalen")).status_code == 401


def test_a_matcher_process_gets_it_along(
    instellingen: "Instellingen", database_urls: "DatabaseUrls", bestand: Path
) -> None:
    assert "KOPPELRADAR_PROEFKLOK" not in matcher_environment(instellingen, database_urls)
    on_trial = instellingen.model_copy(update={"proefklok": bestand})
    assert matcher_environment(on_trial, database_urls)["KOPPELRADAR_PROEFKLOK"] == str(bestand)
