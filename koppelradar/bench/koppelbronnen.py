"""Where the records that are measured come from: files of one's own, FEBRL 4, or the generated population."""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Final

from client_sdk.persoon import Persoon
from koppelradar.bench.bevolking import PEILDATUM, Inwoner, Signaalkopie, bevolking, trek_signalen
from koppelradar.bench.koppelkwaliteit import Paar, Sleutelkolommen, Vermelding
from koppelradar.demo.febrl import FebrlPersoon, read_febrl
from koppelradar.errors import BronFout

KOLOMMEN: Final = ("id", "voornamen", "voorvoegsel", "geslachtsnaam", "geboortedatum")
KOPPELKOLOMMEN: Final = ("id_a", "id_b")
_PARTNERNAAM: Final = "partnernaam"


@dataclass(frozen=True, slots=True)
class Bron:
    """Records, and the pairs of places in them that are one person, the lower place first.

    `groepen` holds, per slot, how many persons of the population share one key; empty without a population.
    """

    vermeldingen: Sequence[Vermelding] = field(repr=False)
    waar: frozenset[Paar] = field(repr=False)
    groepen: Mapping[str, int] = field(default_factory=dict)


def read_bestanden(a: Path, b: Path, links: Path) -> Bron:
    """Return the records of two CSV files and the true pairs of a third.

    The files are UTF-8, with a header: id, voornamen, voorvoegsel, geslachtsnaam, geboortedatum and, when there
    is one, partnernaam; id_a and id_b in `links`. Raises BronFout for a file that cannot be read, a column or value
    that is missing, an id that occurs twice, and a link to an id that does not occur.
    """
    een, ander = (tuple(read_personen(path, bron)) for bron, path in enumerate((a, b)))
    places = _places(een, a, 0), _places(ander, b, len(een))
    waar = frozenset(_read_links(links, *places))
    return Bron((*een, *ander), waar)


def load_febrl() -> Bron:
    """Return FEBRL 4, name and birth date only. Raises OnderdeelOntbreekt when it is not installed."""
    een, ander = read_febrl()
    places = {persoon.paar: place for place, persoon in enumerate(ander, start=len(een))}
    waar = frozenset((place, places[persoon.paar]) for place, persoon in enumerate(een) if persoon.paar in places)
    records = (_vermelding(persoon, bron) for bron, personen in enumerate((een, ander)) for persoon in personen)
    return Bron(tuple(records), waar)


def draw_bevolking(personen: int, *, signalen: int, zaad: int) -> Bron:
    """Return signals drawn from the generated population; raises BevolkingFout when the sizes cannot go together."""
    kolommen = Sleutelkolommen(vandaag=PEILDATUM)
    tweelingen: dict[int, int] = {}
    inwoners = _observe(bevolking(personen, zaad=zaad), kolommen, tweelingen)
    kopieen = tuple(trek_signalen(inwoners, personen=personen, signalen=signalen, zaad=zaad))
    for _ in inwoners:  # what comes behind the last person drawn counts for the groups too
        pass
    vermeldingen = tuple(_signaal(nummer, kopie, tweelingen) for nummer, kopie in enumerate(kopieen))
    return Bron(vermeldingen, frozenset(_same_inwoner(kopieen)), kolommen.largest_groups())


def _observe(inwoners: Iterator[Inwoner], kolommen: Sleutelkolommen, tweelingen: dict[int, int]) -> Iterator[Inwoner]:
    for inwoner in inwoners:
        kolommen.add(inwoner.persoon)
        if inwoner.tweeling is not None:
            tweelingen[inwoner.nummer] = inwoner.tweeling
        yield inwoner


def _signaal(nummer: int, kopie: Signaalkopie, tweelingen: Mapping[int, int]) -> Vermelding:
    return Vermelding(
        id=f"signaal-{nummer}",
        bron=kopie.organisatie,
        persoon=kopie.persoon,
        tweeling=tweelingen.get(kopie.inwoner),
        fouten=tuple(fout.value for fout in kopie.fouten),
    )


def _same_inwoner(kopieen: Sequence[Signaalkopie]) -> Iterator[Paar]:
    places: defaultdict[int, list[int]] = defaultdict(list)
    for place, kopie in enumerate(kopieen):
        places[kopie.inwoner].append(place)
    for group in places.values():
        yield from combinations(group, 2)


def _vermelding(persoon: FebrlPersoon, bron: int) -> Vermelding:
    row = persoon.row()
    return Vermelding(id=persoon.nummer, bron=bron, persoon=_persoon(row))


def _persoon(row: Mapping[str, str]) -> Persoon:
    return Persoon(
        row["voornamen"],
        row["voorvoegsel"],
        row["geslachtsnaam"],
        row["geboortedatum"],
        row.get(_PARTNERNAAM) or None,
    )


def read_personen(path: Path, bron: int) -> Iterator[Vermelding]:
    """Return the records of one CSV file, as `read_bestanden` reads it; raises BronFout as that does."""
    for row in _rows(path, KOLOMMEN):
        yield Vermelding(id=row["id"], bron=bron, persoon=_persoon(row))


def _places(vermeldingen: Sequence[Vermelding], path: Path, start: int) -> dict[str, int]:
    places = {vermelding.id: place for place, vermelding in enumerate(vermeldingen, start=start)}
    if len(places) < len(vermeldingen):
        raise BronFout(f"In {path.name} komt een id meer dan één keer voor. Geef elke regel een eigen id.")
    return places


def _read_links(path: Path, een: Mapping[str, int], ander: "Mapping[str, int]") -> Iterator[Paar]:
    for regel, row in enumerate(_rows(path, KOPPELKOLOMMEN), start=2):
        if row["id_a"] not in een or row["id_b"] not in ander:
            raise BronFout(f"{path.name}, regel {regel}: een id staat niet in de bestanden. Verbeter de regel.")
        yield een[row["id_a"]], ander[row["id_b"]]


def _rows(path: Path, kolommen: Sequence[str]) -> Iterator[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            _check_header(path, reader.fieldnames or (), kolommen)
            for row in reader:
                _check_row(path, reader.line_num, row, kolommen)
                yield row
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BronFout(f"{path.name} is niet te lezen. Gebruik een CSV-bestand in UTF-8 met komma's.") from error


def _check_header(path: Path, found: Sequence[str], kolommen: Sequence[str]) -> None:
    missing = [kolom for kolom in kolommen if kolom not in found]
    if missing:
        raise BronFout(f"In {path.name} ontbreekt: {', '.join(missing)}. Zet deze kolommen in de eerste regel.")


def _check_row(path: Path, regel: int, row: Mapping[str, str | None], kolommen: Sequence[str]) -> None:
    if any(row[kolom] is None for kolom in kolommen) or None in row:
        raise BronFout(f"{path.name}, regel {regel}: het aantal kolommen klopt niet. Verbeter de regel.")
