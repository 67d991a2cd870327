"""The command: files that csv can read, figures that fit them, and refusals in one Dutch sentence."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from koppelradar.bench.bevolking import BevolkingFout
from koppelradar.cli import app

PERSOON = ["voornamen", "voorvoegsel", "geslachtsnaam", "geboortedatum", "partnernaam"]
COLUMNS = {
    "bevolking.csv": ["id", *PERSOON, "huishouden", "tweeling", "geslacht", "herkomst"],
    "signalen.csv": ["id", *PERSOON, "organisatie"],
    "links.csv": ["id_a", "id_b"],
    "fouten.csv": ["id", "fout_1", "fout_2"],
}


def _run(uit: Path, *options: str) -> Result:
    arguments = ["bench", "bevolking", "--uit", str(uit), "--personen", "1500", "--signalen", "600", *options]
    return CliRunner().invoke(app, arguments, prog_name="koppelradar")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("bench") / "uit"
    result = _run(folder, "--json")
    assert result.exit_code == 0, result.output
    assert "verschillende achternamen" in result.stdout
    return folder, json.loads(result.stdout.splitlines()[-1])


def test_the_files_have_the_columns_that_were_promised(made: tuple[Path, dict[str, Any]]) -> None:
    folder, _ = made
    assert {path.name: list(_rows(path)[0]) for path in folder.iterdir()} == COLUMNS


def test_the_figures_fit_the_files(made: tuple[Path, dict[str, Any]]) -> None:
    folder, figures = made
    rows = {name: _rows(folder / name) for name in COLUMNS}
    assert len(rows["bevolking.csv"]) == figures["personen"] == sum(figures["herkomst"].values()) == 1500
    assert len(rows["signalen.csv"]) == figures["signalen"] == 600
    assert len(rows["links.csv"]) == figures["paren"]
    assert len(rows["fouten.csv"]) == figures["signalen_met_fout"]
    assert sum(bool(row["fout_1"]) + bool(row["fout_2"]) for row in rows["fouten.csv"]) == sum(
        figures["fouten"].values()
    )


def test_links_join_signals_of_different_organisations(made: tuple[Path, dict[str, Any]]) -> None:
    folder, _ = made
    organisatie = {row["id"]: row["organisatie"] for row in _rows(folder / "signalen.csv")}
    links = _rows(folder / "links.csv")
    assert links
    assert all(organisatie[row["id_a"]] != organisatie[row["id_b"]] for row in links)


def test_two_organisations_give_two_files_that_the_links_join(tmp_path: Path) -> None:
    assert _run(tmp_path, "--organisaties", "2", "--overlap", "0.8").exit_code == 0
    a, b = ({row["id"] for row in _rows(tmp_path / name)} for name in ("a.csv", "b.csv"))
    assert list(_rows(tmp_path / "a.csv")[0]) == ["id", *PERSOON]
    assert len(a) + len(b) == 600
    assert all(row["id_a"] in a and row["id_b"] in b for row in _rows(tmp_path / "links.csv"))


def test_the_same_seed_gives_the_same_files(tmp_path: Path, made: tuple[Path, dict[str, Any]]) -> None:
    folder, _ = made
    _run(tmp_path)
    assert all((tmp_path / name).read_bytes() == (folder / name).read_bytes() for name in COLUMNS)


@pytest.mark.parametrize(
    ("options", "melding"),
    [
        (("--signalen", "9000"), "te weinig personen"),
        (("--organisaties", "1"), "Bij één organisatie"),
    ],
    ids=["too many signals", "overlap with nobody"],
)
def test_refuses_sizes_that_cannot_go_together(tmp_path: Path, options: tuple[str, ...], melding: str) -> None:
    result = _run(tmp_path / "uit", *options)
    assert isinstance(result.exception, BevolkingFout)
    assert melding in str(result.exception)
    assert not (tmp_path / "uit").exists()


def test_leaves_existing_files_alone(tmp_path: Path) -> None:
    (tmp_path / "signalen.csv").write_text("van mij", encoding="utf-8")
    assert isinstance(_run(tmp_path).exception, BevolkingFout)
    assert (tmp_path / "signalen.csv").read_text(encoding="utf-8") == "van mij"
    (tmp_path / "bestand").write_text("", encoding="utf-8")
    assert isinstance(_run(tmp_path / "bestand").exception, BevolkingFout)
