"""The application as a whole: what it reads when, and its cleaning task."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from structlog.testing import capture_logs

from convenant.types import Sector
from convenant.web.errors import StartFout
from matcher import app as application
from matcher.app import create_app
from matcher.diensten.beeindigen import expire

if TYPE_CHECKING:
    from matcher.instellingen import Instellingen
    from tests.matcher.conftest import World


def test_key_files_are_read_before_anything_else(instellingen: "Instellingen") -> None:
    for name in ("pepper_bestand", "sleutel_bestand", "logsleutel_bestand"):
        with pytest.raises(StartFout):
            create_app(instellingen.model_copy(update={name: Path("nergens")}))


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(application, "_CLEAN_UP_SECONDS", 0.05)


async def _until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.02)


@pytest.mark.usefixtures("quick")
async def test_expired_signals_are_cleared_by_themselves(
    world: "World", maak_signaal: Callable[..., dict[str, Any]], sql: Callable[..., list[Any]]
) -> None:
    wijkteam = await world.in_sector(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING)
    await wijkteam.submit(maak_signaal(verlooptOp="2026-06-01"))
    world.klok.later(days=30)
    await _until(lambda: sql("SELECT status FROM signaal") == [("verlopen",)])
    assert sql("SELECT 1 FROM koppelindex") == []


@pytest.mark.usefixtures("quick")
async def test_cleaning_goes_on_after_an_error(
    world: "World",
    maak_signaal: Callable[..., dict[str, Any]],
    sql: Callable[..., list[Any]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    failed = 0

    async def failing_twice(kern: Any) -> int:
        nonlocal failed
        failed += 1
        if failed <= 2:
            raise LookupError("geheim")
        return await expire(kern)

    monkeypatch.setattr(application, "expire", failing_twice)
    with capture_logs() as logs:
        wijkteam = await world.in_sector(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING)
        await wijkteam.submit(maak_signaal(verlooptOp="2026-06-01"))
        world.klok.later(days=30)
        await _until(lambda: sql("SELECT status FROM signaal") == [("verlopen",)])
    assert [entry["soort"] for entry in logs if entry["event"] == "opruimen mislukt"] == ["LookupError"] * 2
    assert "geheim" not in str(logs)
