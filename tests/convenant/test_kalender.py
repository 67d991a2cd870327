from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenant.kalender import first_of_month, local_date, local_moment, next_day, next_month

MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))


@pytest.mark.parametrize(
    ("op", "day"),
    [
        (datetime(2026, 1, 31, 22, 59, tzinfo=UTC), date(2026, 1, 31)),
        (datetime(2026, 1, 31, 23, 0, tzinfo=UTC), date(2026, 2, 1)),
        (datetime(2026, 6, 30, 22, 0, tzinfo=UTC), date(2026, 7, 1)),
    ],
)
def test_a_day_is_that_of_the_netherlands(op: datetime, day: date) -> None:
    assert local_date(op) == day


@given(MOMENTS)
def test_the_next_day_and_month_begin_then_and_not_a_second_earlier(op: datetime) -> None:
    today = local_date(op)
    assert local_date(next_day(op)) == today + timedelta(days=1)
    assert local_date(next_day(op) - timedelta(seconds=1)) == today
    begin = next_month(op)
    assert local_date(begin).day == 1
    assert first_of_month(local_date(begin - timedelta(seconds=1))) == first_of_month(today)


def test_a_moment_without_a_zone_is_dutch() -> None:
    assert local_moment(datetime(2026, 7, 1, 9)).astimezone(UTC) == datetime(2026, 7, 1, 7, tzinfo=UTC)
