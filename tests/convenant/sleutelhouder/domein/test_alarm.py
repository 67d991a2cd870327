from hypothesis import given
from hypothesis import strategies as st

from convenant.model import Alarm
from convenant.sleutelhouder.domein.alarm import stap

ALARM = Alarm(factor=4, vrij=100)


@given(st.integers(0, 10_000), st.integers(0, 1000))
def test_there_is_an_alarm_exactly_when_the_convenant_says(gevraagd: int, ingediend: int) -> None:
    assert (stap(ALARM, gevraagd=gevraagd, ingediend=ingediend) > 0) == (gevraagd > 4 * ingediend + 100)


@given(st.integers(0, 10**6), st.integers(0, 1000))
def test_steps_never_fall_while_the_asking_goes_on(gevraagd: int, ingediend: int) -> None:
    een, ander = (stap(ALARM, gevraagd=n, ingediend=ingediend) for n in (gevraagd, gevraagd + 1))
    assert een <= ander <= een + 1


def test_the_next_step_is_at_twice_the_limit() -> None:
    assert [stap(ALARM, gevraagd=n, ingediend=0) for n in (100, 101, 199, 200, 399, 400, 800)] == [0, 1, 1, 2, 2, 3, 4]


def test_a_limit_of_nothing_does_not_divide_by_zero() -> None:
    assert stap(Alarm(factor=1, vrij=0), gevraagd=1, ingediend=0) == 1
