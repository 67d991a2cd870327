"""docs/koppelsleutels.md says what the code does: who rebuilds the keys in another language has nothing else."""

import re
from datetime import date
from pathlib import Path

import pytest

from client_sdk.canoniek import canoniseer
from client_sdk.koppelsleutels import derive_koppelsleutels
from client_sdk.koppelsleutels.fonetisch import REGELS
from client_sdk.persoon import Persoon
from convenant.profielen import NL_1

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "koppelsleutels.md").read_text(encoding="utf-8")
_SLOT = re.compile(r"\| (\d+) \| `([a-z-]+)` \| ([a-z]+) \| [^|]+ \| `([^`]+)` \| `([^`]+)` \| (\d+) \|")
_REGEL = re.compile(r"\| (\d+) \| `(.+?)` \| (?:`(\w+)`|\(nothing\)) \|")
SLOTS = _SLOT.findall(PAGE)
MOST_IN_A_GROUP = 10


def test_the_table_of_slots_is_the_profile() -> None:
    assert [(int(plaats), code, niveau) for plaats, code, niveau, *_ in SLOTS] == [
        (plaats, slot.code, slot.niveau) for plaats, slot in enumerate(NL_1.slots, start=1)
    ]


@pytest.mark.parametrize(("geslachtsnaam", "column"), [("Boersma", 3), ("Boerstoel", 4)])
def test_the_examples_are_what_the_code_derives(geslachtsnaam: str, column: int) -> None:
    persoon = Persoon("Henk Jan", "van den", geslachtsnaam, "1980-05-31")
    derived = derive_koppelsleutels(canoniseer(persoon, vandaag=date(2026, 1, 1)))
    assert [slot[column].replace("␟", "\x1f") for slot in SLOTS] == [sleutel.invoer for sleutel in derived]


def test_no_group_is_larger_than_what_was_asked() -> None:
    assert max(int(slot[-1]) for slot in SLOTS) <= MOST_IN_A_GROUP


def test_the_table_of_sounds_is_the_code() -> None:
    rows = [(pattern.replace(r"\|", "|"), becomes) for _, pattern, becomes in _REGEL.findall(PAGE)]
    assert tuple(rows) == REGELS
