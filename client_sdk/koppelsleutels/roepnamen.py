"""From the name somebody goes by to the name in the passport: Henk to hendrikus, Mehmet to mohammed.

The table brings spellings of one given name together, not persons. A roepnaam that belongs to several names
(Bert, Ans) has one stam all the same: a key needs one answer, and the answer has to be the same everywhere.
"""

import csv
from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType
from typing import Final


def _read() -> Mapping[str, str]:
    text = files("client_sdk.koppelsleutels").joinpath("roepnamen.csv").read_text(encoding="ascii")
    return MappingProxyType({row["naam"]: row["stam"] for row in csv.DictReader(text.splitlines())})


STAMMEN: Final = _read()


def stam_of(voornaam: str) -> str:
    """Return the stam of a given name in a to z; a name that is not in the table is its own."""
    return STAMMEN.get(voornaam, voornaam)
