"""Who lives in the generated population."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from client_sdk.persoon import Persoon

PEILDATUM: Final = date(2026, 1, 1)
"""The day on which the population is as it is: nobody is born later, whenever it is generated."""


class Geslacht(StrEnum):
    """Sex, as far as it decides a given name."""

    MAN = "man"
    VROUW = "vrouw"


class Herkomst(StrEnum):
    """Where the names come from; says nothing about nationality."""

    NEDERLANDS = "nederlands"
    TURKS = "turks"
    MAROKKAANS = "marokkaans"
    SURINAAMS = "surinaams"
    POOLS = "pools"
    SYRISCH = "syrisch"
    ANTILLIAANS = "antilliaans"


class Achternaam(NamedTuple):
    """A surname with the voorvoegsel apart, which can be empty."""

    voorvoegsel: str
    naam: str

    def __str__(self) -> str:
        return f"{self.voorvoegsel} {self.naam}" if self.voorvoegsel else self.naam


@dataclass(frozen=True, slots=True, kw_only=True)
class Inwoner:
    """Somebody who does not exist.

    `nummer` counts from 0 in the order of the stream, `huishouden` from 0 too. `tweeling` is the number of the
    twin birth, equal for both halves and unique in the population; None for everybody else.
    """

    nummer: int
    huishouden: int
    tweeling: int | None
    geslacht: Geslacht
    herkomst: Herkomst
    persoon: Persoon = field(repr=False)
