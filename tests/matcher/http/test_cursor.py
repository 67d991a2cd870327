import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.errors import OngeldigeInvoer
from matcher.http.cursor import format_cursor, parse_cursor


@settings(max_examples=50)
@given(place=st.integers(0, 2**63 - 1))
def test_a_cursor_leads_back_to_its_place(place: int) -> None:
    cursor = format_cursor(place)
    assert cursor is not None
    assert len(cursor) == 11
    assert parse_cursor(cursor) == place


def test_no_cursor_is_the_beginning_and_the_end_has_none() -> None:
    assert parse_cursor(None) == 0
    assert format_cursor(None) is None


def test_a_place_before_the_beginning_is_refused() -> None:
    with pytest.raises(OngeldigeInvoer) as caught:
        parse_cursor(format_cursor(-1))
    assert [fout.pad for fout in caught.value.fouten] == ["na"]
