"""What may be signalled, and who may be told what of it on which ground."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from convenant.model.partijen import Partij, Partijgroep
from convenant.types import Fase, Gebeurtenis, Informatieplicht, Niveau, Oin, Rol, Veld


@dataclass(frozen=True, slots=True, kw_only=True)
class Grondslag:
    """A legal basis and where it applies; `code` is what deelregels refer to."""

    code: str
    wet: str
    artikel: str
    omschrijving: str
    signaalsoorten: frozenset[str]
    ontvangers: Partijgroep

    def covers(self, soort: str, ontvanger: Partij) -> bool:
        """Return whether this law can carry that the receiver is told of a signal of that kind."""
        return soort in self.signaalsoorten and self.ontvangers.contains(ontvanger)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signaalsoort:
    """A kind of signal; `leeftijd_tot` is the birthday on which it ends, None when age does not matter."""

    code: str
    omschrijving: str
    leeftijd_tot: int | None
    bewaartermijn_maanden: int
    betrokkenen_geinformeerd: Informatieplicht
    indieners: Partijgroep
    radarmelding: bool = False
    """Whether it says: I go on by myself, no action is asked; so no terms begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wederkerig:
    """Both sides learn the same of each other, so that nobody signals in order to find out."""

    tussen: tuple[Partijgroep, Partijgroep]


@dataclass(frozen=True, slots=True, kw_only=True)
class Eenrichting:
    """Only the receiver learns; unless `zonder_eigen_signaal` it needs a signal of its own in the match."""

    ontvanger: Partijgroep
    over: Partijgroep
    zonder_eigen_signaal: bool


Richting: TypeAlias = Wederkerig | Eenrichting


@dataclass(frozen=True, slots=True, kw_only=True)
class Deelregel:
    """One article that grants something. Rules only add: none can take away what another one grants."""

    artikel: str
    gebeurtenissen: frozenset[Gebeurtenis]
    niveaus: frozenset[Niveau]
    richting: Richting
    signaalsoorten: frozenset[str]
    velden: frozenset[Veld]
    grondslag: str
    toelichting: str
    fasen: frozenset[Fase] = frozenset()
    """The phases of a casus in which it holds; empty is always."""

    @property
    def is_bekendheidsregel(self) -> bool:
        """Whether it is for bekendheidsvragen alone: those a table's coordinator may ask as well as a radar."""
        return self.gebeurtenissen == {Gebeurtenis.BEKENDHEIDSVRAAG}


@dataclass(frozen=True, slots=True, kw_only=True)
class Toepassing:
    """A deelregel worked out to parties: these may learn about those; a receiver has at most one per rule."""

    regel: Deelregel
    ontvangers: frozenset[Oin]
    over: frozenset[Oin]


def _leden(groep: Partijgroep, partijen: tuple[Partij, ...]) -> frozenset[Oin]:
    return frozenset(partij.oin for partij in partijen if groep.contains(partij))


def _richtingen(
    richting: Richting, partijen: tuple[Partij, ...], may_hear: frozenset[Oin]
) -> Iterator[tuple[frozenset[Oin], frozenset[Oin]]]:
    """Yield receivers with the parties they may learn about; no receiver occurs twice.

    In one direction nobody outside `may_hear` learns anything.
    """
    match richting:
        case Wederkerig(tussen=(een, ander)):
            links, rechts = _leden(een, partijen), _leden(ander, partijen)
            yield links - rechts, rechts
            yield rechts - links, links
            yield links & rechts, links | rechts
        case Eenrichting(ontvanger=ontvanger, over=over):
            # The loader refuses other receivers; a model built in code gets no further than this.
            yield _leden(ontvanger, partijen) & may_hear, _leden(over, partijen)


def uitwerken(regel: Deelregel, partijen: tuple[Partij, ...]) -> Iterator[Toepassing]:
    """Yield the rule as it applies among these parties."""
    hearing = Partijgroep(alle=True) if regel.is_bekendheidsregel else Partijgroep(rollen=frozenset({Rol.RADAR}))
    for ontvangers, over in _richtingen(regel.richting, partijen, _leden(hearing, partijen)):
        yield Toepassing(regel=regel, ontvangers=ontvangers, over=over)
