"""What must not be in any file: addresses of package registries, and paths of somebody's machine."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

# In pieces, so that this file does not hold what it forbids.
REGISTRIES = [
    ".".join(parts)
    for parts in [
        ("pypi", "org"),
        ("files", "pythonhosted", "org"),
        ("registry", "npmjs", "org"),
        ("registry", "yarnpkg", "com"),
        ("deb", "debian", "org"),
        ("docker", "io"),
        ("ghcr", "io"),
        ("quay", "io"),
        ("crates", "io"),
    ]
]
_LOCAL_PATH = re.compile(r"(?<![\w.$}/~-])/(?:root|home|work|Users)/\w")


@pytest.fixture(scope="module")
def texts(wortel: Path) -> dict[str, str]:
    """Every text file that is committed or about to be, by its path."""
    return dict(_read(wortel))


def _read(wortel: Path) -> Iterator[tuple[str, str]]:
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=wortel, check=True, capture_output=True, text=True)
    for name in filter(None, listed.stdout.split("\0")):
        path = wortel / name
        try:
            yield name, path.read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError):
            continue


def test_the_repository_is_read(texts: dict[str, str]) -> None:
    assert {"pyproject.toml", "Makefile", "README.md"} <= set(texts)


@pytest.mark.parametrize("host", REGISTRIES)
def test_no_file_names_a_registry(texts: dict[str, str], host: str) -> None:
    assert [name for name, text in texts.items() if host in text] == []


def test_no_file_names_a_path_of_one_machine(texts: dict[str, str]) -> None:
    assert [name for name, text in texts.items() if _LOCAL_PATH.search(text)] == []
