"""The table of nicknames."""

import pytest

from client_sdk.canoniek.letters import letters_of
from client_sdk.koppelsleutels.roepnamen import STAMMEN, stam_of


@pytest.mark.parametrize(
    ("naam", "stam"),
    [
        ("henk", "hendrikus"),
        ("els", "elisabeth"),
        ("mehmet", "mohammed"),
        ("matthys", "matthias"),
        ("saskia", "saskia"),
    ],
)
def test_finds_the_stam(naam: str, stam: str) -> None:
    assert stam_of(naam) == stam


def test_a_stam_is_its_own_stam() -> None:
    assert not STAMMEN.keys() & set(STAMMEN.values())


def test_the_table_is_sorted_and_canonical() -> None:
    assert list(STAMMEN) == sorted(STAMMEN)
    assert all(naam == letters_of(naam) for paar in STAMMEN.items() for naam in paar)
