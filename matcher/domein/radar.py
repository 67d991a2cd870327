"""What the owner of a casus sees of others in it: what is new in an act, and one line of its radar list.

Both come from its views of the matches that its own signals are in. What these do not grant is not counted either.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum, unique
from operator import attrgetter

from convenant.types import Niveau, Oin
from matcher.domein.casus import Casus
from matcher.domein.koppeling import Verbanden
from matcher.domein.melding import Matchmelding, Partijmelding
from matcher.domein.termijn import LopendeTermijn, Termijnstatus
from matcher.types import SignaalId

_NEVER = date.max


@unique
class Sortering(StrEnum):
    """By what a radar list is sorted, the most pressing first."""

    NIEUW = "nieuw"
    PARTIJEN = "partijen"
    SIGNALEN = "signalen"
    NIVEAU = "niveau"
    TERMIJN = "termijn"


@dataclass(frozen=True, slots=True)
class Radartreffer:
    """Others that can be seen in a casus since now; `melding` is the match, with no more than these in it."""

    casus: Casus
    melding: Matchmelding


@dataclass(frozen=True, slots=True, kw_only=True)
class Radarregel:
    """One casus in the list: how many others signalled its persons, how sure that is, and what of it is new.

    `partijen` are the organisations that may be named; `laatste` is when the last signal came into view.
    """

    casus: Casus
    nieuw: int
    partijen: int
    signalen: int
    niveaus: Mapping[Niveau, int]
    laatste: datetime | None
    termijnen: Sequence[LopendeTermijn]
    dringend: bool
    """Whether one of its terms is about to pass or has passed."""
    getoond: tuple[Partijmelding, ...]
    """What was counted: for the access log."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Radarfilter:
    """Which lines of the list are wanted; None is that it does not matter."""

    nieuw: bool | None = None
    termijn: bool | None = None
    minimaal_partijen: int = 0

    def lets_pass(self, regel: Radarregel) -> bool:
        """Whether the line is wanted."""
        return (
            self.nieuw in (None, regel.nieuw > 0)
            and self.termijn in (None, regel.dringend)
            and regel.partijen >= self.minimaal_partijen
        )


def in_casus(casus: Casus, views: Iterable[Matchmelding]) -> list[Matchmelding]:
    """The views of its owner on matches that a member of the casus is in."""
    return [
        view
        for view in views
        if view.ontvanger == casus.organisatie and not casus.leden.keys().isdisjoint(view.eigen_signalen)
    ]


def radartreffers(
    casussen: Iterable[Casus],
    voorheen: Iterable[Matchmelding],
    nu: Iterable[Matchmelding],
    *,
    known: Callable[[Casus], Casus] = lambda casus: casus,
) -> list[Radartreffer]:
    """What the owners of these casussen see now and did not see before, match by match.

    `known` gives a casus as it was before, where the act changed who is in it.
    """
    before, after = list(voorheen), list(nu)
    found = []
    for casus in casussen:
        seen = {partij.ander for view in in_casus(known(casus), before) for partij in view.partijen}
        for view in in_casus(casus, after):
            if fresh := tuple(partij for partij in view.partijen if partij.ander not in seen):
                melding = replace(view, niveau=best_niveau_of(fresh), partijen=fresh)
                found.append(Radartreffer(casus, melding))
    return found


def radarregel(
    casus: Casus,
    views: Iterable[Matchmelding],
    verbanden: Verbanden,
    *,
    gezien: Collection[SignaalId],
    termijnen: Sequence[tuple[LopendeTermijn, Termijnstatus]],
) -> Radarregel:
    """The line of one casus, from its owner's views, what it saw before, and its running terms with how they stand."""
    shown = {partij.ander: partij for view in in_casus(casus, views) for partij in view.partijen}
    moments = [_came_into_view(casus, ander, verbanden) for ander in shown]
    return Radarregel(
        casus=casus,
        nieuw=sum(ander not in gezien for ander in shown),
        partijen=len({partij.organisatie.oin for partij in shown.values() if partij.organisatie}),
        signalen=len(shown),
        niveaus=Counter(partij.niveau for partij in shown.values()),
        laatste=max(moments, default=None),
        termijnen=[termijn for termijn, _ in termijnen],
        dringend=any(status in (Termijnstatus.NADERT, Termijnstatus.VERSTREKEN) for _, status in termijnen),
        getoond=tuple(shown.values()),
    )


def sort_key(regel: Radarregel, sorteer: Sortering) -> tuple[int | str, ...]:
    """By what a line is placed, small things first; the id makes an end to every tie."""
    match sorteer:
        case Sortering.NIEUW:
            place: tuple[int | str, ...] = (-regel.nieuw,)
        case Sortering.PARTIJEN:
            place = (-regel.partijen,)
        case Sortering.SIGNALEN:
            place = (-regel.signalen,)
        case Sortering.NIVEAU:
            place = tuple(-regel.niveaus.get(niveau, 0) for niveau in Niveau)
        case Sortering.TERMIJN:
            place = (min((termijn.uiterlijk for termijn in regel.termijnen), default=_NEVER).isoformat(),)
    return (*place, str(regel.casus.id))


def best_niveau_of(partijen: Iterable[Partijmelding]) -> Niveau:
    """The surest of these levels."""
    return min((partij.niveau for partij in partijen), key=attrgetter("rang"))


def radar_oins(casussen: Iterable[Casus]) -> set[Oin]:
    """Who owns these casussen."""
    return {casus.organisatie for casus in casussen}


def _came_into_view(casus: Casus, ander: SignaalId, verbanden: Verbanden) -> datetime:
    """When it could first be seen in this casus: not before one of its members was in it."""
    arose = min(verband.sinds for verband in verbanden[ander].values())
    return max(arose, min(casus.leden.values()))
