"""What every package of ours has, and the import rules between them."""

import importlib
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

PACKAGES = ("client_sdk", "convenant", "koppelbestand", "koppelradar", "matcher")


@pytest.fixture(scope="module")
def pyproject(wortel: Path) -> dict[str, Any]:
    return tomllib.loads((wortel / "pyproject.toml").read_text(encoding="utf-8"))


def _isort_style(name: str) -> tuple[int, str]:
    kind = 0 if name.isupper() else 1 if name[0].isupper() else 2
    return kind, name


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_tells_type_checkers_that_it_is_typed(wortel: Path, package: str) -> None:
    assert (wortel / package / "py.typed").is_file()


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_says_what_it_is(package: str) -> None:
    assert importlib.import_module(package).__doc__


@pytest.mark.parametrize("package", PACKAGES)
def test_public_names_exist_once_and_sorted(package: str) -> None:
    module = importlib.import_module(package)
    names = list(getattr(module, "__all__", []))

    assert names == sorted(set(names), key=_isort_style)
    assert [name for name in names if not hasattr(module, name)] == []


@pytest.mark.parametrize("package", ["client_sdk", "convenant"])
def test_what_others_embed_has_a_public_surface(package: str) -> None:
    assert importlib.import_module(package).__all__


def test_what_everybody_embeds_brings_no_server() -> None:
    """A plain install is the SDK alone: it has none of these."""
    program = (
        "import sys, convenant, client_sdk\n"
        "print(sorted({'fastapi', 'starlette', 'sqlalchemy', 'sqlmodel', 'psycopg', 'uvicorn'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)

    assert done.stdout == "[]\n"


def test_imports_go_one_way(pyproject: dict[str, Any]) -> None:
    linter = pyproject["tool"]["importlinter"]
    layers = next(rule["layers"] for rule in linter["contracts"] if rule["type"] == "layers")

    assert sorted(linter["root_packages"]) == sorted(PACKAGES)
    # "|" between two packages also means that neither imports the other.
    assert layers == ["koppelradar", "koppelbestand", "client_sdk | matcher", "convenant"]


def test_coverage_has_a_floor_over_all_packages(pyproject: dict[str, Any]) -> None:
    coverage = pyproject["tool"]["coverage"]

    assert coverage["report"]["fail_under"] >= 85
    assert sorted(coverage["run"]["source_pkgs"]) == sorted(PACKAGES)
