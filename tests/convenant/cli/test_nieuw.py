"""`convenant nieuw` as people type it."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from convenant.cli import convenant_app
from convenant.nieuw import check_start


def _run(*arguments: str | Path, answers: str | None = None) -> Result:
    return CliRunner().invoke(convenant_app, ["nieuw", *map(str, arguments)], input=answers)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "nieuw.yaml"


@pytest.mark.parametrize("sjabloon", ["minimaal", "regio"])
def test_what_comes_out_only_lacks_keys(path: Path, sjabloon: str) -> None:
    result = _run("--uit", path, "--sjabloon", sjabloon, "--ja")
    assert result.exit_code == 0, result.output
    assert "VUL IN" in result.output
    check_start(path.read_text(encoding="utf-8"), bron="nieuw")
    findings = CliRunner().invoke(convenant_app, ["controleer", str(path)]).output.splitlines()[1:]
    assert findings
    assert all(".sleutels.0.x: " in line for line in findings)


def test_all_questions_can_be_options(path: Path) -> None:
    result = _run(
        *("--uit", path, "--sjabloon", "minimaal", "--naam", "Afspraken: 'Noord' #1", "--regio", "Polder"),
        *("--id", "polder-2026", "--convenanthouder", "wijkteam zuid", "--beheerder", "ICT", "--van", "2026-02-01"),
        *("--tot", "2027-01-31", "--partij", 'School "De Brug"; onderwijs; signaleerder'),
        *("--partij", "Wijkteam Zuid; maatschappelijke ondersteuning; signaleerder, regisseur; Urk, Zeewolde"),
    )
    assert result.exit_code == 0, result.output
    convenant = check_start(path.read_text(encoding="utf-8"), bron="nieuw")
    assert (convenant.id, convenant.naam, convenant.regio) == ("polder-2026", "Afspraken: 'Noord' #1", "Polder")
    assert [partij.naam for partij in convenant.partijen] == ['School "De Brug"', "Wijkteam Zuid"]
    assert convenant.partijen[1].gemeenten == ("Urk", "Zeewolde")
    assert convenant.convenanthouder == convenant.partijen[1].oin
    assert convenant.partijen[1].vereist
    assert f"{convenant.geldig_van} {convenant.geldig_tot}" == "2026-02-01 2027-01-31"


def test_asks_for_what_was_not_given(path: Path) -> None:
    answers = "\n".join(
        ["iets", "regio", "Zuid", "Kring; veilig-thuis", "Wijk; jeugdhulp", "", "zuid-1", "Convenant Zuid", "Wijk", ""]
    )
    result = _run("--uit", path, answers=f"{answers}\n")
    assert result.exit_code == 0, result.output
    assert "Kies minimaal of regio." in result.output
    convenant = check_start(path.read_text(encoding="utf-8"), bron="nieuw")
    assert (convenant.id, convenant.regio) == ("zuid-1", "Zuid")
    assert [partij.naam for partij in convenant.partijen] == ["Kring", "Wijk"]
    assert convenant.convenanthouder == convenant.partijen[1].oin


def test_never_writes_over_a_file(path: Path) -> None:
    path.write_text("van iemand", encoding="utf-8")
    result = _run("--uit", path, "--ja")
    assert result.exit_code == 2
    assert "wordt niet overschreven" in result.output
    assert path.read_text(encoding="utf-8") == "van iemand"


@pytest.mark.parametrize(
    ("arguments", "melding"),
    [
        (("--partij", "School"), "Schrijf een partij als"),
        (("--partij", "School; onderwijs; a; b; c"), "Schrijf een partij als"),
        (("--partij", "School; school"), "Deze sector bestaat niet. Kies uit:"),
        (("--partij", "School; onderwijs; baas"), "Deze rol bestaat niet. Kies uit:"),
        (("--convenanthouder", "Niemand"), "De convenanthouder is een van de partijen. Kies uit:"),
        (("--id", "Geen Kenmerk"), "convenant: "),
        (("--partij", "A; onderwijs", "--partij", "A; jeugdhulp"), "naam"),
        (("--tot", "2020-01-01"), "geldigTot"),
        (("--naam", "x" * 201), "naam"),
    ],
    ids=["no-sector", "too-many", "sector", "role", "holder", "id", "doubled", "period", "long"],
)
def test_what_would_not_be_right_is_refused_and_nothing_is_written(
    path: Path, arguments: tuple[str, ...], melding: str
) -> None:
    result = _run("--uit", path, "--ja", *arguments)
    assert result.exit_code in {1, 2}
    assert melding in result.output
    assert not path.exists()


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    result = _run("--uit", tmp_path / "nergens" / "nieuw.yaml", "--ja")
    assert result.exit_code == 1
    assert "kan niet worden gemaakt" in result.output
