"""What a dump shows of persons and families, before anybody is named: the first half of the structure attack."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations, pairwise
from typing import Final, TypeAlias, TypeVar
from uuid import UUID

from client_sdk.referentie import open_referentie
from convenant.bewaartermijn import latest_einddatum
from koppelradar.bench.aanval.buit import Buit, Dump, Gevondensignaal
from koppelradar.bench.aanval.woordenlijst import Ingezetene

_SAME_PERSON: Final = 6
_ZEKER: Final = 0
_JULY: Final = 7

_T = TypeVar("_T", bound=Hashable)

Paren: TypeAlias = Mapping[tuple[UUID, UUID], frozenset[int]]
"""The slots in which two signals coincide, the first in the order of the dump before the second."""


@dataclass(frozen=True, slots=True)
class Gedaante:
    """What can be seen of one person: dates between which it was born (the last one not included), and empty slots."""

    geboren_van: date
    geboren_tot: date
    leeg: frozenset[int]

    def fits(self, persoon: Ingezetene) -> bool:
        """Return whether this may be that person."""
        if not self.leeg.isdisjoint(persoon.sleutels):
            return False
        jaar, maand, dag = persoon.geboren
        return not dag or self.geboren_van <= date(jaar, maand, dag) < self.geboren_tot


@dataclass(frozen=True, slots=True)
class Gezin:
    """Persons that belong together, and per pair of places the slots they share: equal ones cannot be told apart."""

    gedaanten: tuple[Gedaante, ...]
    gedeeld: tuple[tuple[int, int, frozenset[int]], ...]


@dataclass(frozen=True, slots=True)
class Vondst:
    """A family as it was found, with the signals of each of its persons."""

    gezin: Gezin
    signalen: tuple[tuple[UUID, ...], ...] = field(repr=False)

    def apart(self) -> Iterator["Vondst"]:
        """Yield its persons one by one."""
        for gedaante, signalen in zip(self.gezin.gedaanten, self.signalen, strict=True):
            yield Vondst(Gezin((gedaante,), ()), (signalen,))


def find_gezinnen(buit: Buit) -> Iterator[Vondst]:
    """Yield the families in a dump.

    Signals that share slot `zeker` or half of the slots are one person; persons whose signals share any slot, or came
    in by one act, are one family.
    """
    paren = _coinciding(buit.dump)
    personen = _joined(
        [signaal.id for signaal in buit.dump.signalen],
        (paar for paar, slots in paren.items() if _ZEKER in slots or len(slots) >= _SAME_PERSON),
    )
    place = {signaal: nummer for nummer, groep in enumerate(personen) for signaal in groep}
    edges = [(place[een], place[ander]) for een, ander in (*paren, *_one_act(buit.dump))]
    gedaanten = _gedaanten(buit, personen)
    gedeeld = _between_persons(paren, place)
    for gezin in _joined(list(range(len(personen))), edges):
        yield _vondst(gezin, personen, gedaanten, gedeeld)


def _vondst(
    gezin: Sequence[int],
    personen: Sequence[Sequence[UUID]],
    gedaanten: Sequence[Gedaante],
    gedeeld: Mapping[tuple[int, int], frozenset[int]],
) -> Vondst:
    shared = tuple(
        (a, b, gedeeld.get((gezin[a], gezin[b]), frozenset())) for a, b in combinations(range(len(gezin)), 2)
    )
    return Vondst(
        Gezin(tuple(gedaanten[nummer] for nummer in gezin), shared),
        tuple(tuple(personen[nummer]) for nummer in gezin),
    )


def _coinciding(dump: Dump) -> Paren:
    found: defaultdict[tuple[UUID, UUID], set[int]] = defaultdict(set)
    for plaatsen in dump.plaatsen.values():
        for (een, slot), (ander, other_slot) in combinations(plaatsen, 2):
            if slot == other_slot:
                found[een, ander].add(slot)
    return {paar: frozenset(slots) for paar, slots in found.items()}


def _one_act(dump: Dump) -> Iterator[tuple[UUID, UUID]]:
    acts: defaultdict[Hashable, list[UUID]] = defaultdict(list)
    for signaal in dump.signalen:
        acts[signaal.organisatie, signaal.medewerker, signaal.ingediend_op].append(signaal.id)
    for act in acts.values():
        yield from pairwise(act)


def _between_persons(paren: Paren, place: Mapping[UUID, int]) -> Mapping[tuple[int, int], frozenset[int]]:
    found: defaultdict[tuple[int, int], frozenset[int]] = defaultdict(frozenset)
    for (een, ander), slots in paren.items():
        a, b = sorted((place[een], place[ander]))
        found[a, b] |= slots
    return found


def _joined(items: Sequence[_T], edges: Iterable[tuple[_T, _T]]) -> list[list[_T]]:
    """Return the items in groups: those that edges lead between, in their own order."""
    leider = {item: item for item in items}

    def find(item: _T) -> _T:
        while leider[item] != item:
            leider[item] = leider[leider[item]]
            item = leider[item]
        return item

    for een, ander in edges:
        leider[find(een)] = find(ander)
    groups: defaultdict[_T, list[_T]] = defaultdict(list)
    for item in items:
        groups[find(item)].append(item)
    return list(groups.values())


def _gedaanten(buit: Buit, personen: Sequence[Sequence[UUID]]) -> list[Gedaante]:
    seen = {signaal.id: _gedaante(buit, signaal) for signaal in buit.dump.signalen}
    return [_combined([seen[signaal] for signaal in groep]) for groep in personen]


def _combined(gedaanten: Sequence[Gedaante]) -> Gedaante:
    return Gedaante(
        max(gedaante.geboren_van for gedaante in gedaanten),
        min(gedaante.geboren_tot for gedaante in gedaanten),
        frozenset().union(*(gedaante.leeg for gedaante in gedaanten)),
    )


def _gedaante(buit: Buit, signaal: Gevondensignaal) -> Gedaante:
    return Gedaante(*_born(buit, signaal), _fillers(buit, signaal))


def _born(buit: Buit, signaal: Gevondensignaal) -> tuple[date, date]:
    """Return between which dates the end date says that the person was born: within half a year, or after a day."""
    soort = buit.organisatie.convenant.signaalsoort(signaal.signaalsoort)
    if soort.leeftijd_tot is None:
        return date.min, date.max
    einde = signaal.verloopt_op
    begin = date(einde.year - soort.leeftijd_tot, _JULY if einde.month >= _JULY else 1, 1)
    if einde == latest_einddatum(soort, ingediend_op=signaal.ingediend_op.date()):
        return begin, date.max
    return begin, date(begin.year, _JULY, 1) if begin.month == 1 else date(begin.year + 1, 1, 1)


def _fillers(buit: Buit, signaal: Gevondensignaal) -> frozenset[int]:
    """Return which slots hold a filler: an organisation can make its own again from the client number it sealed."""
    geheimen = buit.organisatie
    if signaal.organisatie != geheimen.oin:
        return frozenset()
    sleutel = geheimen.organisatiesleutel
    nummer = open_referentie(
        sleutel, convenant=geheimen.convenant.id, signaal_id=signaal.id, referentie=signaal.referentie
    )
    vulling = geheimen.afleiding().tokenset({}, organisatiesleutel=sleutel, clientnummer=nummer).koppeltokens
    made = map(buit.pepper.hash, vulling)
    return frozenset(slot for slot, (own, stored) in enumerate(zip(made, signaal.hashes, strict=True)) if own == stored)
