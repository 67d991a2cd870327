"""The command line: what it prints, and what it says when something is wrong."""

import asyncio
import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from sqlalchemy import NullPool, create_engine, text
from typer.testing import CliRunner

from convenant.laden import document_from_yaml, dump_yaml
from convenant.pg.tabellen import now
from convenant.types import Sector
from matcher.cli import app
from matcher.instellingen import read_pepper
from matcher.opslag.opzet import OPZET
from tests.matcher.conftest import without_regie

if TYPE_CHECKING:
    from convenant.pg.ingebed import DatabaseUrls, EmbeddedPostgres
    from matcher.instellingen import Instellingen
    from tests.conftest import Partijen
    from tests.matcher.conftest import World

Maker = Callable[..., dict[str, Any]]
Sql = Callable[..., list[Any]]

runner = CliRunner()


@pytest.fixture
def database_urls(eigen_database_urls: "DatabaseUrls") -> "DatabaseUrls":
    """Some of these tests change rights or tables."""
    return eigen_database_urls


def test_openapi_writes_the_description(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOPPELRADAR_PUBLIEKE_URL", "https://matcher.example.nl")
    result = runner.invoke(app, ["openapi"])
    assert result.exit_code == 0
    assert json.loads(result.stdout)["servers"] == [{"url": "https://matcher.example.nl/v1"}]


def test_sleutels_prints_settings_that_point_at_the_files(tmp_path: Path) -> None:
    result = runner.invoke(app, ["sleutels", str(tmp_path / "sleutels")])
    assert result.exit_code == 0
    settings = dict(line.split("=", 1) for line in result.stdout.splitlines())
    assert settings.keys() == {
        "KOPPELRADAR_PEPPER_BESTAND",
        "KOPPELRADAR_SLEUTEL_BESTAND",
        "KOPPELRADAR_LOGSLEUTEL_BESTAND",
    }
    assert read_pepper(Path(settings["KOPPELRADAR_PEPPER_BESTAND"])).versie == 1


def test_sleutels_refuses_a_folder_that_has_them(tmp_path: Path) -> None:
    runner.invoke(app, ["sleutels", str(tmp_path)])
    result = runner.invoke(app, ["sleutels", str(tmp_path)])
    assert result.exit_code == 1
    assert "bestaat al" in result.stderr
    assert result.stdout == ""


def test_migreer_makes_the_tables(postgres: "EmbeddedPostgres", monkeypatch: pytest.MonkeyPatch) -> None:
    naam = f"leeg_{uuid4().hex}"
    postgres.create_database(naam)
    url = postgres.urls(OPZET, naam).eigenaar
    monkeypatch.setenv("KOPPELRADAR_MIGRATIE_URL", url)
    for _ in range(2):
        result = runner.invoke(app, ["migreer"])
        assert (result.exit_code, result.stdout) == (0, "De database heeft het nieuwste schema.\n")
    with create_engine(url, poolclass=NullPool).connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM signaal")).scalar_one() == 0


def test_migreer_without_a_url_says_which_setting_to_make() -> None:
    result = runner.invoke(app, ["migreer"])
    assert result.exit_code == 1
    assert "KOPPELRADAR_MIGRATIE_URL" in result.stderr


def test_a_wrong_setting_is_named_and_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOPPELRADAR_PORT", "geheim")
    monkeypatch.setenv("KOPPELRADAR_OMGEVING", "geheim")
    result = runner.invoke(app, ["openapi"])
    assert result.exit_code == 2
    assert result.stderr == "Deze instelling klopt niet: KOPPELRADAR_OMGEVING, KOPPELRADAR_PORT.\n"


def start(instellingen: "Instellingen", **changes: object) -> subprocess.CompletedProcess[str]:
    """Run `matcher start` in a process of its own, because it configures logging for good."""
    names = ("database_url", "convenanten", "pepper_bestand", "sleutel_bestand", "logsleutel_bestand")
    settings = {name: getattr(instellingen, name) for name in names} | changes
    environment = {f"KOPPELRADAR_{name.upper()}": str(value) for name, value in settings.items()}
    return subprocess.run(
        [sys.executable, "-c", "from matcher.cli import app; app(['start'])"],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_start_without_keys_says_how_to_make_them(instellingen: "Instellingen") -> None:
    instellingen.pepper_bestand.unlink()
    result = start(instellingen)
    assert result.returncode == 1
    assert "koppelradar matcher sleutels" in result.stderr
    assert "Traceback" not in result.stderr


def test_start_says_in_plain_words_what_keeps_it_from_starting(
    instellingen: "Instellingen", database_urls: "DatabaseUrls"
) -> None:
    result = start(instellingen, database_url=database_urls.eigenaar, port=0)
    assert result.returncode == 1
    assert "kan het logboek wijzigen, of wat er getekend is" in result.stderr
    assert result.stderr.splitlines()[-1].startswith("De matcher kon niet starten.")
    assert "Traceback" not in result.stderr


def test_start_on_a_port_in_use_names_the_port(instellingen: "Instellingen") -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = start(instellingen, port=port)
    assert result.returncode == 1
    assert f"poort {port} op 127.0.0.1 vrij is" in result.stderr
    assert "Traceback" not in result.stderr


def test_help_is_dutch_and_names_every_command() -> None:
    result = runner.invoke(app, ["--help"])
    assert all(command in result.stdout for command in ("start", "migreer", "openapi", "sleutels"))
    assert "zonder te weten over wie het gaat" in " ".join(result.stdout.split())


@pytest.fixture
def operated(instellingen: "Instellingen", monkeypatch: pytest.MonkeyPatch) -> "Instellingen":
    """The settings of a matcher in the environment, as an operator has them."""
    for naam in ("database_url", "convenanten", "pepper_bestand", "sleutel_bestand", "logsleutel_bestand"):
        monkeypatch.setenv(f"KOPPELRADAR_{naam.upper()}", str(getattr(instellingen, naam)))
    return instellingen


async def _submit(world: "World", signaal: dict[str, Any]) -> None:
    wijkteam = await world.in_sector(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING)
    assert (await wijkteam.submit(signaal)).status_code == 201


class TestEpocheUittreden:
    @pytest.fixture
    async def filled(self, operated: "Instellingen", world: "World", maak_signaal: Maker) -> "Instellingen":
        world.klok.nu = now()
        await _submit(world, maak_signaal(verlooptOp=f"{now().year + 1}-01-01"))
        return operated

    @pytest.mark.usefixtures("filled")
    async def test_it_refuses_while_signals_have_nothing_newer_and_does_it_when_told(self, sql: Sql) -> None:
        refused = await asyncio.to_thread(runner.invoke, app, ["epoche-uittreden", "nhn-2026", "1"])
        assert refused.exit_code == 1
        assert "1 signalen hebben nog geen koppeltokens" in refused.stderr
        assert sql("SELECT count(*) FROM koppelindex")[0][0] == 12
        done = await asyncio.to_thread(runner.invoke, app, ["epoche-uittreden", "nhn-2026", "1", "--toch"])
        assert done.exit_code == 0, done.stderr
        assert "Van 1 signalen zijn de koppeltokens van epoche 1 gewist." in done.stdout
        assert "1 signalen vinden geen nieuwe matches meer" in done.stdout
        assert sql("SELECT count(*) FROM koppelindex")[0][0] == 0

    @pytest.mark.usefixtures("operated")
    @pytest.mark.parametrize(
        ("convenant", "nummer", "reden"), [("elders", "1", "geen convenant elders"), ("nhn-2026", "9", "geen epoche 9")]
    )
    def test_what_there_is_not_is_named(self, convenant: str, nummer: str, reden: str) -> None:
        result = runner.invoke(app, ["epoche-uittreden", convenant, nummer])
        assert result.exit_code == 1
        assert reden in result.stderr


class TestConvenantInlezen:
    @pytest.fixture
    def schrijf(self, partijen: "Partijen", tmp_path: Path) -> Callable[[str], Path]:
        """Write the bundle of a text, outside the folder that the matcher starts with."""

        def write(text: str) -> Path:
            path = tmp_path / "nieuw.bundel.json"
            path.write_text(partijen.signed(text), encoding="utf-8")
            return path

        return write

    @pytest.mark.usefixtures("operated")
    def test_it_says_what_was_taken_in(self, schrijf: Callable[[str], Path], partijen: "Partijen", sql: Sql) -> None:
        path = schrijf(partijen.next_version(partijen.text))
        for _ in range(2):
            result = runner.invoke(app, ["convenant-inlezen", str(path)])
            assert result.exit_code == 0, result.stderr
            assert re.fullmatch(
                rf"Convenant nhn-2026 versie 2 is ingelezen: \w+, {len(partijen.keys)} partijen doen mee\.\n",
                result.stdout,
            )
        assert sql("SELECT versie FROM convenant ORDER BY versie") == [(1,), (2,)]
        assert sql("SELECT count(*) FROM verklaring") == [(2 * len(partijen.keys),)]
        logged = "SELECT inhoud::jsonb FROM logboek_inhoud WHERE inhoud LIKE '%convenant inlezen%'"
        [first] = sql(f"{logged} AND NOT inhoud::jsonb ? 'ontvanger' ORDER BY blad_id")[0]
        assert (first["convenantversie"], first["verklaringen"], first["rol"]) == (2, len(partijen.keys), "beheer")

    @pytest.mark.usefixtures("operated")
    def test_several_are_taken_in_together_or_not_at_all(
        self, schrijf: Callable[[str], Path], partijen: "Partijen", sql: Sql, tmp_path: Path
    ) -> None:
        good = schrijf(partijen.next_version(partijen.text))
        stray = tmp_path / "vierde.bundel.json"
        third = partijen.next_version(partijen.next_version(partijen.text), naam="Een andere naam")
        stray.write_text(partijen.signed(partijen.next_version(third)), encoding="utf-8")
        result = runner.invoke(app, ["convenant-inlezen", str(stray), str(good)])
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.startswith("vierde.bundel.json: Het versienummer volgt niet")
        assert sql("SELECT versie FROM convenant") == [(1,)]

    @pytest.mark.usefixtures("operated")
    @pytest.mark.parametrize(
        ("content", "reden"),
        [
            (b"naam: een convenant", "geen geldige JSON"),
            (b"{}", "geen bundel van Koppelradar"),
            (b"\xff\xfe", "UTF-8"),
            (None, "niet te lezen"),
        ],
        ids=["yaml", "other json", "not utf-8", "missing"],
    )
    def test_what_is_no_bundle_is_named(self, tmp_path: Path, content: bytes | None, reden: str) -> None:
        path = tmp_path / "iets.bundel.json"
        if content is not None:
            path.write_bytes(content)
        result = runner.invoke(app, ["convenant-inlezen", str(path)])
        assert (result.exit_code, result.stdout) == (1, "")
        assert "iets.bundel.json" in result.stderr
        assert reden in result.stderr
        assert "Traceback" not in result.stderr

    @pytest.mark.usefixtures("operated")
    @pytest.mark.parametrize("change", ["text", "statement", "seal"])
    def test_what_was_tampered_with_changes_nothing(
        self, schrijf: Callable[[str], Path], partijen: "Partijen", sql: Sql, change: str
    ) -> None:
        path = schrijf(partijen.next_version(partijen.text))
        inhoud = json.loads(path.read_text(encoding="utf-8"))
        if change == "text":
            inhoud["document"]["naam"] = "Een andere naam"
        elif change == "statement":
            inhoud["verklaringen"].pop()
        else:
            inhoud["slot"] = None
        path.write_text(json.dumps(inhoud), encoding="utf-8")
        result = runner.invoke(app, ["convenant-inlezen", str(path)])
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.startswith("nieuw.bundel.json: ")
        # The command opens the matcher's means first, which took in what lies in the folder.
        assert sql("SELECT versie FROM convenant") == [(1,)]

    async def test_a_running_matcher_obeys_it_at_its_next_request(
        self,
        operated: "Instellingen",
        world: "World",
        maak_signaal: Maker,
        schrijf: Callable[[str], Path],
    ) -> None:
        """The command works in an event loop and on connections of its own, as a second process would."""
        assert operated.convenanten is not None
        world.klok.nu = now()
        wijkteam, jeugdhulp = await world.callers(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING, Sector.JEUGDHULP)
        for caller in (wijkteam, jeugdhulp):
            assert (await caller.submit(maak_signaal("p", verlooptOp=f"{now().year + 1}-01-01"))).status_code == 201
        assert len(await wijkteam.matches()) == 1
        document = document_from_yaml(world.text, bron="test")
        fewer = without_regie(regel for regel in document["deelregels"] if regel["artikel"] != "4.1")
        path = schrijf(world.partijen.next_version(dump_yaml(document), deelregels=fewer))
        result = await asyncio.to_thread(runner.invoke, app, ["convenant-inlezen", str(path)])
        assert result.exit_code == 0, result.stderr
        assert await wijkteam.matches() == []
        [first, second] = (await wijkteam.get("/v1/convenanten")).json()["convenanten"]
        assert [(each["versie"], each["inWerking"]) for each in (first, second)] == [(1, False), (2, True)]


def test_pepper_roteer_says_how_many_keys_there_are(operated: "Instellingen") -> None:
    runner.invoke(app, ["epoche-uittreden", "nhn-2026", "9"])  # opens the database under its pepper for the first time
    for versie in (2, 3):
        result = runner.invoke(app, ["pepper-roteer"])
        assert result.exit_code == 0, result.stderr
        assert f"De pepper heeft nu {versie} sleutels." in result.stdout
    assert read_pepper(operated.pepper_bestand).versie == 3
    assert oct(operated.pepper_bestand.stat().st_mode)[-3:] == "600"
