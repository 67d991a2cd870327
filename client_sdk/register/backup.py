"""A copy of a register that was read back before it is called a backup."""

import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import UUID

from client_sdk.register import database, records
from client_sdk.register.casussen import Casussen
from client_sdk.register.kluis import Kluis


def write_backup(connection: sqlite3.Connection, kluis: Kluis, path: Path) -> None:
    """Copy a register to a new file, as encrypted as it was, and open every value in the copy.

    Raises RegisterFout when the file exists and RegisterBeschadigd when a value does not open; leaves no half
    copy.
    """
    database.create_file(path)
    try:
        with database.translated_errors():
            database.copy(connection, path)
            with closing(database.connect(path)) as copy:
                _verify(copy, kluis)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _verify(connection: sqlite3.Connection, kluis: Kluis) -> None:
    database.check_integrity(connection)
    register = Casussen(connection, kluis)
    for row in connection.execute(records.SELECT):
        signaal = records.read_signaal(kluis, row)
        records.read_persoon(kluis, row)
        records.read_kaart(kluis, row)
        register.kaartsleutels(signaal.id)
        if row["inzending"] is not None:
            records.read_inzending(kluis, row)
    register.kaartverzoeken()
    register.casusregistraties()
    for row in connection.execute("SELECT id FROM paar").fetchall():
        register.paar(UUID(row["id"]))
