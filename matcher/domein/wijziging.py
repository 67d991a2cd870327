"""What changed for every receiver, from what it could see before and what it can see now.

A receiver for whom nothing changed hears nothing: the mere news that a match grew or shrank would tell it of an
organisation that the convenant does not let it know of.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from matcher.domein.melding import Matchmelding
from matcher.types import Notificatiesoort, SignaalId

_Plaats = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Matchbericht:
    """That a match changed, as its receiver may see it now."""

    soort: Notificatiesoort
    melding: Matchmelding


def changes(
    voorheen: Iterable[Matchmelding], nu: Iterable[Matchmelding], *, ended: Collection[SignaalId]
) -> Iterator[Matchbericht]:
    """What to tell, in order of receiver. `ended` are signals that are over.

    Whoever ended its own last signal in a match, or gave it this end date, need not hear that the match is over.
    """
    before, after = _by_place(voorheen), _by_place(nu)
    for plaats in sorted(before.keys() | after.keys()):
        bericht = _change(before.get(plaats), after.get(plaats), ended)
        if bericht is not None:
            yield bericht


def _change(
    voorheen: Matchmelding | None, nu: Matchmelding | None, ended: Collection[SignaalId]
) -> Matchbericht | None:
    if voorheen is None:
        return Matchbericht(Notificatiesoort.MATCH_ONTSTAAN, nu) if nu else None
    if nu is None:
        left = voorheen.eigen_signalen and all(signaal in ended for signaal in voorheen.eigen_signalen)
        return None if left else Matchbericht(Notificatiesoort.MATCH_VERVALLEN, _over(voorheen, ended))
    if (voorheen.eigen_signalen, voorheen.partijen) == (nu.eigen_signalen, nu.partijen):
        return None
    shrank = nu.shown < voorheen.shown
    return Matchbericht(Notificatiesoort.MATCH_GEKROMPEN if shrank else Notificatiesoort.MATCH_UITGEBREID, nu)


def _over(voorheen: Matchmelding, ended: Collection[SignaalId]) -> Matchmelding:
    """The match as it is told at its end: one's own signals that are left, nobody else."""
    eigen = tuple(signaal for signaal in voorheen.eigen_signalen if signaal not in ended)
    return replace(voorheen, eigen_signalen=eigen, partijen=())


def _by_place(meldingen: Iterable[Matchmelding]) -> Mapping[_Plaats, Matchmelding]:
    return {(melding.ontvanger, str(melding.match)): melding for melding in meldingen}
