"""What holds for every test: a clean environment, no network beyond this machine, repeatable examples."""

import asyncio
import ipaddress
import os
import re
import socket
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, AbstractContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from hypothesis import settings

from convenant.canoniek import content_hash
from convenant.invullen import with_plafond, with_public_keys
from convenant.laden import document_from_yaml, dump_yaml, parse_convenant
from convenant.model import Convenant
from convenant.types import Oin, Rol, Sector
from convenant.voorbeelden import example_text

if TYPE_CHECKING:
    # Tests of the SDK run without any of these.
    from joserfc.jwk import OKPKey
    from starlette.types import ASGIApp, Message

    from convenant.pg.ingebed import DatabaseUrls, EmbeddedPostgres

BEGIN = datetime(2026, 5, 12, 10, 0, tzinfo=UTC)
Copier = Callable[[str], AbstractContextManager[str]]
Runner = Callable[["ASGIApp"], AbstractAsyncContextManager[None]]

# Deadlines measure how busy the machine is, not the code. On CI the same examples are tried every time, so
# that a failure always belongs to the change that is being tested.
settings.register_profile("lokaal", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "lokaal")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Count no lines where tests pass over the same ones again and again: counting takes longer than the test."""
    for item in items:
        # Hypothesis tries a hundred examples; the suites of several processes repeat what single tests cover.
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False) or "integratie" in item.path.parts:
            item.add_marker(pytest.mark.no_cover)


def _is_local(address: Any) -> bool:
    if not isinstance(address, tuple):  # a path of a Unix socket
        return True
    host = str(address[0])
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@pytest.fixture(scope="session", autouse=True)
def no_settings_of_the_developer() -> Iterator[None]:
    """Settings that a developer happens to have in the environment never reach a test."""
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith("KOPPELRADAR_"):
                patch.delenv(name)
        yield


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """A connection from Python to another machine fails; libpq and subprocesses are not watched."""
    connect = socket.socket.connect

    def connect_locally(self: socket.socket, address: Any) -> None:
        if not _is_local(address):
            raise PermissionError("tests do not connect to other machines")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_locally)
        yield


@pytest.fixture(scope="session")
def wortel() -> Path:
    """The folder of the repository."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def readme_voorbeeld(wortel: Path) -> str:
    """The Python example of the README, as a reader would copy it."""
    text = (wortel / "README.md").read_text(encoding="utf-8")
    found = re.findall(r"<!-- voorbeeld -->\n```python\n(.*?)```\n<!-- /voorbeeld -->", text, flags=re.DOTALL)
    assert len(found) == 1
    return str(found[0])


@pytest.fixture(scope="session")
def postgres() -> "Iterator[EmbeddedPostgres]":
    """One real PostgreSQL per session, for the tests of every service; empty."""
    from convenant.pg.ingebed import EmbeddedPostgres  # noqa: PLC0415

    # Not under pytest's own temporary folder: as root the server runs as another user, who cannot get in there.
    with tempfile.TemporaryDirectory(prefix="koppelradar-test-") as name, EmbeddedPostgres(Path(name)) as server:
        # What survives a killed process stays as it is; only a machine that loses power would lose data.
        for setting in ("fsync", "full_page_writes"):
            _as_superuser(server, f"ALTER SYSTEM SET {setting} = off")
        _as_superuser(server, "SELECT pg_reload_conf()")
        yield server


def _as_superuser(server: "EmbeddedPostgres", statement: str) -> None:
    from sqlalchemy import NullPool, create_engine, text  # noqa: PLC0415

    engine = create_engine(server.superuser_url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text(statement))


@pytest.fixture(scope="session")
def copy_of(postgres: "EmbeddedPostgres") -> Copier:
    """A database of its own, copied from a migrated one, for as long as the block lasts."""

    @contextmanager
    def copied(template: str) -> Iterator[str]:
        naam = f"t_{uuid4().hex}"
        postgres.create_database(naam, template=template)
        yield naam
        # A database is three hundred files: hundreds of them would take longer to clear away than to fill.
        _as_superuser(postgres, f'DROP DATABASE "{naam}" WITH (FORCE)')

    return copied


@dataclass(frozen=True)
class Sql:
    """Bare SQL, as the owner of the tables unless told otherwise; every statement commits."""

    urls: "DatabaseUrls"

    def __call__(self, statement: str, *, als: str = "eigenaar", **params: Any) -> list[Any]:
        from sqlalchemy import NullPool, create_engine, text  # noqa: PLC0415

        engine = create_engine(getattr(self.urls, als), poolclass=NullPool)
        with engine.begin() as connection:
            result = connection.execute(text(statement), params)
            return list(result) if result.returns_rows else []


@pytest.fixture(scope="session")
def sql_on() -> "Callable[[DatabaseUrls], Sql]":
    return Sql


@dataclass
class Klok:
    """A clock that stands still until it is told to move; it starts inside the convenant of the tests."""

    nu: datetime = BEGIN

    def __call__(self) -> datetime:
        return self.nu

    def later(self, **span: float) -> None:
        self.nu += timedelta(**span)


@pytest.fixture
def klok() -> Klok:
    return Klok()


@dataclass(frozen=True)
class Partijen:
    """The convenant of the tests and the private keys of its parties."""

    convenant: Convenant
    keys: "dict[Oin, OKPKey]"
    text: str
    _bundels: dict[tuple[str, datetime], str] = field(default_factory=dict, repr=False, compare=False)

    def signed(self, text: str, op: datetime = BEGIN) -> str:
        """The bundle of a convenant in YAML among these parties, signed by all of them."""
        from convenant.ondertekening import dump_bundel, sign_together  # noqa: PLC0415

        # Hundreds of tests begin with the same one.
        if (text, op) not in self._bundels:
            bundel = sign_together(document_from_yaml(text, bron="test"), self.keys, op=op)
            self._bundels[text, op] = dump_bundel(bundel)
        return self._bundels[text, op]

    def next_version(self, text: str, **changes: Any) -> str:
        """The version that follows on this one, in YAML."""
        document = document_from_yaml(text, bron="test")
        opvolging = {
            "versie": document["versie"],
            "hash": content_hash(document),
            "lopendeSignalen": "nieuwe-regels",
        }
        return dump_yaml({**document, "versie": document["versie"] + 1, "opvolging": opvolging, **changes})

    def with_rol(self, rol: Rol) -> Oin:
        return next(p.oin for p in self.convenant.partijen if rol in p.rollen)

    def in_sector(self, sector: Sector) -> Oin:
        return next(p.oin for p in self.convenant.partijen if p.sector is sector and Rol.SIGNALEERDER in p.rollen)


@pytest.fixture(scope="session")
def partijen() -> Partijen:
    from joserfc.jwk import OKPKey  # noqa: PLC0415

    document = document_from_yaml(example_text("noord-holland-noord"), bron="voorbeeld")
    keys = {Oin(p["oin"]): OKPKey.generate_key("Ed25519", auto_kid=True) for p in document["partijen"]}
    public = {oin: {k: str(v) for k, v in key.as_dict(private=False).items()} for oin, key in keys.items()}
    text = dump_yaml(with_plafond(with_public_keys(document, public), 1_000_000))
    return Partijen(parse_convenant(text, bron="test"), keys, text)


@asynccontextmanager
async def _running(app: "ASGIApp") -> AsyncIterator[None]:
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


@pytest.fixture(scope="session")
def running() -> Runner:
    """Run the lifespan of an application, as a server would."""
    return _running
