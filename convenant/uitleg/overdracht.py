"""Who takes a melding over from Veilig Thuis, how, within which term, and what goes along and what not.

The answers are those of `convenant.overdracht`. Cases with one agreement are drawn together.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from typing import Final

from convenant.errors import OnbekendeGemeente
from convenant.model import Convenant, Overdrachtsafspraak, Partij
from convenant.overdracht import Overdrachtsvraag, find_afspraak, gemeente_key, ontvangers_of
from convenant.types import Doelgroep, Overdrachtsmoment, Zwaarte
from convenant.uitleg.gevallen import Doos, samenvoegen

_PLACE: Final = {waarde: plek for lijst in (Doelgroep, Zwaarte, Overdrachtsmoment) for plek, waarde in enumerate(lijst)}
_BOTH: Final = (False, True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overdrachtsgeval:
    """Meldingen with one answer, drawn together; both values of `hulp_betrokken` are that it does not matter."""

    doelgroepen: tuple[Doelgroep, ...]
    zwaarten: tuple[Zwaarte, ...]
    momenten: tuple[Overdrachtsmoment, ...]
    hulp_betrokken: tuple[bool, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overdrachtsantwoord:
    """What was agreed for these meldingen; None is that nothing was. `ontvangers` are those for this municipality."""

    gevallen: tuple[Overdrachtsgeval, ...]
    afspraak: Overdrachtsafspraak | None
    ontvangers: tuple[Partij, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overdrachtsuitleg:
    """All answers for one municipality; meldingen for which nothing was agreed come last."""

    convenant: Convenant
    gemeente: str
    antwoorden: tuple[Overdrachtsantwoord, ...]


def leg_uit_overdracht(
    convenant: Convenant,
    *,
    gemeente: str,
    doelgroep: Doelgroep | None = None,
    zwaarte: Zwaarte | None = None,
    moment: Overdrachtsmoment | None = None,
    hulp_betrokken: bool | None = None,
) -> Overdrachtsuitleg:
    """Return what was agreed on handing over from this municipality, for everything that is left open.

    Raises `OnbekendeGemeente`, so that a misspelt name does not get the answer of the region.
    """
    gemeente = known_gemeente(convenant, gemeente)
    per_afspraak: dict[Overdrachtsafspraak | None, list[tuple[object, ...]]] = defaultdict(list)
    for geval in product(
        (doelgroep,) if doelgroep else Doelgroep,
        (zwaarte,) if zwaarte else Zwaarte,
        (moment,) if moment else Overdrachtsmoment,
        _BOTH if hulp_betrokken is None else (hulp_betrokken,),
    ):
        per_afspraak[find_afspraak(convenant, _vraag(gemeente, *geval))].append(geval)
    antwoorden = (_antwoord(convenant, gemeente, afspraak, samen) for afspraak, samen in per_afspraak.items())
    return Overdrachtsuitleg(convenant=convenant, gemeente=gemeente, antwoorden=tuple(sorted(antwoorden, key=_order)))


def gemeenten_of(convenant: Convenant) -> tuple[str, ...]:
    """Return every municipality that the convenant names, sorted."""
    van_partijen = {gemeente for partij in convenant.partijen for gemeente in partij.gemeenten}
    van_afspraken = {gemeente for afspraak in convenant.afspraken.overdracht for gemeente in afspraak.gemeenten}
    return tuple(sorted(van_partijen | van_afspraken))


def known_gemeente(convenant: Convenant, naam: str) -> str:
    """Return the municipality as the convenant writes it, however it was typed. Raises `OnbekendeGemeente`."""
    gemeenten = gemeenten_of(convenant)
    for gemeente in gemeenten:
        if gemeente_key(gemeente) == gemeente_key(naam):
            return gemeente
    raise OnbekendeGemeente(
        f"Dit convenant noemt deze gemeente niet. Kies uit: {', '.join(gemeenten) or 'geen enkele'}."
    )


def _vraag(
    gemeente: str,
    doelgroep: Doelgroep,
    zwaarte: Zwaarte,
    moment: Overdrachtsmoment,
    hulp: bool,
) -> Overdrachtsvraag:
    return Overdrachtsvraag(gemeente=gemeente, doelgroep=doelgroep, zwaarte=zwaarte, moment=moment, hulp_betrokken=hulp)


def _antwoord(
    convenant: Convenant,
    gemeente: str,
    afspraak: Overdrachtsafspraak | None,
    samen: Iterable[tuple[object, ...]],
) -> Overdrachtsantwoord:
    return Overdrachtsantwoord(
        gevallen=tuple(sorted(map(_geval, samenvoegen(samen)), key=_case_order)),
        afspraak=afspraak,
        ontvangers=ontvangers_of(convenant, afspraak, gemeente) if afspraak else (),
    )


def _geval(doos: Doos) -> Overdrachtsgeval:
    doelgroepen, zwaarten, momenten, hulp = doos
    return Overdrachtsgeval(
        doelgroepen=tuple(sorted(doelgroepen, key=_PLACE.__getitem__)),
        zwaarten=tuple(sorted(zwaarten, key=_PLACE.__getitem__)),
        momenten=tuple(sorted(momenten, key=_PLACE.__getitem__)),
        hulp_betrokken=tuple(sorted(hulp)),
    )


def _case_order(geval: Overdrachtsgeval) -> tuple[object, ...]:
    places = ([_PLACE[waarde] for waarde in waarden] for waarden in (geval.zwaarten, geval.doelgroepen, geval.momenten))
    return (*places, geval.hulp_betrokken)


def _order(antwoord: Overdrachtsantwoord) -> tuple[object, ...]:
    return (antwoord.afspraak is None, *map(_case_order, antwoord.gevallen))
