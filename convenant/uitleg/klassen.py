"""Parties for whom a convenant says the same, so that a table has a row per sector and not one per school.

Two parties are alike when no group of the convenant can tell them apart: they have one sector, the same roles as far as
any group asks for them, and every group that names parties by number names both or neither.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from convenant.model import Convenant, Eenrichting, Partij, Partijgroep
from convenant.types import Oin, Rol
from convenant.uitleg.woorden import SECTOREN, opsomming

_MAX_NAMES: Final = 3
# Rules that go one way only tell the radar, and who is no signaleerder submits nothing.
_RULING: Final = frozenset({Rol.SIGNALEERDER, Rol.RADAR})


@dataclass(frozen=True, slots=True, kw_only=True)
class Klasse:
    """Parties that are alike, at least one; `naam` is a sector with how many they are, or who they are."""

    naam: str
    partijen: tuple[Partij, ...]

    @property
    def oins(self) -> tuple[Oin, ...]:
        """The numbers of the parties, in the order of the document."""
        return tuple(partij.oin for partij in self.partijen)


def kenmerk(convenant: Convenant, oin: Oin) -> Hashable:
    """Return what the convenant can tell of a party; None of who is no party."""
    if not convenant.has_partij(oin):
        return None
    partij = convenant.partij(oin)
    groepen = tuple(_groepen(convenant))
    rollen = _RULING.union(*(groep.rollen for groep in groepen))
    return partij.sector, partij.rollen & rollen, frozenset(i for i, groep in enumerate(groepen) if oin in groep.oins)


def klassen_of(partijen: Iterable[Partij], kenmerk_van: Callable[[Oin], Hashable]) -> tuple[Klasse, ...]:
    """Return the parties in classes with one kenmerk, in the order of the sectors and then of the document."""
    alle = tuple(partijen)
    per_kenmerk: dict[Hashable, list[Partij]] = defaultdict(list)
    for partij in alle:
        per_kenmerk[partij.sector, kenmerk_van(partij.oin)].append(partij)
    volgorde = list(SECTOREN)
    groepen = sorted(per_kenmerk.values(), key=lambda leden: (volgorde.index(leden[0].sector), alle.index(leden[0])))
    return tuple(_klasse(tuple(leden), alle) for leden in groepen)


def klassen(convenant: Convenant) -> tuple[Klasse, ...]:
    """Return the parties of one convenant in classes."""
    return klassen_of(convenant.partijen, lambda oin: kenmerk(convenant, oin))


def samen_genoemd(gekozen: Iterable[Klasse], alle: Iterable[Partij]) -> str:
    """Return what some classes are called together, as in the heading of a row: onderwijs (3), jeugdhulp (4)."""
    partijen = [partij for klasse in gekozen for partij in klasse.partijen]
    iedereen = tuple(alle)
    return ", ".join(_klasse(tuple(leden), iedereen).naam for leden in _per_sector(partijen))


def wie(gekozen: Iterable[Partij], alle: Iterable[Partij]) -> str:
    """Return parties in a sentence, whole sectors by their name: de organisaties in onderwijs, en Veilig Thuis."""
    oins, iedereen = {partij.oin for partij in gekozen}, list(alle)
    if len(oins) == len(iedereen) > _MAX_NAMES - 1:
        return "alle partijen"
    sectoren, namen = [], []
    for leden in _per_sector(iedereen):
        erbij = [partij for partij in leden if partij.oin in oins]
        if len(erbij) == len(leden) > 1:
            sectoren.append(SECTOREN[leden[0].sector])
        elif erbij:
            namen += _some(erbij, leden)
    if not sectoren:
        return opsomming(namen)
    in_sectoren = f"de organisaties in {opsomming(sectoren)}"
    return f"{in_sectoren}, en {opsomming(namen)}" if namen else in_sectoren


def _some(erbij: list[Partij], leden: list[Partij]) -> list[str]:
    namen = [partij.naam for partij in erbij]
    if len(namen) <= _MAX_NAMES:
        return namen
    eerste = f"{', '.join(namen[: _MAX_NAMES - 1])} en nog {len(namen) - _MAX_NAMES + 1}"
    return [f"{len(namen)} van de {len(leden)} organisaties in {SECTOREN[leden[0].sector]} ({eerste})"]


def _per_sector(partijen: list[Partij]) -> Iterator[list[Partij]]:
    for sector in SECTOREN:
        if in_sector := [partij for partij in partijen if partij.sector is sector]:
            yield in_sector


def _klasse(leden: tuple[Partij, ...], alle: tuple[Partij, ...]) -> Klasse:
    in_sector = [partij for partij in alle if partij.sector is leden[0].sector]
    if len(leden) == len(in_sector) > 1:
        return Klasse(naam=f"{SECTOREN[leden[0].sector]} ({len(leden)})", partijen=leden)
    return Klasse(naam=opsomming(_some(list(leden), in_sector)), partijen=leden)


def _groepen(convenant: Convenant) -> Iterator[Partijgroep]:
    yield from (soort.indieners for soort in convenant.signaalsoorten)
    yield from (grondslag.ontvangers for grondslag in convenant.grondslagen)
    for regel in convenant.deelregels:
        richting = regel.richting
        yield from (richting.ontvanger, richting.over) if isinstance(richting, Eenrichting) else richting.tussen
