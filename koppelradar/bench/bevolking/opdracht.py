"""The work of `koppelradar bench bevolking`."""

from collections import deque
from pathlib import Path
from typing import Final

from koppelradar.bench.bevolking.bestanden import Telling, write_bevolking, write_signalen, write_twee_kanten
from koppelradar.bench.bevolking.stroom import bevolking
from koppelradar.bench.bevolking.trekking import trek_signalen
from koppelradar.errors import BevolkingFout

_TWEE_KANTEN: Final = 2


def make_bestanden(
    uit: Path,
    *,
    personen: int,
    signalen: int,
    organisaties: int,
    overlap: float,
    fouten: float,
    gezinnen: float,
    zaad: int,
) -> Telling:
    """Write the population and the signals into the folder `uit` and return the counts.

    Writes bevolking.csv, signalen.csv, links.csv and fouten.csv, and with two organisations a.csv and b.csv.
    Existing files stay as they are. Raises `BevolkingFout` when the sizes cannot go together or a file cannot be
    made.
    """
    telling = Telling()
    inwoners = write_bevolking(uit / "bevolking.csv", bevolking(personen, zaad=zaad, gezinnen=gezinnen), telling)
    kopieen = trek_signalen(
        inwoners,
        personen=personen,
        signalen=signalen,
        organisaties=organisaties,
        overlap=overlap,
        fouten=fouten,
        zaad=zaad,
    )
    _make_folder(uit)
    write_signalen(uit, kopieen, telling)
    # The persons behind the last one drawn.
    deque(inwoners, maxlen=0)
    if organisaties == _TWEE_KANTEN:
        write_twee_kanten(uit)
    return telling


def _make_folder(uit: Path) -> None:
    try:
        uit.mkdir(parents=True, exist_ok=True)
    except OSError as fout:
        raise BevolkingFout(f"De map {uit} is niet te maken. Kies met --uit een andere map.") from fout
