"""Linkage profiles: how many slots a signal has, and which of them may make a match by themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from convenant.types import Niveau


@dataclass(frozen=True, slots=True)
class Slot:
    """One fixed place among the koppeltokens of a signal.

    `niveau` is None until measurement has shown which level the slot earns; such a slot carries a filler.
    """

    code: str
    niveau: Niveau | None


@dataclass(frozen=True, slots=True)
class Profiel:
    """A frozen set of slots. A change that alters any koppeltoken is a new profile with a new name."""

    naam: str
    slots: tuple[Slot, ...]

    def slots_of(self, niveau: Niveau) -> tuple[int, ...]:
        """Return the positions, from 0, of the slots of that level."""
        return tuple(positie for positie, slot in enumerate(self.slots) if slot.niveau is niveau)


# Twelve slots always travel, so that their number says nothing of a person. Codes are part of the HMAC input.
# What each slot holds, and what was measured, stands in docs/koppelsleutels.md.
NL_1: Final = Profiel(
    naam="nl-1",
    slots=(
        Slot("zeker", Niveau.ZEKER),
        Slot("namen", Niveau.WAARSCHIJNLIJK),
        Slot("begin", Niveau.WAARSCHIJNLIJK),
        Slot("voorletters", Niveau.WAARSCHIJNLIJK),
        Slot("einde", Niveau.WAARSCHIJNLIJK),
        Slot("maand-dag", Niveau.WAARSCHIJNLIJK),
        Slot("met-dag", Niveau.WAARSCHIJNLIJK),
        Slot("met-jaar", Niveau.WAARSCHIJNLIJK),
        Slot("achternaam", Niveau.WAARSCHIJNLIJK),
        Slot("voornamen-jaar", Niveau.MOGELIJK),
        Slot("lang-of-kort", Niveau.MOGELIJK),
        Slot("voornamen", Niveau.MOGELIJK),
    ),
)

PROFIELEN: Final[Mapping[str, Profiel]] = MappingProxyType({NL_1.naam: NL_1})
