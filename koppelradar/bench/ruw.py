"""Raw outcomes in a file, for who wants to reckon further."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from koppelradar.errors import BronFout


def write_ruw(path: Path, kolommen: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a CSV file with this header. Raises BronFout when it cannot be written."""
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(kolommen)
            writer.writerows(rows)
    except OSError as error:
        raise BronFout(f"{path.name} is niet te schrijven. Kies een ander bestand.") from error
