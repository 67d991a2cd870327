"""A real PostgreSQL for every test of the matcher, and callers that sign with real keys.

`tests/matcher` and `tests/integratie` share one server per session; every test that writes has a database of its own,
copied from a migrated one.
"""

import base64
import secrets
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI
from joserfc import jwt
from joserfc.jwk import OKPKey
from sqlalchemy import NullPool, create_engine, text
from starlette.routing import Mount
from starlette.types import ASGIApp

from convenant.ondertekening import read_bundel
from convenant.pg.database import Database
from convenant.pg.ingebed import DatabaseUrls, EmbeddedPostgres
from convenant.pg.migreren import migrate
from convenant.types import Oin, Sector
from matcher.app import create_app
from matcher.diensten.convenanten import take_as_operator
from matcher.diensten.kern import Kern
from matcher.instellingen import Instellingen, make_sleutels
from matcher.opslag.opzet import OPZET, PAKKET
from matcher.opslag.tabellen import METADATA
from matcher.werker import do_ronde

if TYPE_CHECKING:
    from tests.conftest import Copier, Klok, Partijen, Runner, Sql

SJABLOON = "sjabloon"
TESTS = "tests_matcher"
JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
SOORT = "huiselijk-geweld"
EIGEN_ZAKEN = {"signaal-ontvangen", "signaal-verloopt-binnenkort", "signaal-verlopen", "convenant-gewijzigd"}


@pytest.fixture(scope="session")
def server(postgres: EmbeddedPostgres) -> EmbeddedPostgres:
    """The server of the session, with a migrated database to copy and the login of the matcher."""
    postgres.create_database(SJABLOON)
    migrate(postgres.urls(OPZET, SJABLOON).eigenaar, PAKKET)
    postgres.create_login(OPZET)
    return postgres


@pytest.fixture(scope="session")
def gedeelde_urls(server: EmbeddedPostgres) -> DatabaseUrls:
    """One database for all tests that leave its tables and rights as they are."""
    server.create_database(TESTS, template=SJABLOON)
    return server.urls(OPZET, TESTS)


@pytest.fixture
def database_urls(gedeelde_urls: DatabaseUrls, server: EmbeddedPostgres) -> Iterator[DatabaseUrls]:
    """A migrated, empty database. Emptied and not made anew, which takes a third of the time."""
    yield gedeelde_urls
    _empty(server.superuser_url.replace("/postgres?", f"/{TESTS}?"))


@pytest.fixture
def eigen_database_urls(server: EmbeddedPostgres, copy_of: "Copier") -> Iterator[DatabaseUrls]:
    """A migrated, empty database of the test alone, which may change its tables and rights."""
    with copy_of(SJABLOON) as naam:
        yield server.urls(OPZET, naam)


def _empty(superuser_url: str) -> None:
    """Empty the tables that hold something, without the triggers that keep what was added."""
    engine = create_engine(superuser_url, poolclass=NullPool)
    names = [f'"{name}"' for name in METADATA.tables]
    look = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in names)  # noqa: S608
    with engine.begin() as connection:
        if filled := connection.execute(text(look)).scalars().all():
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            connection.execute(text(f"TRUNCATE {', '.join(filled)} RESTART IDENTITY CASCADE"))


@pytest.fixture
def convenant_text(partijen: "Partijen") -> str:
    """The convenant that the matcher loads; a test of another one overrides this."""
    return partijen.text


@pytest.fixture(scope="session")
def maak_instellingen(partijen: "Partijen") -> Callable[[DatabaseUrls, str, Path], Instellingen]:
    """Settings with new keys in a folder, for this database and the text of this convenant."""

    def make(urls: DatabaseUrls, convenant: str, folder: Path) -> Instellingen:
        convenanten = folder / "convenanten"
        convenanten.mkdir()
        (convenanten / "nhn.bundel.json").write_text(partijen.signed(convenant), encoding="utf-8")
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
async def database(database_urls: DatabaseUrls) -> AsyncIterator[Database]:
    """The database as the matcher opens it."""
    opened = Database(database_urls.toepassing)
    yield opened
    await opened.close()


@pytest.fixture
def sql(database_urls: DatabaseUrls, sql_on: "Callable[[DatabaseUrls], Sql]") -> "Sql":
    return sql_on(database_urls)


@pytest.fixture
async def app(instellingen: Instellingen, klok: "Klok", running: "Runner") -> AsyncIterator[ASGIApp]:
    # Without a worker, so that nothing happens that the test did not ask for; `world.work()` does a round.
    application = create_app(instellingen, klok=klok, werker=False)
    async with running(application):
        yield application


@dataclass
class Caller:
    """An organisation that talks to the matcher in bare HTTP."""

    oin: Oin
    key: OKPKey
    klok: "Klok"
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

    async def post(self, path: str, body: dict[str, Any], **more: str) -> httpx.Response:
        return await self.http.post(path, json=body, headers=self.headers(**more))

    async def retoken(self, *signalen: dict[str, Any], sleutel: str | None = None) -> httpx.Response:
        key = sleutel or secrets.token_hex(8)
        return await self.post("/v1/hertokeningen", {"signalen": list(signalen)}, Idempotency_Key=key)

    async def matches(self) -> list[dict[str, Any]]:
        answer = await self.get("/v1/matches")
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["matches"]
        return found

    async def mogelijke(self) -> list[dict[str, Any]]:
        answer = await self.get("/v1/mogelijke-matches")
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["mogelijkeMatches"]
        return found

    async def confirm(self, id_: str, **body: Any) -> httpx.Response:
        return await self.post(f"/v1/mogelijke-matches/{id_}/bevestigingen", body)

    async def reject(self, id_: str) -> httpx.Response:
        return await self.post(f"/v1/mogelijke-matches/{id_}/afwijzingen", {})

    async def withdraw(self, signaal: str) -> httpx.Response:
        return await self.http.post(f"/v1/signalen/{signaal}/intrekkingen", json={}, headers=self.headers())

    async def all_events(self, **params: Any) -> list[dict[str, Any]]:
        answer = await self.get("/v1/notificaties", **params)
        assert answer.status_code == 200, answer.text
        events: list[dict[str, Any]] = answer.json()["notificaties"]
        return events

    async def events(self, **params: Any) -> list[dict[str, Any]]:
        """Those about others: not that its own signals came in or ended, nor that the convenant changed."""
        return [event for event in await self.all_events(**params) if event["type"].split(".")[-1] not in EIGEN_ZAKEN]


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


Tokens = list[bytes]


def tokens(persoon: str | None = None, *, epoche: int = 1, **slots: str) -> Tokens:
    """Twelve tokens; the same `persoon` and epoch give the same slot `zeker`, `s5="x"` the same slot 5."""
    made = [secrets.token_bytes(32) for _ in range(11)]
    made.insert(0, token(persoon, epoche) if persoon else secrets.token_bytes(32))
    for naam, waarde in slots.items():
        made[int(naam[1:])] = token(waarde, epoche)
    return made


def token(waarde: str, epoche: int = 1) -> bytes:
    """The token that everybody derives of this, under the key of this epoch."""
    return waarde.encode().ljust(32, b".") if epoche == 1 else f"{epoche}/{waarde}".encode().ljust(32, b".")


def tokenset(persoon: str | None = None, *, epoche: int = 1, **slots: str) -> dict[str, Any]:
    return {"epoche": epoche, "koppeltokens": [base64url(t) for t in tokens(persoon, epoche=epoche, **slots)]}


def kaart(*ontvangers: str, epochen: tuple[int, ...] = (1,)) -> dict[str, Any]:
    """A card as an SDK would send it: random bytes, which is what it looks like to the matcher."""
    return {
        "versleuteld": base64url(secrets.token_bytes(1052)),
        "omslagen": [{"epoche": epoche, "waarde": base64url(secrets.token_bytes(60))} for epoche in epochen],
        "zegels": [{"ontvanger": oin, "waarde": base64url(secrets.token_bytes(1168))} for oin in ontvangers],
    }


def signaal(
    persoon: str | None = None, *, epochen: tuple[int, ...] = (1,), slots: dict[str, str] | None = None, **changes: Any
) -> dict[str, Any]:
    """A signal as an SDK would send it; the same `persoon` gives the same token in slot `zeker`."""
    return {
        "id": str(uuid4()),
        "convenant": "nhn-2026",
        "profiel": "nl-1",
        "signaalsoort": SOORT,
        "verlooptOp": "2027-06-01",
        "tokensets": [tokenset(persoon, epoche=epoche, **(slots or {})) for epoche in epochen],
        "referentie": base64url(secrets.token_bytes(156)),
    } | changes


@dataclass
class World:
    """A running matcher and the organisations around it."""

    app: ASGIApp
    klok: "Klok"
    partijen: "Partijen"
    http: httpx.AsyncClient
    text: str

    @property
    def kern(self) -> Kern:
        """What the running application works with, for acts that no call reaches."""
        root: FastAPI = self.app._app  # type: ignore[attr-defined]
        versie_1 = next(route.app for route in root.routes if isinstance(route, Mount))
        kern: Kern = versie_1.state.kern  # type: ignore[attr-defined]
        return kern

    async def work(self) -> None:
        """Do every periodic job once, as a worker would."""
        await do_ronde(self.kern)

    async def publish(self, text: str) -> None:
        """Bring in a convenant in YAML that all parties signed, as the operator does beside the running matcher."""
        bundel = read_bundel(self.partijen.signed(text, self.klok()), bron="test")
        await take_as_operator(self.kern, [("test", bundel)])

    async def caller(self, oin: Oin) -> Caller:
        return await self.stranger(oin).log_in()

    def stranger(self, oin: Oin) -> Caller:
        return Caller(oin, self.partijen.keys[oin], self.klok, self.http)

    async def in_sector(self, sector: Sector) -> Caller:
        return await self.caller(self.partijen.in_sector(sector))

    async def callers(self, *sectors: Sector) -> list[Caller]:
        return [await self.in_sector(sector) for sector in sectors]


@pytest.fixture
async def world(app: ASGIApp, klok: "Klok", partijen: "Partijen", convenant_text: str) -> AsyncIterator[World]:
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="https://matcher.test") as http:
        yield World(app, klok, partijen, http, convenant_text)


@pytest.fixture
def maak_signaal() -> Any:
    return signaal


def without_regie(regels: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same rules without the field `regie`, which regisseurs have of each other or nobody has."""
    return [regel | {"velden": [veld for veld in regel["velden"] if veld != "regie"]} for regel in regels]
