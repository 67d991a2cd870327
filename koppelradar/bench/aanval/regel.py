"""The outcome of the bench: one line per attack, and what makes the whole a success."""

from dataclasses import dataclass, field
from typing import Any, Final

from koppelradar.bench.aanval.dagen import Dagcijfers
from koppelradar.bench.aanval.oordeel import Oordeel
from koppelradar.bench.aanval.wereld import Opzet

NODIG: Final = 0.99
"""The part of the persons that an attacker has to name when it is given the missing key (ONTWERP, section 9)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Regel:
    """One attack. `personen` bear a key and were signalled; `dag` is there for an attack that a budget limits."""

    naam: str
    heeft: str
    ontbreekt: str
    personen: int
    zonder: Oordeel = field(repr=False)
    met: Oordeel = field(repr=False)
    toeval: float
    dag: Dagcijfers | None = None
    moet_nul: bool = False

    @property
    def telt(self) -> bool:
        """Whether the attack succeeds with the missing key, so that failing without it means something."""
        return self.met.herkend >= NODIG * self.personen

    @property
    def houdt(self) -> bool:
        """Whether nothing was found that must not be found (guarantee 2)."""
        return not (self.moet_nul and self.zonder.namingen)

    def as_json(self) -> dict[str, Any]:
        """Return the figures as they are written in JSON."""
        figures = {
            "naam": self.naam,
            "heeft": self.heeft,
            "ontbreekt": self.ontbreekt,
            "personen": self.personen,
            "herkend": self.zonder.herkend,
            "onterecht": self.zonder.onterecht,
            "toeval": self.toeval,
            "met_sleutel": self.met.herkend,
            "met_sleutel_onterecht": self.met.onterecht,
        }
        return figures if self.dag is None else figures | {"per_dag": _dag_json(self.dag)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Meting:
    """All attacks on one world. `zonder_sleutel` counts the persons who bear no key and cannot be found at all.

    `regio` is the number of persons that the largest party serves.
    """

    bevolking: int
    opzet: Opzet
    signalen: int
    zonder_sleutel: int
    regio: int
    regels: tuple[Regel, ...]

    @property
    def geslaagd(self) -> bool:
        """Whether every attack counts and what must hold does."""
        return all(regel.telt and regel.houdt for regel in self.regels)

    def as_json(self) -> dict[str, Any]:
        """Return the figures as they are written in JSON."""
        return {
            "bevolking": self.bevolking,
            "signalen": self.signalen,
            "organisaties": self.opzet.organisaties,
            "fouten": self.opzet.fouten,
            "zaad": self.opzet.zaad,
            "zonder_sleutel": self.zonder_sleutel,
            "regio": self.regio,
            "geslaagd": self.geslaagd,
            "aanvallen": [regel.as_json() for regel in self.regels],
        }


def _dag_json(dag: Dagcijfers) -> dict[str, Any]:
    return {
        "sector": dag.sector,
        "getest": dag.getest,
        "herkend": dag.herkend,
        "punten_per_code": dag.punten_per_code,
        "minuten": dag.minuten,
        "dagen_voor_allen": dag.dagen,
        "dagen_voor_regio": dag.dagen_regio,
        "alarm_op_dag": dag.alarm,
        "zonder_alarm_per_maand": dag.stil_per_maand,
    }
