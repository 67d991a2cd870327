from datetime import UTC, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from convenant.kalender import NEDERLAND
from matcher.domein.post import (
    LANGSTE_PAUZE,
    OPGEVEN_NA,
    VERZAMELEN,
    Emailinstelling,
    Emailstand,
    Emailwijze,
    Ongemeld,
    after_mail,
    due_at,
    end_of_quiet,
    next_clock,
)

OP = datetime(2026, 5, 12, 10, tzinfo=UTC)  # 12:00 in the Netherlands
MINUTE = timedelta(minutes=1)
STAND = Emailstand(gemeld_tot=7, volgende_op=OP - timedelta(days=3))
DIRECT = Emailinstelling(aan=True)
DAGELIJKS = Emailinstelling(aan=True, wijze=Emailwijze.DAGELIJKS, tijdstip=time(8))
NACHT = Emailinstelling(aan=True, stil_van=time(18), stil_tot=time(7))

# Around both changes of the clock in 2026, to the minute.
CHANGES = (datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC))
moments = st.builds(lambda begin, n: begin + n * MINUTE, st.sampled_from(CHANGES), st.integers(-3000, 3000))
clocks = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 59]))


def nieuws(sinds: datetime = OP, dringend: datetime | None = None) -> Ongemeld:
    return Ongemeld(sinds=sinds, tot=9, dringend_sinds=dringend)


def local(moment: datetime) -> str:
    return moment.astimezone(NEDERLAND).strftime("%d %H:%M")


def test_news_of_one_minute_is_one_mail() -> None:
    assert due_at(DIRECT, STAND, nieuws(), op=OP) == OP + VERZAMELEN


def test_no_two_mails_go_within_a_minute() -> None:
    sent = Emailstand(gemeld_tot=7, volgende_op=OP, verzonden_op=OP)
    assert due_at(DIRECT, sent, nieuws(OP, OP), op=OP) == OP + VERZAMELEN


def test_the_daily_mail_waits_for_its_time() -> None:
    assert local(due_at(DAGELIJKS, STAND, nieuws(), op=OP)) == "13 08:00"
    early = OP - timedelta(hours=5)
    assert local(due_at(DAGELIJKS, STAND, nieuws(early), op=early)) == "12 08:00"


def test_a_mail_that_is_late_goes_now() -> None:
    assert due_at(DAGELIJKS, STAND, nieuws(OP - timedelta(days=2)), op=OP) == OP


def test_a_mail_that_is_late_waits_for_the_morning() -> None:
    night = OP.replace(hour=20)
    assert local(due_at(NACHT, STAND, nieuws(), op=night)) == "13 07:00"


@pytest.mark.parametrize(
    ("hour", "due"), [(9, "12 11:01"), (15, "12 17:01"), (16, "13 07:00"), (22, "13 07:00"), (4, "12 07:00")]
)
def test_at_night_nothing_goes(hour: int, due: str) -> None:
    sinds = OP.replace(hour=hour)
    assert local(due_at(NACHT, STAND, nieuws(sinds), op=sinds)) == due


@pytest.mark.parametrize("instelling", [DIRECT, DAGELIJKS, NACHT])
def test_acute_danger_waits_for_nothing(instelling: Emailinstelling) -> None:
    night = OP.replace(hour=23)
    assert due_at(instelling, STAND, nieuws(OP.replace(hour=22), night), op=night) <= night


@given(moment=moments, clock=clocks)
def test_the_time_of_the_day_comes_within_a_day_and_an_hour(moment: datetime, clock: time) -> None:
    found = next_clock(moment, clock)
    assert moment <= found <= moment + timedelta(hours=25)
    shown = found.astimezone(NEDERLAND)
    skipped = shown.date() == datetime(2026, 3, 29).date() and clock.hour == 2
    assert shown.time() == (clock.replace(hour=3) if skipped else clock)


@given(begin=moments, clock=clocks)
def test_every_day_has_one_daily_mail(begin: datetime, clock: time) -> None:
    found = [next_clock(begin, clock)]
    for _ in range(4):
        found.append(next_clock(found[-1] + MINUTE, clock))
    days = [moment.astimezone(NEDERLAND).date() for moment in found]
    assert [(later - earlier).days for earlier, later in pairwise(days)] == [1] * 4


@given(moment=moments, van=clocks, tot=clocks)
def test_the_quiet_hours_end_at_the_first_moment_that_is_not_quiet(moment: datetime, van: time, tot: time) -> None:
    assume(van != tot)
    instelling = Emailinstelling(aan=True, stil_van=van, stil_tot=tot)
    end = end_of_quiet(instelling, moment)
    assert not instelling.is_quiet(end)
    minutes = (end - moment) // MINUTE
    assert all(instelling.is_quiet(moment + n * MINUTE) for n in range(minutes))


instellingen = st.builds(
    Emailinstelling,
    aan=st.just(True),
    wijze=st.sampled_from(Emailwijze),
    tijdstip=clocks,
    stil_van=clocks,
    stil_tot=clocks,
)


@given(instelling=instellingen, sinds=moments, now=moments)
def test_no_mail_without_danger_is_due_in_quiet_hours(
    instelling: Emailinstelling, sinds: datetime, now: datetime
) -> None:
    assume(instelling.stil_van != instelling.stil_tot)
    due = due_at(instelling, Emailstand(gemeld_tot=0, volgende_op=sinds), nieuws(sinds), op=now)
    assert now <= due <= max(sinds, now) + timedelta(days=3)
    assert not instelling.is_quiet(due)


def test_a_mail_that_went_moves_on() -> None:
    sent = after_mail(STAND, 9, gelukt=True, op=OP, toeval=0.5)
    assert sent == Emailstand(gemeld_tot=9, volgende_op=OP, verzonden_op=OP)


@given(toeval=st.floats(min_value=0, max_value=1, exclude_max=True))
def test_a_mail_that_failed_is_tried_again_for_a_day(toeval: float) -> None:
    stand, op, pauses = STAND, OP, []
    while stand.gemeld_tot == 7:
        stand = after_mail(stand, 9, gelukt=False, op=op, toeval=toeval)
        pauses.append(stand.volgende_op - op)
        op = stand.volgende_op
    assert OPGEVEN_NA <= op - OP <= OPGEVEN_NA + LANGSTE_PAUZE
    assert all(MINUTE / 2 <= pause <= LANGSTE_PAUZE for pause in pauses[:-1])
    assert (stand.pogingen, stand.verzonden_op) == (0, None)


def test_a_failure_holds_up_the_next_try_and_a_clock_put_back_does_not() -> None:
    failed = after_mail(STAND, 9, gelukt=False, op=OP, toeval=0.0)
    assert due_at(DIRECT, failed, nieuws(OP - 2 * MINUTE), op=OP) == failed.volgende_op
    back = OP - timedelta(days=2)
    assert due_at(DIRECT, failed, nieuws(back), op=back) == back + VERZAMELEN
    assert after_mail(failed, 9, gelukt=False, op=OP + timedelta(days=9), toeval=0.0).gemeld_tot == 7
