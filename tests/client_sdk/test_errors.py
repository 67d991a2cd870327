"""One base for all, and what the errors carry."""

import inspect

import pytest

from client_sdk import errors
from client_sdk.errors import (
    InvoerFout,
    KoppelradarFout,
    MatcherOnbereikbaar,
    OngeldigPersoon,
    Veldfout,
    VerzoekGeweigerd,
)

_CLASSES = [cls for _, cls in inspect.getmembers(errors, inspect.isclass) if issubclass(cls, Exception)]


@pytest.mark.parametrize("cls", _CLASSES, ids=lambda cls: cls.__name__)
def test_every_error_has_the_base_and_stands_in_the_tree(cls: type[Exception]) -> None:
    assert issubclass(cls, KoppelradarFout)
    assert cls.__name__ in (errors.__doc__ or "")


def test_a_person_error_names_its_field() -> None:
    error = OngeldigPersoon("voornamen", "Haal de cijfers weg.")
    assert isinstance(error, InvoerFout)
    assert (error.veld, error.melding, str(error)) == (
        "voornamen",
        "Haal de cijfers weg.",
        "voornamen: Haal de cijfers weg.",
    )


def test_a_refused_request_carries_the_problem() -> None:
    fout = Veldfout("/signalen/0/epoche", "onbekend", "Deze epoche bestaat niet.")
    error = VerzoekGeweigerd(status=400, code="ongeldige-invoer", detail="Controleer de velden.", fouten=(fout,))
    assert str(error) == error.detail == "Controleer de velden."
    assert (error.status, error.code, error.fouten, error.kenmerk) == (400, "ongeldige-invoer", (fout,), None)


def test_an_unreachable_matcher_says_when_to_come_back() -> None:
    assert MatcherOnbereikbaar("Probeer het later.", retry_after=30).retry_after == 30
    assert MatcherOnbereikbaar("Probeer het later.").retry_after is None
