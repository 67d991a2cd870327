"""A generated Dutch population, and signals drawn from it: no real persons, the same for the same seed.

What is modelled, with every figure, is in docs/bevolking.md.
"""

from koppelradar.bench.bevolking.fouten import Foutsoort
from koppelradar.bench.bevolking.model import PEILDATUM, Geslacht, Herkomst, Inwoner
from koppelradar.bench.bevolking.stroom import bevolking
from koppelradar.bench.bevolking.trekking import Signaalkopie, trek_signalen
from koppelradar.errors import BevolkingFout

__all__ = [
    "PEILDATUM",
    "BevolkingFout",
    "Foutsoort",
    "Geslacht",
    "Herkomst",
    "Inwoner",
    "Signaalkopie",
    "bevolking",
    "trek_signalen",
]
