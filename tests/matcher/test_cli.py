"""The command line: what it prints, and what it says when something is wrong."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import NullPool, create_engine, text
from typer.testing import CliRunner

from matcher.cli import app
from matcher.instellingen import read_pepper
from matcher.opslag.opzet import OPZET

if TYPE_CHECKING:
    from convenant.pg.ingebed import DatabaseUrls, EmbeddedPostgres
    from matcher.instellingen import Instellingen

runner = CliRunner()


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
    assert "kan het logboek wijzigen" in result.stderr
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
