"""The search must find a person however it was written down, or its silence means nothing."""

import base64
import json
import uuid
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from koppelradar.zoeken import Gezocht, Vondsten, Zoeker

NOTHING = Vondsten(0, 0)
SANNE = Gezocht("Sanne", "de Vries", ("2015", "03", "09"))

_names = st.lists(st.text("abcdefghijklmnopqrstuvwxyzéëïöçđłñ", min_size=2, max_size=10), min_size=1, max_size=3).map(
    " ".join
)
# Long ago enough never to be a moment at which the matcher itself wrote something.
_dates = st.dates(date(1900, 1, 1), date(2019, 12, 31))


@st.composite
def _persons(draw: st.DrawFn) -> Gezocht:
    jaar, maand, dag = draw(_dates).isoformat().split("-")
    return Gezocht(draw(_names), draw(_names), (jaar, maand, dag))


_SURROUNDINGS = {
    "bare": "{}",
    "json": '{{"inhoud": "{}", "nummer": 3}}',
    "tabs": "1\t{}\t\\N",
    "escaped line ends": "1\tx\\n{}\\nx",
    "doubly escaped line ends": "1\tx\\\\n{}\\\\r\\\\nx",
    "xml": "<persoon>{}</persoon>",
    "assignment": "persoon={};status=1",
    "underscores": "dossier_{}_2",
}
_CASES = {"lower": str.lower, "upper": str.upper, "title": str.title}


@pytest.mark.parametrize("surrounding", _SURROUNDINGS.values(), ids=_SURROUNDINGS)
@pytest.mark.parametrize("change", _CASES.values(), ids=_CASES)
@settings(max_examples=15)
@given(persoon=_persons(), choice=st.integers(0, 3))
def test_finds_every_notation_in_any_case_and_surrounding(
    persoon: Gezocht, choice: int, change: "type[str]", surrounding: str
) -> None:
    texts = [surrounding.format(change(notations[choice])) for notations in persoon.notations()]
    assert Zoeker([persoon]).search(texts) == Vondsten(1, 1)


@settings(max_examples=40)
@given(
    persoon=_persons(), choice=st.integers(0, 3), before=st.binary(max_size=6), escape=st.sampled_from(["\\", "\\\\"])
)
def test_finds_what_a_dump_shows_as_bytes(persoon: Gezocht, choice: int, before: bytes, escape: str) -> None:
    hidden = " ".join(notations[choice] for notations in persoon.notations()).encode()
    dump = f"COPY t (a) FROM stdin;\n17\t{escape}x{(before + b' ' + hidden).hex()}\tx\n"
    assert Zoeker([persoon]).search([dump]) == Vondsten(1, 1)


@settings(max_examples=40)
@given(persoon=_persons(), choice=st.integers(0, 3), ascii_only=st.booleans())
def test_finds_what_json_escapes(persoon: Gezocht, choice: int, ascii_only: bool) -> None:
    text = "\n".join(notations[choice] for notations in persoon.notations())
    assert Zoeker([persoon]).search([json.dumps({"a": text}, ensure_ascii=ascii_only)]) == Vondsten(1, 1)


@pytest.mark.parametrize(
    "text",
    [
        "Sanne de Vries",
        "SANNE   DE\tVRIES",
        "de Vries, Sanne",
        "DE VRIES -- SANNE",
        "sanne.de.vries@example.nl",
        "SANNE_DE_VRIES.pdf",
        "'sanne','de vries'",
        "geboren 09-03-2015",
        "9 maart, ofwel 09/03/2015",
        "2015.03.09",
        '"geboortedatum":"2015-03-09T00:00:00Z"',
        "2015-03-09 00:00:00+00",
        "20150309",
    ],
)
def test_finds_a_person_as_people_and_programs_write_it(text: str) -> None:
    assert Zoeker([SANNE]).search([text]) == Vondsten(1, 0)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Sanne",
        "de Vries",
        "Sanne Vries",
        "Susanne de Vries",
        "Sanne de Vriesman",
        "2015-03-10",
        "2015",
        "a20150309b",
    ],
    ids=[
        "nothing",
        "first",
        "last",
        "without voorvoegsel",
        "longer first",
        "longer last",
        "next day",
        "year",
        "inside",
    ],
)
def test_does_not_find_somebody_else(text: str) -> None:
    assert Zoeker([SANNE]).search([text]) == NOTHING


@settings(max_examples=25)
@given(
    persons=st.lists(_persons(), min_size=1, max_size=20),
    raw=st.lists(st.binary(min_size=32, max_size=32), min_size=20, max_size=60),
    moment=st.datetimes(datetime(2026, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC)),
)
def test_does_not_find_persons_in_what_the_matcher_does_store(
    persons: list[Gezocht], raw: list[bytes], moment: datetime
) -> None:
    shown = [
        f"{uuid.UUID(bytes=token[:16], version=4)}\t{token.hex()}\t\\\\x{token.hex()}\t"
        f"{base64.urlsafe_b64encode(token).decode()}\t{base64.b64encode(token).decode()}\t"
        f"{moment.isoformat()}\t{moment:%Y-%m-%d %H:%M:%S.%f+00}\t{moment.timestamp()}"
        for token in raw
    ]
    assert Zoeker(persons).search(shown) == NOTHING


def test_does_not_read_a_date_in_a_uuid() -> None:
    persoon = Gezocht("a", "b", ("1980", "12", "31"))
    assert Zoeker([persoon]).search(["19801231-1980-4231-8123-198012311980"]) == NOTHING
    assert Zoeker([persoon]).search(["19801231-1980"]) == Vondsten(1, 0)


def test_everything_takes_both_name_and_date_and_something_takes_either() -> None:
    zoeker = Zoeker([SANNE])
    assert zoeker.search(["Sanne de Vries"]) == Vondsten(1, 0)
    assert zoeker.search(["2015-03-09"]) == Vondsten(1, 0)
    assert zoeker.search(["Sanne de Vries", "en elders 2015-03-09"]) == Vondsten(1, 1)
    assert zoeker.search(["Sanne de Vries, SANNE_DE VRIES"]) == Vondsten(1, 0)


def test_two_persons_of_one_name_are_told_apart_by_date() -> None:
    zoeker = Zoeker([SANNE, Gezocht("Sanne", "de Vries", ("1999", "01", "02"))])
    assert zoeker.search(["Sanne de Vries 2015-03-09"]) == Vondsten(2, 1)


def test_a_single_name_counts_only_when_no_date_is_known() -> None:
    with_date = Gezocht("", "Dorpsstraat", ("1980", "01", "02"))
    assert Zoeker([with_date]).search(["Dorpsstraat 1"]) == NOTHING
    assert Zoeker([with_date]).search(["Dorpsstraat, 02-01-1980"]) == Vondsten(1, 1)
    assert Zoeker([Gezocht("", "Dorpsstraat", None)]).search(["Dorpsstraat 1"]) == Vondsten(1, 1)
    assert Zoeker([Gezocht("Sanne", "", None)]).search(["SANNE"]) == Vondsten(1, 1)


@pytest.mark.parametrize("empty", ["", "-", " . ", "'"])
def test_a_person_of_whom_nothing_is_known_is_neither_looked_for_nor_found(empty: str) -> None:
    zoeker = Zoeker([Gezocht(empty, empty, None), SANNE])
    assert zoeker.gezocht == 1
    assert zoeker.search(["", "-", "Sanne de Vries 2015-03-09"]) == Vondsten(1, 1)


def test_a_punctuation_mark_for_a_name_leaves_the_other_name() -> None:
    assert Zoeker([Gezocht("-", "Zonneveld", None)]).search(["mevrouw Zonneveld"]) == Vondsten(1, 1)


def test_repr_shows_neither_name_nor_date() -> None:
    shown = repr(SANNE)
    assert not any(secret in shown for secret in ("Sanne", "Vries", "2015", "09"))
