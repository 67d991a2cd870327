"""Probing: a dump, and an organisation's right to ask the sleutelhouder, until the budget of the day is spent.

The budget counts points per code, and a dump can be searched in any slot. So the attacker asks of each person one code
only, another code of another person, and begins with keys that several persons share: that tests most persons a day.
What is left over goes to the other codes of the same persons.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from client_sdk.koppelsleutels import Koppelsleutel
from koppelradar.bench.aanval.buit import CODES, Buit
from koppelradar.bench.aanval.namen import Namen, name_signalen
from koppelradar.bench.aanval.ontsleutelen import kandidaten_with_sleutel, stored_hash
from koppelradar.bench.aanval.voprf import Loketvrager, Vrager
from koppelradar.bench.aanval.woordenlijst import Woordenlijst


@dataclass(frozen=True, slots=True)
class Peiling:
    """What a day of asking gave: names, and how many persons were tested in one slot at least."""

    namen: Namen = field(repr=False)
    getest: int


def val_aan(buit: Buit, lijst: Woordenlijst, sleutel: Vrager) -> Namen:
    """Return the names that probing gives to who holds the OPRF keys: there is no budget then."""
    return name_signalen(buit.dump, kandidaten_with_sleutel(buit, lijst, sleutel))


def peil(buit: Buit, lijst: Woordenlijst, loket: Loketvrager) -> Peiling:
    """Return what one day at the sleutelhouder gives."""
    found: dict[tuple[int, bytes], Sequence[int]] = {}
    getest: set[int] = set()
    afleiding = buit.organisatie.afleiding()
    for code, sleutels in _questions(lijst, loket, getest):
        uitkomsten = loket.vraag(code, [afleiding.mask(sleutel) for sleutel, _ in sleutels])
        for (_, personen), uitkomst in zip(sleutels, uitkomsten, strict=True):
            found[stored_hash(buit, code, uitkomst)] = personen
    return Peiling(name_signalen(buit.dump, found), len(getest))


_Vraag = tuple[Koppelsleutel, tuple[int, ...]]


def _questions(lijst: Woordenlijst, loket: Loketvrager, getest: set[int]) -> Iterator[tuple[str, list[_Vraag]]]:
    """Yield what to ask of each code: first of persons who were not tested yet, then the rest; adds to `getest`."""
    open_: defaultdict[str, list[_Vraag]] = defaultdict(list)
    for code, groep in zip(CODES, lijst.groepen, strict=True):
        open_[code] = sorted(groep.items(), key=lambda vraag: len(vraag[1]), reverse=True)
    for only_new in (True, False):
        for code in CODES:
            chosen: list[_Vraag] = []
            rest: list[_Vraag] = []
            for vraag in open_[code]:
                fits = len(chosen) < loket.ruimte(code)
                if fits and not (only_new and getest.issuperset(vraag[1])):
                    chosen.append(vraag)
                    getest.update(vraag[1])
                else:
                    rest.append(vraag)
            open_[code] = rest
            yield code, chosen
