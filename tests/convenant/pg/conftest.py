"""Databases with tables that belong to no service."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import NullPool, create_engine, text

from convenant.pg.ingebed import DatabaseUrls, EmbeddedPostgres, Opzet

if TYPE_CHECKING:
    from tests.conftest import Sql

_ROL = """
    DO $$ BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'koppelradar_test_rol') THEN
            CREATE ROLE koppelradar_test_rol;
        END IF;
    END $$
"""
_TABLES = """
    CREATE TABLE instelling (naam text PRIMARY KEY, waarde bytea NOT NULL);
    CREATE TABLE gebruikte_assertie (jti_hash bytea PRIMARY KEY, verloopt_op timestamptz NOT NULL);
    GRANT SELECT, INSERT, UPDATE, DELETE ON instelling, gebruikte_assertie TO koppelradar_test_rol
"""


@pytest.fixture(scope="session")
def opzet() -> Opzet:
    return Opzet(database="koppelradar_test", login="koppelradar_test", rol="koppelradar_test_rol", pakket="geen")


@pytest.fixture
def database_urls(postgres: EmbeddedPostgres, opzet: Opzet) -> DatabaseUrls:
    """A database with a table of each kind that services share."""
    naam = f"pg_{uuid4().hex}"
    postgres.create_database(naam)
    urls = postgres.urls(opzet, naam)
    engine = create_engine(urls.eigenaar, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text(_ROL))
        connection.execute(text(_TABLES))
    postgres.create_login(opzet)
    return urls


@pytest.fixture
def sql(database_urls: DatabaseUrls, sql_on: "Callable[[DatabaseUrls], Sql]") -> "Sql":
    return sql_on(database_urls)
