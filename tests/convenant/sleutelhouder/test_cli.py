"""The command line: what an operator sees, and what it says when something is wrong."""

import asyncio
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
import yaml
from typer.testing import CliRunner

from convenant.base64url import encode_base64url
from convenant.laden import document_from_yaml
from convenant.pg.tabellen import now
from convenant.sleutelhouder.cli import app
from convenant.sleutelhouder.opslag.opzet import OPZET
from convenant.types import ConvenantId, Sector
from convenant.voprf import OprfSleutel

if TYPE_CHECKING:
    from convenant.pg.ingebed import EmbeddedPostgres
    from convenant.sleutelhouder.instellingen import Instellingen
    from tests.conftest import Partijen, Sql
    from tests.convenant.sleutelhouder.conftest import Afspraak, Beheer, Wereld

PREFIX = "KOPPELRADAR_SLEUTELHOUDER_"
NAMES = ("oin", "database_url", "migratie_url", "convenanten", "kluissleutel_bestand", "sleutel_bestand", "beheerders")
VENSTER = "11111111-2222-4333-8444-555555555555"
runner = CliRunner()


def environment(instellingen: "Instellingen", **changes: object) -> dict[str, str]:
    settings = {name: getattr(instellingen, name) for name in NAMES} | changes
    return {f"{PREFIX}{name.upper()}": str(value) for name, value in settings.items()}


def run(instellingen: "Instellingen", *arguments: str) -> str:
    result = runner.invoke(app, list(arguments), env=environment(instellingen))
    assert result.exit_code == 0, result.output
    return result.stdout


def fails(instellingen: "Instellingen", *arguments: str) -> str:
    result = runner.invoke(app, list(arguments), env=environment(instellingen))
    assert result.exit_code == 1
    assert result.stdout == ""
    return result.stderr


def test_an_epoch_is_made_shown_listed_and_erased(instellingen: "Instellingen") -> None:
    made = run(instellingen, "epoche", "maak", "nieuw-2027", "4")
    [block] = yaml.safe_load(made)
    assert block["epoche"] == 4
    assert len(block["punten"]) == 12
    assert run(instellingen, "epoche", "toon", "nieuw-2027", "4").split() != []
    assert yaml.safe_load(run(instellingen, "epoche", "toon", "nieuw-2027", "4")) == [block]
    assert run(instellingen, "epoche", "lijst", "nieuw-2027") == "4  sleutels aanwezig\n"
    assert "back-ups" in run(instellingen, "epoche", "uittreden", "nieuw-2027", "4")
    assert run(instellingen, "epoche", "lijst", "nieuw-2027") == "4  geheime sleutels gewist\n"
    assert "al sleutels" in fails(instellingen, "epoche", "maak", "nieuw-2027", "4")
    assert "geen sleutels" in fails(instellingen, "epoche", "toon", "nieuw-2027", "5")
    assert "profiel" in fails(instellingen, "epoche", "maak", "nieuw-2027", "5", "--profiel", "nl-9")


class TestConvenantInlezen:
    @pytest.fixture
    def schrijf(self, partijen: "Partijen", tmp_path: Path) -> Callable[..., Path]:
        """Write the bundle of a text, outside the folder that the sleutelhouder starts with."""

        def write(text: str, naam: str = "nieuw") -> Path:
            path = tmp_path / f"{naam}.bundel.json"
            path.write_text(partijen.signed(text), encoding="utf-8")
            return path

        return write

    def test_it_says_what_was_taken_in(
        self, instellingen: "Instellingen", afspraak: "Afspraak", partijen: "Partijen", schrijf: Any, sql: "Sql"
    ) -> None:
        first, second = schrijf(afspraak.text, "een"), schrijf(partijen.next_version(afspraak.text), "twee")
        for path, versie in ((first, 1), (second, 2), (second, 2)):
            told = run(instellingen, "convenant-inlezen", str(path))
            expected = (
                rf"Convenant nhn-2026 versie {versie} is ingelezen: \w+, {len(partijen.keys)} partijen doen mee\.\n"
            )
            assert re.fullmatch(expected, told)
        assert sql("SELECT versie FROM convenant ORDER BY versie") == [(1,), (2,)]
        logged = sql("SELECT uitkomst, aantallen FROM logboek WHERE handeling = 'convenant inlezen' ORDER BY id")
        assert logged == [("verwerkt", {"versie": versie}) for versie in (1, 2, 2)]

    def test_two_versions_come_in_together(
        self, instellingen: "Instellingen", afspraak: "Afspraak", partijen: "Partijen", schrijf: Any
    ) -> None:
        second, first = schrijf(partijen.next_version(afspraak.text), "a"), schrijf(afspraak.text, "b")
        told = run(instellingen, "convenant-inlezen", str(second), str(first))
        assert [line.split(" is ")[0] for line in told.splitlines()] == [
            "Convenant nhn-2026 versie 1",
            "Convenant nhn-2026 versie 2",
        ]

    @pytest.mark.parametrize(
        ("content", "reden"),
        [(b"naam: een convenant", "geen geldige JSON"), (b"{}", "geen bundel"), (b"\xff", "UTF-8"), (None, "te lezen")],
        ids=["yaml", "other json", "not utf-8", "missing"],
    )
    def test_what_is_no_bundle_is_named(
        self, instellingen: "Instellingen", tmp_path: Path, content: bytes | None, reden: str
    ) -> None:
        path = tmp_path / "iets.bundel.json"
        if content is not None:
            path.write_bytes(content)
        told = fails(instellingen, "convenant-inlezen", str(path))
        assert "iets.bundel.json" in told
        assert reden in told

    @pytest.mark.parametrize("change", ["text", "statement", "seal"])
    def test_what_was_tampered_with_changes_nothing(
        self, instellingen: "Instellingen", afspraak: "Afspraak", schrijf: Any, sql: "Sql", change: str
    ) -> None:
        path = schrijf(afspraak.text)
        inhoud = json.loads(path.read_text(encoding="utf-8"))
        if change == "text":
            inhoud["document"]["naam"] = "Een andere naam"
        elif change == "statement":
            inhoud["verklaringen"].pop()
        else:
            inhoud["slot"] = None
        path.write_text(json.dumps(inhoud), encoding="utf-8")
        assert fails(instellingen, "convenant-inlezen", str(path)).startswith("nieuw.bundel.json: ")
        assert sql("SELECT 1 FROM convenant") == sql("SELECT 1 FROM verklaring") == []

    def test_other_keys_than_those_here_are_refused_before_anybody_counts_on_them(
        self, instellingen: "Instellingen", afspraak: "Afspraak", partijen: "Partijen", schrijf: Any, sql: "Sql"
    ) -> None:
        run(instellingen, "convenant-inlezen", str(schrijf(afspraak.text)))

        def another_key(document: dict[str, Any]) -> None:
            punten = document["sleutelhouders"][0]["sleutels"][1]["punten"]
            punten["achternaam"] = encode_base64url(OprfSleutel.generate().publiek.to_bytes())

        changed = document_from_yaml(afspraak.changed(another_key), bron="test")
        second = partijen.next_version(afspraak.text, sleutelhouders=changed["sleutelhouders"])
        told = fails(instellingen, "convenant-inlezen", str(schrijf(second)))
        assert "De sleutels van epoche 2 zijn niet die van convenant nhn-2026 versie 2" in told
        assert "epoche toon nhn-2026 2" in told
        assert sql("SELECT versie FROM convenant") == [(1,)]
        assert len(sql("SELECT 1 FROM logboek WHERE handeling = 'convenant inlezen'")) == 1

    def test_a_convenant_that_names_another_sleutelhouder_is_refused(
        self, instellingen: "Instellingen", afspraak: "Afspraak", schrijf: Any, sql: "Sql"
    ) -> None:
        other = instellingen.model_copy(update={"oin": "00000099000000077000"})
        assert f"{PREFIX}OIN" in fails(other, "convenant-inlezen", str(schrijf(afspraak.text)))
        assert sql("SELECT 1 FROM convenant") == []

    async def test_a_running_sleutelhouder_obeys_it_at_its_next_request(
        self, instellingen: "Instellingen", wereld: "Wereld", afspraak: "Afspraak", schrijf: Any
    ) -> None:
        """The command works in an event loop and on connections of its own, as a second process would."""
        wereld.klok.nu = now()
        school = await wereld.in_sector(Sector.ONDERWIJS)
        assert (await school.ask_number(1)).status_code == 200
        one = [{"partijen": {"alle": True}, "perMinuut": 1, "perDag": 1, "perMaand": 1}]
        path = schrijf(wereld.partijen.next_version(afspraak.text, budgetten=one))
        await asyncio.to_thread(run, instellingen, "convenant-inlezen", str(path))
        assert (await school.ask_number(1)).status_code == 429
        assert wereld.kern.convenanten[ConvenantId("nhn-2026")].versie == 2


def test_two_operators_open_a_window(instellingen: "Instellingen", beheer: "Beheer", sql: "Sql") -> None:
    sql(f"INSERT INTO venster VALUES ('{VENSTER}', 'nhn-2026', '00000099000000061000', 500, now())")  # noqa: S608
    assert "goedgekeurd door: niemand" in run(instellingen, "venster", "lijst")
    anna, bas = (("--beheerder", naam, "--sleutel", str(beheer.sleutels[naam])) for naam in ("anna", "bas"))
    assert "andere beheerder" in run(instellingen, "venster", "goedkeuren", VENSTER, *anna)
    assert "al goedgekeurd" in fails(instellingen, "venster", "goedkeuren", VENSTER, *anna)
    assert "andere periode" in fails(instellingen, "venster", "goedkeuren", VENSTER, *bas, "--tot", "2099-01-01")
    opened = run(instellingen, "venster", "goedkeuren", VENSTER, *bas)
    assert "open" in opened
    assert "anna, bas" in opened
    assert "andere beheerder" not in opened


def test_alarms_say_who_asked_what(instellingen: "Instellingen", sql: "Sql") -> None:
    assert run(instellingen, "alarmen") == ""
    sql(
        "INSERT INTO alarm (convenant, organisatie, code, maand, stap, gevraagd, uit_venster, ingediend, op) "
        "VALUES ('nhn-2026', '00000099000000061000', 'zeker', '2026-05-01', 1, 900, 0, 3, now())"
    )
    assert run(instellingen, "alarmen") == (
        "2026-05  nhn-2026  00000099000000061000  zeker: 900 punten gevraagd (waarvan 0 uit een venster), "
        "3 signalen ingediend (stap 1)\n"
    )


def test_openapi_writes_the_description(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{PREFIX}PUBLIEKE_URL", "https://sleutelhouder.example.nl")
    document = json.loads(runner.invoke(app, ["openapi"]).stdout)
    assert document["servers"] == [{"url": "https://sleutelhouder.example.nl/v1"}]


def test_sleutels_prints_settings_that_point_at_the_files(tmp_path: Path) -> None:
    result = runner.invoke(app, ["sleutels", str(tmp_path / "nieuw")])
    settings = dict(line.split("=", 1) for line in result.stdout.splitlines())
    assert settings.keys() == {f"{PREFIX}KLUISSLEUTEL_BESTAND", f"{PREFIX}SLEUTEL_BESTAND"}
    assert all(Path(path).is_file() for path in settings.values())
    again = runner.invoke(app, ["sleutels", str(tmp_path / "nieuw")])
    assert (again.exit_code, "bestaat al" in again.stderr) == (1, True)


def test_an_operator_gets_a_key_and_a_line_to_register(tmp_path: Path) -> None:
    path = tmp_path / "anna.jwk"
    registered = json.loads(runner.invoke(app, ["beheerder", "anna", "--sleutel", str(path)]).stdout)
    assert "d" not in registered["anna"]
    assert json.loads(path.read_text())["x"] == registered["anna"]["x"]


def test_migreer_makes_the_tables(postgres: "EmbeddedPostgres", monkeypatch: pytest.MonkeyPatch) -> None:
    naam = f"leeg_{uuid4().hex}"
    postgres.create_database(naam)
    monkeypatch.setenv(f"{PREFIX}MIGRATIE_URL", postgres.urls(OPZET, naam).eigenaar)
    for _ in range(2):
        assert runner.invoke(app, ["migreer"]).stdout == "De database heeft het nieuwste schema.\n"


def test_migreer_without_a_url_says_which_setting_to_make() -> None:
    result = runner.invoke(app, ["migreer"])
    assert (result.exit_code, f"{PREFIX}MIGRATIE_URL" in result.stderr) == (1, True)


def test_a_wrong_setting_is_named_and_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{PREFIX}PORT", "geheim")
    result = runner.invoke(app, ["openapi"])
    assert (result.exit_code, result.stderr) == (2, f"Deze instelling klopt niet: {PREFIX}PORT.\n")


def start(instellingen: "Instellingen", **changes: object) -> subprocess.CompletedProcess[str]:
    """Run `sleutelhouder start` in a process of its own, because it configures logging for good."""
    return subprocess.run(
        [sys.executable, "-c", "from convenant.sleutelhouder.cli import app; app(['start'])"],
        env=os.environ | environment(instellingen, **changes),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_start_says_in_plain_words_what_keeps_it_from_starting(instellingen: "Instellingen", sql: "Sql") -> None:
    without_oin = start(instellingen, oin="")
    assert (without_oin.returncode, f"{PREFIX}OIN" in without_oin.stderr) == (1, True)
    sql("DELETE FROM oprf_sleutel WHERE epoche = 3")
    without_keys = start(instellingen, port=0)
    assert without_keys.returncode == 1
    assert "epoche maak nhn-2026 3" in without_keys.stderr
    assert without_keys.stderr.splitlines()[-1].startswith("De sleutelhouder kon niet starten.")
    assert "Traceback" not in without_oin.stderr + without_keys.stderr
