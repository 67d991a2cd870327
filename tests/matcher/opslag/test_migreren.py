from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import NullPool, create_engine, text

from convenant.pg.migreren import migrate, migrate_down
from matcher import opslag
from matcher.opslag.opzet import OPZET, PAKKET

if TYPE_CHECKING:
    from convenant.pg.ingebed import EmbeddedPostgres

INSERT = text("INSERT INTO convenant VALUES ('nhn-2026', 1, 'sha256:00', '{}', now())")


@pytest.fixture
def url(postgres: "EmbeddedPostgres") -> str:
    naam = f"leeg_{uuid4().hex}"
    postgres.create_database(naam)
    return postgres.urls(OPZET, naam).eigenaar


def tables(url: str) -> set[str]:
    return set(rows(url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))


def rows(url: str, statement: str) -> Iterator[str]:
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        yield from connection.execute(text(statement)).scalars().all()


def fill(url: str) -> None:
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(INSERT)
        connection.execute(text("INSERT INTO logboek_blad (blad) VALUES ('\\x01')"))


def test_up_down_and_up_again_with_data_in_it(url: str) -> None:
    migrate(url, PAKKET)
    made = tables(url)
    fill(url)
    migrate_down(url, PAKKET, to="base")
    assert tables(url) == {"alembic_version"}
    assert list(rows(url, "SELECT 1::text FROM pg_proc WHERE proname = 'logboek_alleen_toevoegen'")) == []
    migrate(url, PAKKET)
    assert tables(url) == made
    fill(url)


def test_migrating_twice_changes_nothing(url: str) -> None:
    migrate(url, PAKKET)
    fill(url)
    migrate(url, PAKKET)
    assert list(rows(url, "SELECT id FROM convenant")) == ["nhn-2026"]


def test_every_migration_has_one_successor_at_most() -> None:
    script = ScriptDirectory(str(Path(opslag.__file__ or "").parent / "migraties"))
    assert len(script.get_heads()) == 1
