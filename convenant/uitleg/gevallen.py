"""Every case in which something could be told, and cases with the same answer drawn together.

An explanation asks `beslis` about each case and says the answers. Cases that differ in one respect and have the same
answer become one, so that a reader sees a few lines instead of some hundreds.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any, Final, NamedTuple, TypeAlias, TypeVar

from convenant.model import Convenant
from convenant.types import Fase, Gebeurtenis, Niveau, Oin

_UNSURE: Final = (Niveau.WAARSCHIJNLIJK, Niveau.MOGELIJK)
NIVEAUS_BIJ: Final[Mapping[Gebeurtenis, tuple[Niveau, ...]]] = {
    Gebeurtenis.MATCH: tuple(Niveau),
    Gebeurtenis.MOGELIJKE_MATCH: _UNSURE,
    Gebeurtenis.ACUUT: _UNSURE,
    Gebeurtenis.GEZINSMATCH: tuple(Niveau),
    Gebeurtenis.BEVRAGING: tuple(Niveau),
    Gebeurtenis.TERUGKOPPELING: tuple(Niveau),
    Gebeurtenis.BEKENDHEIDSVRAAG: (Niveau.ZEKER,),
}
"""How sure each event can be; a possible match is never certain."""

Doos: TypeAlias = tuple[frozenset[Any], ...]
"""Tuples drawn together: every choice of one value at each place is one of them."""

_Tuple = TypeVar("_Tuple", bound=tuple[Any, ...])


class Geval(NamedTuple):
    """One case: what happened, how sure, the kind of the other's signal, those of the receiver's own, and the phase."""

    gebeurtenis: Gebeurtenis
    niveau: Niveau
    signaalsoort: str
    eigen: frozenset[str]
    fase: Fase | None = None


class Keuze(NamedTuple):
    """What somebody asks about; None leaves it open."""

    gebeurtenis: Gebeurtenis | None = None
    niveau: Niveau | None = None
    signaalsoort: str | None = None
    eigen: frozenset[str] | None = None
    fase: Fase | None = None


def gevallen(convenant: Convenant, ontvanger: Oin, over: Oin, keuze: Keuze) -> Iterator[Geval]:
    """Yield every case that the choice leaves open; own signals come one kind at a time.

    That is enough, as rules only add: with two kinds of own signals a receiver learns what it learns with either.
    Only kinds that a party may submit are tried, unless the choice names another.
    """
    soorten = (keuze.signaalsoort,) if keuze.signaalsoort is not None else submittable(convenant, over)
    eigen = (keuze.eigen,) if keuze.eigen is not None else _eigen(convenant, ontvanger)
    fasen = (keuze.fase,) if keuze.fase is not None else fasen_of(convenant)
    for gebeurtenis, niveau in _zekerheden(keuze):
        yield from (Geval(gebeurtenis, niveau, *rest) for rest in product(soorten, eigen, fasen))


def fasen_of(convenant: Convenant) -> tuple[Fase | None, ...]:
    """Return the phases that can make a difference: all of them, and an unknown one, once a rule names any."""
    return (None, *Fase) if any(regel.fasen for regel in convenant.deelregels) else (None,)


def submittable(convenant: Convenant, oin: Oin) -> tuple[str, ...]:
    """Return the kinds of signals that a party may submit, in the order of the convenant."""
    return tuple(soort.code for soort in convenant.signaalsoorten if convenant.may_submit(oin, soort.code))


def samenvoegen(tuples: Iterable[_Tuple]) -> tuple[Doos, ...]:
    """Return the tuples drawn together: none is lost, none comes in; in no particular order.

    The last place is drawn together first, so that what differs longest comes first.
    """
    dozen: set[Doos] = {tuple(frozenset({waarde}) for waarde in geval) for geval in tuples}
    while True:
        minder = _een_ronde(dozen)
        if len(minder) == len(dozen):
            return tuple(minder)
        dozen = minder


def _een_ronde(dozen: set[Doos]) -> set[Doos]:
    plekken = len(next(iter(dozen), ()))
    for plek in reversed(range(plekken)):
        samen: dict[Doos, frozenset[Any]] = defaultdict(frozenset)
        for doos in dozen:
            samen[doos[:plek] + doos[plek + 1 :]] |= doos[plek]
        dozen = {(*rest[:plek], waarden, *rest[plek:]) for rest, waarden in samen.items()}
    return dozen


def _zekerheden(keuze: Keuze) -> Iterator[tuple[Gebeurtenis, Niveau]]:
    for gebeurtenis in (keuze.gebeurtenis,) if keuze.gebeurtenis is not None else Gebeurtenis:
        niveaus = (keuze.niveau,) if keuze.niveau is not None else NIVEAUS_BIJ[gebeurtenis]
        # A level that an event never has is only asked about when somebody names both.
        if keuze.gebeurtenis is None:
            niveaus = tuple(niveau for niveau in niveaus if niveau in NIVEAUS_BIJ[gebeurtenis])
        yield from ((gebeurtenis, niveau) for niveau in niveaus)


def _eigen(convenant: Convenant, ontvanger: Oin) -> tuple[frozenset[str], ...]:
    return (frozenset(), *(frozenset({code}) for code in submittable(convenant, ontvanger)))
