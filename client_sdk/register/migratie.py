"""From the tables of an earlier version to those of this one, in one transaction; a copy stays beside the register.

Nothing that is sealed changes, so no key is needed for it. Whatever stops it half-way leaves the earlier version as it
was; the next time it starts again.
"""

import os
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from client_sdk.register import database
from client_sdk.register.schema import BEKENDHEID, CASUSSEN, KOPPELINGEN, SCHEMA_VERSION, SIGNAAL

_COLUMNS: Final = (
    "volgorde, id, convenant, signaalsoort, status, reden, aangemaakt_op, verloopt_op, zending, "
    "clientindex, clientnummer, persoon, inzending"
)
# Indexes go with their table; only their names have to be free.
_BEFORE: Final = (
    "DROP INDEX signaal_client",
    "DROP INDEX signaal_zending",
    "ALTER TABLE signaal RENAME TO signaal_v1",
)
_AFTER: Final = (
    f"INSERT INTO signaal ({_COLUMNS}) SELECT {_COLUMNS} FROM signaal_v1 ORDER BY volgorde",  # noqa: S608 -- our names
    "INSERT INTO signaal_epoche (signaal, epoche) SELECT id, epoche FROM signaal_v1 "
    "WHERE status IN ('wachtend', 'ontvangen')",
    "DROP TABLE signaal_v1",
)


def migrate(connection: sqlite3.Connection, path: Path) -> Path | None:
    """Bring a register to the version of this SDK; return the copy of before, or None when there was nothing to do.

    Raises RegisterFout when the copy cannot be made: nothing was changed then.
    """
    version = database.version_of(connection, path)
    if version == SCHEMA_VERSION:
        return None
    copy = _keep_copy(connection, path, version)
    with database.transaction(connection):
        # Another process can have done it while we waited for the lock.
        for step in _STEPS[database.version_of(connection, path) - 1 :]:
            step(connection)
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    return copy


def _keep_copy(connection: sqlite3.Connection, path: Path, version: int) -> Path:
    copy = path.with_name(f"{path.name}.versie-{version}")
    unfinished = copy.with_name(f"{copy.name}.onvoltooid-{os.getpid()}")
    unfinished.unlink(missing_ok=True)
    database.create_file(unfinished)
    try:
        database.copy(connection, unfinished)
        unfinished.replace(copy)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    return copy


def _to_2(connection: sqlite3.Connection) -> None:
    """Let a signal wait for tokens, and have those of several epochs."""
    for statement in (*_BEFORE, *SIGNAAL.split(";"), *KOPPELINGEN.split(";"), *_AFTER):
        connection.execute(statement)


def _to_3(connection: sqlite3.Connection) -> None:
    """Add casussen."""
    connection.execute(CASUSSEN)


def _to_4(connection: sqlite3.Connection) -> None:
    """Add bekendheidsvragen. A signal that has its tokens gets its vraagsleutel when somebody first asks."""
    for statement in BEKENDHEID.split(";"):
        connection.execute(statement)


_STEPS: Final[Sequence[Callable[[sqlite3.Connection], None]]] = (_to_2, _to_3, _to_4)
"""The step at place n - 1 leads from version n to the next."""
