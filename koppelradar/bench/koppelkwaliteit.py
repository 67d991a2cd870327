"""How well the keys of profile nl-1 find one person in two systems, and how often they take two for one.

Two records pair when they share a key and come from different sources; a pair's level is the best among the
slots it shares. Keys are joined through dictionaries, one slot at a time, so time and memory grow with the
records and the pairs found, not with the pairs that are possible.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from typing import Any, Final

from client_sdk.canoniek import canoniseer
from client_sdk.errors import OngeldigPersoon
from client_sdk.koppelsleutels import derive_koppelsleutels
from client_sdk.persoon import Persoon
from convenant.profielen import NL_1
from convenant.types import Niveau

# The order in which a pair finds its level.
_NIVEAUS: Final = tuple(Niveau)
_SLOTS: Final = tuple(sorted((s for s in NL_1.slots if s.niveau), key=lambda s: _NIVEAUS.index(s.niveau or s)))
_NO_KEY: Final = 0

Paar = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vermelding:
    """A person as one source typed it. `tweeling` names a group of twins, `fouten` the errors that were put in."""

    id: str
    bron: int
    persoon: Persoon = field(repr=False)
    tweeling: int | None = None
    fouten: tuple[str, ...] = ()


class Sleutelkolommen:
    """One column per slot with a number for each person's key: eight bytes instead of a string.

    A person whom the SDK refuses takes a place and has no keys. `vandaag` is what `canoniseer` asks for.
    """

    def __init__(self, *, vandaag: date) -> None:
        self._vandaag = vandaag
        self.columns = tuple(array("Q") for _ in _SLOTS)

    def add(self, persoon: Persoon) -> None:
        """Derive and keep the keys of the next person."""
        keys = _keys(persoon, self._vandaag)
        for slot, column in zip(_SLOTS, self.columns, strict=True):
            column.append(keys.get(slot.code, _NO_KEY))

    def largest_groups(self) -> Mapping[str, int]:
        """Return, per slot, how many of the persons share one key at most."""
        counts = (Counter(key for key in column if key != _NO_KEY) for column in self.columns)
        return {code: max(count.values(), default=0) for code, count in zip(slot_codes(), counts, strict=True)}


@dataclass(frozen=True, slots=True)
class Gevonden:
    """A pair of records by their places in the input, first place lower, and the first slot that they share."""

    paar: Paar
    slot: int
    waar: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """How many pairs were found, how many of those are one person, and how many true pairs there are."""

    gevonden: int
    waar: int
    bestaand: int
    waar_tot_en_met: int

    @property
    def precisie(self) -> float | None:
        """The part of the found pairs that is one person; None when nothing was found."""
        return self.waar / self.gevonden if self.gevonden else None

    @property
    def recall(self) -> float | None:
        """The part of the true pairs found at this level or a better one; None when there are none."""
        return self.waar_tot_en_met / self.bestaand if self.bestaand else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meting:
    """What was found in a set of records, of which `waar` holds the true pairs."""

    vermeldingen: Sequence[Vermelding] = field(repr=False)
    waar: Collection[Paar] = field(repr=False)
    gevonden: tuple[Gevonden, ...] = field(repr=False)
    sleutels: int

    def niveau(self, niveau: Niveau) -> Telling:
        """Count the pairs whose best level this is."""
        grens = _NIVEAUS.index(niveau)
        return self._count(lambda rang: rang == grens, lambda rang: rang <= grens)

    def totaal(self) -> Telling:
        """Count the pairs of all levels together."""
        return self._count(lambda _: True, lambda _: True)

    def slot(self, slot: int) -> Telling:
        """Count the pairs that no slot before this one had found."""
        new = [found for found in self.gevonden if found.slot == slot]
        until = sum(found.waar for found in self.gevonden if found.slot <= slot)
        return Telling(gevonden=len(new), waar=sum(f.waar for f in new), bestaand=len(self.waar), waar_tot_en_met=until)

    def soorten(self) -> Mapping[str, Telling]:
        """Count, per kind of error, the true pairs of which a record carries it; "geen" for pairs without."""
        found = {gevonden.paar for gevonden in self.gevonden}
        existing: Counter[str] = Counter()
        retrieved: Counter[str] = Counter()
        for paar in self.waar:
            soorten = {fout for place in paar for fout in self.vermeldingen[place].fouten} or {"geen"}
            existing.update(soorten)
            retrieved.update(soorten if paar in found else ())
        return {
            soort: Telling(
                gevonden=retrieved[soort],
                waar=retrieved[soort],
                bestaand=existing[soort],
                waar_tot_en_met=retrieved[soort],
            )
            for soort in sorted(existing)
        }

    def twins_at_zeker(self) -> int:
        """Count the pairs at level `zeker` that are two children of one birth."""
        return sum(
            not gevonden.waar and _rang(gevonden) == 0 and self._are_twins(gevonden.paar) for gevonden in self.gevonden
        )

    def mogelijk_per_100(self) -> float:
        """How many pairs at level `mogelijk`, true ones included, come with a hundred records."""
        return 100 * self.niveau(Niveau.MOGELIJK).gevonden / len(self.vermeldingen)

    def _are_twins(self, paar: Paar) -> bool:
        een, ander = (self.vermeldingen[place].tweeling for place in paar)
        return een is not None and een == ander

    def _count(self, own: Callable[[int], bool], up_to: Callable[[int], bool]) -> Telling:
        return Telling(
            gevonden=sum(own(_rang(found)) for found in self.gevonden),
            waar=sum(found.waar and own(_rang(found)) for found in self.gevonden),
            bestaand=len(self.waar),
            waar_tot_en_met=sum(found.waar and up_to(_rang(found)) for found in self.gevonden),
        )


def slot_codes() -> tuple[str, ...]:
    """Return the codes of the slots that bear a key, in the order in which a pair finds its level."""
    return tuple(slot.code for slot in _SLOTS)


def slot_niveau(slot: int) -> Niveau:
    """Return the level of a slot, by its place in `slot_codes`."""
    niveau = _SLOTS[slot].niveau
    assert niveau is not None  # noqa: S101 - _SLOTS holds no other
    return niveau


def measure(vermeldingen: Sequence[Vermelding], waar: Collection[Paar], *, vandaag: date) -> Meting:
    """Return what the keys find. A record that the SDK refuses has no keys; its true pairs count as not found."""
    kolommen = Sleutelkolommen(vandaag=vandaag)
    for vermelding in vermeldingen:
        kolommen.add(vermelding.persoon)
    seen: dict[Paar, int] = {}
    for slot, column in enumerate(kolommen.columns):
        for paar in _pairs(column, vermeldingen):
            seen.setdefault(paar, slot)
    gevonden = tuple(Gevonden(paar, slot, paar in waar) for paar, slot in seen.items())
    sleutels = sum(key != _NO_KEY for column in kolommen.columns for key in column)
    return Meting(vermeldingen=vermeldingen, waar=waar, gevonden=gevonden, sleutels=sleutels)


def result(meting: Meting) -> dict[str, Any]:
    """Return the figures as they are written in JSON, fractions unrounded and None where there is nothing to divide."""
    totaal = meting.totaal()
    return {
        "paren": totaal.bestaand,
        "niveaus": {niveau.value: _json(meting.niveau(niveau)) for niveau in _NIVEAUS},
        "totaal": {"precisie": totaal.precisie, "recall": totaal.recall},
        "sleutels_per_persoon": meting.sleutels / len(meting.vermeldingen) if meting.vermeldingen else 0.0,
        "slots": {code: _json(meting.slot(slot)) for slot, code in enumerate(slot_codes())},
    }


def signalen_result(meting: Meting, groepen: Mapping[str, int]) -> dict[str, Any]:
    """Return the figures that only signals from a population have, by the names under which they stand in JSON."""
    return {
        "mogelijk_per_100_signalen": meting.mogelijk_per_100(),
        "tweelingparen_zeker": meting.twins_at_zeker(),
        "soorten": {s: {"paren": t.bestaand, "recall": t.recall} for s, t in meting.soorten().items()},
        "grootste_groep": dict(groepen),
    }


def _json(telling: Telling) -> dict[str, float | int | None]:
    return {"precisie": telling.precisie, "recall": telling.recall, "paren": telling.gevonden, "waar": telling.waar}


def _rang(gevonden: Gevonden) -> int:
    return _NIVEAUS.index(slot_niveau(gevonden.slot))


def _keys(persoon: Persoon, vandaag: date) -> dict[str, int]:
    try:
        canoniek = canoniseer(persoon, vandaag=vandaag)
    except OngeldigPersoon:
        return {}
    return {sleutel.code: _number(sleutel.invoer) for sleutel in derive_koppelsleutels(canoniek)}


def _number(invoer: str) -> int:
    # 64 bits: among ten million keys two meet by chance once in 370,000 runs.
    return int.from_bytes(blake2b(invoer.encode(), digest_size=8).digest()) or 1


def _pairs(column: "array[int]", vermeldingen: Sequence[Vermelding]) -> Iterator[Paar]:
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for place, key in enumerate(column):
        if key == _NO_KEY:
            continue
        group = groups[key]
        yield from ((other, place) for other in group if vermeldingen[other].bron != vermeldingen[place].bron)
        group.append(place)
