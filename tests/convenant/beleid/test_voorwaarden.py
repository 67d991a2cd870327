"""What every question must meet."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from convenant.beleid import Vraag
from convenant.beleid.voorwaarden import (
    VOORWAARDEN,
    AlleVoorwaarden,
    Voorwaarde,
    both_parties,
    in_force,
    known_soort,
    not_itself,
)
from convenant.model import Convenant
from tests.convenant.beleid.conftest import NHN, PARLAN, STRANGER, WIJKTEAM, ask

RIGHT = ask(PARLAN, WIJKTEAM)


def _says(reden: str | None) -> Callable[[Convenant, Vraag], str | None]:
    return lambda convenant, vraag: reden


def _never(convenant: Convenant, vraag: Vraag) -> str | None:
    raise AssertionError("asked after a refusal")


@pytest.mark.parametrize("voorwaarde", [in_force, both_parties, not_itself, known_soort, VOORWAARDEN])
def test_a_question_that_fits_passes(voorwaarde: Voorwaarde) -> None:
    assert voorwaarde(NHN, RIGHT) is None


@pytest.mark.parametrize(
    ("voorwaarde", "vraag", "reden"),
    [
        (
            in_force,
            replace(RIGHT, op=date(2025, 12, 31)),
            "Het convenant geldt niet op deze dag; nodig is een versie die dan geldt.",
        ),
        (
            in_force,
            replace(RIGHT, op=date(2030, 1, 1)),
            "Het convenant geldt niet op deze dag; nodig is een versie die dan geldt.",
        ),
        (
            both_parties,
            replace(RIGHT, ontvanger=STRANGER),
            "De ontvanger of de andere organisatie doet niet mee aan dit convenant; nodig is dat allebei meedoen.",
        ),
        (
            both_parties,
            replace(RIGHT, over=STRANGER),
            "De ontvanger of de andere organisatie doet niet mee aan dit convenant; nodig is dat allebei meedoen.",
        ),
        (
            not_itself,
            replace(RIGHT, over=PARLAN),
            "Een organisatie krijgt geen bericht over haar eigen signaal.",
        ),
        (
            known_soort,
            replace(RIGHT, signaalsoort="onbekend"),
            "Dit convenant kent deze signaalsoort niet; nodig is een signaalsoort die erin staat.",
        ),
    ],
    ids=["too-early", "too-late", "receiver-unknown", "other-unknown", "itself", "soort-unknown"],
)
def test_a_question_that_does_not_fit_is_refused(voorwaarde: Voorwaarde, vraag: Vraag, reden: str) -> None:
    assert voorwaarde(NHN, vraag) == reden
    assert VOORWAARDEN(NHN, vraag) == reden


@pytest.mark.parametrize("op", [date(2026, 1, 1), date(2029, 12, 31)], ids=["first-day", "last-day"])
def test_the_first_and_last_day_count(op: date) -> None:
    assert in_force(NHN, replace(RIGHT, op=op)) is None


def test_the_first_reason_counts_and_nothing_is_asked_after_it() -> None:
    assert AlleVoorwaarden((_says(None), _says("Eerst."), _never))(NHN, RIGHT) == "Eerst."


def test_an_empty_reason_is_a_reason() -> None:
    assert AlleVoorwaarden((_says(""), _says(None)))(NHN, RIGHT) == ""


def test_all_must_pass() -> None:
    assert AlleVoorwaarden((_says(None), _says(None)))(NHN, RIGHT) is None


def test_a_composition_of_nothing_refuses() -> None:
    assert AlleVoorwaarden(())(NHN, RIGHT) == (
        "Er is niets nagegaan, dus mag het niet; nodig is ten minste één voorwaarde."
    )
