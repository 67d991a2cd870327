"""What the matcher does by itself: periodic jobs, one worker at a time, and delivering."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from structlog.testing import capture_logs

from convenant.types import Sector
from convenant.web.errors import NietGevonden, TijdelijkNietBeschikbaar
from matcher import werker
from matcher.app import create_app
from matcher.werker import Bezorger, Taak, do_ronde, working

if TYPE_CHECKING:
    from matcher.diensten.kern import Kern
    from matcher.instellingen import Instellingen
    from tests.conftest import Klok, Runner
    from tests.matcher.conftest import World

Sql = Callable[..., list[Any]]
MaakSignaal = Callable[..., dict[str, Any]]
STATUS = "SELECT status FROM signaal"


async def _until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.02)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(werker, "_RONDE_SECONDS", 0.05)
    monkeypatch.setattr(werker, "_AFTER_FAILURE_SECONDS", 0.05)


async def _expiring(world: "World", maak_signaal: MaakSignaal) -> None:
    wijkteam = await world.in_sector(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING)
    await wijkteam.submit(maak_signaal(verlooptOp="2026-06-01"))
    world.klok.later(days=30)


async def test_a_round_ends_what_expired(world: "World", maak_signaal: MaakSignaal, sql: Sql) -> None:
    await _expiring(world, maak_signaal)
    assert sql(STATUS) == [("actief",)]
    await world.work()
    assert sql(STATUS) == [("verlopen",)]
    assert sql("SELECT 1 FROM koppelindex") == []


@pytest.mark.usefixtures("quick")
async def test_rounds_follow_each_other_by_themselves(world: "World", maak_signaal: MaakSignaal, sql: Sql) -> None:
    async with working(world.kern):
        await _expiring(world, maak_signaal)
        await _until(lambda: sql(STATUS) == [("verlopen",)])


@pytest.mark.parametrize("built_in", [True, False])
async def test_a_service_works_by_itself_unless_it_leaves_that_to_others(
    instellingen: "Instellingen", klok: "Klok", running: "Runner", monkeypatch: pytest.MonkeyPatch, *, built_in: bool
) -> None:
    done = asyncio.Event()

    async def note(_: "Kern") -> None:
        done.set()

    monkeypatch.setattr(werker, "TAKEN", (Taak("proef", note),))
    async with running(create_app(instellingen, klok=klok, werker=built_in)):
        with suppress(TimeoutError):
            await asyncio.wait_for(done.wait(), 5 if built_in else 0.3)
    assert done.is_set() == built_in


@pytest.mark.parametrize(
    ("fout", "gemeld"),
    [
        (LookupError("geheim"), ("taak mislukt", {"soort": "LookupError"})),
        (NietGevonden("Dat is er niet."), ("taak mislukt", {"reden": "Dat is er niet."})),
        (TijdelijkNietBeschikbaar("geheim"), ("taak uitgesteld", {})),
    ],
)
async def test_a_job_that_fails_is_told_of_and_keeps_no_other_from_being_done(
    world: "World", fout: Exception, gemeld: tuple[str, dict[str, str]]
) -> None:
    done: list[str] = []

    async def fail(_: "Kern") -> None:
        raise fout

    async def succeed(_: "Kern") -> None:
        done.append("ja")

    with capture_logs() as logs:
        await do_ronde(world.kern, [Taak("een", fail), Taak("twee", succeed)])
    assert done == ["ja"]
    [entry] = [entry for entry in logs if entry.get("taak") == "een"]
    assert entry["event"] == gemeld[0]
    assert gemeld[1].items() <= entry.items()
    assert "geheim" not in str(logs)


async def test_of_several_workers_one_does_a_job(world: "World") -> None:
    began, go_on = asyncio.Event(), asyncio.Event()
    done: list[str] = []

    async def slow(_: "Kern") -> None:
        began.set()
        await go_on.wait()
        done.append("ja")

    taken = [Taak("langzaam", slow)]
    first = asyncio.create_task(do_ronde(world.kern, taken))
    await began.wait()
    await do_ronde(world.kern, taken)
    assert done == []
    go_on.set()
    await first
    await do_ronde(world.kern, taken)
    assert done == ["ja", "ja"]


@pytest.fixture
async def calls(
    world: "World", monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Callable[[Callable[[int], float]], list[int]]]:
    """Start delivering with a function that says how long it wants to wait after its so manieth call."""
    tasks: list[asyncio.Task[None]] = []

    def start(wait: Callable[[int], float]) -> list[int]:
        counted: list[int] = []

        async def deliver(_: "Kern") -> float:
            counted.append(len(counted))
            return wait(len(counted))

        monkeypatch.setattr(werker, "BEZORGERS", (Bezorger("proef", deliver),))
        monkeypatch.setattr(werker, "TAKEN", ())

        async def work() -> None:
            async with working(world.kern):
                await asyncio.Event().wait()

        tasks.append(asyncio.create_task(work()))
        return counted

    yield start
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


Start = Callable[[Callable[[int], float]], list[int]]


async def test_delivering_is_called_again_when_it_asked_to_be(calls: Start) -> None:
    counted = calls(lambda n: 0.02 if n < 3 else 60)
    await _until(lambda: len(counted) == 3)
    await asyncio.sleep(0.2)
    assert len(counted) == 3


async def test_delivering_is_called_at_once_when_there_is_news(
    calls: Start, world: "World", maak_signaal: MaakSignaal
) -> None:
    counted = calls(lambda _: 60)
    await _until(lambda: len(counted) == 1)
    for caller in await world.callers(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING, Sector.JEUGDHULP):
        await caller.submit(maak_signaal("p"))
    await _until(lambda: len(counted) >= 2)


@pytest.mark.usefixtures("quick")
async def test_delivering_goes_on_after_an_error(calls: Start) -> None:
    def wait(n: int) -> float:
        if n <= 2:
            raise LookupError("geheim")
        return 60

    with capture_logs() as logs:
        counted = calls(wait)
        await _until(lambda: len(counted) == 3)
    assert len([entry for entry in logs if entry["event"] == "taak mislukt"]) == 2
    assert "geheim" not in str(logs)
