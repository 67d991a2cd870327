"""The last step of every attack on a dump: from "this hash is one of these persons" to one name per signal."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from koppelradar.bench.aanval.buit import Dump

Kandidaten = Mapping[tuple[int, bytes], Sequence[int]]
"""Which persons a hash at a place may stand for."""
Namen = dict[UUID, int]
"""Which person the attacker says a signal is about."""


def stemmen(dump: Dump, kandidaten: Kandidaten) -> Mapping[UUID, Mapping[int, float]]:
    """Return per signal the weight of each candidate: each slot divides one vote over the persons it may stand for."""
    found: dict[UUID, dict[int, float]] = {}
    for signaal in dump.signalen:
        gewichten: defaultdict[int, float] = defaultdict(float)
        for plaats in enumerate(signaal.hashes):
            personen = kandidaten.get(plaats, ())
            for persoon in personen:
                gewichten[persoon] += 1 / len(personen)
        if gewichten:
            found[signaal.id] = gewichten
    return found


def name_signalen(dump: Dump, kandidaten: Kandidaten) -> Namen:
    """Return the heaviest candidate of every signal that has one; between equals the attacker guesses."""
    return {signaal: choose(signaal, gewichten) for signaal, gewichten in stemmen(dump, kandidaten).items()}


def choose(signaal: UUID, gewichten: Mapping[int, float]) -> int:
    """Return the heaviest of at least one person."""
    most = max(gewichten.values())
    return guess(signaal, [persoon for persoon, gewicht in gewichten.items() if gewicht >= most - 1e-9])


def guess(signaal: UUID, personen: Iterable[int]) -> int:
    """Return one of at least one person: a blind guess, the same one every time."""
    keuzes = sorted(personen)
    return keuzes[int.from_bytes(hashlib.sha256(signaal.bytes).digest()[:8], "big") % len(keuzes)]
