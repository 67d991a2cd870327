"""Licence, changelog, catalogue entry and list of dependencies say the same as pyproject.toml."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

_VERSION_HEADING = re.compile(r"^## \[(\d+\.\d+\.\d+)\] - (Unreleased|\d{4}-\d{2}-\d{2})$", re.MULTILINE)


@pytest.fixture(scope="module")
def pyproject(wortel: Path) -> dict[str, Any]:
    return tomllib.loads((wortel / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def publiccode(wortel: Path) -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load((wortel / "publiccode.yml").read_text(encoding="utf-8"))
    return document


def _package(requirement: str) -> str:
    return re.split(r"[\[<>=~! ;]", requirement, maxsplit=1)[0].lower()


def test_the_licence_is_the_whole_eupl(wortel: Path, pyproject: dict[str, Any]) -> None:
    text = (wortel / "LICENSE").read_text(encoding="utf-8")

    assert pyproject["project"]["license"] == "EUPL-1.2"
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert [number for number in range(1, 16) if not re.search(rf"^{number}\.\S", text, re.MULTILINE)] == []
    assert "Compatible Licences" in text


def test_the_newest_changelog_entry_is_this_version(wortel: Path, pyproject: dict[str, Any]) -> None:
    headings = _VERSION_HEADING.findall((wortel / "CHANGELOG.md").read_text(encoding="utf-8"))

    assert headings[0][0] == pyproject["project"]["version"]


def test_pre_commit_runs_the_ruff_of_the_lock(wortel: Path) -> None:
    config = yaml.safe_load((wortel / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    hooks = [hook for repo in config["repos"] for hook in repo["hooks"]]
    locked = re.search(r"^ruff==(\S+)", (wortel / "requirements/dev.txt").read_text(encoding="utf-8"), re.MULTILINE)

    assert locked is not None
    assert {need for hook in hooks for need in hook["additional_dependencies"]} == {f"ruff=={locked[1]}"}


def test_every_runtime_dependency_is_explained(wortel: Path, pyproject: dict[str, Any]) -> None:
    project = pyproject["project"]
    extras = ("matcher", "sleutelhouder", "sidecar", "embedded", "bench")
    needed = {_package(name) for name in project["dependencies"]}
    needed |= {_package(name) for extra in extras for name in project["optional-dependencies"][extra]}
    page = (wortel / "docs/dependencies.md").read_text(encoding="utf-8")
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in page.splitlines() if line.startswith("| ")
    ]
    explained = {row[0]: row for row in rows if row[0] != "Package"}

    assert set(explained) == needed - {"koppelradar"}
    assert [name for name, row in explained.items() if len(row) != 4 or not all(row)] == []


def test_publiccode_has_the_mandatory_keys(publiccode: dict[str, Any]) -> None:
    """The keys that version 0.5 of the standard calls mandatory."""
    mandatory = {"publiccodeYmlVersion", "name", "url", "platforms", "categories", "developmentStatus", "softwareType"}
    sections = {"description", "legal", "maintenance", "localisation"}

    assert mandatory | sections <= set(publiccode)
    assert publiccode["developmentStatus"] in {"concept", "development", "beta", "stable", "obsolete"}
    assert publiccode["maintenance"]["type"] in {"internal", "contract", "community", "none"}
    assert isinstance(publiccode["localisation"]["localisationReady"], bool)
    assert publiccode["localisation"]["availableLanguages"]


def test_publiccode_names_the_same_licence(publiccode: dict[str, Any], pyproject: dict[str, Any]) -> None:
    assert publiccode["legal"]["license"] == pyproject["project"]["license"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_publiccode_describes_within_the_limits(publiccode: dict[str, Any], language: str) -> None:
    description = publiccode["description"][language]

    assert len(description["shortDescription"]) <= 150
    assert 150 <= len(description["longDescription"]) <= 10_000
    assert description["features"]
