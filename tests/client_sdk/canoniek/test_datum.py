"""Birth dates: what is read, and what is refused with a reason that does not repeat it."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from client_sdk.canoniek.datum import parse_geboortedatum
from client_sdk.errors import OngeldigPersoon

VANDAAG = date(2025, 3, 15)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1980-05-31", (1980, 5, 31)),
        ("19800531", (1980, 5, 31)),
        ("31-05-1980", (1980, 5, 31)),
        ("1-2-1980", (1980, 2, 1)),
        ("01/02/1980", (1980, 2, 1)),
        ("1.2.1980", (1980, 2, 1)),
        ("  1980–05–31 ", (1980, 5, 31)),
        ("１９８０-０５-３１", (1980, 5, 31)),
        ("1980-05-00", (1980, 5, 0)),
        ("1980-00-00", (1980, 0, 0)),
        ("19800000", (1980, 0, 0)),
        ("00-05-1980", (1980, 5, 0)),
        ("0000-00-00", (0, 0, 0)),
        ("00000000", (0, 0, 0)),
        ("2024-02-29", (2024, 2, 29)),
        ("2025-03-15", (2025, 3, 15)),
        ("2025-03-00", (2025, 3, 0)),
        ("1895-01-01", (1895, 1, 1)),
    ],
)
def test_reads(typed: str, expected: tuple[int, int, int]) -> None:
    assert parse_geboortedatum(typed, vandaag=VANDAAG) == expected


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        pytest.param("2025-03-16", "toekomst", id="tomorrow"),
        pytest.param("2025-04-00", "toekomst", id="next-month-without-a-day"),
        pytest.param("2026-00-00", "toekomst", id="next-year-without-a-month"),
        pytest.param("1894-12-31", "130 jaar", id="too-long-ago"),
        pytest.param("31051980", "bestaat niet", id="day-first-without-separators"),
        pytest.param("31-4-1980", "bestaat niet", id="31-april"),
        pytest.param("1980-13-01", "bestaat niet", id="month-13"),
        pytest.param("2023-02-29", "bestaat niet", id="no-leap-year"),
        pytest.param("1980-13-00", "bestaat niet", id="month-13-without-a-day"),
        pytest.param("1980-00-12", "onbekend deel", id="day-without-month"),
        pytest.param("0000-05-00", "onbekend deel", id="month-without-year"),
        pytest.param("", "0000-00-00", id="empty"),
        pytest.param("   ", "0000-00-00", id="blank"),
        pytest.param("31-5-80", "vier cijfers", id="two-digit-year"),
        pytest.param("80-05-31", "vier cijfers", id="two-digit-year-first"),
        pytest.param("31 mei 1980", "JJJJ-MM-DD", id="month-in-letters"),
        pytest.param("1980/31-05", "JJJJ-MM-DD", id="mixed-separators"),
        pytest.param("123456782", "JJJJ-MM-DD", id="a-bsn"),
        pytest.param("1980-05-31 00:00", "JJJJ-MM-DD", id="with-a-time"),
        pytest.param("5-31-1980", "bestaat niet", id="american-order"),
    ],
)
def test_refuses(typed: str, reason: str) -> None:
    with pytest.raises(OngeldigPersoon) as caught:
        parse_geboortedatum(typed, vandaag=VANDAAG)
    assert caught.value.veld == "geboortedatum"
    assert reason in caught.value.melding
    assert not typed.strip() or typed not in str(caught.value)


@settings(max_examples=60)
@given(st.dates(min_value=VANDAAG - timedelta(days=129 * 365), max_value=VANDAAG))
def test_every_notation_of_a_day_is_the_same_day(day: date) -> None:
    expected = (day.year, day.month, day.day)
    for notation in ("%Y-%m-%d", "%Y%m%d", "%d-%m-%Y", "%d/%m/%Y"):
        assert parse_geboortedatum(day.strftime(notation), vandaag=VANDAAG) == expected


@settings(max_examples=150)
@given(st.text(alphabet="0123456789-/. a", max_size=12))
def test_anything_else_is_refused_as_a_person_and_never_otherwise(text: str) -> None:
    try:
        result = parse_geboortedatum(text, vandaag=VANDAAG)
    except OngeldigPersoon:
        return
    assert result.jaar == 0 or VANDAAG.year - 130 <= result.jaar <= VANDAAG.year
