"""Who may be told what: the only place where the system decides so.

Default deny. Whoever falls outside the agreement gets nothing; otherwise the answer is the union of what
single deelregels grant, so that it depends on no order, and no rule widens or narrows another one.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from convenant.model import Convenant, Deelregel, Eenrichting, Toepassing
from convenant.types import ConvenantId, Gebeurtenis, Niveau, Oin, Veld

_NOT_IN_FORCE: Final = "Het convenant geldt niet op deze dag."
_UNKNOWN_PARTIJ: Final = "De ontvanger of de andere organisatie doet niet mee aan dit convenant."
_SELF: Final = "Een organisatie krijgt geen bericht over haar eigen signaal."
_UNKNOWN_SOORT: Final = "Dit convenant kent deze signaalsoort niet."
_NO_OWN_SIGNAAL: Final = "De ontvanger heeft zelf geen signaal in deze match en geen regel staat dit dan toe."
_NO_REGEL: Final = "Geen deelregel van het convenant staat dit toe."


@dataclass(frozen=True, slots=True, kw_only=True)
class Vraag:
    """The question whether `ontvanger` may be told of one signal of `over`.

    `signaalsoort` is of that signal; `eigen_signaalsoorten` are those of the receiver's own signals in the
    same match, empty when it has none. `op` is the day of telling, in Europe/Amsterdam.
    """

    gebeurtenis: Gebeurtenis
    niveau: Niveau
    ontvanger: Oin
    over: Oin
    signaalsoort: str
    eigen_signaalsoorten: frozenset[str]
    op: date


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
    empty in a refusal. `verleend` says it per article, sorted. `reden` is Dutch and names no person or
    organisation.
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


def _refusal(convenant: Convenant, vraag: Vraag) -> str | None:
    if not convenant.is_in_force(vraag.op):
        return _NOT_IN_FORCE
    if not (convenant.has_partij(vraag.ontvanger) and convenant.has_partij(vraag.over)):
        return _UNKNOWN_PARTIJ
    if vraag.ontvanger == vraag.over:
        return _SELF
    if not convenant.has_signaalsoort(vraag.signaalsoort):
        return _UNKNOWN_SOORT
    return None


def _is_about(regel: Deelregel, vraag: Vraag) -> bool:
    return (
        vraag.gebeurtenis in regel.gebeurtenissen
        and vraag.niveau in regel.niveaus
        and vraag.signaalsoort in regel.signaalsoorten
    )


def _takes_part(regel: Deelregel, eigen: frozenset[str]) -> bool:
    """Return whether the receiver has the own signals (of known soorten) that this rule asks for."""
    if isinstance(regel.richting, Eenrichting):
        return regel.richting.zonder_eigen_signaal or bool(eigen)
    return not regel.signaalsoorten.isdisjoint(eigen)


def _applies(toepassing: Toepassing, vraag: Vraag, eigen: frozenset[str]) -> bool:
    regel = toepassing.regel
    return vraag.over in toepassing.over and _is_about(regel, vraag) and _takes_part(regel, eigen)


def _order(regel: Deelregel) -> tuple[str, str, str]:
    return regel.artikel, regel.grondslag, regel.toelichting


def _granting(convenant: Convenant, vraag: Vraag) -> tuple[Deelregel, ...]:
    # A soort that this version no longer knows is no ground for anything.
    eigen = frozenset(filter(convenant.has_signaalsoort, vraag.eigen_signaalsoorten))
    found = (t.regel for t in convenant.toepassingen(vraag.ontvanger) if _applies(t, vraag, eigen))
    return tuple(sorted(found, key=_order))


def _refused(convenant: Convenant, reden: str) -> Besluit:
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


def _granted(convenant: Convenant, regels: tuple[Deelregel, ...]) -> Besluit:
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


def beslis(convenant: Convenant, vraag: Vraag) -> Besluit:
    """Return what the convenant grants the receiver; pure, and a refusal is an answer, never an exception.

    Does not check that the convenant was signed, nor that the match exists: the caller vouches for the
    question.
    """
    reden = _refusal(convenant, vraag)
    if reden is not None:
        return _refused(convenant, reden)
    regels = tuple(regel for regel in _granting(convenant, vraag) if regel.velden)
    if regels:
        return _granted(convenant, regels)
    return _refused(convenant, _NO_REGEL if vraag.eigen_signaalsoorten else _NO_OWN_SIGNAAL)
