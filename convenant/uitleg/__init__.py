"""The convenant in plain Dutch: what may be told and why, what changes between versions, and the whole as a page.

Pure: takes models, gives values and text. Nothing here decides anything; the answers come from `convenant.beleid`.
"""

from convenant.uitleg.leg_uit import Antwoord, Grond, Omstandigheid, Uitleg, leg_uit
from convenant.uitleg.leg_uit_tekst import uitleg_tekst

__all__ = ["Antwoord", "Grond", "Omstandigheid", "Uitleg", "leg_uit", "uitleg_tekst"]
