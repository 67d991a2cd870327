"""The measurement of decisions: what is asked, what is counted, and how it is shown."""

import csv
import json
import random
from itertools import islice
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from convenant.beleid import Vraag, beslis
from convenant.laden import parse_convenant
from convenant.types import Fase, Gebeurtenis, Niveau
from convenant.voorbeelden import example_text
from koppelradar.bench.beleid import RONDEN, Beleidsronde, _rebuilt, beleid, draw_vragen, measure, result

NHN = parse_convenant(example_text("noord-holland-noord"), bron="voorbeeld")


def _run(*args: str) -> Result:
    app = typer.Typer()
    app.command()(beleid)
    return CliRunner().invoke(app, list(args))


def _vragen(zaad: int, aantal: int) -> list[Vraag]:
    return list(islice(draw_vragen(NHN, random.Random(zaad)), aantal))  # noqa: S311 - no secret


def test_anything_is_asked_of_two_parties_while_the_convenant_is_in_force() -> None:
    vragen = _vragen(1, 2000)
    assert {vraag.gebeurtenis for vraag in vragen} == set(Gebeurtenis)
    assert {vraag.niveau for vraag in vragen} == set(Niveau)
    assert {vraag.fase for vraag in vragen} == {None, *Fase}
    assert {len(vraag.eigen_signaalsoorten) for vraag in vragen} == set(range(len(NHN.signaalsoorten) + 1))
    assert all(NHN.is_in_force(vraag.op) and vraag.ontvanger != vraag.over for vraag in vragen)
    assert 0.05 < sum(beslis(NHN, vraag).toegestaan for vraag in vragen) / len(vragen) < 0.5


def test_the_seed_decides_what_is_asked() -> None:
    drawn = [_vragen(zaad, 20) for zaad in (1, 1, 2)]
    assert drawn[0] == drawn[1]
    assert drawn[0] != drawn[2]


def test_what_is_only_built_is_the_same_answer() -> None:
    for vraag in _vragen(2, 200):
        besluit = beslis(NHN, vraag)
        assert _rebuilt(besluit) == besluit
        assert _rebuilt(besluit) is not besluit


def test_every_round_is_as_large_and_none_is_smaller_than_asked() -> None:
    ronden = measure(NHN, aantal=1001, zaad=1)
    assert [ronde.vragen for ronde in ronden] == [101] * RONDEN
    assert all(0 < ronde.toegestaan < ronde.vragen for ronde in ronden)


def test_speeds_and_the_ratio_are_medians_over_the_rounds() -> None:
    ronden = [Beleidsronde(100, 10, 2.0, 1.0), Beleidsronde(100, 20, 1.0, 0.25), Beleidsronde(100, 30, 4.0, 3.0)]
    assert result(ronden) == {
        "vragen": 300,
        "deel_toegestaan": 0.2,
        "beslissingen_per_s": 50.0,
        "alleen_bouwen_per_s": 100.0,
        "tegen_alleen_bouwen": 0.5,
    }


def test_the_command_shows_the_figures_and_writes_every_round(tmp_path: Path) -> None:
    ruw = tmp_path / "ruw.csv"
    run = _run("--aantal", "5000", "--json", "--ruw", str(ruw))
    assert run.exit_code == 0, run.output
    assert "beslissingen per seconde" in run.stdout
    figures = json.loads(run.stdout.splitlines()[-1])
    assert figures["vragen"] == 5000
    rows = list(csv.DictReader(ruw.read_text(encoding="utf-8").splitlines()))
    assert [int(row["ronde"]) for row in rows] == list(range(1, RONDEN + 1))
    assert sum(int(row["toegestaan"]) for row in rows) / 5000 == figures["deel_toegestaan"]


def test_too_few_questions_are_refused() -> None:
    assert _run("--aantal", str(RONDEN - 1)).exit_code == 2


@pytest.mark.slow
def test_fifty_thousand_decisions_per_second_of_one_core() -> None:
    figures = json.loads(_run("--json").stdout.splitlines()[-1])
    assert figures["beslissingen_per_s"] >= 50_000
    assert figures["tegen_alleen_bouwen"] >= 0.05
