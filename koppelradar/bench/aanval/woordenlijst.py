"""What everybody may know: the whole population by name, birth date and household. The dictionary of every attacker."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Final

from client_sdk.canoniek import CanoniekePersoon, Geboortedatum, canoniseer
from client_sdk.errors import OngeldigPersoon
from client_sdk.koppelsleutels import Koppelsleutel, derive_koppelsleutels
from client_sdk.persoon import Persoon
from convenant.profielen import NL_1
from koppelradar.bench.bevolking import Geslacht, Herkomst, Inwoner
from koppelradar.bench.bevolking.bestanden import BEVOLKING_KOLOMMEN
from koppelradar.errors import BronFout

SLOTS: Final[Mapping[str, int]] = {slot.code: plaats for plaats, slot in enumerate(NL_1.slots)}
"""Place of each slot of the profile, by its code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingezetene:
    """One line of the dictionary. `sleutels` holds each linkage key the person bears, by place of slot."""

    nummer: int
    huishouden: int
    tweeling: int | None
    geboren: Geboortedatum = field(repr=False)
    sleutels: Mapping[int, Koppelsleutel] = field(repr=False)


@dataclass(frozen=True, eq=False)
class Woordenlijst:
    """The population in the order of its numbers, which count from 0; holds nothing that is secret."""

    personen: tuple[Ingezetene, ...] = field(repr=False)

    @cached_property
    def groepen(self) -> tuple[Mapping[Koppelsleutel, tuple[int, ...]], ...]:
        """Per slot, who share each key."""
        found: tuple[defaultdict[Koppelsleutel, list[int]], ...] = tuple(defaultdict(list) for _ in SLOTS)
        for persoon in self.personen:
            for slot, sleutel in persoon.sleutels.items():
                found[slot][sleutel].append(persoon.nummer)
        return tuple({sleutel: tuple(leden) for sleutel, leden in groep.items()} for groep in found)

    def sleutels(self) -> Iterator[tuple[Koppelsleutel, tuple[int, ...]]]:
        """Yield every key of the dictionary, slot by slot, with who share it."""
        for groep in self.groepen:
            yield from groep.items()

    @cached_property
    def huishoudens(self) -> tuple[tuple[Ingezetene, ...], ...]:
        """The members of each household."""
        found: defaultdict[int, list[Ingezetene]] = defaultdict(list)
        for persoon in self.personen:
            found[persoon.huishouden].append(persoon)
        return tuple(map(tuple, found.values()))


def make_woordenlijst(inwoners: Iterable[Inwoner], *, vandaag: date) -> Woordenlijst:
    """Return the dictionary of a population whose numbers count from 0."""
    return Woordenlijst(tuple(_ingezetene(inwoner, vandaag) for inwoner in inwoners))


def sleutels_of(canoniek: CanoniekePersoon) -> dict[int, Koppelsleutel]:
    """Return each linkage key of a person, by place of slot."""
    return {SLOTS[sleutel.code]: sleutel for sleutel in derive_koppelsleutels(canoniek)}


def read_bevolking(path: Path) -> tuple[Inwoner, ...]:
    """Return the population of a file as `koppelradar bench bevolking` writes it, numbered again from 0.

    Raises BronFout for a file that cannot be read, or a line that is not as it is written there.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return tuple(_rows(path, csv.DictReader(stream, strict=True)))
    except (OSError, UnicodeDecodeError, csv.Error) as fout:
        raise BronFout(
            f"{path.name} is niet te lezen. Gebruik bevolking.csv van 'koppelradar bench bevolking'."
        ) from fout


def _rows(path: Path, reader: "csv.DictReader[str]") -> Iterator[Inwoner]:
    missing = [kolom for kolom in BEVOLKING_KOLOMMEN if kolom not in (reader.fieldnames or ())]
    if missing:
        raise BronFout(f"In {path.name} ontbreekt: {', '.join(missing)}. Zet deze kolommen in de eerste regel.")
    for nummer, row in enumerate(reader):
        try:
            yield _inwoner(nummer, row)
        except (ValueError, AttributeError, TypeError, OngeldigPersoon):
            # Not chained: the cause can hold a name.
            raise BronFout(f"{path.name}, regel {reader.line_num}: deze regel klopt niet. Verbeter hem.") from None


def _inwoner(nummer: int, row: Mapping[str, str]) -> Inwoner:
    return Inwoner(
        nummer=nummer,
        huishouden=int(row["huishouden"]),
        tweeling=int(row["tweeling"]) if row["tweeling"] else None,
        geslacht=Geslacht(row["geslacht"]),
        herkomst=Herkomst(row["herkomst"]),
        persoon=Persoon(
            row["voornamen"],
            row["voorvoegsel"],
            row["geslachtsnaam"],
            row["geboortedatum"],
            row["partnernaam"] or None,
        ),
    )


def _ingezetene(inwoner: Inwoner, vandaag: date) -> Ingezetene:
    canoniek = canoniseer(inwoner.persoon, vandaag=vandaag)
    return Ingezetene(
        nummer=inwoner.nummer,
        huishouden=inwoner.huishouden,
        tweeling=inwoner.tweeling,
        geboren=canoniek.geboortedatum,
        sleutels=sleutels_of(canoniek),
    )
