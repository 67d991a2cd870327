"""What an attacker is given is in its types: never the world, and the key only as the argument that can be None."""

import ast
from inspect import signature
from pathlib import Path
from types import ModuleType
from typing import get_type_hints

import pytest

from koppelradar.bench.aanval import (
    frequentie,
    gezinnen,
    hengelen,
    namen,
    ontsleutelen,
    peilen,
    structuur,
    woordenboek,
)
from koppelradar.bench.aanval.buit import Buit
from koppelradar.bench.aanval.voprf import Vrager
from koppelradar.bench.aanval.woordenlijst import Woordenlijst

ATTACKERS = [frequentie, gezinnen, hengelen, namen, ontsleutelen, peilen, structuur, woordenboek]


def _imported(module: ModuleType) -> set[str]:
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
    found = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    return found | {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}


@pytest.mark.parametrize("module", ATTACKERS, ids=lambda module: module.__name__.rpartition(".")[2])
def test_no_attacker_can_reach_the_world_or_the_truth(module: ModuleType) -> None:
    forbidden = {f"koppelradar.bench.aanval.{name}" for name in ("wereld", "oordeel", "meting", "regel", "verslag")}
    assert not _imported(module) & forbidden


@pytest.mark.parametrize("module", [frequentie, structuur, woordenboek], ids=lambda m: m.__name__.rpartition(".")[2])
def test_an_attack_takes_loot_dictionary_and_perhaps_the_missing_key(module: ModuleType) -> None:
    hints = get_type_hints(module.val_aan)
    assert {name: hints[name] for name in signature(module.val_aan).parameters} == {
        "buit": Buit,
        "lijst": Woordenlijst,
        "sleutel": Vrager | None,
    }


def test_loot_holds_no_oprf_key_and_shows_no_secret() -> None:
    assert set(get_type_hints(Buit)) == {"dump", "pepper", "organisatie"}
