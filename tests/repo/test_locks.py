"""The lock files: whole, hashed, without addresses, and in step with pyproject.toml."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

LOCKS = ("sdk", "matcher", "dev")
# name==version, with an optional marker for another platform or Python
_PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[a-z,]+\])?==(\S+)( ; .+)? \\$")
_HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")


def _pins(wortel: Path, name: str) -> set[tuple[str, str]]:
    lines = (wortel / f"requirements/{name}.txt").read_text(encoding="utf-8").splitlines()
    return {(pin[1], pin[2]) for line in lines if (pin := _PIN.match(line))}


def _check(root: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(root / "requirements/lock.py"), "--check"]
    return subprocess.run(command, check=False, capture_output=True, text=True)


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_pins_with_hashes_and_nothing_else(wortel: Path, name: str) -> None:
    header, *lines = (wortel / f"requirements/{name}.txt").read_text(encoding="utf-8").splitlines()

    assert re.fullmatch(r"# Written by `make lock`, from dependencies sha256:[0-9a-f]{64}", header)
    assert [line for line in lines if not (_PIN.match(line) or _HASH.match(line))] == []
    assert all(_HASH.match(lines[number + 1]) for number, line in enumerate(lines) if _PIN.match(line))


def test_what_is_deployed_is_what_was_tested(wortel: Path) -> None:
    sdk, matcher, dev = (_pins(wortel, name) for name in LOCKS)

    assert sdk < matcher < dev


def test_the_sdk_comes_without_a_server(wortel: Path) -> None:
    assert {"fastapi", "psycopg", "sqlalchemy", "uvicorn"}.isdisjoint(name for name, _ in _pins(wortel, "sdk"))


@pytest.mark.parametrize("name", LOCKS)
def test_the_build_backend_is_locked_too(wortel: Path, name: str) -> None:
    assert "setuptools" in {package for package, _ in _pins(wortel, name)}


def test_locks_are_in_step_with_pyproject(wortel: Path) -> None:
    done = _check(wortel)

    assert (done.returncode, done.stdout) == (0, "")


def test_a_dependency_without_a_new_lock_is_noticed(wortel: Path, tmp_path: Path) -> None:
    shutil.copytree(wortel / "requirements", tmp_path / "requirements")
    text = (wortel / "pyproject.toml").read_text(encoding="utf-8")
    changed = text.replace('"httpx>=0.28"', '"httpx>=0.28", "een-nieuw-pakket>=1"')
    assert changed != text
    (tmp_path / "pyproject.toml").write_text(changed, encoding="utf-8")

    done = _check(tmp_path)

    assert done.returncode == 1
    assert "make lock" in done.stdout
