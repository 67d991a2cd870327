"""The glossary: one table, each term once, and every place in the code that it names exists."""

import importlib
from collections.abc import Sequence
from pathlib import Path

import pytest

COLUMNS = ["Term", "Code", "State", "Meaning", "In het Nederlands"]


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


@pytest.fixture(scope="module")
def rows(wortel: Path) -> list[list[str]]:
    lines = (wortel / "docs/begrippen.md").read_text(encoding="utf-8").splitlines()
    header, rule, *terms = [line for line in lines if line.startswith("|")]
    assert _cells(header) == COLUMNS
    assert set(rule) == {"|", "-"}
    return [_cells(line) for line in terms]


def test_the_table_is_well_formed(rows: Sequence[Sequence[str]]) -> None:
    wrong = [row[0] for row in rows if len(row) != len(COLUMNS) or not (row[0] and row[3] and row[4])]

    assert wrong == []


def test_terms_are_unique_and_sorted(rows: Sequence[Sequence[str]]) -> None:
    terms = [row[0].lower() for row in rows]

    assert terms == sorted(set(terms))


def test_a_term_names_code_exactly_when_it_exists_now(rows: Sequence[Sequence[str]]) -> None:
    assert {row[2] for row in rows} == {"now", "later"}
    assert [row[0] for row in rows if (row[2] == "now") != bool(row[1])] == []


def test_the_code_that_a_term_names_exists(rows: Sequence[Sequence[str]]) -> None:
    places = [row[1].strip("`").rpartition(".") for row in rows if row[1]]
    missing = [f"{module}.{name}" for module, _, name in places if not hasattr(importlib.import_module(module), name)]

    assert missing == []
