"""Writes the lock files beside this script, and tells whether they still fit pyproject.toml.

A lock pins every package, with the hashes of all its files for all platforms; the build backend too, so that
the project itself can be installed without fetching anything more. Its first line holds a digest of the
dependency lists it was made from, so that `make lint` notices a forgotten `make lock` without a network. The
digest does not prove that the pins below it satisfy those lists: only resolving again does.

    python requirements/lock.py             write the locks, keeping the present pins where they still fit
    python requirements/lock.py --upgrade   write them with the newest releases
    python requirements/lock.py --check     change nothing; exit 1 when a lock is out of step
"""

import argparse
import hashlib
import json
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_HERE = Path(__file__).resolve().parent
_PYPROJECT = _HERE.parent / "pyproject.toml"
_OLDEST_PYTHON = "3.11"
_UV = Path(sys.executable).with_name("uv")


@dataclass(frozen=True, slots=True)
class Lock:
    """One lock file: which optional dependencies of pyproject.toml it pins beside the plain ones."""

    name: str
    extras: tuple[str, ...]

    @property
    def path(self) -> Path:
        """The lock file itself, in this folder."""
        return _HERE / f"{self.name}.txt"


# The dev lock comes first: the others may only pin what the tests ran against.
DEV = Lock("dev", extras=("dev", "sleutelhouder", "sidecar"))
LOCKS = (DEV, Lock("matcher", extras=("matcher",)), Lock("sdk", extras=()))


def _read_pyproject() -> dict[str, Any]:
    return tomllib.loads(_PYPROJECT.read_text(encoding="utf-8"))


def _digest(pyproject: dict[str, Any], lock: Lock) -> str:
    project = pyproject["project"]
    inputs = {
        "python": project["requires-python"],
        "dependencies": sorted(project["dependencies"]),
        # All extras, not only this lock's: one extra may include another ("koppelradar[matcher]").
        "extras": {name: sorted(wanted) for name, wanted in project["optional-dependencies"].items()},
        "build": sorted(pyproject["build-system"]["requires"]),
        "lock": [lock.name, *lock.extras],
    }
    return hashlib.sha256(json.dumps(inputs, sort_keys=True).encode()).hexdigest()


def _header(pyproject: dict[str, Any], lock: Lock) -> str:
    return f"# Written by `make lock`, from dependencies sha256:{_digest(pyproject, lock)}\n"


def _uv_arguments(lock: Lock, output: Path, *, upgrade: bool) -> list[str]:
    # "-" is standard input: the build backend.
    arguments = [str(_UV), "pip", "compile", "pyproject.toml", "-", "--quiet", "--universal"]
    arguments += ["--python-version", _OLDEST_PYTHON, "--generate-hashes"]
    # No address of an index or folder may end up in a file that others install from.
    arguments += ["--no-header", "--no-emit-index-url", "--no-emit-find-links", "--no-annotate"]
    arguments += [f"--extra={extra}" for extra in lock.extras]
    arguments += ["--upgrade"] if upgrade else []
    arguments += [] if lock is DEV else ["--constraint", str(DEV.path.relative_to(_PYPROJECT.parent))]
    return [*arguments, "--output-file", str(output)]


def _write(pyproject: dict[str, Any], lock: Lock, *, upgrade: bool) -> None:
    fresh = lock.path.with_suffix(".new")
    if lock.path.exists():
        fresh.write_bytes(lock.path.read_bytes())
    try:
        subprocess.run(
            _uv_arguments(lock, fresh, upgrade=upgrade),
            input="\n".join(pyproject["build-system"]["requires"]),
            cwd=_PYPROJECT.parent,
            text=True,
            check=True,
        )
        lock.path.write_text(_header(pyproject, lock) + _pins(fresh.read_text()), encoding="utf-8")
    finally:
        fresh.unlink(missing_ok=True)


def _pins(compiled: str) -> str:
    return "".join(line for line in compiled.splitlines(keepends=True) if not line.startswith("#"))


def _first_line(lock: Lock) -> str:
    if not lock.path.exists():
        return ""
    with lock.path.open(encoding="utf-8") as file:
        return file.readline()


def outdated_locks() -> list[str]:
    """Return the names of the locks that are missing or were made from other dependency lists."""
    pyproject = _read_pyproject()
    return [lock.name for lock in LOCKS if _first_line(lock) != _header(pyproject, lock)]


def _check() -> int:
    outdated = outdated_locks()
    if outdated:
        print(f"requirements: {', '.join(outdated)} past niet meer bij pyproject.toml. Draai `make lock`.")
    return 1 if outdated else 0


def main() -> int:
    """Do what the command line asks; return the exit code."""
    parser = argparse.ArgumentParser(description="Schrijft of controleert de lockbestanden.")
    parser.add_argument("--check", action="store_true", help="alleen controleren, niets schrijven")
    parser.add_argument("--upgrade", action="store_true", help="neem de nieuwste versies")
    options = parser.parse_args()
    if options.check:
        return _check()
    pyproject = _read_pyproject()
    for lock in LOCKS:
        _write(pyproject, lock, upgrade=options.upgrade)
    return 0


if __name__ == "__main__":
    sys.exit(main())
