from datetime import UTC, datetime, timedelta, timezone

import pytest

from matcher.domein.document import format_moment


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        pytest.param(datetime(2026, 5, 12, 10, 0, tzinfo=UTC), "2026-05-12T10:00:00.000Z", id="whole second"),
        pytest.param(datetime(2026, 5, 12, 10, 0, 0, 123999, UTC), "2026-05-12T10:00:00.123Z", id="rounded down"),
        pytest.param(
            datetime(2026, 5, 12, 1, 0, tzinfo=timezone(timedelta(hours=2))), "2026-05-11T23:00:00.000Z", id="offset"
        ),
    ],
)
def test_moments_are_written_in_utc_with_milliseconds(moment: datetime, text: str) -> None:
    assert format_moment(moment) == text
