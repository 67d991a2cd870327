"""The search of the demo finds a person in a real database, wherever and however it was stored."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, text

from convenant.pg.ingebed import EmbeddedPostgres
from koppelradar.demo.kennis import Kennis, dump, search_diensten
from koppelradar.errors import ProcesFout
from koppelradar.zoeken import Gezocht, Vondsten, Zoeker
from matcher.opslag.opzet import OPZET

PERSONEN = [
    Gezocht("sanne", "de vries", ("2015", "03", "09")),
    Gezocht("thijs", "van 't hof", ("2016", "06", "21")),
    Gezocht("renée", "đorđević", ("1986", "11", "30")),
    Gezocht("lotte", "hof", None),
    Gezocht("", "zonneveld", ("1970", "02", "01")),
    Gezocht("", "einzelgänger", None),
    Gezocht("noor", "voorbeeld", ("2015", "12", "03")),
    Gezocht("ömer", "yıldız", ("2012", "09", "23")),
    Gezocht("", "", None),
]
SEARCHED = len(PERSONEN) - 1

_COLUMNS = text(
    """
    SELECT c.table_name, c.column_name, c.data_type FROM information_schema.columns c
    JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1, 2
    """
)
_CONSTRAINTS = text(
    """
    SELECT conrelid::regclass::text, conname FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace AND contype IN ('c', 'f', 'p', 'u')
    """
)
_AS_TYPE = {
    "text": "CAST(:naam AS text)",
    "character varying": "CAST(:naam AS text)",
    "bytea": "convert_to(:naam, 'UTF8')",
    "jsonb": "jsonb_build_object('regels', E'een\\n' || CAST(:naam AS text))",
    "date": "CAST(:datum AS date)",
    "timestamp with time zone": "CAST(:datum AS timestamptz)",
}


@pytest.fixture(scope="module")
def postgres(ruim: Path) -> Iterator[EmbeddedPostgres]:
    with EmbeddedPostgres(ruim) as server:
        server.prepare(OPZET)
        yield server


@pytest.fixture(scope="module")
def kennis(postgres: EmbeddedPostgres, ruim: Path) -> Kennis:
    log = ruim / "matcher.log"
    log.write_text('{"event": "gestart"}\n', encoding="utf-8")
    return search_diensten(postgres, [log], PERSONEN)


def test_finds_nothing_where_nothing_is(kennis: Kennis) -> None:
    assert (kennis.gezocht, kennis.bij_diensten) == (SEARCHED, 0)


def test_finds_everyone_that_was_planted(kennis: Kennis) -> None:
    assert kennis.geplant == SEARCHED


def test_counts_all_that_was_searched(kennis: Kennis, postgres: EmbeddedPostgres, ruim: Path) -> None:
    assert kennis.doorzochte_tekens == len(dump(postgres)) + (ruim / "matcher.log").stat().st_size


def test_planting_leaves_the_database_of_the_matcher_as_it_was(kennis: Kennis, postgres: EmbeddedPostgres) -> None:
    assert kennis.geplant
    assert Zoeker(PERSONEN).search([dump(postgres)]) == Vondsten(0, 0)


def _columns(connection: Connection) -> list[tuple[str, str, str]]:
    return [(table, column, kind) for table, column, kind in connection.execute(_COLUMNS)]


def _letters(nummer: int) -> str:
    return chr(ord("a") + nummer // 26) + chr(ord("a") + nummer % 26)


def _invented(nummer: int) -> Gezocht:
    return Gezocht(f"Ann{_letters(nummer)}", f"Berg{_letters(nummer)}", (str(1900 + nummer), "05", "17"))


def _take_off_all_constraints(connection: Connection) -> None:
    for table, name in list(connection.execute(_CONSTRAINTS)):
        connection.execute(text(f'ALTER TABLE {table} DROP CONSTRAINT IF EXISTS "{name}" CASCADE'))
    for table, column, _ in _columns(connection):
        connection.execute(text(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" DROP IDENTITY IF EXISTS'))
        connection.execute(text(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" DROP NOT NULL'))


def test_finds_a_person_in_every_column_of_every_table(postgres: EmbeddedPostgres) -> None:
    """A column can hold a name as text, as bytes or inside JSON, or a birth date; each gets a person of its own."""
    postgres.create_database("overal", template="koppelradar")
    engine = create_engine(postgres.urls(OPZET, "overal").eigenaar)
    with engine.begin() as connection:
        _take_off_all_constraints(connection)
        places = [place for place in _columns(connection) if place[2] in _AS_TYPE]
        personen = [_invented(nummer) for nummer in range(len(places))]
        for (table, column, kind), persoon in zip(places, personen, strict=True):
            values = {"naam": persoon.namen()[1], "datum": persoon.data()[0]}
            statement = text(f'INSERT INTO "{table}" ("{column}") VALUES ({_AS_TYPE[kind]})')  # noqa: S608 - our own
            used = {name: value for name, value in values.items() if f":{name}" in _AS_TYPE[kind]}
            connection.execute(statement, used)
    engine.dispose()
    stored = dump(postgres, "overal")
    missed = [place for place, who in zip(places, personen, strict=True) if Zoeker([who]).search([stored]).iets != 1]
    assert missed == []
    assert {table for table, _, _ in places} >= {"convenant", "signaal", "notificatie", "logboek_inhoud", "koppelindex"}


def test_finds_what_only_a_log_file_holds(postgres: EmbeddedPostgres, ruim: Path) -> None:
    log = ruim / "praatziek.log"
    log.write_text('{"event": "fout bij Sanne de Vries"}\n{"datum": "1970-02-01T00:00:00Z"}\n', encoding="utf-8")
    # A search makes its copy once; the one of the other tests goes first.
    engine = create_engine(postgres.urls(OPZET, "postgres").eigenaar, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS kopie_met_namen"))
    engine.dispose()
    assert search_diensten(postgres, [log], PERSONEN).bij_diensten == 2


def test_a_database_that_cannot_be_dumped_is_a_clear_error(postgres: EmbeddedPostgres) -> None:
    with pytest.raises(ProcesFout, match="pg_dump"):
        dump(postgres, "bestaat_niet")
