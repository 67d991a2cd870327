"""`convenant leg-uit`, `verschil` and `toon` as people type them."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from convenant.cli import convenant_app
from convenant.laden import dump_yaml
from convenant.voorbeelden import example_text
from tests.convenant.conftest import SCHOOL, WIJKTEAM, right_document


@pytest.fixture
def flevoland(tmp_path: Path) -> Path:
    path = tmp_path / "flevoland.yaml"
    path.write_text(example_text("flevoland"), encoding="utf-8")
    return path


@pytest.fixture
def klein(tmp_path: Path) -> Path:
    """A small convenant, in which a school hears something in one phase only."""
    document = right_document()
    document["deelregels"][0] |= {"fasen": ["herstel"], "niveaus": ["zeker", "mogelijk"]}
    path = tmp_path / "klein.yaml"
    path.write_text(dump_yaml(document), encoding="utf-8")
    return path


def _run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(convenant_app, [str(argument) for argument in arguments])


def _words(result: Result) -> str:
    return " ".join(result.output.split())


def test_says_who_takes_a_middle_heavy_melding_from_zeewolde_over(flevoland: Path) -> None:
    result = _run(
        *("leg-uit", flevoland, "--gemeente", "Zeewolde", "--zwaarte", "middelzwaar"),
        *("--doelgroep", "volwassenen", "--na", "beoordeling", "--geen-hulp"),
    )
    said = _words(result)
    assert result.exit_code == 0
    assert said.count("Wie neemt over") == 1
    assert "Wie neemt over: Meerinzicht Sociaal" in said
    assert "Hoe: Warm." in said
    assert "Termijn: Binnen 3 werkdagen." in said
    assert "Ontvangstbevestiging: Binnen 2 werkdagen." in said
    assert "Gaat niet mee: De veiligheidsvoorwaarden, wie de melder is, de politiemelding, medische gegevens" in said
    assert "Artikel 15.3" in said


def test_says_everything_when_only_the_municipality_is_known(flevoland: Path) -> None:
    said = _words(_run("leg-uit", flevoland, "--gemeente", "zeewolde"))
    assert said.count("Wie neemt over") > 2
    assert "Hierover staat niets in het convenant." in said


def test_says_what_one_may_learn_of_another_by_name_or_oin(klein: Path) -> None:
    by_name = _run("leg-uit", klein, "--ontvanger", "wijkteam", "--over", "scho", "--op", "2026-05-01")
    by_oin = _run("leg-uit", klein, "--ontvanger", WIJKTEAM, "--over", SCHOOL, "--op", "2026-05-01")
    assert by_name.exit_code == 0
    assert "Wat mag Wijkteam horen van School?" in by_name.output
    assert "Ja: de naam van de organisatie." in by_name.output
    assert "Artikel 4.1: Zij stemmen af." in by_name.output
    assert by_oin.output == by_name.output


@pytest.mark.parametrize(
    "vraag",
    [
        ("--gebeurtenis", "match"),
        ("--niveau", "waarschijnlijk"),
        ("--signaalsoort", "zorg"),
        ("--eigen-signaalsoort", "zorg"),
        ("--zonder-eigen-signaal",),
        ("--fase", "herstel"),
    ],
    ids=lambda vraag: vraag[0],
)
def test_an_option_narrows_the_question(klein: Path, vraag: tuple[str, ...]) -> None:
    partijen = ("--ontvanger", "Wijkteam", "--over", "School", "--op", "2026-05-01")
    narrow, wide = _run("leg-uit", klein, *partijen, *vraag), _run("leg-uit", klein, *partijen)
    assert narrow.exit_code == wide.exit_code == 0
    assert narrow.output != wide.output


def test_an_agreement_that_does_not_hold_today_is_explained_as_of_its_first_day(klein: Path) -> None:
    text = klein.read_text(encoding="utf-8").replace("2026-", "2096-").replace("2027-", "2097-")
    klein.write_text(text, encoding="utf-8")
    assert "op 1 januari 2096." in _run("leg-uit", klein, "--ontvanger", "Wijkteam", "--over", "School").output


@pytest.mark.parametrize(
    ("arguments", "code", "melding"),
    [
        ((), 2, "Noem --ontvanger en --over"),
        (("--ontvanger", "School"), 2, "Noem --ontvanger en --over"),
        (("--gemeente", "Urk", "--over", "School"), 2, "Noem --ontvanger en --over"),
        (("--gemeente", "xyz"), 1, "noemt deze gemeente niet. Kies uit: geen enkele."),
        (
            ("--ontvanger", "School", "--over", "xyz"),
            1,
            "Geen partij heeft deze naam of dit OIN. Kies uit: Veilig Thuis;",
        ),
        (
            ("--ontvanger", "School", "--over", "i"),
            1,
            "Meer partijen passen bij deze naam. Kies uit: Veilig Thuis; Wijk",
        ),
        (("--ontvanger", "School", "--over", "Wijkteam", "--signaalsoort", "xyz"), 1, "kent deze signaalsoort niet"),
    ],
)
def test_a_question_that_cannot_be_answered_says_what_to_do(
    klein: Path, arguments: tuple[str, ...], code: int, melding: str
) -> None:
    result = _run("leg-uit", klein, *arguments)
    assert result.exit_code == code
    assert melding in result.output
    assert "xyz" not in result.output


def test_says_what_changes_between_two_files(klein: Path, tmp_path: Path) -> None:
    nieuw = tmp_path / "nieuw.yaml"
    text = klein.read_text(encoding="utf-8").replace("bewaartermijnMaanden: 24", "bewaartermijnMaanden: 6")
    nieuw.write_text(text, encoding="utf-8")
    assert "De bewaartermijn van zorg wordt 6 maanden (was 24 maanden)." in _run("verschil", klein, nieuw).output
    assert _run("verschil", klein, klein).output == "Er verandert niets: dit is twee keer hetzelfde convenant.\n"


def test_writes_the_page_and_says_where(klein: Path, tmp_path: Path) -> None:
    page = tmp_path / "pagina.html"
    result = _run("toon", klein, "--uit", page)
    assert result.exit_code == 0
    assert page.read_text(encoding="utf-8").startswith('<!DOCTYPE html>\n<html lang="nl">')
    assert str(page) in result.output


def test_a_convenant_is_not_lost_by_naming_it_as_the_page(klein: Path) -> None:
    before = klein.read_bytes()
    result = _run("toon", klein, "--uit", klein)
    assert result.exit_code == 2
    assert klein.read_bytes() == before


def test_a_page_that_cannot_be_written_is_an_error(klein: Path, tmp_path: Path) -> None:
    result = _run("toon", klein, "--uit", tmp_path / "nergens" / "pagina.html")
    assert result.exit_code == 1
    assert "kan niet worden geschreven" in result.output
