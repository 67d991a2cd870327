"""A part of the page, and how it links to articles elsewhere on it."""

from collections.abc import Iterable
from dataclasses import dataclass

from convenant.uitleg.toon.html import Html, kenmerk, samen, tag, verwijzing


@dataclass(frozen=True, slots=True, kw_only=True)
class Sectie:
    """A heading with what stands under it; an empty one is left out of the page."""

    kop: str
    inhoud: Html

    @property
    def plek(self) -> str:
        """The id of the part on the page."""
        return kenmerk(self.kop)


def alinea(tekst: str) -> Html:
    """Return a paragraph."""
    return tag("p", tekst)


def artikel_plek(artikel: str) -> str:
    """Return the id of an article on the page."""
    return kenmerk("artikel", artikel)


def artikelen(nummers: Iterable[str]) -> Html:
    """Return links to articles, with commas between them."""
    delen: list[str] = []
    for nummer in nummers:
        delen += (
            [", ", verwijzing(artikel_plek(nummer), nummer)] if delen else [verwijzing(artikel_plek(nummer), nummer)]
        )
    return samen(*delen)
