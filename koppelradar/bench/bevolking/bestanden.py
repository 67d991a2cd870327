"""The population and the signals as CSV files that other tools can read too."""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any, Final, TextIO

from client_sdk.persoon import Persoon
from koppelradar.bench.bevolking.fouten import Foutsoort
from koppelradar.bench.bevolking.model import Herkomst, Inwoner
from koppelradar.bench.bevolking.trekking import Signaalkopie
from koppelradar.errors import BevolkingFout

PERSOON_KOLOMMEN: Final = ("voornamen", "voorvoegsel", "geslachtsnaam", "geboortedatum", "partnernaam")
BEVOLKING_KOLOMMEN: Final = ("id", *PERSOON_KOLOMMEN, "huishouden", "tweeling", "geslacht", "herkomst")
SIGNAAL_KOLOMMEN: Final = ("id", *PERSOON_KOLOMMEN, "organisatie")
LINK_KOLOMMEN: Final = ("id_a", "id_b")
FOUT_KOLOMMEN: Final = ("id", "fout_1", "fout_2")

_TOP: Final = 100


@dataclass(slots=True)
class Telling:
    """What passed by: counts only, so that a million persons fit."""

    personen: int = 0
    huishoudens: int = 0
    tweelingen: int = 0
    kopieen: int = 0
    kopieen_met_fout: int = 0
    paren: int = 0
    gesignaleerd: int = 0
    gedeeld: int = 0
    herkomst: Counter[Herkomst] = field(default_factory=Counter)
    fouten: Counter[Foutsoort] = field(default_factory=Counter)
    achternamen: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def aandeel_top_100(self) -> float:
        """Part of the persons that bears one of the hundred most frequent surnames."""
        return sum(aantal for _, aantal in self.achternamen.most_common(_TOP)) / max(self.personen, 1)


def write_bevolking(path: Path, inwoners: Iterable[Inwoner], telling: Telling) -> Iterator[Inwoner]:
    """Yield the inwoners on, while each is counted and written; the file is complete when the stream is read out."""
    with _create(path) as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(BEVOLKING_KOLOMMEN)
        for inwoner in inwoners:
            writer.writerow(_inwoner_row(inwoner))
            _count(inwoner, telling)
            yield inwoner


def write_signalen(folder: Path, kopieen: Iterable[Signaalkopie], telling: Telling) -> None:
    """Write signalen.csv, links.csv and fouten.csv; copies of one inwoner must come one after another.

    `links.csv` holds every pair of copies of one person: also two organisations that both typed it wrong.
    """
    with (
        _create(folder / "signalen.csv") as signalen,
        _create(folder / "links.csv") as links,
        _create(folder / "fouten.csv") as fouten,
    ):
        writers = [csv.writer(stream, lineterminator="\n") for stream in (signalen, links, fouten)]
        for writer, kolommen in zip(writers, (SIGNAAL_KOLOMMEN, LINK_KOLOMMEN, FOUT_KOLOMMEN), strict=True):
            writer.writerow(kolommen)
        for groep in _per_inwoner(enumerate(kopieen)):
            _write_groep(groep, writers, telling)


def write_twee_kanten(folder: Path) -> None:
    """Write the signals of the first and of the second organisation in signalen.csv to a.csv and b.csv.

    Only for two organisations: then every link has its `id_a` in a.csv and its `id_b` in b.csv.
    """
    with (folder / "signalen.csv").open(encoding="utf-8", newline="") as stream:
        per_kant: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
        for row in csv.DictReader(stream):
            per_kant[row["organisatie"]].append(row)
    for naam, organisatie in (("a.csv", "0"), ("b.csv", "1")):
        with _create(folder / naam) as stream:
            writer = csv.DictWriter(stream, ("id", *PERSOON_KOLOMMEN), extrasaction="ignore", lineterminator="\n")
            writer.writeheader()
            writer.writerows(per_kant[organisatie])


def _create(path: Path) -> TextIO:
    try:
        return path.open("x", encoding="utf-8", newline="")
    except FileExistsError as fout:
        raise BevolkingFout(f"{path} bestaat al. Kies met --uit een andere map.") from fout
    except OSError as fout:
        raise BevolkingFout(f"{path} is niet te schrijven. Kies met --uit een map waarin u mag schrijven.") from fout


def _persoon_row(persoon: Persoon) -> tuple[str, ...]:
    return tuple(getattr(persoon, kolom) or "" for kolom in PERSOON_KOLOMMEN)


def _inwoner_row(inwoner: Inwoner) -> tuple[Any, ...]:
    tweeling = "" if inwoner.tweeling is None else inwoner.tweeling
    kenmerken = (inwoner.huishouden, tweeling, inwoner.geslacht.value, inwoner.herkomst.value)
    return inwoner.nummer, *_persoon_row(inwoner.persoon), *kenmerken


def _count(inwoner: Inwoner, telling: Telling) -> None:
    telling.personen += 1
    telling.huishoudens = inwoner.huishouden + 1
    telling.tweelingen = max(telling.tweelingen, -1 if inwoner.tweeling is None else inwoner.tweeling + 1)
    telling.herkomst[inwoner.herkomst] += 1
    telling.achternamen[inwoner.persoon.voorvoegsel, inwoner.persoon.geslachtsnaam] += 1


def _per_inwoner(kopieen: Iterable[tuple[int, Signaalkopie]]) -> Iterator[list[tuple[int, Signaalkopie]]]:
    groep: list[tuple[int, Signaalkopie]] = []
    for nummer, kopie in kopieen:
        if groep and groep[-1][1].inwoner != kopie.inwoner:
            yield groep
            groep = []
        groep.append((nummer, kopie))
    if groep:
        yield groep


def _write_groep(groep: list[tuple[int, Signaalkopie]], writers: list[Any], telling: Telling) -> None:
    signalen, links, fouten = writers
    telling.gesignaleerd += 1
    telling.gedeeld += len(groep) > 1
    for nummer, kopie in groep:
        telling.kopieen += 1
        telling.kopieen_met_fout += bool(kopie.fouten)
        telling.fouten.update(kopie.fouten)
        signalen.writerow((nummer, *_persoon_row(kopie.persoon), kopie.organisatie))
        if kopie.fouten:
            fouten.writerow((nummer, *kopie.fouten, *[""] * (2 - len(kopie.fouten))))
    # The lowest organisation first, so that with two organisations id_a is in a.csv.
    op_volgorde = sorted(groep, key=lambda paar: paar[1].organisatie)
    for (eerste, _), (tweede, _) in combinations(op_volgorde, 2):
        telling.paren += 1
        links.writerow((eerste, tweede))
