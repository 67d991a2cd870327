"""The name tables: files in the folder `gegevens`, read once."""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Final

from koppelradar.bench.bevolking.kans import Tabel
from koppelradar.bench.bevolking.model import Achternaam, Geslacht, Herkomst

TIJDVAKKEN: Final = ("tot_1955", "1955_1974", "1975_1994", "1995_2009", "vanaf_2010")
"""Columns of the Dutch given names: the period of birth a weight holds for."""
_EERSTE_JAAR: Final = (1955, 1975, 1995, 2010)

Voornaamtabel = Tabel[str]


def rows(bestand: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a table in the folder `gegevens`, by column."""
    with files(__package__).joinpath("gegevens", bestand).open("r", encoding="utf-8") as stream:
        yield from csv.DictReader(stream)


def tijdvak(jaar: int) -> int:
    """Return the place in `TIJDVAKKEN` of a year of birth."""
    return sum(jaar >= eerste for eerste in _EERSTE_JAAR)


@lru_cache(maxsize=1)
def achternamen() -> Mapping[Herkomst, tuple[tuple[Achternaam, int], ...]]:
    """Return the frequent surnames with weights per million people of that origin, heaviest first."""
    found: defaultdict[Herkomst, list[tuple[Achternaam, int]]] = defaultdict(list)
    for row in rows("geslachtsnamen.csv"):
        naam = Achternaam(row["voorvoegsel"], row["geslachtsnaam"])
        found[Herkomst(row["herkomst"])].append((naam, int(row["gewicht"])))
    return {herkomst: tuple(namen) for herkomst, namen in found.items()}


@lru_cache(maxsize=1)
def naamdelen() -> Mapping[tuple[Herkomst, str], tuple[str, ...]]:
    """Return the beginnings ("begin") and endings ("eind") that rare surnames are built from."""
    found: defaultdict[tuple[Herkomst, str], list[str]] = defaultdict(list)
    for row in rows("staart.csv"):
        found[Herkomst(row["herkomst"]), row["plaats"]].append(row["deel"])
    return {sleutel: tuple(delen) for sleutel, delen in found.items()}


@lru_cache(maxsize=1)
def nederlandse_voornamen() -> Mapping[Geslacht, tuple[Voornaamtabel, ...]]:
    """Return a table of given names for each of the `TIJDVAKKEN`."""
    read = list(rows("voornamen_nederlands.csv"))
    return {geslacht: tuple(_of_period(read, geslacht, periode) for periode in TIJDVAKKEN) for geslacht in Geslacht}


def _of_period(read: list[dict[str, str]], geslacht: Geslacht, periode: str) -> Voornaamtabel:
    return Tabel((row["voornaam"], int(row[periode])) for row in read if row["geslacht"] == geslacht)


@lru_cache(maxsize=1)
def overige_voornamen() -> Mapping[tuple[Herkomst, Geslacht], Voornaamtabel]:
    """Return a table of given names for each other origin."""
    found: defaultdict[tuple[Herkomst, Geslacht], list[tuple[str, int]]] = defaultdict(list)
    for row in rows("voornamen_overig.csv"):
        sleutel = Herkomst(row["herkomst"]), Geslacht(row["geslacht"])
        found[sleutel].append((row["voornaam"], int(row["gewicht"])))
    return {sleutel: Tabel(namen) for sleutel, namen in found.items()}


@lru_cache(maxsize=1)
def roepnamen() -> Mapping[str, tuple[str, ...]]:
    """Return the names by which bearers of a given name go."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows("roepnamen.csv"):
        found[row["voornaam"]].append(row["roepnaam"])
    return {voornaam: tuple(namen) for voornaam, namen in found.items()}
