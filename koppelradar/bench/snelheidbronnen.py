"""The persons whose tokens are timed: from the generated population, or from a file of one's own."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path

from client_sdk.canoniek import canoniseer
from client_sdk.errors import OngeldigPersoon
from client_sdk.persoon import Persoon
from koppelradar.bench.bevolking import PEILDATUM, bevolking
from koppelradar.bench.koppelbronnen import read_personen
from koppelradar.bench.snelheid import RONDEN
from koppelradar.errors import BronFout


@dataclass(frozen=True, slots=True)
class Snelheidsbron:
    """Persons who all differ and whom the SDK accepts on the day `vandaag`."""

    personen: tuple[Persoon, ...] = field(repr=False)
    vandaag: date


def draw_personen(aantal: int, *, zaad: int) -> Snelheidsbron:
    """Return persons from the generated population of that seed: `aantal` to time, and those of the round before."""
    wanted = aantal + -(-aantal // RONDEN)
    # A few in a thousand share name and birth date with somebody: twice as many are more than enough.
    inwoners = (inwoner.persoon for inwoner in bevolking(2 * wanted, zaad=zaad))
    return _bron(islice(_distinct(inwoners), wanted), PEILDATUM)


def read_snelheid(path: Path, *, aantal: int | None) -> Snelheidsbron:
    """Return the persons of a CSV file, as `koppelbronnen` reads them; `aantal` is the most to time.

    Leaves out whom the SDK refuses and who occurred before. Raises BronFout for a file that cannot be read, and for one
    that holds too few persons.
    """
    wanted = None if aantal is None else aantal + -(-aantal // RONDEN)
    vandaag = date.today()
    personen = (vermelding.persoon for vermelding in read_personen(path, 0))
    accepted = (persoon for persoon in _distinct(personen) if _is_accepted(persoon, vandaag))
    return _bron(islice(accepted, wanted), vandaag)


def _bron(personen: Iterable[Persoon], vandaag: date) -> Snelheidsbron:
    bron = Snelheidsbron(tuple(personen), vandaag)
    if len(bron.personen) <= RONDEN:
        raise BronFout(f"Er zijn te weinig verschillende personen. Deze meting heeft er {RONDEN + 1} of meer nodig.")
    return bron


def _distinct(personen: Iterable[Persoon]) -> Iterator[Persoon]:
    seen: set[Persoon] = set()
    for persoon in personen:
        if persoon not in seen:
            seen.add(persoon)
            yield persoon


def _is_accepted(persoon: Persoon, vandaag: date) -> bool:
    try:
        canoniseer(persoon, vandaag=vandaag)
    except OngeldigPersoon:
        return False
    return True
