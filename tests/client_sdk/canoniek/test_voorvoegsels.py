"""The table itself, and taking voorvoegsels off a list of words."""

import pytest

from client_sdk.canoniek import voorvoegsels


@pytest.mark.parametrize("words", ["van der", "in t", "uyt den", "de la", "el", "von und zu", "v d", "d", "s"])
def test_knows(words: str) -> None:
    assert voorvoegsels.is_known(words.split())


@pytest.mark.parametrize("words", ["mac", "mc", "o", "saint", "abd", "", "vries"])
def test_does_not_know(words: str) -> None:
    assert not voorvoegsels.is_known(words.split())


def test_takes_the_longest_and_goes_on() -> None:
    assert voorvoegsels.split_leading(["ait", "ben", "el", "hadj"]) == (("ait", "ben", "el"), ("hadj",))


def test_never_takes_the_last_word() -> None:
    assert voorvoegsels.split_leading(["van", "de"]) == (("van",), ("de",))


def test_never_takes_the_last_given_name() -> None:
    assert voorvoegsels.split_trailing(["van"]) == (("van",), ())


def test_a_stray_t_behind_a_given_name_is_a_letter_and_with_an_apostrophe_it_is_not() -> None:
    assert voorvoegsels.split_trailing(["benedic", "t"]) == (("benedic", "t"), ())
    assert voorvoegsels.split_trailing(["jan", "t'"]) == (("jan",), ("t",))


def test_nothing_does_not_consist_of_voorvoegsels() -> None:
    assert not voorvoegsels.consists_of_voorvoegsels([])
    assert voorvoegsels.consists_of_voorvoegsels(["van", "der"])
    assert not voorvoegsels.consists_of_voorvoegsels(["van", "berg"])
