from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domein.webhook import (
    LANGSTE_PAUZE,
    LANGSTE_WACHT,
    MAX_WEIGERINGEN,
    OPGEVEN_NA,
    Antwoord,
    Bezorgstand,
    Uitkomst,
    Webhookstatus,
    after_handshake,
    after_try,
    new_stand,
    resumed,
)

OP = datetime(2026, 5, 12, 10, tzinfo=UTC)
ACTIEF = Bezorgstand(status=Webhookstatus.ACTIEF, verwerkt_tot=7, volgende_op=OP)
SECOND = timedelta(seconds=1)

antwoorden = st.builds(
    Antwoord,
    status=st.sampled_from([None, 200, 204, 301, 400, 404, 410, 415, 429, 500, 503]),
    retry_after=st.none() | st.timedeltas(min_value=timedelta(days=-1), max_value=timedelta(days=30)),
)
toevallen = st.floats(min_value=0, max_value=1, exclude_max=True)


@pytest.mark.parametrize(
    ("status", "uitkomst"),
    [
        *((status, Uitkomst.GELUKT) for status in (200, 201, 202, 204)),
        (410, Uitkomst.GESTOPT),
        *((status, Uitkomst.GEWEIGERD) for status in (400, 401, 403, 404, 408, 413, 415, 422)),
        *((status, Uitkomst.MISLUKT) for status in (None, 100, 203, 206, 301, 302, 307, 308, 429, 500, 502, 503, 599)),
    ],
)
def test_every_answer_has_one_meaning(status: int | None, uitkomst: Uitkomst) -> None:
    assert Antwoord(status=status).uitkomst is uitkomst


def test_what_arrived_moves_the_cursor_and_forgets_the_failures() -> None:
    stand = replace(ACTIEF, pogingen=3, weigeringen=2, mislukt_sinds=OP - SECOND)
    besluit = after_try(stand, 8, Antwoord(status=204), op=OP, toeval=0.5)
    assert besluit.stand == replace(ACTIEF, verwerkt_tot=8)
    assert not besluit.dode_letter


def test_a_receiver_that_named_a_rate_gets_no_more_than_that() -> None:
    besluit = after_try(replace(ACTIEF, per_minuut=30), 8, Antwoord(status=200), op=OP, toeval=0.5)
    assert besluit.stand.volgende_op == OP + 2 * SECOND


def test_gone_stops_without_giving_up_the_event() -> None:
    besluit = after_try(ACTIEF, 8, Antwoord(status=410), op=OP, toeval=0.5)
    assert (besluit.stand.status, besluit.stand.verwerkt_tot) == (Webhookstatus.GESTOPT, 7)
    assert not besluit.dode_letter
    assert not besluit.stand.loopt
    assert resumed(besluit.stand, op=OP) == new_stand(7, op=OP)


def test_a_refused_event_is_given_up_after_five_tries_and_the_next_goes_on() -> None:
    stand, letters = ACTIEF, []
    for _ in range(MAX_WEIGERINGEN):
        besluit = after_try(stand, 8, Antwoord(status=400), op=OP, toeval=0.5)
        stand = besluit.stand
        letters.append(besluit.dode_letter)
    assert letters == [False] * (MAX_WEIGERINGEN - 1) + [True]
    assert stand == replace(ACTIEF, verwerkt_tot=8)


def test_a_refusal_among_failures_is_not_the_fifth_one() -> None:
    stand = ACTIEF
    for _ in range(20):
        stand = after_try(stand, 8, Antwoord(status=500), op=OP, toeval=0.5).stand
    assert not after_try(stand, 8, Antwoord(status=400), op=OP, toeval=0.5).dode_letter


@pytest.mark.parametrize("status", [None, 302, 500, 503])
def test_who_fails_for_three_days_is_suspended_with_a_dead_letter(status: int | None) -> None:
    stand, op, letter = ACTIEF, OP, False
    while not letter:
        besluit = after_try(stand, 8, Antwoord(status=status), op=op, toeval=0.999)
        stand, letter, op = besluit.stand, besluit.dode_letter, max(op, besluit.stand.volgende_op)
    assert OPGEVEN_NA <= op - OP <= OPGEVEN_NA + LANGSTE_PAUZE
    assert (stand.status, stand.verwerkt_tot) == (Webhookstatus.OPGESCHORT, 8)


def test_after_a_day_of_failure_nothing_is_given_up() -> None:
    stand, op = ACTIEF, OP
    while op < OP + timedelta(days=1):
        besluit = after_try(stand, 8, Antwoord(status=500), op=op, toeval=0.999)
        assert not besluit.dode_letter
        stand, op = besluit.stand, besluit.stand.volgende_op
    assert after_try(stand, 8, Antwoord(status=200), op=op, toeval=0.5).stand.verwerkt_tot == 8


def test_a_clock_that_jumps_ahead_does_not_make_one_failure_the_last() -> None:
    first = after_try(ACTIEF, 8, Antwoord(status=500), op=OP, toeval=0.5)
    later = after_try(first.stand, 8, Antwoord(status=500), op=OP + timedelta(days=400), toeval=0.5)
    assert not later.dode_letter


@given(back=st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=4000)))
def test_a_clock_that_is_put_back_delays_no_more_than_a_day(back: timedelta) -> None:
    failed = after_try(ACTIEF, 8, Antwoord(status=500), op=OP, toeval=0.5).stand
    assert failed.seconds_left(OP - back) <= LANGSTE_WACHT.total_seconds()
    again = after_try(failed, 8, Antwoord(status=500), op=OP - back, toeval=0.5).stand
    assert again.mislukt_sinds is not None
    assert again.mislukt_sinds <= OP - back


@given(wacht=st.timedeltas(min_value=timedelta(days=-2), max_value=timedelta(days=60)), toeval=toevallen)
@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_obeyed_up_to_a_day(status: int, wacht: timedelta, toeval: float) -> None:
    stand = after_try(ACTIEF, 8, Antwoord(status=status, retry_after=wacht), op=OP, toeval=toeval).stand
    assert stand.volgende_op - OP == min(max(wacht, SECOND), LANGSTE_WACHT)


def test_only_who_says_to_come_later_is_obeyed() -> None:
    wacht = timedelta(hours=5)
    stand = after_try(ACTIEF, 8, Antwoord(status=500, retry_after=wacht), op=OP, toeval=0.5).stand
    assert stand.volgende_op < OP + wacht


@given(pogingen=st.integers(min_value=0, max_value=10**6), toeval=toevallen)
def test_a_pause_of_our_own_is_between_a_second_and_a_quarter(pogingen: int, toeval: float) -> None:
    stand = after_try(replace(ACTIEF, pogingen=pogingen), 8, Antwoord(status=500), op=OP, toeval=toeval).stand
    assert SECOND <= stand.volgende_op - OP <= LANGSTE_PAUZE


@given(tries=st.lists(st.tuples(antwoorden, toevallen, st.integers(min_value=-10_000, max_value=10_000_000))))
def test_no_event_is_skipped_nor_goes_before_an_earlier_one(tries: list[tuple[Antwoord, float, int]]) -> None:
    stand, op, arrived, letters = ACTIEF, OP, [], []
    for antwoord, toeval, seconds in tries:
        nummer = stand.verwerkt_tot + 1
        besluit = after_try(stand, nummer, antwoord, op=op, toeval=toeval)
        if antwoord.uitkomst is Uitkomst.GELUKT:
            arrived.append(nummer)
        if besluit.dode_letter:
            letters.append(nummer)
        stand = besluit.stand if besluit.stand.loopt else replace(resumed(besluit.stand, op=op), status=ACTIEF.status)
        assert stand.verwerkt_tot in (nummer - 1, nummer)
        assert timedelta(0) <= stand.volgende_op - op <= LANGSTE_WACHT
        op += timedelta(seconds=seconds)
    assert sorted(arrived + letters) == list(range(8, stand.verwerkt_tot + 1))
    assert arrived == sorted(arrived)


def test_a_dead_letter_that_is_sent_again_does_not_move_the_cursor() -> None:
    assert after_try(ACTIEF, 3, Antwoord(status=200), op=OP, toeval=0.5).stand.verwerkt_tot == 7


def test_a_webhook_is_active_once_its_handshake_came_back() -> None:
    stand = after_handshake(new_stand(7, op=OP), Antwoord(status=200, per_minuut=60), op=OP, toeval=0.5)
    assert stand == replace(ACTIEF, per_minuut=60)


@pytest.mark.parametrize("antwoord", [None, Antwoord(status=None), Antwoord(status=403), Antwoord(status=500)])
def test_a_handshake_that_fails_comes_again_and_is_given_up_after_three_days(antwoord: Antwoord | None) -> None:
    stand, op = new_stand(7, op=OP), OP
    while stand.loopt:
        op = stand.volgende_op
        stand = after_handshake(stand, antwoord, op=op, toeval=0.999)
        assert stand.status is not Webhookstatus.ACTIEF
    assert (stand.status, stand.verwerkt_tot) == (Webhookstatus.OPGESCHORT, 7)
    assert op - OP >= OPGEVEN_NA


def test_a_handshake_that_meets_gone_stops() -> None:
    stand = after_handshake(new_stand(7, op=OP), Antwoord(status=410), op=OP, toeval=0.5)
    assert stand.status is Webhookstatus.GESTOPT
