"""End dates of signals."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenant.bewaartermijn import einddatum, latest_einddatum
from convenant.errors import LeeftijdOnbekend, LeeftijdsgrensBereikt
from convenant.model import Partijgroep, Signaalsoort
from convenant.types import Informatieplicht

_TO_23 = Signaalsoort(
    code="zorg",
    omschrijving="Zorg.",
    leeftijd_tot=23,
    bewaartermijn_maanden=24,
    betrokkenen_geinformeerd=Informatieplicht.VERPLICHT,
    indieners=Partijgroep(alle=True),
)
_AGELESS = replace(_TO_23, leeftijd_tot=None)

_DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
_BIRTHS = st.tuples(st.integers(1990, 2040), st.integers(0, 12), st.integers(0, 28))


@pytest.mark.parametrize(
    ("ingediend_op", "maanden", "end"),
    [
        (date(2026, 3, 17), 24, date(2028, 3, 1)),
        (date(2026, 3, 1), 24, date(2028, 3, 1)),
        (date(2026, 12, 31), 1, date(2027, 1, 1)),
        (date(2026, 11, 30), 1, date(2026, 12, 1)),
        (date(2028, 2, 29), 12, date(2029, 2, 1)),
    ],
    ids=["mid-month", "first-day", "over-the-year", "to-december", "leap-day"],
)
def test_retention_ends_on_the_first_of_its_last_month(ingediend_op: date, maanden: int, end: date) -> None:
    soort = replace(_AGELESS, bewaartermijn_maanden=maanden)
    assert latest_einddatum(soort, ingediend_op=ingediend_op) == end
    assert einddatum(soort, ingediend_op=ingediend_op, geboortedatum=None) == end


@pytest.mark.parametrize(
    ("geboortedatum", "end"),
    [
        ((2004, 6, 30), date(2027, 1, 1)),
        ((2004, 7, 1), date(2027, 7, 1)),
        ((2004, 12, 31), date(2027, 7, 1)),
        ((2005, 1, 1), date(2028, 1, 1)),
        ((2004, 2, 29), date(2027, 1, 1)),
        ((2004, 7, 0), date(2027, 7, 1)),
        ((2004, 0, 0), date(2027, 1, 1)),
        ((2010, 5, 5), date(2028, 3, 1)),
    ],
    ids=["june", "july", "december", "january", "leap-day", "no-day", "no-month", "still-young"],
)
def test_an_age_limit_that_comes_sooner_ends_on_a_half_year(geboortedatum: tuple[int, int, int], end: date) -> None:
    assert einddatum(_TO_23, ingediend_op=date(2026, 3, 17), geboortedatum=geboortedatum) == end


@pytest.mark.parametrize(
    ("ingediend_op", "geboortedatum"),
    [
        (date(2027, 7, 1), (2004, 9, 1)),
        (date(2027, 8, 15), (2004, 9, 1)),
        (date(2027, 9, 2), (2004, 9, 1)),
        (date(2026, 3, 17), (1980, 0, 0)),
    ],
    ids=["on-the-half-year", "just-before-the-birthday", "past-the-birthday", "long-ago"],
)
def test_refuses_a_signal_that_would_end_before_it_began(
    ingediend_op: date, geboortedatum: tuple[int, int, int]
) -> None:
    with pytest.raises(LeeftijdsgrensBereikt):
        einddatum(_TO_23, ingediend_op=ingediend_op, geboortedatum=geboortedatum)


@pytest.mark.parametrize("geboortedatum", [None, (0, 0, 0), (0, 5, 5)], ids=["none", "all-zero", "no-year"])
def test_refuses_an_age_limit_without_a_year_of_birth(geboortedatum: tuple[int, int, int] | None) -> None:
    with pytest.raises(LeeftijdOnbekend):
        einddatum(_TO_23, ingediend_op=date(2026, 3, 17), geboortedatum=geboortedatum)


def test_refuses_a_month_that_does_not_exist() -> None:
    with pytest.raises(ValueError, match="month"):
        einddatum(_TO_23, ingediend_op=date(2026, 3, 17), geboortedatum=(2010, 13, 1))


@given(_DAYS, _BIRTHS)
def test_ends_after_it_began_within_retention_before_the_birthday(
    ingediend_op: date, geboortedatum: tuple[int, int, int]
) -> None:
    try:
        end = einddatum(_TO_23, ingediend_op=ingediend_op, geboortedatum=geboortedatum)
    except LeeftijdsgrensBereikt:
        return
    year, month, day = geboortedatum
    assert end.day == 1
    assert ingediend_op < end <= latest_einddatum(_TO_23, ingediend_op=ingediend_op)
    assert end <= date(year + 23, month or 1, day or 1)


@given(_DAYS, st.integers(2000, 2020), st.sampled_from([1, 7]), st.integers(0, 5), st.integers(1, 28))
def test_everybody_born_in_one_half_year_gets_one_date(
    ingediend_op: date, year: int, half: int, month: int, day: int
) -> None:
    def answer(geboortedatum: tuple[int, int, int]) -> date | None:
        try:
            return einddatum(_TO_23, ingediend_op=ingediend_op, geboortedatum=geboortedatum)
        except LeeftijdsgrensBereikt:
            return None

    assert answer((year, half + month, day)) == answer((year, half, 1))


@given(_DAYS)
def test_retention_is_never_longer_than_the_months_granted(ingediend_op: date) -> None:
    end = latest_einddatum(_TO_23, ingediend_op=ingediend_op)
    assert timedelta(days=23 * 28) < end - ingediend_op <= timedelta(days=731)
