"""The convenant in plain Dutch: what may be told and why, what changes between versions, and the whole as a page.

Pure: takes models, gives values and text. Nothing here decides anything; the answers come from `convenant.beleid`.
"""

from convenant.uitleg.leg_uit import Antwoord, Grond, Omstandigheid, Uitleg, leg_uit
from convenant.uitleg.leg_uit_tekst import uitleg_tekst
from convenant.uitleg.overdracht import (
    Overdrachtsantwoord,
    Overdrachtsgeval,
    Overdrachtsuitleg,
    gemeenten_of,
    leg_uit_overdracht,
)
from convenant.uitleg.overdracht_tekst import overdracht_tekst
from convenant.uitleg.toon import toon
from convenant.uitleg.verschil import Onderdeel, Verschil, verschil, verschil_tekst

__all__ = [
    "Antwoord",
    "Grond",
    "Omstandigheid",
    "Onderdeel",
    "Overdrachtsantwoord",
    "Overdrachtsgeval",
    "Overdrachtsuitleg",
    "Uitleg",
    "Verschil",
    "gemeenten_of",
    "leg_uit",
    "leg_uit_overdracht",
    "overdracht_tekst",
    "toon",
    "uitleg_tekst",
    "verschil",
    "verschil_tekst",
]
