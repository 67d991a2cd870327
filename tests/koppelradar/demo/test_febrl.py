"""The FEBRL 4 files as they lie in the package, and as lines of an import file."""

import csv
import importlib.util
from pathlib import Path

import pytest

from client_sdk.importeren import COLUMNS
from koppelradar.demo import febrl
from koppelradar.demo.febrl import FebrlPersoon, read_febrl, write_import_file
from koppelradar.errors import OnderdeelOntbreekt
from koppelradar.zoeken import Gezocht


@pytest.fixture(scope="module")
def bronnen() -> tuple[tuple[FebrlPersoon, ...], tuple[FebrlPersoon, ...]]:
    return read_febrl()


def test_both_files_hold_five_thousand_records_with_a_number_of_their_own(
    bronnen: tuple[tuple[FebrlPersoon, ...], ...],
) -> None:
    for bron in bronnen:
        assert len(bron) == 5000
        assert len({persoon.nummer for persoon in bron}) == 5000


def test_every_record_has_one_copy_in_the_other_file_by_its_number(
    bronnen: tuple[tuple[FebrlPersoon, ...], ...],
) -> None:
    een, ander = ({persoon.paar: persoon for persoon in bron} for bron in bronnen)
    assert een.keys() == ander.keys()
    assert len(een) == 5000
    assert {persoon.nummer for persoon in een.values()} == {f"rec-{paar}-org" for paar in een}
    assert {persoon.nummer for persoon in ander.values()} == {f"rec-{paar}-dup-0" for paar in ander}


def test_of_every_record_something_can_be_searched(bronnen: tuple[tuple[FebrlPersoon, ...], ...]) -> None:
    assert all(persoon.gezocht().notations() for bron in bronnen for persoon in bron)


def test_a_record_becomes_a_line_of_an_import_file() -> None:
    row = FebrlPersoon("rec-7-org", "ann", "o'neil", "19801231").row()
    assert row == {
        "clientnummer": "rec-7-org",
        "voornamen": "ann",
        "voorvoegsel": "",
        "geslachtsnaam": "o'neil",
        "geboortedatum": "1980-12-31",
    }
    assert set(row) <= set(COLUMNS)


@pytest.mark.parametrize("date", ["", "1980", "198012311"], ids=["empty", "short", "long"])
def test_an_unknown_date_is_written_as_the_brp_does(date: str) -> None:
    persoon = FebrlPersoon("rec-7-org", "ann", "neil", date)
    assert persoon.row()["geboortedatum"] == "0000-00-00"
    assert persoon.gezocht() == Gezocht("ann", "neil", None)


def test_a_search_looks_for_the_parts_of_the_date() -> None:
    assert FebrlPersoon("rec-7-org", "ann", "neil", "19801231").gezocht() == Gezocht(
        "ann", "neil", ("1980", "12", "31")
    )


def test_an_import_file_can_be_read_back(tmp_path: Path) -> None:
    personen = (FebrlPersoon("rec-1-org", "ann", "neil, jr", "19801231"), FebrlPersoon("rec-2-org", "", 'a"b', ""))
    write_import_file(tmp_path / "a.csv", personen)
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.DictReader(file)) == [dict(persoon.row()) for persoon in personen]


def test_says_what_to_install_when_the_package_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(febrl, "find_spec", lambda name: importlib.util.find_spec(f"{name}_afwezig"))
    with pytest.raises(OnderdeelOntbreekt, match=r"koppelradar\[bench\]"):
        read_febrl()


def test_repr_shows_no_person() -> None:
    shown = repr(FebrlPersoon("rec-7-org", "ann", "neil", "19801231"))
    assert not any(secret in shown for secret in ("ann", "neil", "1980"))
