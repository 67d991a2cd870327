"""Chance that gives the same outcome for the same seed on every Python.

Only `Random.random` is promised to keep its sequence between versions; `choices`, `randrange` and `gauss` are not.
Everything here is made of it, with nothing but multiplication and comparison.
"""

from bisect import bisect
from collections.abc import Iterable, Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Tabel(Generic[T]):
    """Values with whole-number weights; weight 0 is never drawn."""

    __slots__ = ("_grenzen", "_totaal", "_waarden")

    def __init__(self, rijen: Iterable[tuple[T, int]]) -> None:
        kept = [(waarde, gewicht) for waarde, gewicht in rijen if gewicht]
        self._waarden = [waarde for waarde, _ in kept]
        self._grenzen = list(accumulate(gewicht for _, gewicht in kept))
        self._totaal = self._grenzen[-1]

    def at(self, fractie: float) -> T:
        """Return the value at a fraction (0 up to, not including, 1) of the total weight."""
        return self._waarden[bisect(self._grenzen, int(fractie * self._totaal))]


class Kans:
    """A seeded source of chance. Not for keys or anything secret."""

    __slots__ = ("fractie",)

    def __init__(self, zaad: int) -> None:
        self.fractie = Random(zaad).random  # noqa: S311 - test data has to be repeatable

    def below(self, grens: int) -> int:
        """Return a whole number from 0 up to, not including, `grens`."""
        return int(self.fractie() * grens)

    def between(self, laagste: int, hoogste: int) -> int:
        """Return a whole number from `laagste` up to and including `hoogste`."""
        return laagste + self.below(hoogste - laagste + 1)

    def happens(self, kans: float) -> bool:
        """Whether something with this probability happens."""
        return self.fractie() < kans

    def pick(self, waarden: Sequence[T]) -> T:
        """Return one of the values, each as likely."""
        return waarden[self.below(len(waarden))]

    def draw(self, tabel: Tabel[T]) -> T:
        """Return a value of the table, by weight."""
        return tabel.at(self.fractie())
