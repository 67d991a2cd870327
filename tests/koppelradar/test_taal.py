import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.core import TyperGroup
from typer.testing import CliRunner, Result

from koppelradar.cli import app

# What typer writes itself, apart from what is also a Dutch word.
ENGLISH = re.compile(
    r"\b(usage|options?|commands?|arguments|args|show this|message|exit|error|missing|no such|invalid|value|aborted|"
    r"required|default|env var|try|for help|completion|int|str|path|uuid|range|input should|did you mean|repeat)\b",
    re.IGNORECASE,
)
GEHEIM = "Jansen-de-Vries"


class _BrokenOff:
    def readline(self) -> str:
        raise KeyboardInterrupt


def _run(*args: str, stdin: str = "") -> Result:
    return CliRunner().invoke(app, list(args), prog_name="koppelradar", input=stdin)


def _paths(command: Any, context: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    if isinstance(command, TyperGroup):
        for name in command.list_commands(context):
            yield from _paths(command.get_command(context, name), context, (*path, name))


COMMAND = typer.main.get_command(app)
PATHS = list(_paths(COMMAND, COMMAND.context_class(COMMAND)))


def test_every_part_of_the_program_is_covered() -> None:
    assert {(), ("token",), ("signaal", "indienen"), ("register", "maak"), ("matcher", "start")} <= set(PATHS)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: " ".join(path) or "root")
def test_help_holds_no_english(path: tuple[str, ...]) -> None:
    result = _run(*path, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith(" ".join(["Gebruik: koppelradar", *path, "[OPTIES]"]))
    assert "--help" in result.stdout
    assert "Toon deze hulp." in result.stdout
    without_names = re.sub(r"--[\w-]+", "", result.stdout)
    assert not ENGLISH.search(without_names), ENGLISH.search(without_names)


def test_help_tells_types_bounds_and_defaults() -> None:
    text = " ".join(_run("notificaties", "--help").stdout.split())
    assert "--wacht <getal>" in text
    assert "[standaard: 0; van 0 tot en met 30]" in text
    assert "-c, --configuratie <pad>" in text
    assert "omgevingsvariabele: KOPPELRADAR_CONFIGURATIE" in text
    assert "--volg Blijf wachten" in text


def test_help_tells_what_is_required() -> None:
    text = _run("token", "--help").stdout
    assert re.search(r"--epoche <getal> +Nummer van de sleutelperiode\. +\[verplicht\]", text)


@pytest.mark.parametrize("path", [(), ("signaal",), ("matcher",)], ids=lambda path: " ".join(path) or "root")
def test_a_group_without_a_command_shows_its_help(path: tuple[str, ...]) -> None:
    result = _run(*path)
    assert result.exit_code == 2
    assert result.stderr == _run(*path, "--help").stdout


@pytest.mark.parametrize(
    ("args", "melding"),
    [
        pytest.param(["token"], "De optie --convenant ontbreekt.", id="missing option"),
        pytest.param(["import"], "Het argument BESTAND ontbreekt.", id="missing argument"),
        pytest.param([GEHEIM], "Dit commando bestaat niet. Kies uit: notificaties,", id="unknown command"),
        pytest.param(["signaal", GEHEIM], "Kies uit: indienen, lijst, intrekken.", id="unknown command of a group"),
        pytest.param(["--", "--"], "Dit commando bestaat niet.", id="no command"),
        pytest.param(["matches", f"--{GEHEIM}"], "Deze optie bestaat niet.", id="unknown option"),
        pytest.param(["matches", "-Q"], "Deze optie bestaat niet.", id="unknown short option"),
        pytest.param(["matches", "--acount", GEHEIM], "Bedoelde u --account?", id="misspelt option"),
        pytest.param(["notificaties", "--wacht", GEHEIM], "een heel getal van 0 tot en met 30.", id="no number"),
        pytest.param(["notificaties", "--wacht", "31"], "een getal van 0 tot en met 30.", id="number too high"),
        pytest.param(["notificaties", "--wacht", "-1"], "een getal van 0 tot en met 30.", id="number too low"),
        pytest.param(["notificaties", "--wacht"], "--wacht heeft een waarde nodig.", id="option without its value"),
        pytest.param(["signaal", "lijst", f"--json={GEHEIM}"], "--json krijgt geen waarde.", id="flag with a value"),
        pytest.param(["signaal", "intrekken", GEHEIM], "Het argument ID klopt niet. Geef een id", id="no id"),
        pytest.param(["import", "a.csv", GEHEIM], "Er staat te veel op de opdrachtregel.", id="too much"),
    ],
)
def test_wrong_use_is_told_in_dutch_without_what_was_typed(args: list[str], melding: str) -> None:
    result = _run(*args)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Fout: " in result.stderr
    assert melding in result.stderr
    assert "\nMeer hulp: koppelradar " in result.stderr
    assert GEHEIM not in result.stderr
    without_names = re.sub(r"--[\w-]+", "", result.stderr)
    assert not ENGLISH.search(without_names), ENGLISH.search(without_names)


def test_breaking_off_is_told_in_dutch_and_ends_with_1() -> None:
    result = _run("signaal", "indienen", stdin="c-1\n")
    assert result.exit_code == 1
    assert result.stderr == "\nAfgebroken.\n"


def test_ctrl_c_at_a_prompt_is_told_in_dutch(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", _BrokenOff())
    with pytest.raises(SystemExit) as ended:
        app(["signaal", "indienen"], prog_name="koppelradar")
    assert ended.value.code == 1
    assert capsys.readouterr().err == "\nAfgebroken.\n"


def test_prompts_are_dutch_and_repeat_after_an_empty_answer(tmp_path: Path) -> None:
    answers = ["", "c-1", "", "", "Jansen", "2015-01-01", "zorg"]
    prompts = [
        "Cliëntnummer in uw eigen systeem",
        "Cliëntnummer in uw eigen systeem",
        "Alle voornamen",
        "Voorvoegsel (leeg als er geen is)",
        "Eigen achternaam",
        "Geboortedatum (JJJJ-MM-DD)",
        "Signaalsoort",
    ]
    result = _run("signaal", "indienen", "-c", str(tmp_path / "ontbreekt.toml"), stdin="\n".join([*answers, ""]))
    shown = [f"{prompt}: {answer}" for prompt, answer in zip(prompts, answers, strict=True)]
    assert result.stdout.splitlines() == shown


def test_the_language_does_not_follow_the_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LANG"):
        monkeypatch.setenv(name, "en_US.UTF-8")
    done = subprocess.run(
        [sys.executable, "-m", "koppelradar", "token"], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 2
    assert "Fout: De optie --convenant ontbreekt." in done.stderr


def test_completion_in_english_is_not_offered() -> None:
    assert _run("--install-completion").exit_code == 2
