"""Frequency attack: the most frequent hash of a slot is taken for the most frequent key of the population, and so on.

Hashes and keys are ranked by how often they occur; between equals decides how often the hashes of the same signals, or
the other keys of the same persons, occur in their own slots. Each hash gets the key of its rank. The slots of one
signal then vote together, so that a person in whom several ranks meet is found.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import TypeVar

from client_sdk.koppelsleutels import Koppelsleutel
from koppelradar.bench.aanval.buit import Buit, Dump
from koppelradar.bench.aanval.namen import Kandidaten, Namen, name_signalen
from koppelradar.bench.aanval.ontsleutelen import kandidaten_with_sleutel
from koppelradar.bench.aanval.voprf import Vrager
from koppelradar.bench.aanval.woordenlijst import SLOTS, Woordenlijst

_T = TypeVar("_T")
_Rang = tuple[int, tuple[int, ...]]
"""How often something occurs, and how often what stands beside it occurs, most frequent first."""


def val_aan(buit: Buit, lijst: Woordenlijst, sleutel: Vrager | None) -> Namen:
    """Return the names that ranks give; with the OPRF keys, each hash gets its own key instead of that of its rank."""
    kandidaten = kandidaten_with_sleutel(buit, lijst, sleutel) if sleutel else _by_rank(buit.dump, lijst)
    return name_signalen(buit.dump, kandidaten)


def _by_rank(dump: Dump, lijst: Woordenlijst) -> Kandidaten:
    hashes, keys = _hash_ranks(dump), _key_ranks(lijst)
    found: dict[tuple[int, bytes], Sequence[int]] = {}
    for slot in SLOTS.values():
        pairs = zip(_ranked(hashes[slot]), _ranked(keys[slot]), strict=False)
        found |= {(slot, token_hash): lijst.groepen[slot][sleutel] for token_hash, sleutel in pairs}
    return found


def _ranked(rangen: Mapping[_T, _Rang]) -> list[_T]:
    return sorted(rangen, key=lambda item: rangen[item], reverse=True)


def _hash_ranks(dump: Dump) -> Sequence[Mapping[bytes, _Rang]]:
    return _ranks([dict(enumerate(signaal.hashes)) for signaal in dump.signalen])


def _key_ranks(lijst: Woordenlijst) -> Sequence[Mapping[Koppelsleutel, _Rang]]:
    return _ranks([persoon.sleutels for persoon in lijst.personen])


def _ranks(dragers: Sequence[Mapping[int, _T]]) -> Sequence[Mapping[_T, _Rang]]:
    """Return per slot the rank of every value that somebody bears there."""
    counts: tuple[Counter[_T], ...] = tuple(Counter() for _ in SLOTS)
    for drager in dragers:
        for slot, waarde in drager.items():
            counts[slot][waarde] += 1
    beside: tuple[defaultdict[_T, list[int]], ...] = tuple(defaultdict(list) for _ in SLOTS)
    for drager in dragers:
        vector = [counts[slot][waarde] for slot, waarde in drager.items()]
        for slot, waarde in drager.items():
            beside[slot][waarde] += vector
    return tuple(
        {waarde: (count[waarde], tuple(sorted(naast[waarde], reverse=True))) for waarde in count}
        for count, naast in zip(counts, beside, strict=True)
    )
