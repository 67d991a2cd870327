"""Counting what one organisation asks of one code, against the budget that the convenant gives it.

Each point is one guess at a name. A minute is any sixty seconds, so that no boundary lets twice as many through; a
day and a month are those of Europe/Amsterdam.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from convenant.kalender import first_of_month, local_date, next_day, next_month, seconds_until
from convenant.model import Budget
from convenant.sleutelhouder.types import Tijdvak

MINUUT: Final = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Gebruik:
    """So many points at one moment."""

    op: datetime
    aantal: int


@dataclass(frozen=True, slots=True)
class Tekort:
    """A span in which the points do not fit, and in how many whole seconds they will.

    Points that are more than the whole budget of the span never fit; then it is the time until the span is empty.
    """

    tijdvak: Tijdvak
    seconden: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """What has been used of the ordinary budget. `dag` and `maand` (its first day) say what the totals are of.

    `maand_venster` are the points of that month that came out of a bulk window: they are no part of `maand_aantal`.
    """

    recent: tuple[Gebruik, ...] = ()
    dag: date
    dag_aantal: int = 0
    maand: date
    maand_aantal: int = 0
    maand_venster: int = 0

    @property
    def maand_totaal(self) -> int:
        """All points of the month, from budget and window together."""
        return self.maand_aantal + self.maand_venster

    @property
    def minuut_aantal(self) -> int:
        """The points of the past sixty seconds; call it on what `at` returned."""
        return sum(gebruik.aantal for gebruik in self.recent)

    def at(self, op: datetime) -> "Stand":
        """The same at this moment: uses older than a minute gone, totals of an earlier day or month zero.

        A clock that was set back never gives points back: totals of a later day stay.
        """
        vandaag = local_date(op)
        stand = replace(self, recent=tuple(g for g in self.recent if g.op > op - MINUUT))
        if stand.dag < vandaag:
            stand = replace(stand, dag=vandaag, dag_aantal=0)
        if stand.maand < first_of_month(vandaag):
            stand = replace(stand, maand=first_of_month(vandaag), maand_aantal=0, maand_venster=0)
        return stand

    def add(self, aantal: int, *, uit_venster: int, op: datetime) -> "Stand":
        """The same after these points, the second number of which came out of a window."""
        recent = (*self.recent, Gebruik(op, aantal)) if aantal else self.recent
        return replace(
            self,
            recent=recent,
            dag_aantal=self.dag_aantal + aantal,
            maand_aantal=self.maand_aantal + aantal,
            maand_venster=self.maand_venster + uit_venster,
        )


def empty_stand(op: datetime) -> Stand:
    """What an organisation that never asked has used."""
    vandaag = local_date(op)
    return Stand(dag=vandaag, maand=first_of_month(vandaag))


def shortages(stand: Stand, budget: Budget, aantal: int, *, op: datetime) -> list[Tekort]:
    """Every span in which these points do not fit; empty when they may be had. `stand` is that of `op`."""
    if not aantal:
        return []
    return list(_shortages(stand, budget, aantal, op))


def _shortages(stand: Stand, budget: Budget, aantal: int, op: datetime) -> Iterator[Tekort]:
    if stand.minuut_aantal + aantal > budget.per_minuut:
        yield Tekort(Tijdvak.MINUUT, _seconds_until_room(stand, budget.per_minuut - aantal, op))
    if stand.dag_aantal + aantal > budget.per_dag:
        yield Tekort(Tijdvak.DAG, seconds_until(next_day(op), op=op))
    if stand.maand_aantal + aantal > budget.per_maand:
        yield Tekort(Tijdvak.MAAND, seconds_until(next_month(op), op=op))


def _seconds_until_room(stand: Stand, toegestaan: int, op: datetime) -> int:
    rest = stand.minuut_aantal
    for gebruik in stand.recent:
        rest -= gebruik.aantal
        if rest <= toegestaan:
            return seconds_until(gebruik.op + MINUUT, op=op)
    return seconds_until(op + MINUUT, op=op)
