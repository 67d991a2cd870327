"""The sleutelhouder as a real process that is killed: nothing that was answered is missing from what was counted."""

import asyncio
import contextlib
import signal
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from convenant.types import Sector
from koppelradar.processen import free_port, running, wait_until_ready

if TYPE_CHECKING:
    from convenant.sleutelhouder.instellingen import Instellingen
    from tests.conftest import Klok, Partijen, Sql
    from tests.convenant.sleutelhouder.conftest import Afspraak

POINTS = 8


@pytest.fixture
def convenant_text(afspraak: "Afspraak") -> str:
    """Room for many requests."""

    def change(document: dict[str, Any]) -> None:
        document["budgetten"] = [{"partijen": {"alle": True}, "perMinuut": 400, "perDag": 400, "perMaand": 400}]

    return afspraak.changed(change)


def environment(instellingen: "Instellingen", port: int) -> dict[str, str]:
    settings = {
        name: getattr(instellingen, name)
        for name in ("oin", "database_url", "convenanten", "kluissleutel_bestand", "sleutel_bestand")
    }
    settings |= {"publieke_url": "https://sleutelhouder.test", "port": port}
    return {f"KOPPELRADAR_SLEUTELHOUDER_{name.upper()}": str(value) for name, value in settings.items()}


async def test_kill_9_loses_no_count_and_gives_no_point_twice(
    *,
    instellingen: "Instellingen",
    partijen: "Partijen",
    afspraak: "Afspraak",
    klok: "Klok",
    sql: "Sql",
    tmp_path: Path,
    maak_vrager: Any,
) -> None:
    klok.nu = datetime.now(UTC)
    port, log = free_port(), tmp_path / "log"
    url = f"http://127.0.0.1:{port}"
    oin = partijen.in_sector(Sector.ONDERWIJS)
    answered = 0

    async def ask(vrager: Any) -> None:
        nonlocal answered
        with contextlib.suppress(httpx.TransportError):
            answer = await vrager.ask_number(POINTS)
            answered += POINTS * (answer.status_code == 200)

    for _ in range(2):
        with running(["sleutelhouder", "start"], log=log, environment=environment(instellingen, port)) as process:
            await asyncio.to_thread(wait_until_ready, f"{url}/v1/gereedheid", process, log, naam="sleutelhouder")
            async with httpx.AsyncClient(base_url=url, trust_env=False, timeout=20) as http:
                vrager = await maak_vrager(oin, http, klok)
                tasks = [asyncio.create_task(ask(vrager)) for _ in range(30)]
                await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
                process.send_signal(signal.SIGKILL)
                await asyncio.gather(*tasks)
    [(counted, logged)] = sql(
        "SELECT (SELECT sum(maand_aantal) FROM verbruik)::int, "
        "(SELECT sum((aantallen->>'zeker')::int) FROM logboek WHERE uitkomst = 'geëvalueerd')::int"
    )
    assert 0 < answered <= counted <= 400
    assert counted == logged
    assert afspraak.oin not in log.read_text()
