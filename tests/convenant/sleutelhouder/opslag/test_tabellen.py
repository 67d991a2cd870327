"""The migrated schema equals the models, goes up and down, and holds no place for a person."""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import NullPool, create_engine, text
from sqlalchemy.exc import ProgrammingError

from convenant.pg.migreren import migrate, migrate_down
from convenant.sleutelhouder.opslag.opzet import OPZET, PAKKET
from convenant.sleutelhouder.opslag.tabellen import METADATA
from matcher.opslag.tabellen import METADATA as ANDERE

if TYPE_CHECKING:
    from convenant.pg.ingebed import DatabaseUrls, EmbeddedPostgres


def tables(url: str) -> set[str]:
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        found = connection.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
        return set(found.scalars())


@pytest.fixture
def url(postgres: "EmbeddedPostgres") -> str:
    naam = f"leeg_{uuid4().hex}"
    postgres.create_database(naam)
    return postgres.urls(OPZET, naam).eigenaar


def test_migrations_make_what_the_models_describe(database_urls: "DatabaseUrls") -> None:
    engine = create_engine(database_urls.eigenaar, poolclass=NullPool)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, METADATA) == []


def test_up_down_and_up_again(url: str) -> None:
    migrate(url, PAKKET)
    made = tables(url)
    migrate_down(url, PAKKET, to="base")
    assert tables(url) == {"alembic_version"}
    migrate(url, PAKKET)
    assert tables(url) == made == {"alembic_version", *METADATA.tables}


def execute(url: str, *statements: str) -> list[Any]:
    """The rows of the last statement."""
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        results = [connection.execute(text(statement)) for statement in statements]
        return list(results[-1]) if results[-1].returns_rows else []


def test_convenanten_live_through_the_coming_and_going_of_statements(url: str) -> None:
    guards = "SELECT tgname FROM pg_trigger WHERE tgrelid = 'convenant'::regclass AND NOT tgisinternal ORDER BY tgname"
    migrate(url, PAKKET, to="0001")
    before = tables(url)
    execute(url, "INSERT INTO convenant VALUES ('nhn-2026', 1, 'sha256:00', '{}', now())")
    for _ in range(2):
        migrate(url, PAKKET, to="0002")
        assert tables(url) == before | {"verklaring"}
        assert execute(url, guards) == [("convenant_rij",), ("convenant_tabel",)]
        execute(
            url,
            "INSERT INTO verklaring (convenant, versie, vingerafdruk, tekst, ontvangen_op) "
            "VALUES ('nhn-2026', 1, 'x', 'jws', now())",
        )
        with pytest.raises(ProgrammingError, match="only be added to"):
            execute(url, "DELETE FROM convenant")
        migrate_down(url, PAKKET, to="0001")
        assert (tables(url), execute(url, guards)) == (before, [])
        assert execute(url, "SELECT id FROM convenant") == [("nhn-2026",)]
    # What guards the other tables is still there.
    execute(url, "DELETE FROM convenant")
    assert execute(url, "SELECT count(*) FROM pg_proc WHERE proname = 'alleen_toevoegen'") == [(1,)]


def test_the_tables_of_another_service_are_not_among_ours() -> None:
    assert METADATA is not ANDERE
    assert "signaal" not in METADATA.tables
    assert "oprf_sleutel" not in ANDERE.tables


def test_no_column_is_meant_for_a_person_a_reason_or_a_point() -> None:
    parts = {part for table in METADATA.tables.values() for c in table.columns for part in c.name.split("_")}
    assert parts.isdisjoint({"voornamen", "geslachtsnaam", "geboortedatum", "bsn", "adres", "reden", "punt", "token"})
