"""The search of the demo finds a person in a real database, wherever and however it was stored."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from koppelradar.demo.kennis import Kennis, _planted_rows, dump, search_matcher
from koppelradar.errors import ProcesFout
from koppelradar.zoeken import Gezocht, Vondsten, Zoeker
from matcher.ingebed import EmbeddedPostgres

PERSONEN = [
    Gezocht("sanne", "de vries", ("2015", "03", "09")),
    Gezocht("thijs", "van 't hof", ("2016", "06", "21")),
    Gezocht("renée", "đorđević", ("1986", "11", "30")),
    Gezocht("lotte", "hof", None),
    Gezocht("", "zonneveld", ("1970", "02", "01")),
    Gezocht("", "einzelgänger", None),
    Gezocht("noor", "voorbeeld", ("2015", "12", "03")),
    Gezocht("", "", None),
]
SEARCHED = len(PERSONEN) - 1
SANNE = PERSONEN[0]

# One place in every kind of column that the matcher has: text, bytes, JSON.
_STORE = {
    "text": "INSERT INTO logboek_inhoud (blad_id, zout, inhoud) VALUES (1, '', :waarde)",
    "bytes": "INSERT INTO logboek_inhoud (blad_id, zout, inhoud) VALUES (1, convert_to(:waarde, 'UTF8'), '')",
    "json": """INSERT INTO notificatie (gebeurtenis_id, ontvanger, soort, match_id, inhoud, ontstaan_op)
               VALUES (gen_random_uuid(), 'x', 'x', gen_random_uuid(), jsonb_build_object('a', :waarde ::text), now())""",
    "setting": "INSERT INTO instelling (naam, waarde) VALUES (:waarde, '')",
    "new table": "CREATE TABLE vreemd AS SELECT :waarde ::text AS kolom",
}


@pytest.fixture(scope="module")
def postgres(ruim: Path) -> Iterator[EmbeddedPostgres]:
    with EmbeddedPostgres(ruim) as server:
        server.prepare()
        yield server


@pytest.fixture
def copy(postgres: EmbeddedPostgres, request: pytest.FixtureRequest) -> Iterator[tuple[str, Engine]]:
    """A database of its own for one test, with the tables of the matcher."""
    name = f"kopie_{abs(hash(request.node.name))}"
    postgres.create_database(name, template="koppelradar")
    engine = create_engine(postgres.urls(name).eigenaar)
    yield name, engine
    engine.dispose()


@pytest.mark.parametrize("notation", range(4))
@pytest.mark.parametrize("statement", _STORE.values(), ids=_STORE)
def test_finds_what_was_stored_in_any_column(
    postgres: EmbeddedPostgres, copy: tuple[str, Engine], statement: str, notation: int
) -> None:
    name, engine = copy
    for known in SANNE.notations():
        with engine.begin() as connection:
            connection.execute(text("DROP TABLE IF EXISTS vreemd"))
            connection.execute(text("TRUNCATE logboek_inhoud CASCADE"))
            connection.execute(text(statement), {"waarde": f"eerst\n{known[notation]}\tlaatst"})
        assert Zoeker(PERSONEN).search([dump(postgres, name)]) == Vondsten(1, int(known is SANNE.data() and False))
