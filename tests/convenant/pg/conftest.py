"""Databases with tables that belong to no service, and three parties that sign."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from joserfc.jwk import OKPKey
from sqlalchemy import NullPool, create_engine, text
from sqlalchemy.orm import registry
from sqlmodel import SQLModel

from convenant.canoniek import content_hash
from convenant.invullen import with_public_keys
from convenant.laden import convenant_from_document
from convenant.ondertekening import Bundel, Verklaringsoort, Verklaringtekst, seal, sign_verklaring
from convenant.pg.convenanten import Boek
from convenant.pg.database import Database, table_of
from convenant.pg.ingebed import DatabaseUrls, EmbeddedPostgres, Opzet
from convenant.pg.tabellen import Convenantkolommen, Verklaringkolommen
from convenant.types import Oin

if TYPE_CHECKING:
    from tests.conftest import Klok, Sql

_REGISTER = registry()


class Tabel(SQLModel, registry=_REGISTER):
    pass


class ConvenantRij(Tabel, Convenantkolommen, table=True):
    __tablename__ = "convenant"


class VerklaringRij(Tabel, Verklaringkolommen, table=True):
    __tablename__ = "verklaring"


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


@pytest.fixture
def boek(database_urls: DatabaseUrls) -> Boek:
    """The tables of convenanten in that database; the application can add rows, as with every service."""
    found = Boek(table_of(ConvenantRij), table_of(VerklaringRij))
    engine = create_engine(database_urls.eigenaar, poolclass=NullPool)
    with engine.begin() as connection:
        found.convenanten.metadata.create_all(connection, [found.convenanten, found.verklaringen])
        connection.execute(text("GRANT SELECT, INSERT ON convenant, verklaring TO koppelradar_test_rol"))
    return found


@pytest.fixture
async def database(database_urls: DatabaseUrls) -> AsyncIterator[Database]:
    opened = Database(database_urls.toepassing)
    yield opened
    await opened.close()


class Kring:
    """Three parties that sign, a minute after each other on the clock of the test."""

    def __init__(self, document: dict[str, Any], klok: "Klok") -> None:
        self.klok = klok
        self.houder, self.wijkteam, self.school = self.oins = [Oin(p["oin"]) for p in document["partijen"]]
        self.sleutels = {oin: OKPKey.generate_key("Ed25519", auto_kid=True) for oin in self.oins}
        public = {
            oin: {naam: str(waarde) for naam, waarde in key.as_dict(private=False).items()}
            for oin, key in self.sleutels.items()
        }
        self.document = with_public_keys(document, public)

    def accepted(self, document: dict[str, Any] | None = None, *, door: list[Oin] | None = None) -> Bundel:
        """What these parties accepted, all of them unless told otherwise, under the seal of the convenanthouder."""
        bundel = Bundel(document=document or self.document)
        for oin in self.oins if door is None else door:
            bundel = self.more(bundel, self.state(bundel, oin, Verklaringsoort.AANVAARDEN))
        return self.sealed(bundel)

    def state(self, bundel: Bundel, oin: Oin, soort: Verklaringsoort, **more: Any) -> Verklaringtekst:
        """The next statement of a party."""
        self.klok.later(minutes=1)
        return sign_verklaring(
            convenant_from_document(bundel.document, bron="test"),
            oin=oin,
            soort=soort,
            ondertekenaar=self.sleutels[oin],
            op=self.klok(),
            eerdere=bundel.verklaringen,
            **more,
        )

    def more(self, bundel: Bundel, *teksten: Verklaringtekst) -> Bundel:
        """The bundle with statements added; no seal fits it yet."""
        return replace(bundel, verklaringen=(*bundel.verklaringen, *teksten), slot=None)

    def sealed(self, bundel: Bundel) -> Bundel:
        return seal(bundel, ondertekenaar=self.sleutels[self.houder], bron="test", op=self.klok())

    def left(self, bundel: Bundel, oin: Oin) -> Bundel:
        """The bundle after this party left."""
        return self.sealed(self.more(bundel, self.state(bundel, oin, Verklaringsoort.OPZEGGEN)))

    def next_version(self, document: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
        """The version that follows on this one."""
        old = document or self.document
        opvolging = {"versie": old["versie"], "hash": content_hash(old), "lopendeSignalen": "nieuwe-regels"}
        return {**old, "versie": old["versie"] + 1, "opvolging": opvolging, **changes}

    def from_day(self, document: dict[str, Any], day: str) -> dict[str, Any]:
        """The same document for a period that begins on this day."""
        epoche = {"nummer": 1, "van": day, "tot": document["geldigTot"]}
        return {**document, "geldigVan": day, "epochen": [epoche]}


@pytest.fixture
def kring(document: dict[str, Any], klok: "Klok") -> Kring:
    return Kring(document, klok)
