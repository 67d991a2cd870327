from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.uitgaand.koppen import parse_rate, parse_retry_after

OP = datetime(2026, 5, 12, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "wacht"),
    [
        ("120", timedelta(minutes=2)),
        (" 0 ", timedelta(0)),
        ("Tue, 12 May 2026 10:05:00 GMT", timedelta(minutes=5)),
        ("Tue, 12 May 2026 10:05:00 -0000", timedelta(minutes=5)),
        ("Tue, 12 May 2026 09:00:00 GMT", timedelta(hours=-1)),
        (None, None),
        ("", None),
        ("straks", None),
        ("-5", None),
        ("1.5", None),
        ("9" * 5000, None),
        ("Tue, 99 May 2026 10:05:00 GMT", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(text: str | None, wacht: timedelta | None) -> None:
    assert parse_retry_after(text, op=OP) == wacht


@pytest.mark.parametrize(
    ("text", "rate"),
    [("120", 120), ("*", None), (None, None), ("0", None), ("-1", None), ("x", None), ("999999", None)],
)
def test_a_rate_is_a_number_of_events_a_minute(text: str | None, rate: int | None) -> None:
    assert parse_rate(text) == rate


@given(text=st.text())
def test_whatever_a_header_holds_nothing_breaks(text: str) -> None:
    parse_retry_after(text, op=OP)
    parse_rate(text)
