"""Structure attack: families and twins that a dump shows are looked for in the population.

A family is laid upon every household. It fits where each of its persons finds a member of its own: born when an end
date says, without the keys whose slots are known to be empty, and sharing with the others exactly the slots that were
seen. Among the households that fit the attacker guesses, and among the members too.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias
from uuid import UUID

from koppelradar.bench.aanval.buit import Buit
from koppelradar.bench.aanval.gezinnen import Gezin, Vondst, find_gezinnen
from koppelradar.bench.aanval.namen import Namen, guess, stemmen
from koppelradar.bench.aanval.ontsleutelen import kandidaten_with_sleutel
from koppelradar.bench.aanval.voprf import Vrager
from koppelradar.bench.aanval.woordenlijst import Ingezetene, Woordenlijst

_LARGEST: Final = 8

Huishouden: TypeAlias = Sequence[Ingezetene]
_Gewicht = Callable[[int, Ingezetene], float]
"""How well the person at a place fits a member of a household; 0 is not at all."""


def val_aan(buit: Buit, lijst: Woordenlijst, sleutel: Vrager | None) -> Namen:
    """Return the names that families give; with the OPRF keys, hashes say how well a person fits a member."""
    return _names_by(_MetSleutel(buit, lijst, sleutel) if sleutel else _Legger(lijst, most=len(lijst.personen)), buit)


def val_zeker_aan(buit: Buit, lijst: Woordenlijst, sleutel: Vrager | None) -> Namen:
    """Return the names that families give which fit one household only: what the attacker can be sure of."""
    return _names_by(_MetSleutel(buit, lijst, sleutel) if sleutel else _Legger(lijst, most=1), buit)


def _names_by(legger: "_Legger | _MetSleutel", buit: Buit) -> Namen:
    namen: Namen = {}
    for vondst in find_gezinnen(buit):
        namen |= legger.name(vondst)
    return namen


class _Legger:
    """Lays families on households by what everybody can see; does not guess where more than `most` households fit."""

    def __init__(self, lijst: Woordenlijst, *, most: int) -> None:
        self._most = most
        self._huishoudens = tuple(huishouden for huishouden in lijst.huishoudens if len(huishouden) <= _LARGEST)
        self._bekend: dict[Gezin, list[int]] = {}

    def name(self, vondst: Vondst) -> Namen:
        """Return the names for a family; a family that fits nowhere is taken apart."""
        fitting = self._fitting(vondst.gezin)
        if len(fitting) > self._most:
            return {}
        if fitting:
            signaal = vondst.signalen[0][0]
            leggingen = list(_layings(vondst.gezin, self._huishoudens[guess(signaal, fitting)], _seen(vondst.gezin)))
            _, leden = leggingen[guess(signaal, range(len(leggingen)))]
            return _names(vondst, leden)
        return {} if len(vondst.signalen) == 1 else _merged(map(self.name, vondst.apart()))

    def _fitting(self, gezin: Gezin) -> list[int]:
        known = self._bekend.get(gezin)
        if known is None:
            known = [
                nummer
                for nummer, huishouden in enumerate(self._huishoudens)
                if next(_layings(gezin, huishouden, _seen(gezin)), None)
            ]
            self._bekend[gezin] = known
        return known


class _MetSleutel:
    """The same, for who can tell by the hashes of a signal how much of each person stands in it."""

    def __init__(self, buit: Buit, lijst: Woordenlijst, sleutel: Vrager) -> None:
        self._personen = lijst.personen
        self._stemmen = stemmen(buit.dump, kandidaten_with_sleutel(buit, lijst, sleutel))
        self._huishoudens = {huishouden[0].huishouden: huishouden for huishouden in lijst.huishoudens}

    def name(self, vondst: Vondst) -> Namen:
        """Return the names for a family on the household where it weighs most."""
        gewichten = [self._gewichten(signalen) for signalen in vondst.signalen]
        nummers = sorted({self._personen[persoon].huishouden for per in gewichten for persoon in per})
        gezin = Gezin(vondst.gezin.gedaanten, ())
        leggingen = [
            legging
            for nummer in nummers
            for legging in _layings(gezin, self._huishoudens[nummer], lambda p, lid: gewichten[p].get(lid.nummer, 0.0))
        ]
        if leggingen:
            return _names(vondst, max(leggingen, key=lambda legging: legging[0])[1])
        return {} if len(vondst.signalen) == 1 else _merged(map(self.name, vondst.apart()))

    def _gewichten(self, signalen: Sequence[UUID]) -> Mapping[int, float]:
        found: defaultdict[int, float] = defaultdict(float)
        for signaal in signalen:
            for persoon, gewicht in self._stemmen.get(signaal, {}).items():
                found[persoon] += gewicht
        return found


def _seen(gezin: Gezin) -> _Gewicht:
    return lambda plaats, lid: float(gezin.gedaanten[plaats].fits(lid))


def _layings(
    gezin: Gezin, huishouden: Huishouden, weeg: _Gewicht, leden: tuple[Ingezetene, ...] = ()
) -> Iterator[tuple[float, tuple[Ingezetene, ...]]]:
    """Yield every way to give the persons of a family members of their own, with its weight."""
    plaats = len(leden)
    if plaats == len(gezin.gedaanten):
        yield 0.0, leden
        return
    for lid in huishouden:
        gewicht = 0.0 if lid in leden else weeg(plaats, lid)
        if gewicht and _coincide(gezin, (*leden, lid)):
            for rest, complete in _layings(gezin, huishouden, weeg, (*leden, lid)):
                yield gewicht + rest, complete


def _coincide(gezin: Gezin, leden: Sequence[Ingezetene]) -> bool:
    """Return whether the last of these members shares with the others exactly what was seen."""
    laatste = len(leden) - 1
    return all(
        slots == shared_slots(leden[een], leden[ander]) for een, ander, slots in gezin.gedeeld if ander == laatste
    )


def shared_slots(een: Ingezetene, ander: Ingezetene) -> frozenset[int]:
    """Return the slots in which two persons would coincide."""
    return frozenset(slot for slot, sleutel in een.sleutels.items() if ander.sleutels.get(slot) == sleutel)


def _names(vondst: Vondst, leden: Sequence[Ingezetene]) -> Namen:
    return {signaal: lid.nummer for signalen, lid in zip(vondst.signalen, leden, strict=True) for signaal in signalen}


def _merged(namen: Iterator[Namen]) -> Namen:
    return {signaal: persoon for deel in namen for signaal, persoon in deel.items()}
