"""The SQLite file under the register: its tables, how it is opened, and what its errors mean."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from client_sdk.errors import RegisterBeschadigd, RegisterFout, RegisterVergrendeld
from client_sdk.register.schema import SCHEMA, SCHEMA_VERSION

_APPLICATION_ID: Final = 0x4B525247  # "KRRG": tells a register from any other SQLite file
_BUSY_TIMEOUT_SECONDS: Final = 15.0
_FILE_MODE: Final = 0o600
_BUSY: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_BROKEN: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


def create_file(path: Path) -> None:
    """Make an empty file that only its owner can read; the files SQLite puts beside it take over that mode.

    Raises RegisterFout when something is there already: a register is never overwritten.
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, _FILE_MODE))
    except FileExistsError as error:
        raise RegisterFout(f"Het bestand {path} bestaat al en wordt niet overschreven.") from error
    except OSError as error:
        raise RegisterFout(f"Het bestand {path} kan niet worden gemaakt. Controleer map en rechten.") from error


def create_schema(connection: sqlite3.Connection) -> None:
    """Write the tables into an empty file, in the transaction that is open."""
    for statement in SCHEMA.split(";"):
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def connect(path: Path) -> sqlite3.Connection:
    """Return a connection that commits durably: an acknowledged write survives a loss of power.

    WAL lets other processes read while one writes; a second writer waits at most 15 seconds. Erased values
    are overwritten with zeros in the file. Raises RegisterFout when there is no file.
    """
    if not path.is_file():
        raise RegisterFout(f"Het register {path} bestaat niet. Maak het met: koppelradar register maak")
    connection = sqlite3.connect(path, timeout=_BUSY_TIMEOUT_SECONDS, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")
    except sqlite3.Error:
        connection.close()
        raise
    connection.row_factory = sqlite3.Row
    return connection


def version_of(connection: sqlite3.Connection, path: Path) -> int:
    """Return the version of the tables. Raises RegisterFout for no register, or one of a version yet to come."""
    if connection.execute("PRAGMA application_id").fetchone()[0] != _APPLICATION_ID:
        raise RegisterFout(f"Het bestand {path} is geen register van Koppelradar.")
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if not 1 <= version <= SCHEMA_VERSION:
        raise RegisterFout(
            f"Het register {path} heeft versie {version}; deze Koppelradar kent versie {SCHEMA_VERSION}. "
            "Werk Koppelradar bij."
        )
    return version


def copy(connection: sqlite3.Connection, path: Path) -> None:
    """Copy the database into the empty file `path`, as one file that stands by itself, synced to disk."""
    target = sqlite3.connect(path)
    try:
        connection.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")
    finally:
        target.close()
    with path.open("rb") as file:
        os.fsync(file.fileno())


def check_integrity(connection: sqlite3.Connection) -> None:
    """Raise RegisterBeschadigd when SQLite finds fault with the file."""
    if connection.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
        raise RegisterBeschadigd("Het registerbestand is beschadigd. Zet een back-up terug.")


@contextmanager
def translated_errors() -> Iterator[None]:
    """Turn what SQLite raises into a RegisterFout; SQLite's own text stays behind as the cause."""
    try:
        yield
    except sqlite3.Error as error:
        raise _translate(error) from error


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Run a block as one transaction that holds the write lock: all of it happens, or nothing."""
    with translated_errors():
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def _translate(error: sqlite3.Error) -> RegisterFout:
    # The low byte is the primary code:
    # https://www.sqlite.org/rescode.html#primary_result_codes_versus_extended
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code in _BUSY:
        return RegisterVergrendeld("Het register is in gebruik door een ander programma. Probeer het zo opnieuw.")
    if code in _BROKEN:
        return RegisterBeschadigd("Het registerbestand is beschadigd of is geen register. Zet een back-up terug.")
    if code in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR}:
        return RegisterFout("Het register kan niet worden geschreven. Controleer schijfruimte en rechten.")
    return RegisterFout("Het register kon deze handeling niet uitvoeren. Meld dit aan de leverancier.")
