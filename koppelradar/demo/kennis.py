"""What the services know: all they stored and logged is dumped and searched for the persons it is about.

So that a search that finds nothing means something, the same search runs over a copy in which every person was planted.
"""

import json
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, text

from convenant.pg.ingebed import EmbeddedPostgres
from koppelradar.errors import ProcesFout
from koppelradar.zoeken import Gezocht, Vondsten, Zoeker
from matcher.opslag.opzet import OPZET

_KOPIE = "kopie_met_namen"
_PLANT = text("INSERT INTO logboek_inhoud (blad_id, zout, inhoud) VALUES (:nummer, :zout, :inhoud)")
# Far above every leaf, so that no planted row takes the place of a real one.
_FIRST_PLANTED = 1 << 40


@dataclass(frozen=True, slots=True)
class Kennis:
    """What the search found: `bij_diensten` persons of whom anything, `geplant` persons of whom everything."""

    gezocht: int
    bij_diensten: int
    geplant: int
    doorzochte_tekens: int


def search_diensten(
    postgres: EmbeddedPostgres, logs: Sequence[Path], personen: Sequence[Gezocht], *, others: Sequence[str] = ()
) -> Kennis:
    """Search the matcher's database, the dumps of `others` and the log files, then a copy with the persons planted."""
    zoeker = Zoeker(personen)
    stored = [dump(postgres), *others, *_read_all(logs)]
    found: Vondsten = zoeker.search(stored)
    planted = zoeker.search([_dump_with_planted(postgres, personen)])
    return Kennis(zoeker.gezocht, found.iets, planted.alles, sum(map(len, stored)))


def dump(postgres: EmbeddedPostgres, database: str | None = None) -> str:
    """The whole database as SQL text, as `pg_dump` writes it."""
    url = postgres.urls(OPZET, database).eigenaar
    command = [str(postgres.bin_path / "pg_dump"), "--no-owner", url.replace("postgresql+psycopg", "postgresql")]
    result = subprocess.run(command, capture_output=True, check=False)
    if result.returncode:
        raise ProcesFout("Een database kon niet worden uitgelezen met pg_dump.")
    return result.stdout.decode("utf-8", errors="replace")


def _dump_with_planted(postgres: EmbeddedPostgres, personen: Sequence[Gezocht]) -> str:
    postgres.create_database(_KOPIE, template=OPZET.database)
    engine = create_engine(postgres.urls(OPZET, _KOPIE).eigenaar)
    with engine.begin() as connection:
        connection.execute(_PLANT, list(_planted_rows(personen)))
    engine.dispose()
    return dump(postgres, _KOPIE)


def _planted_rows(personen: Sequence[Gezocht]) -> Iterator[dict[str, object]]:
    """Each person in one of the notations, now as text, now as bytes, which the dump shows in hexadecimal."""
    for nummer, persoon in enumerate(personen):
        inhoud = " ".join(notations[nummer % len(notations)] for notations in persoon.notations())
        hidden = nummer % 2 == 1
        yield {
            "nummer": _FIRST_PLANTED + nummer,
            "zout": inhoud.encode() if hidden else b"",
            "inhoud": json.dumps({"inhoud": "" if hidden else inhoud}),
        }


def _read_all(paths: Sequence[Path]) -> Iterator[str]:
    for path in paths:
        yield path.read_text(encoding="utf-8", errors="replace")
