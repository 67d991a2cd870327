"""Whether an attack found anybody: the only place where names that were guessed meet the truth."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from koppelradar.bench.aanval.namen import Namen


@dataclass(frozen=True, slots=True)
class Naming:
    """One name that an attacker gave: of which signal (None where it only says that somebody is known), and if so."""

    signaal: UUID | None
    persoon: int = field(repr=False)
    juist: bool


@dataclass(frozen=True, slots=True)
class Oordeel:
    """The names of one attack. A person counts as `herkend` once, `onterecht` counts every wrong name."""

    namingen: tuple[Naming, ...] = field(repr=False)

    @property
    def herkend(self) -> int:
        """How many persons were rightly named."""
        return len({naming.persoon for naming in self.namingen if naming.juist})

    @property
    def onterecht(self) -> int:
        """How many names were wrong."""
        return sum(not naming.juist for naming in self.namingen)

    def by_chance(self, personen: int) -> float:
        """Return how many names would be right if each were drawn blindly from a population of that size."""
        return len(self.namingen) / personen


def judge_namen(namen: Namen, waarheid: Mapping[UUID, int]) -> Oordeel:
    """Judge names that were given to stored signals."""
    return Oordeel(
        tuple(Naming(signaal, persoon, waarheid[signaal] == persoon) for signaal, persoon in sorted(namen.items()))
    )


def judge_bekenden(bekenden: Iterable[int], waarheid: Mapping[UUID, int]) -> Oordeel:
    """Judge an attacker that says of persons that somebody signalled them."""
    gesignaleerd = set(waarheid.values())
    return Oordeel(tuple(Naming(None, persoon, persoon in gesignaleerd) for persoon in sorted(bekenden)))
