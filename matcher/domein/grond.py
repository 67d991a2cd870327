"""On what somebody is told something. Without one of these there is no notification."""

from dataclasses import dataclass
from typing import TypeAlias

from convenant.beleid import Besluit
from convenant.model import Convenant
from convenant.types import ConvenantId


@dataclass(frozen=True, slots=True)
class Toezicht:
    """The task of overseeing, of an FG (GDPR article 39): which organisations, and nothing else."""

    convenant: ConvenantId
    versie: int

    @classmethod
    def under(cls, convenant: Convenant) -> "Toezicht":
        """Under this version."""
        return cls(convenant.id, convenant.versie)


@dataclass(frozen=True, slots=True)
class EigenZaak:
    """What became of something that the receiver was told of before, on its own signal; nothing new of anybody else."""

    convenant: ConvenantId
    versie: int

    @classmethod
    def under(cls, convenant: Convenant) -> "EigenZaak":
        """Under this version."""
        return cls(convenant.id, convenant.versie)


@dataclass(frozen=True, slots=True)
class Afspraak:
    """An article beside the deelregels: a term, the escalation ladder, the answering of a bekendheidsvraag."""

    convenant: ConvenantId
    versie: int
    artikel: str

    @classmethod
    def under(cls, convenant: Convenant, artikel: str) -> "Afspraak":
        """That article of this version."""
        return cls(convenant.id, convenant.versie, artikel)


Grond: TypeAlias = Besluit | Toezicht | EigenZaak | Afspraak
