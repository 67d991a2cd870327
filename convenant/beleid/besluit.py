"""What the convenant answers."""

from collections.abc import Sequence
from dataclasses import dataclass

from convenant.model import Convenant, Deelregel
from convenant.types import ConvenantId, Veld


@dataclass(frozen=True, slots=True)
class Verlening:
    """What one article grants by itself, on one grondslag (code)."""

    artikel: str
    grondslag: str
    velden: frozenset[Veld]


@dataclass(frozen=True, slots=True, kw_only=True)
class Besluit:
    """The answer, fit for the access log.

    `artikel` and `grondslag` name everything that granted something, sorted and joined with ", "; both are
    empty in a refusal. `verleend` says it per article, sorted. `reden` is Dutch: the text of the articles, or why
    nothing is granted and what that would take, and then it names no person or organisation.
    """

    toegestaan: bool
    velden: frozenset[Veld]
    artikel: str
    grondslag: str
    reden: str
    verleend: tuple[Verlening, ...]
    convenant: ConvenantId
    versie: int

    def grounds_for(self, veld: Veld) -> tuple[Verlening, ...]:
        """Return the grants that hold the field, sorted by article; none when it is not granted."""
        return tuple(verlening for verlening in self.verleend if veld in verlening.velden)


def refuse(convenant: Convenant, reden: str) -> Besluit:
    """Return the answer that grants nothing."""
    return Besluit(
        toegestaan=False,
        velden=frozenset(),
        artikel="",
        grondslag="",
        reden=reden,
        verleend=(),
        convenant=convenant.id,
        versie=convenant.versie,
    )


def _order(regel: Deelregel) -> tuple[str, str, str]:
    return regel.artikel, regel.grondslag, regel.toelichting


def grant(convenant: Convenant, regels: Sequence[Deelregel]) -> Besluit:
    """Return the answer that grants what these rules grant together, whatever their order; they must all hold."""
    regels = sorted(regels, key=_order)
    return Besluit(
        toegestaan=True,
        velden=frozenset[Veld]().union(*(regel.velden for regel in regels)),
        artikel=", ".join(regel.artikel for regel in regels),
        grondslag=", ".join(sorted({regel.grondslag for regel in regels})),
        reden=" ".join(f"Artikel {regel.artikel}: {regel.toelichting}" for regel in regels),
        verleend=tuple(Verlening(regel.artikel, regel.grondslag, regel.velden) for regel in regels),
        convenant=convenant.id,
        versie=convenant.versie,
    )
