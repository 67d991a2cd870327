"""A real PostgreSQL, real keys, and callers in bare HTTP.

Epoch 1 runs out while epoch 2 runs already, and epoch 3 has yet to come; the clock stands at 12 May 2026. Budgets are
small.
"""

import asyncio
import json
import secrets
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from fastapi import FastAPI
from joserfc import jwt
from joserfc.jwk import OKPKey
from sqlalchemy import NullPool, create_engine, text
from starlette.routing import Mount
from starlette.types import ASGIApp

from convenant.base64url import decode_base64url, encode_base64url
from convenant.invullen import with_matcher_key, with_public_keys, with_sleutelhouder
from convenant.laden import document_from_yaml, dump_yaml, parse_convenant
from convenant.model import Convenant
from convenant.pg.database import Database
from convenant.pg.ingebed import DatabaseUrls, EmbeddedPostgres
from convenant.pg.migreren import migrate
from convenant.profielen import NL_1
from convenant.sleutelhouder.app import create_app
from convenant.sleutelhouder.diensten.beheren import make_epoche
from convenant.sleutelhouder.diensten.kern import Kern
from convenant.sleutelhouder.domein.kluis import AesKluis
from convenant.sleutelhouder.instellingen import Instellingen, make_beheerdersleutel, make_sleutels
from convenant.sleutelhouder.opslag.opzet import OPZET, PAKKET
from convenant.sleutelhouder.opslag.tabellen import METADATA
from convenant.types import ConvenantId, Epoche, Oin, Rol, Sector
from convenant.voorbeelden import example_text
from convenant.voprf import Blindering, Evaluatie, PubliekeOprfSleutel, Puntcodering, Uitvoer, blind_batch, finalize
from convenant.voprf.bewijs import Bewijs

if TYPE_CHECKING:
    from tests.conftest import Klok, Partijen, Runner, Sql

SJABLOON = "sleutelhouder_sjabloon"
TESTS = "sleutelhouder_tests"
CONVENANT = ConvenantId("nhn-2026")
CODES = tuple(slot.code for slot in NL_1.slots)
KLUISSLEUTEL = secrets.token_bytes(32)
JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
KLOK_START = datetime(2026, 1, 1, tzinfo=UTC)
EPOCHEN = [
    {"nummer": 1, "van": "2026-01-01", "tot": "2026-06-30"},
    {"nummer": 2, "van": "2026-05-01", "tot": "2029-06-30"},
    {"nummer": 3, "van": "2029-06-01", "tot": "2029-12-31"},
]


@dataclass(frozen=True)
class Afspraak:
    """The convenant of these tests, with the private key of the matcher."""

    document: dict[str, Any]
    convenant: Convenant
    text: str
    matcher: OKPKey

    @property
    def oin(self) -> Oin:
        return self.convenant.sleutelhouders[0].oin

    def changed(self, change: Callable[[dict[str, Any]], None]) -> str:
        document = deepcopy(self.document)
        change(document)
        return dump_yaml(document)


@pytest.fixture(scope="session")
def punten_per_epoche(postgres: EmbeddedPostgres) -> dict[int, Mapping[str, bytes]]:
    """A migrated database with the keys of three epochs, to copy; the public points of those keys."""
    postgres.create_database(SJABLOON)
    urls = postgres.urls(OPZET, SJABLOON)
    migrate(urls.eigenaar, PAKKET)
    postgres.create_login(OPZET)

    async def make() -> dict[int, Mapping[str, bytes]]:
        database = Database(urls.toepassing)
        kluis = AesKluis(KLUISSLEUTEL)
        made = {}
        for epoche in EPOCHEN:
            nummer = int(str(epoche["nummer"]))
            made[nummer] = await make_epoche(
                database,
                kluis,
                convenant=CONVENANT,
                epoche=Epoche(nummer),
                codes=CODES,
                op=KLOK_START,
            )
        await database.close()
        return made

    made = asyncio.run(make())
    _as_owner(urls, "SET LOCAL session_replication_role = replica; TRUNCATE logboek RESTART IDENTITY")
    return made


def _as_owner(urls: DatabaseUrls, statements: str) -> None:
    engine = create_engine(urls.eigenaar, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text(statements))


@pytest.fixture(scope="session")
def afspraak(partijen: "Partijen", punten_per_epoche: dict[int, Mapping[str, bytes]]) -> Afspraak:
    document = document_from_yaml(example_text("noord-holland-noord"), bron="voorbeeld")
    public = {oin: {k: str(v) for k, v in key.as_dict(private=False).items()} for oin, key in partijen.keys.items()}
    matcher = OKPKey.generate_key("Ed25519", auto_kid=True)
    document = with_public_keys(document, public)
    document = with_matcher_key(document, {k: str(v) for k, v in matcher.as_dict(private=False).items()})
    document |= {
        "epochen": EPOCHEN,
        "budgetten": [{"partijen": {"alle": True}, "perMinuut": 10, "perDag": 25, "perMaand": 40}],
        "alarm": {"factor": 2, "vrij": 20},
    }
    document = with_sleutelhouder(document, 0, url="https://sleutelhouder.test", sleutels=punten_per_epoche)
    text = dump_yaml(document)
    return Afspraak(document, parse_convenant(text, bron="test"), text, matcher)


@pytest.fixture(scope="session")
def gedeelde_urls(postgres: EmbeddedPostgres, punten_per_epoche: dict[int, Mapping[str, bytes]]) -> DatabaseUrls:
    """One database for all tests of the sleutelhouder, which keeps a copy of its keys to restore them from."""
    postgres.create_database(TESTS, template=SJABLOON)
    urls = postgres.urls(OPZET, TESTS)
    _as_owner(urls, "CREATE SCHEMA bewaard; CREATE TABLE bewaard.oprf_sleutel AS TABLE oprf_sleutel")
    return urls


@pytest.fixture
def database_urls(gedeelde_urls: DatabaseUrls) -> Iterator[DatabaseUrls]:
    """A database with keys and nothing else. Emptied and not made anew, which is faster."""
    yield gedeelde_urls
    names = ", ".join(f'"{name}"' for name in METADATA.tables)
    _as_owner(
        gedeelde_urls,
        # Without the triggers that keep the log.
        f"SET LOCAL session_replication_role = replica; TRUNCATE {names} RESTART IDENTITY; "  # noqa: S608
        "INSERT INTO oprf_sleutel SELECT * FROM bewaard.oprf_sleutel",
    )


@pytest.fixture
def sql(database_urls: DatabaseUrls, sql_on: "Callable[[DatabaseUrls], Sql]") -> "Sql":
    return sql_on(database_urls)


@pytest.fixture
async def database(database_urls: DatabaseUrls) -> AsyncIterator[Database]:
    opened = Database(database_urls.toepassing)
    yield opened
    await opened.close()


@dataclass(frozen=True)
class Beheer:
    """Two registered operators with their private keys, and the file that registers them."""

    bestand: Path
    sleutels: dict[str, Path] = field(repr=False)


@pytest.fixture(scope="session")
def beheer(tmp_path_factory: pytest.TempPathFactory) -> Beheer:
    folder = tmp_path_factory.mktemp("beheer")
    paths = {naam: folder / f"{naam}.jwk" for naam in ("anna", "bas")}
    public = {naam: make_beheerdersleutel(path) for naam, path in paths.items()}
    (folder / "beheerders.json").write_text(json.dumps(public), encoding="utf-8")
    return Beheer(folder / "beheerders.json", paths)


@pytest.fixture
def convenant_text(afspraak: Afspraak) -> str:
    """The convenant that the sleutelhouder loads; a test of another one overrides this."""
    return afspraak.text


@pytest.fixture
def bundelmap(convenant_text: str, partijen: "Partijen", tmp_path: Path) -> Path:
    """A folder with the convenant, signed by all."""
    folder = tmp_path / "convenanten"
    folder.mkdir()
    (folder / "nhn.bundel.json").write_text(partijen.signed(convenant_text), encoding="utf-8")
    return folder


@pytest.fixture
def instellingen(
    database_urls: DatabaseUrls,
    afspraak: Afspraak,
    beheer: Beheer,
    bundelmap: Path,
) -> Instellingen:
    made = make_sleutels(bundelmap.parent / "sleutels")
    made.kluissleutel_bestand.write_text(encode_base64url(KLUISSLEUTEL) + "\n", encoding="utf-8")
    return made.model_copy(
        update={
            "oin": afspraak.oin,
            "database_url": database_urls.toepassing,
            "migratie_url": database_urls.eigenaar,
            "convenanten": bundelmap,
            "beheerders": beheer.bestand,
            "publieke_url": "https://sleutelhouder.test",
        }
    )


@pytest.fixture
async def app(instellingen: Instellingen, klok: "Klok", running: "Runner") -> AsyncIterator[ASGIApp]:
    application = create_app(instellingen, klok=klok)
    async with running(application):
        yield application


def blinded(aantal: int) -> tuple[Blindering, ...]:
    return blind_batch(b"persoon %d" % nummer for nummer in range(aantal))


_POOL = blinded(40)


@dataclass
class Vrager:
    """An organisation that talks to the sleutelhouder in bare HTTP."""

    oin: Oin
    key: OKPKey
    klok: "Klok"
    http: httpx.AsyncClient
    matcher: OKPKey
    token: str = ""

    async def log_in(self, **form: str) -> "Vrager":
        issued = int(self.klok().timestamp())
        claims = {
            "iss": self.oin,
            "sub": self.oin,
            "aud": "https://sleutelhouder.test/v1/token",
            "iat": issued,
            "exp": issued + 60,
            "jti": secrets.token_urlsafe(16),
        }
        header = {"alg": "Ed25519", "kid": self.key.thumbprint()}
        body = {
            "grant_type": "client_credentials",
            "client_id": self.oin,
            "client_assertion_type": JWT_BEARER,
            "client_assertion": jwt.encode(header, claims, self.key, algorithms=["Ed25519"]),
        } | form
        answer = await self.http.post("/v1/token", data=body)
        assert answer.status_code == 200, answer.text
        self.token = answer.json()["access_token"]
        return self

    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}", "Koppelradar-Medewerker": encode_base64url(b"m" * 32)}

    async def get(self, path: str, **params: Any) -> httpx.Response:
        return await self.http.get(path, params=params, headers=self.headers())

    async def post(self, path: str, body: Any) -> httpx.Response:
        return await self.http.post(path, json=body, headers=self.headers())

    async def ask(self, **changes: Any) -> httpx.Response:
        return await self.post("/v1/evaluaties", aanvraag(**changes))

    async def ask_number(self, aantal: int, code: str = "zeker", **changes: Any) -> httpx.Response:
        return await self.ask(punten={code: coded(_POOL[:aantal])}, **changes)

    def telling(self, signalen: Any, *, key: OKPKey | None = None, typ: str = "telling+jwt", **changes: Any) -> str:
        claims = {
            "iss": "https://matcher.test/v1",
            "sub": self.oin,
            "convenant": CONVENANT,
            "maand": f"{self.klok():%Y-%m}",
            "signalen": signalen,
            "iat": int(self.klok().timestamp()),
        } | changes
        signer = key or self.matcher
        return jwt.encode({"alg": "Ed25519", "typ": typ, "kid": "m"}, claims, signer, algorithms=["Ed25519"])


def coded(blinderingen: tuple[Blindering, ...]) -> list[str]:
    return [encode_base64url(blindering.punt) for blindering in blinderingen]


def aanvraag(**changes: Any) -> dict[str, Any]:
    body = {"convenant": CONVENANT, "epoche": 2, "profiel": "nl-1", "punten": {"zeker": coded(_POOL[:2])}} | changes
    return {naam: waarde for naam, waarde in body.items() if waarde is not None}


def outcome(blinderingen: tuple[Blindering, ...], antwoord: Mapping[str, Any], publiek: bytes) -> tuple[Uitvoer, ...]:
    """What an organisation makes of an answer, once the proof holds under this public key."""
    punten = tuple(Puntcodering(decode_base64url(punt)) for punt in antwoord["punten"])
    evaluatie = Evaluatie(punten, Bewijs(decode_base64url(antwoord["bewijs"])))
    return finalize(blinderingen, evaluatie, PubliekeOprfSleutel.from_bytes(publiek))


@dataclass
class Wereld:
    """A running sleutelhouder and the organisations around it."""

    app: ASGIApp
    klok: "Klok"
    partijen: "Partijen"
    afspraak: Afspraak
    http: httpx.AsyncClient

    @property
    def kern(self) -> Kern:
        root: FastAPI = self.app._app  # type: ignore[attr-defined]
        versie_1 = next(route.app for route in root.routes if isinstance(route, Mount))
        kern: Kern = versie_1.state.kern  # type: ignore[attr-defined]
        return kern

    async def vrager(self, oin: Oin, **form: str) -> Vrager:
        return await Vrager(oin, self.partijen.keys[oin], self.klok, self.http, self.afspraak.matcher).log_in(**form)

    async def in_sector(self, sector: Sector) -> Vrager:
        return await self.vrager(self.partijen.in_sector(sector))

    async def fg(self) -> Vrager:
        return await self.vrager(next(p.oin for p in self.afspraak.convenant.partijen if Rol.PRIVACY in p.rollen))


@pytest.fixture
async def wereld(app: ASGIApp, klok: "Klok", partijen: "Partijen", afspraak: Afspraak) -> AsyncIterator[Wereld]:
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="https://sleutelhouder.test") as http:
        yield Wereld(app, klok, partijen, afspraak, http)


@pytest.fixture
async def school(wereld: Wereld) -> Vrager:
    return await wereld.in_sector(Sector.ONDERWIJS)


@pytest.fixture(scope="session")
def maak_aanvraag() -> Callable[..., dict[str, Any]]:
    return aanvraag


@pytest.fixture(scope="session")
def uitkomst() -> Callable[..., tuple[Uitvoer, ...]]:
    return outcome


@pytest.fixture(scope="session")
def in_json() -> Callable[[tuple[Blindering, ...]], list[str]]:
    return coded


@pytest.fixture(scope="session")
def kluissleutel() -> bytes:
    return KLUISSLEUTEL


@pytest.fixture
def maak_vrager(partijen: "Partijen", afspraak: Afspraak) -> Callable[..., Any]:
    async def made(oin: Oin, http: httpx.AsyncClient, klok: "Klok") -> Vrager:
        return await Vrager(oin, partijen.keys[oin], klok, http, afspraak.matcher).log_in()

    return made
