"""Guarantee 5: what was acknowledged survives, and nothing is lost while something is away."""

import asyncio
import signal
from collections.abc import Callable
from typing import Any

from client_sdk.client.retry import Herhaalbeleid
from client_sdk.persoon import Persoon
from client_sdk.register import SignaalStatus
from convenant.types import Oin


async def test_acknowledged_signals_survive_kill_9_of_the_matcher(huis: Any, oins: dict[str, Oin]) -> None:
    inzendingen = huis.inzendingen(oins["wijkteam"], range(3000, 3040))
    async with huis.async_client(oins["wijkteam"]) as client:
        acknowledged: list[Any] = []

        async def submit(inzending: Any) -> None:
            ontvangsten = await client.submit_signalen([inzending], idempotentiesleutel=f"kill-{inzending.id}")
            acknowledged.extend(ontvangst.signaal for ontvangst in ontvangsten)

        tasks = [asyncio.create_task(submit(inzending)) for inzending in inzendingen]
        while len(acknowledged) < 5:
            await asyncio.sleep(0.01)
        huis.matcher.send_signal(signal.SIGKILL)
        huis.matcher.wait()
        survivors = list(acknowledged)
        huis.start_matcher()
        # The client repeats what was not answered, under the same keys.
        await asyncio.gather(*tasks)
        stored = [eigen.id async for eigen in client.list_signalen()]
    assert len(survivors) >= 5
    assert set(survivors) <= set(stored)
    assert sorted(stored) == sorted(set(stored))
    assert {inzending.id for inzending in inzendingen} <= set(stored)


def test_database_away_keeps_signals_in_the_register_and_sends_them_later(
    huis: Any, oins: dict[str, Oin], make_persoon: Callable[[int], Persoon]
) -> None:
    with huis.open(oins["school"], herhaalbeleid=Herhaalbeleid(pogingen=1)) as school:
        huis.postgres.stop()
        signaal = school.submit(make_persoon(4000), clientnummer="L-4000", signaalsoort="zorg-om-kind")
        assert signaal.status is SignaalStatus.WACHTEND
        huis.restart_postgres()
        assert school.send_pending().wachtend == 0
        assert school.register.signaal(signaal.id).status is SignaalStatus.ONTVANGEN
    again = huis.command(oins["school"], "signaal", "lijst", "--json")
    assert str(signaal.id) in again.stdout


def test_a_lost_register_is_rebuilt_from_the_matcher(
    huis: Any, oins: dict[str, Oin], make_persoon: Callable[[int], Persoon]
) -> None:
    with huis.open(oins["ggz"]) as ggz:
        signaal = ggz.submit(make_persoon(4100), clientnummer="P-4100", signaalsoort="huiselijk-geweld")
    folder = huis.omgeving.configuraties[oins["ggz"]].parent
    for lost in folder.glob("register.db*"):
        lost.unlink()
    made = huis.command(oins["ggz"], "register", "maak")
    assert made.returncode == 0, made.stderr
    restored = huis.command(oins["ggz"], "register", "herstel")
    assert restored.returncode == 0, restored.stderr
    with huis.open(oins["ggz"]) as ggz:
        found = ggz.register.signaal(signaal.id)
        assert found.clientnummer == "P-4100"
        assert not found.persoon_bekend
        again = ggz.submit(make_persoon(4100), clientnummer="P-4100", signaalsoort="huiselijk-geweld")
        assert again.id == signaal.id
        assert again.persoon_bekend
