"""A worker beside the matcher, and a database that is killed under both."""

import asyncio
import signal
from typing import Any

from client_sdk.client.retry import Herhaalbeleid
from convenant.types import Oin
from koppelradar.processen import stop


async def test_a_worker_runs_beside_the_matcher_and_outlives_its_database(huis: Any, oins: dict[str, Oin]) -> None:
    werker = huis.split_werker()
    async with huis.async_client(oins["school"], Herhaalbeleid(pogingen=8)) as school:
        een, ander = huis.inzendingen(oins["school"], range(5000, 5002))
        await school.submit_signalen([een], idempotentiesleutel=f"werker-{een.id}")
        await asyncio.to_thread(huis.kill_postgres)
        await asyncio.to_thread(huis.restart_postgres)
        await school.submit_signalen([ander], idempotentiesleutel=f"werker-{ander.id}")
        known = {signaal.id async for signaal in school.list_signalen()}
    assert {een.id, ander.id} <= known
    assert werker.poll() is None
    assert huis.matcher.poll() is None


def test_a_worker_ends_in_good_order_when_told_to(huis: Any) -> None:
    werker = huis.start_werker()
    werker.send_signal(signal.SIGTERM)
    assert werker.wait(10) == 0
    stop(werker)
    assert "Traceback" not in (huis.map / "werker.log").read_text(encoding="utf-8")
