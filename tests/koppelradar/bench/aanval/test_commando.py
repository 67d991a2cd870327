"""The command: what it prints and writes, and when it ends with an error."""

import csv
import json
import sys
from pathlib import Path
from uuid import UUID

import pytest
from typer.testing import CliRunner, Result

from koppelradar.bench.aanval import verslag
from koppelradar.bench.aanval.dagen import Dagcijfers
from koppelradar.bench.aanval.oordeel import Naming, Oordeel
from koppelradar.bench.aanval.regel import Meting, Regel
from koppelradar.bench.aanval.wereld import Opzet
from koppelradar.cli import app
from koppelradar.errors import OnderdeelOntbreekt

ALL = Oordeel(tuple(Naming(UUID(int=nummer), nummer, True) for nummer in range(100)))
NONE = Oordeel(())
DAG = Dagcijfers(
    sector="onderwijs",
    getest=720,
    herkend=0,
    punten_per_code=60,
    minuten=2,
    dagen=31,
    dagen_regio=4600,
    alarm=2,
    stil_per_maand=1200,
)


def _regel(
    *, zonder: Oordeel = NONE, met: Oordeel = ALL, moet_nul: bool = True, dag: Dagcijfers | None = None
) -> Regel:
    return Regel(
        naam="woordenboek",
        heeft="database, pepper, K",
        ontbreekt="OPRF-sleutels",
        personen=100,
        zonder=zonder,
        met=met,
        toeval=0.0,
        dag=dag,
        moet_nul=moet_nul,
    )


def _meting(*regels: Regel) -> Meting:
    opzet = Opzet(signalen=150, organisaties=4, fouten=0.45, zaad=1)
    return Meting(bevolking=500, opzet=opzet, signalen=150, zonder_sleutel=2, regio=673000, regels=regels)


def _run(monkeypatch: pytest.MonkeyPatch, meting: Meting, *options: str) -> Result:
    monkeypatch.setattr(verslag, "measure", lambda *_, **__: meting)
    arguments = ["bench", "aanval", "--personen", "500", *options]
    return CliRunner().invoke(app, arguments, prog_name="koppelradar")


def test_ends_with_one_line_of_json_and_writes_the_names(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    ruw = tmp_path / "ruw.csv"
    run = _run(monkeypatch, _meting(_regel(), _regel(dag=DAG)), "--json", "--ruw", str(ruw))
    figures = json.loads(run.stdout.splitlines()[-1])
    een, ander = figures["aanvallen"]
    assert run.exit_code == 0
    assert (een["naam"], een["personen"], een["herkend"], een["met_sleutel"]) == ("woordenboek", 100, 0, 100)
    assert (ander["per_dag"]["getest"], ander["per_dag"]["alarm_op_dag"]) == (720, 2)
    assert "wordt niemand geraden" in run.stdout
    with ruw.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 200
    assert rows[0] == {
        "aanval": "woordenboek",
        "met_sleutel": "1",
        "signaal": str(UUID(int=0)),
        "persoon": "0",
        "juist": "1",
    }


@pytest.mark.parametrize(
    ("regel", "melding"),
    [
        pytest.param(_regel(met=Oordeel(ALL.namingen[:98])), "bewijst dus niets", id="the attacker is too weak"),
        pytest.param(_regel(zonder=Oordeel(ALL.namingen[:1])), "zijn te raden", id="somebody was found"),
    ],
)
def test_ends_with_an_error(monkeypatch: pytest.MonkeyPatch, regel: Regel, melding: str) -> None:
    run = _run(monkeypatch, _meting(regel), "--json")
    assert run.exit_code == 1
    assert melding in run.stdout
    assert json.loads(run.stdout.splitlines()[-1])["geslaagd"] is False


def test_a_guess_that_is_right_by_chance_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    run = _run(monkeypatch, _meting(_regel(zonder=Oordeel(ALL.namingen[:1]), moet_nul=False)))
    assert run.exit_code == 0


def test_says_what_is_missing_where_the_matcher_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "koppelradar.bench.aanval.verslag", None)
    run = CliRunner().invoke(app, ["bench", "aanval"], prog_name="koppelradar")
    assert isinstance(run.exception, OnderdeelOntbreekt)


@pytest.mark.slow
def test_every_attack_counts_and_the_dictionary_finds_nobody() -> None:
    arguments = ["bench", "aanval", "--personen", "1000", "--signalen", "300", "--fouten", "0.2", "--json"]
    run = CliRunner().invoke(app, arguments, prog_name="koppelradar")
    figures = json.loads(run.stdout.splitlines()[-1])
    found = {regel["naam"]: regel for regel in figures["aanvallen"]}
    assert run.exit_code == 0, run.stdout
    assert found["woordenboek"]["herkend"] == 0
    assert found["woordenboek (modus hmac)"]["herkend"] >= 0.99 * found["woordenboek"]["personen"]
    assert all(regel["met_sleutel"] >= 0.99 * regel["personen"] for regel in found.values())
    # The budget of a school is 60 points a day; the limit to its signals (4,100 pupils, 10 per thousand) comes sooner.
    assert found["hengelen (onderwijs)"]["per_dag"]["getest"] == 41
