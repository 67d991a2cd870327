"""The verbs of the Makefile, and that the texts and CI name only verbs that exist."""

import re
import subprocess
from pathlib import Path

import pytest

VERBS = {"bench", "clean", "demo", "dev", "doc", "fix", "help", "lint", "lock", "test", "test-slow"}


def _verbs_in(path: Path) -> set[str]:
    return set(re.findall(r"\bmake ([a-z][a-z-]*)", path.read_text(encoding="utf-8")))


def test_help_lists_every_verb(wortel: Path) -> None:
    # The tests may run under make themselves; then it would announce each folder it enters.
    command = ["make", "--no-print-directory", "help"]
    done = subprocess.run(command, cwd=wortel, check=True, capture_output=True, text=True)
    listed = {line.split()[0] for line in done.stdout.splitlines()[1:]}

    assert listed == VERBS


@pytest.mark.parametrize("page", ["README.md", "README.nl.md", "docs/operations.md", "CHANGELOG.md", ".ci/run"])
def test_a_page_names_only_verbs_that_exist(wortel: Path, page: str) -> None:
    named = _verbs_in(wortel / page)

    assert named
    assert named <= VERBS


def test_ci_runs_lint_and_test_with_the_floor_for_coverage_and_nothing_else(wortel: Path) -> None:
    lines = (wortel / ".ci/run").read_text(encoding="utf-8").splitlines()
    commands = [line for line in lines if line.startswith("make ")]

    assert commands == ["make lint", "make test DEKKING=1"]


def test_python_is_looked_for_before_anything_is_installed(wortel: Path, tmp_path: Path) -> None:
    """With a Python that does not exist the message comes first, in both languages, and no venv is left."""
    (tmp_path / "Makefile").write_bytes((wortel / "Makefile").read_bytes())
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements/dev.txt").touch()

    done = subprocess.run(
        ["make", "dev", "PYTHON=bestaat-niet"],  # noqa: S607 - make comes from the path here as for everyone
        cwd=tmp_path,
        check=False,
        capture_output=True,
        text=True,
    )

    assert done.returncode != 0
    assert "Geen Python 3.11 of nieuwer gevonden" in done.stderr
    assert "No Python 3.11 or newer found" in done.stderr
    assert not (tmp_path / ".venv").exists()
