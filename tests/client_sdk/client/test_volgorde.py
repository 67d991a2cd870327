"""Every notification once and in order, whatever a feed repeats."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_sdk.client.volgorde import Volgorde
from client_sdk.errors import OngeldigAntwoord


def number(n: int) -> str:
    return f"{n:010}"


def passed(volgorde: Volgorde, numbers: list[int]) -> list[int]:
    return [n for n in numbers if volgorde.accepts(number(n), f"id-{n}")]


@given(st.integers(1, 60), st.data())
def test_any_replay_of_what_came_before_changes_nothing(last: int, data: st.DataObject) -> None:
    feed: list[int] = []
    for n in range(1, last + 1):
        feed += data.draw(st.lists(st.integers(1, max(1, n - 1)), max_size=3)) if n > 1 else []
        feed.append(n)

    assert passed(Volgorde(number(0)), feed) == list(range(1, last + 1))


@given(st.lists(st.integers(1, 12), max_size=40))
def test_whatever_comes_is_passed_in_order_without_gaps_or_refused(numbers: list[int]) -> None:
    volgorde, got = Volgorde(number(3)), [3]
    for n in numbers:
        try:
            got += passed(volgorde, [n])
        except OngeldigAntwoord:
            assert n > got[-1] + 1
    assert got == list(range(3, 3 + len(got)))
    assert volgorde.cursor == number(got[-1])


def test_the_first_of_all_may_have_any_number_but_nothing_before_it_may_follow() -> None:
    volgorde = Volgorde(number(0))

    assert passed(volgorde, [5, 6]) == [5, 6]
    with pytest.raises(OngeldigAntwoord, match="al geweest"):
        volgorde.accepts(number(4), "id-4")


def test_a_number_that_was_given_out_twice_is_refused() -> None:
    volgorde = Volgorde(number(1))
    passed(volgorde, [2, 3])

    with pytest.raises(OngeldigAntwoord, match="al geweest"):
        volgorde.accepts(number(3), "een-ander")


def test_a_gap_is_refused_and_can_be_filled_afterwards() -> None:
    volgorde = Volgorde(number(1))

    with pytest.raises(OngeldigAntwoord, match="ontbreekt"):
        volgorde.accepts(number(3), "id-3")
    assert passed(volgorde, [2, 3]) == [2, 3]


def test_number_zero_is_none() -> None:
    assert not Volgorde(number(0)).accepts(number(0), "id")


def test_only_the_last_thousand_are_remembered() -> None:
    volgorde = Volgorde(number(0))
    passed(volgorde, list(range(1, 1502)))

    assert not volgorde.accepts(number(2), "lang geleden")
    with pytest.raises(OngeldigAntwoord):
        volgorde.accepts(number(1500), "kort geleden")
