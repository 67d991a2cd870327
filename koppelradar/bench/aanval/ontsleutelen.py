"""What the missing key gives: who each stored hash stands for. Every attack on a dump, given the OPRF keys, uses this.

Who can compute tokens freely does not stop at correct spellings. Persons who were not found are tried again with the
dates that a hasty typist makes of theirs.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Final

from client_sdk.koppelsleutels import Koppelsleutel
from koppelradar.bench.aanval.buit import Buit
from koppelradar.bench.aanval.namen import Kandidaten
from koppelradar.bench.aanval.voprf import Vrager
from koppelradar.bench.aanval.woordenlijst import SLOTS, Ingezetene, Woordenlijst

_DATE_DIGITS: Final = 8
# The dates that are given to people without papers, as slot `namen` writes them: day and month sorted.
_STANDAARD: Final = ("0101", "0107")
_NAMEN: Final = SLOTS["namen"]
_MET_DATUM: Final = (SLOTS["achternaam"], SLOTS["voornamen"])


# Five attacks are given the same keys to the same dump.
@lru_cache(maxsize=2)
def kandidaten_with_sleutel(buit: Buit, lijst: Woordenlijst, sleutel: Vrager) -> Kandidaten:
    """Return who each stored hash stands for, when the OPRF keys are known."""
    found: defaultdict[tuple[int, bytes], list[int]] = defaultdict(list)
    _look_up(buit, sleutel, lijst.sleutels(), found)
    bekend = {persoon for personen in found.values() for persoon in personen}
    _look_up(buit, sleutel, _mistyped(lijst, bekend), found)
    return found


def stored_hash(buit: Buit, code: str, uitkomst: bytes) -> tuple[int, bytes]:
    """Return the place and hash under which an outcome would be stored."""
    return SLOTS[code], buit.pepper.hash(buit.organisatie.afleiding().koppeltoken(code, uitkomst))


def _look_up(
    buit: Buit,
    sleutel: Vrager,
    sleutels: Iterable[tuple[Koppelsleutel, Sequence[int]]],
    found: defaultdict[tuple[int, bytes], list[int]],
) -> None:
    afleiding = buit.organisatie.afleiding()
    for koppelsleutel, personen in sleutels:
        (uitkomst,) = sleutel.vraag(koppelsleutel.code, [afleiding.mask(koppelsleutel)])
        plaats = stored_hash(buit, koppelsleutel.code, uitkomst)
        if plaats[1] in buit.dump.plaatsen:
            found[plaats] += personen


def _mistyped(lijst: Woordenlijst, bekend: Collection[int]) -> Iterator[tuple[Koppelsleutel, Sequence[int]]]:
    known = set().union(*lijst.groepen)
    for persoon in lijst.personen:
        if persoon.nummer not in bekend:
            yield from ((sleutel, (persoon.nummer,)) for sleutel in _variants(persoon) if sleutel not in known)


def _variants(persoon: Ingezetene) -> Iterator[Koppelsleutel]:
    namen = persoon.sleutels.get(_NAMEN)
    if namen is not None:
        yield from (replace(namen, invoer=namen.invoer[:-4] + dag) for dag in _STANDAARD)
    for slot in _MET_DATUM:
        sleutel = persoon.sleutels.get(slot)
        if sleutel is not None:
            datums = mistyped_dates(sleutel.invoer[-_DATE_DIGITS:])
            yield from (replace(sleutel, invoer=sleutel.invoer[:-_DATE_DIGITS] + datum) for datum in datums)


def mistyped_dates(datum: str) -> set[str]:
    """Return the real dates (YYYYMMDD) with one digit other than the century changed, or day and month swapped."""
    wrong = {datum[:4] + datum[6:] + datum[4:6]}
    for place in range(2, _DATE_DIGITS):
        wrong |= {datum[:place] + digit + datum[place + 1 :] for digit in "0123456789"}
    return {other for other in wrong if other != datum and _exists(other)}


def _exists(datum: str) -> bool:
    try:
        date(int(datum[:4]), int(datum[4:6]), int(datum[6:]))
    except ValueError:
        return False
    return True
