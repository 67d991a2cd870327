"""A real PostgreSQL for every test of the matcher, and callers that sign with real keys.

`tests/matcher` and `tests/integratie` share one server per session; every test that writes has a database of its own,
copied from a migrated one.
"""

import asyncio
import base64
import secrets
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI
from joserfc import jwt
from joserfc.jwk import OKPKey
from sqlalchemy import NullPool, create_engine, text
from starlette.routing import Mount
from starlette.types import ASGIApp, Message

from convenant.invullen import with_public_keys
from convenant.laden import document_from_yaml, dump_yaml, parse_convenant
from convenant.model import Convenant
from convenant.types import Oin, Rol, Sector
from convenant.voorbeelden import example_text
from matcher.app import create_app
from matcher.diensten.kern import Kern
from matcher.ingebed import DatabaseUrls, EmbeddedPostgres
from matcher.instellingen import Instellingen, make_sleutels
from matcher.opslag.database import Database
from matcher.opslag.migreren import migrate

SJABLOON = "sjabloon"
JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
SOORT = "huiselijk-geweld"


@pytest.fixture(scope="session")
def postgres() -> Iterator[EmbeddedPostgres]:
    # Not under pytest's own temporary folder: as root the server runs as another user, who cannot get in there.
    with tempfile.TemporaryDirectory(prefix="koppelradar-test-") as name, EmbeddedPostgres(Path(name)) as server:
        _forget_about_power_cuts(server)
        server.create_database(SJABLOON)
        migrate(server.urls(SJABLOON).eigenaar)
        server.create_login()
        yield server


def _forget_about_power_cuts(server: EmbeddedPostgres) -> None:
    # What survives a killed process stays as it is; only a machine that loses power would lose data.
    engine = create_engine(server.urls("postgres").eigenaar, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        for setting in ("fsync", "full_page_writes"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))


@pytest.fixture
def database_urls(postgres: EmbeddedPostgres) -> Iterator[DatabaseUrls]:
    """A migrated, empty database."""
    naam = f"t_{uuid4().hex}"
    postgres.create_database(naam, template=SJABLOON)
    yield postgres.urls(naam)
    # A database is three hundred files: hundreds of them would take longer to clear away than to fill.
    engine = create_engine(postgres.urls("postgres").eigenaar, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE "{naam}" WITH (FORCE)'))


@dataclass
class Klok:
    """A clock that stands still until it is told to move; it starts inside the convenant of the tests."""

    nu: datetime = datetime(2026, 5, 12, 10, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.nu

    def later(self, **span: float) -> None:
        self.nu += timedelta(**span)


@dataclass(frozen=True)
class Partijen:
    """The convenant of the tests and the private keys of its parties."""

    convenant: Convenant
    keys: dict[Oin, OKPKey]
    text: str

    def in_sector(self, sector: Sector) -> Oin:
        return next(p.oin for p in self.convenant.partijen if p.sector is sector and Rol.SIGNALEERDER in p.rollen)


@pytest.fixture(scope="session")
def partijen() -> Partijen:
    document = document_from_yaml(example_text("noord-holland-noord"), bron="voorbeeld")
    keys = {Oin(p["oin"]): OKPKey.generate_key("Ed25519", auto_kid=True) for p in document["partijen"]}
    public = {oin: {k: str(v) for k, v in key.as_dict(private=False).items()} for oin, key in keys.items()}
    text = dump_yaml(with_public_keys(document, public))
    return Partijen(parse_convenant(text, bron="test"), keys, text)


@pytest.fixture
def convenant_text(partijen: Partijen) -> str:
    """The convenant that the matcher loads; a test of another one overrides this."""
    return partijen.text


@pytest.fixture(scope="session")
def maak_instellingen() -> Callable[[DatabaseUrls, str, Path], Instellingen]:
    """Settings with new keys in a folder, for this database and the text of this convenant."""

    def make(urls: DatabaseUrls, convenant: str, folder: Path) -> Instellingen:
        convenanten = folder / "convenanten"
        convenanten.mkdir()
        (convenanten / "nhn.yaml").write_text(convenant, encoding="utf-8")
        return make_sleutels(folder / "sleutels").model_copy(
            update={
                "database_url": urls.toepassing,
                "migratie_url": urls.eigenaar,
                "convenanten": convenanten,
                "publieke_url": "https://matcher.test",
            }
        )

    return make


@pytest.fixture
def instellingen(
    database_urls: DatabaseUrls,
    convenant_text: str,
    tmp_path: Path,
    maak_instellingen: Callable[[DatabaseUrls, str, Path], Instellingen],
) -> Instellingen:
    return maak_instellingen(database_urls, convenant_text, tmp_path)


@pytest.fixture
def klok() -> Klok:
    return Klok()


@pytest.fixture
async def database(database_urls: DatabaseUrls) -> AsyncIterator[Database]:
    """The database as the matcher opens it."""
    opened = Database(database_urls.toepassing)
    yield opened
    await opened.close()


@dataclass(frozen=True)
class Sql:
    """Bare SQL, as the owner of the tables unless told otherwise; every statement commits."""

    urls: DatabaseUrls

    def __call__(self, statement: str, *, als: str = "eigenaar", **params: Any) -> list[Any]:
        engine = create_engine(getattr(self.urls, als), poolclass=NullPool)
        with engine.begin() as connection:
            result = connection.execute(text(statement), params)
            return list(result) if result.returns_rows else []


@pytest.fixture
def sql(database_urls: DatabaseUrls) -> Sql:
    return Sql(database_urls)


@pytest.fixture
async def app(instellingen: Instellingen, klok: Klok) -> AsyncIterator[ASGIApp]:
    application = create_app(instellingen, klok=klok)
    async with running(application):
        yield application


@asynccontextmanager
async def running(app: ASGIApp) -> AsyncIterator[None]:
    """Run the lifespan of an application, as a server would."""
    inbox: asyncio.Queue[Message] = asyncio.Queue()
    outbox: asyncio.Queue[Message] = asyncio.Queue()
    scope = {"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}
    task: asyncio.Task[None] = asyncio.create_task(app(scope, inbox.get, outbox.put))  # type: ignore[arg-type]
    try:
        await inbox.put({"type": "lifespan.startup"})
        started = await outbox.get()
        if started["type"] != "lifespan.startup.complete":
            await task
        yield
    finally:
        await inbox.put({"type": "lifespan.shutdown"})
        await task


@dataclass
class Caller:
    """An organisation that talks to the matcher in bare HTTP."""

    oin: Oin
    key: OKPKey
    klok: Klok
    http: httpx.AsyncClient
    token: str = ""

    def assertion(self, **changes: Any) -> str:
        issued = int(self.klok().timestamp())
        claims = {
            "iss": self.oin,
            "sub": self.oin,
            "aud": "https://matcher.test/v1/token",
            "iat": issued,
            "exp": issued + 60,
            "jti": secrets.token_urlsafe(16),
        } | changes
        header = {"alg": "Ed25519", "kid": self.key.thumbprint()}
        return jwt.encode(header, claims, self.key, algorithms=["Ed25519"])

    async def ask_token(self, assertion: str | None = None, **form: str) -> httpx.Response:
        body = {
            "grant_type": "client_credentials",
            "client_id": self.oin,
            "client_assertion_type": JWT_BEARER,
            "client_assertion": assertion if assertion is not None else self.assertion(),
        } | form
        return await self.http.post("/v1/token", data=body)

    async def log_in(self) -> "Caller":
        answer = await self.ask_token()
        assert answer.status_code == 200, answer.text
        self.token = answer.json()["access_token"]
        return self

    def headers(self, **more: str) -> dict[str, str]:
        return {
            "Authorization": f"Bearer {self.token}",
            "Koppelradar-Medewerker": base64url(b"m" * 32),
            **{name.replace("_", "-"): value for name, value in more.items()},
        }

    async def get(self, path: str, **params: Any) -> httpx.Response:
        return await self.http.get(path, params=params, headers=self.headers())

    async def submit(self, *signalen: dict[str, Any], sleutel: str | None = None) -> httpx.Response:
        key = sleutel or secrets.token_hex(8)
        return await self.http.post(
            "/v1/signalen", json={"signalen": list(signalen)}, headers=self.headers(Idempotency_Key=key)
        )

    async def withdraw(self, signaal: str) -> httpx.Response:
        return await self.http.post(f"/v1/signalen/{signaal}/intrekkingen", json={}, headers=self.headers())

    async def events(self, **params: Any) -> list[dict[str, Any]]:
        answer = await self.get("/v1/notificaties", **params)
        assert answer.status_code == 200, answer.text
        events: list[dict[str, Any]] = answer.json()["notificaties"]
        return events


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def signaal(persoon: str | None = None, **changes: Any) -> dict[str, Any]:
    """A signal as an SDK would send it; the same `persoon` gives the same token in slot `zeker`."""
    zeker = persoon.encode().ljust(32, b".") if persoon else secrets.token_bytes(32)
    tokens = [zeker, *(secrets.token_bytes(32) for _ in range(11))]
    return {
        "id": str(uuid4()),
        "convenant": "nhn-2026",
        "epoche": 1,
        "profiel": "nl-1",
        "signaalsoort": SOORT,
        "verlooptOp": "2027-06-01",
        "koppeltokens": [base64url(token) for token in tokens],
        "referentie": base64url(secrets.token_bytes(156)),
    } | changes


@dataclass
class World:
    """A running matcher and the organisations around it."""

    app: ASGIApp
    klok: Klok
    partijen: Partijen
    http: httpx.AsyncClient

    @property
    def kern(self) -> Kern:
        """What the running application works with, for acts that no call reaches."""
        root: FastAPI = self.app._app  # type: ignore[attr-defined]
        versie_1 = next(route.app for route in root.routes if isinstance(route, Mount))
        kern: Kern = versie_1.state.kern  # type: ignore[attr-defined]
        return kern

    async def caller(self, oin: Oin) -> Caller:
        return await self.stranger(oin).log_in()

    def stranger(self, oin: Oin) -> Caller:
        return Caller(oin, self.partijen.keys[oin], self.klok, self.http)

    async def in_sector(self, sector: Sector) -> Caller:
        return await self.caller(self.partijen.in_sector(sector))

    async def callers(self, *sectors: Sector) -> list[Caller]:
        return [await self.in_sector(sector) for sector in sectors]


@pytest.fixture
async def world(app: ASGIApp, klok: Klok, partijen: Partijen) -> AsyncIterator[World]:
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="https://matcher.test") as http:
        yield World(app, klok, partijen, http)


@pytest.fixture
def maak_signaal() -> Any:
    return signaal
