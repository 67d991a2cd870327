"""A person after canonicalisation: what the linkage keys are made of."""

from dataclasses import dataclass
from typing import NamedTuple


class Geboortedatum(NamedTuple):
    """A birth date as the BRP keeps it: 0 for a part that is not known, and for every smaller part then."""

    jaar: int
    maand: int
    dag: int

    @property
    def is_complete(self) -> bool:
        """Whether year, month and day are known."""
        return self.dag > 0

    def __str__(self) -> str:
        return f"{self.jaar:04}-{self.maand:02}-{self.dag:02}"


@dataclass(frozen=True, slots=True, repr=False)
class Naamdeel:
    """One part of a double name: letters a to z only; `voorvoegsel` can be empty, `naam` cannot."""

    voorvoegsel: str
    naam: str

    def __repr__(self) -> str:
        return "Naamdeel(***)"


@dataclass(frozen=True, slots=True, repr=False, kw_only=True)
class CanoniekePersoon:
    """A person in profile nl-1: every name holds a to z and nothing else, and `repr` shows nothing.

    `voornamen` are the given names in the order typed, without the `roepnaam` that stood in parentheses
    (empty when there was none). `voorletters_only` says that the given names are initials. `naamdelen` has at
    least one part, `partnerdelen` none when no partner's name is known. `geboortedatum` is possible but can
    be incomplete.
    """

    voornamen: tuple[str, ...]
    roepnaam: str
    voorletters_only: bool
    naamdelen: tuple[Naamdeel, ...]
    partnerdelen: tuple[Naamdeel, ...]
    geboortedatum: Geboortedatum

    def __repr__(self) -> str:
        return "CanoniekePersoon(***)"

    @property
    def eerste_voornaam(self) -> str:
        """The first given name or initial; empty when none is known."""
        return self.voornamen[0] if self.voornamen else ""

    @property
    def voorvoegsel(self) -> str:
        """The voorvoegsel of the first part of the surname, such as `vander`; empty when there is none."""
        return self.naamdelen[0].voorvoegsel
