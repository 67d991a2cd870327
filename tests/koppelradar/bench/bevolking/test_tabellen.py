"""The name tables: complete, without doubles, in order, and large enough."""

import csv
from importlib.resources import files

import pytest

from koppelradar.bench.bevolking import tabellen
from koppelradar.bench.bevolking.model import Achternaam, Geslacht, Herkomst
from koppelradar.bench.bevolking.namen import staartnaam, vrouwelijk

# Per file: what a row is recognised by, and the order of the rows.
TABLES = {
    "geslachtsnamen.csv": (
        ("herkomst", "voorvoegsel", "geslachtsnaam"),
        lambda row: (row["herkomst"], -int(row["gewicht"]), row["geslachtsnaam"], row["voorvoegsel"]),
    ),
    "roepnamen.csv": (("voornaam", "roepnaam"), lambda row: (row["voornaam"], row["roepnaam"])),
    "staart.csv": (("herkomst", "plaats", "deel"), lambda row: (row["herkomst"], row["plaats"], row["deel"])),
    "voornamen_nederlands.csv": (("voornaam", "geslacht"), lambda row: (row["geslacht"], row["voornaam"])),
    "voornamen_overig.csv": (
        ("herkomst", "geslacht", "voornaam"),
        lambda row: (row["herkomst"], row["geslacht"], -int(row["gewicht"]), row["voornaam"]),
    ),
}
OVERIG = [herkomst for herkomst in Herkomst if herkomst is not Herkomst.NEDERLANDS]


def test_every_table_in_the_folder_is_looked_at() -> None:
    folder = files("koppelradar.bench.bevolking").joinpath("gegevens")
    assert {path.name for path in folder.iterdir()} == set(TABLES)


@pytest.mark.parametrize("bestand", TABLES)
def test_a_table_holds_no_row_twice(bestand: str) -> None:
    sleutel, _ = TABLES[bestand]
    rows = [tuple(row[kolom] for kolom in sleutel) for row in tabellen.rows(bestand)]
    assert len(rows) == len(set(rows))


@pytest.mark.parametrize("bestand", TABLES)
def test_a_table_is_in_order(bestand: str) -> None:
    _, order = TABLES[bestand]
    rows = list(tabellen.rows(bestand))
    assert rows == sorted(rows, key=order)


@pytest.mark.parametrize("bestand", TABLES)
def test_a_table_holds_no_stray_spaces_or_empty_weights(bestand: str) -> None:
    text = files("koppelradar.bench.bevolking").joinpath("gegevens", bestand).read_text(encoding="utf-8")
    header, *rows = csv.reader(text.splitlines())
    assert all(len(row) == len(header) and row == [cell.strip() for cell in row] for row in rows)


def test_there_are_enough_surnames() -> None:
    found = tabellen.achternamen()
    assert len(found[Herkomst.NEDERLANDS]) >= 400
    assert all(80 <= len(found[herkomst]) <= 150 for herkomst in OVERIG)


@pytest.mark.parametrize("geslacht", Geslacht)
def test_there_are_enough_given_names(geslacht: Geslacht) -> None:
    overig = [row for row in tabellen.rows("voornamen_overig.csv") if row["geslacht"] == geslacht]
    assert all(sum(row["herkomst"] == herkomst for row in overig) >= 150 for herkomst in OVERIG)
    nederlands = [row for row in tabellen.rows("voornamen_nederlands.csv") if row["geslacht"] == geslacht]
    assert len(nederlands) >= 150


def test_there_are_enough_roepnamen() -> None:
    assert sum(map(len, tabellen.roepnamen().values())) >= 120
    assert {"Jan", "Hans"} <= set(tabellen.roepnamen()["Johannes"])


@pytest.mark.parametrize(
    ("jaar", "plaats"), [(1920, 0), (1954, 0), (1955, 1), (1994, 2), (2009, 3), (2010, 4), (2025, 4)]
)
def test_a_year_belongs_to_one_period(jaar: int, plaats: int) -> None:
    assert tabellen.tijdvak(jaar) == plaats


@pytest.mark.no_cover
def test_the_tail_holds_more_than_300_000_different_names() -> None:
    assert len({str(staartnaam(plaats)) for plaats in range(320_000)}) > 300_000


def test_polish_women_bear_the_feminine_form() -> None:
    assert vrouwelijk(Achternaam("", "Kowalski")) == Achternaam("", "Kowalska")
    assert vrouwelijk(Achternaam("", "Czarnecki")) == Achternaam("", "Czarnecka")
    assert vrouwelijk(Achternaam("", "Nowak")) == Achternaam("", "Nowak")
