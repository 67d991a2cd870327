"""Folders in which an embedded PostgreSQL can live, and what is left of the processes in them."""

import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def ruim() -> Iterator[Path]:
    """A folder that another user may enter: as root the database server runs as one, who cannot get into pytest's."""
    with tempfile.TemporaryDirectory(prefix="koppelradar-test-") as name:
        yield Path(name)


@pytest.fixture(scope="session")
def processes_naming() -> Callable[[str], list[str]]:
    """The command lines of this machine's processes that hold a text."""

    def find(text: str) -> list[str]:
        done = subprocess.run(["ps", "-eo", "args", "-ww"], capture_output=True, text=True, check=True)  # noqa: S607
        return [line for line in done.stdout.splitlines() if text in line]

    return find
