"""What every question must meet before any rule is looked at."""

from dataclasses import dataclass
from typing import Final, Protocol

from convenant.beleid.vraag import Vraag
from convenant.model import Convenant

_NOT_IN_FORCE: Final = "Het convenant geldt niet op deze dag; nodig is een versie die dan geldt."
_NO_PARTIJ: Final = (
    "De ontvanger of de andere organisatie doet niet mee aan dit convenant; nodig is dat allebei meedoen."
)
_SELF: Final = "Een organisatie krijgt geen bericht over haar eigen signaal."
_NO_SOORT: Final = "Dit convenant kent deze signaalsoort niet; nodig is een signaalsoort die erin staat."
_NOTHING_ASKED: Final = "Er is niets nagegaan, dus mag het niet; nodig is ten minste één voorwaarde."


class Voorwaarde(Protocol):
    """A policy about the question as a whole."""

    def __call__(self, convenant: Convenant, vraag: Vraag, /) -> str | None:
        """Return why the question is refused (Dutch, without any name), None when it is not."""


@dataclass(frozen=True, slots=True)
class AlleVoorwaarden:
    """Refuses with the first reason that one of these has; without a single one it refuses everything."""

    voorwaarden: tuple[Voorwaarde, ...]

    def __call__(self, convenant: Convenant, vraag: Vraag, /) -> str | None:
        """Return why the question is refused, None when every one of them lets it pass."""
        for voorwaarde in self.voorwaarden:
            reden = voorwaarde(convenant, vraag)
            if reden is not None:
                return reden
        return None if self.voorwaarden else _NOTHING_ASKED


def in_force(convenant: Convenant, vraag: Vraag, /) -> str | None:
    """Refuse outside the period of the convenant; whether it was signed is for the caller."""
    return None if convenant.is_in_force(vraag.op) else _NOT_IN_FORCE


def both_parties(convenant: Convenant, vraag: Vraag, /) -> str | None:
    """Refuse when the receiver or the other is no party."""
    both = convenant.has_partij(vraag.ontvanger) and convenant.has_partij(vraag.over)
    return None if both else _NO_PARTIJ


def not_itself(_: Convenant, vraag: Vraag, /) -> str | None:
    """Refuse telling a party of a signal of its own."""
    return None if vraag.ontvanger != vraag.over else _SELF


def known_soort(convenant: Convenant, vraag: Vraag, /) -> str | None:
    """Refuse a kind of signal that this version does not have."""
    return None if convenant.has_signaalsoort(vraag.signaalsoort) else _NO_SOORT


VOORWAARDEN: Final = AlleVoorwaarden((in_force, both_parties, not_itself, known_soort))
"""What holds for every question."""
