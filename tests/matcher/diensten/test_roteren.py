"""Rotating the pepper: nothing that matched stops matching, whatever it is cut off by."""

import gc
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import httpx
import pytest

from convenant.pg.database import Database
from convenant.types import Sector
from convenant.web.errors import StartFout
from matcher.app import create_app
from matcher.beheer import rotate
from matcher.diensten import roteren
from matcher.instellingen import read_pepper
from matcher.opslag import pepper
from tests.matcher.conftest import World, base64url, token

if TYPE_CHECKING:
    from matcher.instellingen import Instellingen
    from tests.conftest import Klok, Partijen

Maker = Callable[..., dict[str, Any]]
Sql = Callable[..., list[Any]]
Opener = Callable[[], Any]


@pytest.fixture
def matcher(instellingen: "Instellingen", klok: "Klok", partijen: "Partijen", running: Any) -> Opener:
    """Starts a matcher for as long as a block lasts."""

    @asynccontextmanager
    async def start() -> AsyncIterator[World]:
        app = create_app(instellingen, klok=klok)
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        async with running(app), httpx.AsyncClient(transport=transport, base_url="https://matcher.test") as http:
            yield World(app, klok, partijen, http, partijen.text)
        # A connection that was still being made when its worker was stopped is closed as garbage. A process that ends
        # closes it at once.
        gc.collect()

    return start


async def test_signals_from_before_and_after_match_and_repetitions_are_recognised(
    matcher: Opener, instellingen: "Instellingen", maak_signaal: Maker, sql: Sql
) -> None:
    own = maak_signaal("p", slots={"s1": "q"})
    async with matcher() as world:
        wijkteam = await world.in_sector(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING)
        await wijkteam.submit(own, maak_signaal("r"), sleutel="sleutel-1")
        jeugdhulp = await world.in_sector(Sector.JEUGDHULP)
        await jeugdhulp.submit(maak_signaal("r"))
        [before] = await wijkteam.matches()
    old = sql("SELECT token_hash FROM koppelindex")
    for versie in (2, 3):
        assert await rotate(instellingen) == versie
    assert read_pepper(instellingen.pepper_bestand).versie == 3
    assert not set(old) & set(sql("SELECT token_hash FROM koppelindex"))
    async with matcher() as world:
        wijkteam, jeugdhulp = await world.callers(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING, Sector.JEUGDHULP)
        assert await wijkteam.matches() == [before]
        assert (await wijkteam.submit(own, maak_signaal("r"), sleutel="sleutel-1")).status_code == 409
        assert (await wijkteam.submit(own)).status_code == 201
        await jeugdhulp.submit(maak_signaal("p"), maak_signaal(slots={"s1": "q"}))
        assert len(await jeugdhulp.matches()) == 2
        assert len(await jeugdhulp.mogelijke()) == 1


async def test_an_open_bekendheidsvraag_is_still_answered(matcher: Opener, instellingen: "Instellingen") -> None:
    own = base64url(token("jan"))
    gesteld = {"id": str(uuid4()), "convenant": "nhn-2026", "epoche": 1, "reden": "onderzoek", "tokens": [own]}
    path = f"/v1/bekendheidsvragen/{gesteld['id']}"
    async with matcher() as world:
        vt = await world.in_sector(Sector.VEILIG_THUIS)
        assert (await vt.post("/v1/bekendheidsvragen", gesteld)).status_code == 201
    await rotate(instellingen)
    async with matcher() as world:
        vt, jeugdhulp = await world.callers(Sector.VEILIG_THUIS, Sector.JEUGDHULP)
        padding = [base64url(secrets.token_bytes(32)) for _ in range(255)]
        assert (await jeugdhulp.post(f"{path}/antwoorden", {"tokens": [own, *padding]})).status_code == 201
        [persoon] = (await vt.get(path)).json()["personen"]
        assert [organisatie["oin"] for organisatie in persoon["organisaties"]] == [jeugdhulp.oin]


async def test_a_running_matcher_keeps_it_from_happening(
    matcher: Opener, instellingen: "Instellingen", maak_signaal: Maker
) -> None:
    async with matcher() as world:
        wijkteam = await world.in_sector(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING)
        await wijkteam.submit(maak_signaal())
        with pytest.raises(StartFout, match="Stop hem eerst"):
            await rotate(instellingen)
    assert read_pepper(instellingen.pepper_bestand).versie == 1


async def test_a_matcher_that_missed_it_refuses_to_write(
    matcher: Opener, instellingen: "Instellingen", maak_signaal: Maker, monkeypatch: pytest.MonkeyPatch, sql: Sql
) -> None:
    async def nobody(_: object) -> bool:
        return False

    monkeypatch.setattr(pepper, "in_use", nobody)
    async with matcher() as world:
        wijkteam = await world.in_sector(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING)
        await rotate(instellingen)
        answer = await wijkteam.submit(maak_signaal())
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert sql("SELECT 1 FROM koppelindex") == []


@pytest.mark.parametrize("place", ["append_pepper", "_nest", "renew"])
async def test_whatever_cuts_it_off_the_same_command_finishes_it(
    matcher: Opener,
    instellingen: "Instellingen",
    maak_signaal: Maker,
    monkeypatch: pytest.MonkeyPatch,
    place: str,
) -> None:
    async with matcher() as world:
        wijkteam = await world.in_sector(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING)
        await wijkteam.submit(maak_signaal("p"))

    def crash(*_: object, **__: object) -> None:
        raise ConnectionAbortedError

    with monkeypatch.context() as patch:
        patch.setattr(pepper if place == "renew" else roteren, place, crash)
        with pytest.raises(ConnectionAbortedError):
            await rotate(instellingen)
    if place != "append_pepper":
        with pytest.raises(StartFout, match="pepper-roteer"):
            async with matcher():
                pass
    assert await rotate(instellingen) == 2
    assert read_pepper(instellingen.pepper_bestand).versie == 2
    async with matcher() as world:
        jeugdhulp = await world.in_sector(Sector.JEUGDHULP)
        await jeugdhulp.submit(maak_signaal("p"))
        assert len(await jeugdhulp.matches()) == 1


async def test_another_pepper_is_left_alone(instellingen: "Instellingen", matcher: Opener, tmp_path: Path) -> None:
    async with matcher():
        pass
    other = tmp_path / "ander.sleutel"
    other.write_text(instellingen.logsleutel_bestand.read_text(encoding="utf-8"), encoding="utf-8")
    other.chmod(0o600)
    content = other.read_bytes()
    with pytest.raises(StartFout, match="andere pepper"):
        await rotate(instellingen.model_copy(update={"pepper_bestand": other}))
    assert other.read_bytes() == content


async def test_a_file_that_cannot_be_replaced_changes_nothing(
    instellingen: "Instellingen", matcher: Opener, monkeypatch: pytest.MonkeyPatch, sql: Sql
) -> None:
    async with matcher():
        pass
    before = sql("SELECT waarde FROM instelling WHERE naam = 'pepper'")

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(StartFout, match="niet bij te werken"):
        await rotate(instellingen)
    assert sql("SELECT waarde FROM instelling WHERE naam = 'pepper'") == before
    assert [path.name for path in instellingen.pepper_bestand.parent.iterdir() if path.name.startswith(".")] == []


async def test_more_hashes_than_one_batch(
    matcher: Opener, instellingen: "Instellingen", maak_signaal: Maker, monkeypatch: pytest.MonkeyPatch, sql: Sql
) -> None:
    monkeypatch.setattr(roteren, "_BATCH", 7)
    async with matcher() as world:
        wijkteam = await world.in_sector(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING)
        await wijkteam.submit(*(maak_signaal() for _ in range(5)))
    before = {bytes(h) for (h,) in sql("SELECT token_hash FROM koppelindex")}
    await rotate(instellingen)
    renewed = read_pepper(instellingen.pepper_bestand)
    assert {bytes(h) for (h,) in sql("SELECT token_hash FROM koppelindex")} == {renewed.nest(h) for h in before}


async def test_a_database_that_was_never_started_has_no_pepper_to_rotate(instellingen: "Instellingen") -> None:
    database = Database(instellingen.database_url or "")
    with pytest.raises(StartFout, match="andere pepper"):
        await roteren.rotate_pepper(database, instellingen.pepper_bestand)
    await database.close()
