"""The open file that all parts of the register work on."""

import sqlite3
from uuid import UUID

from client_sdk.errors import OnbekendSignaal
from client_sdk.register import database, records
from client_sdk.register.kluis import Kluis


class Registerbestand:
    """A connection and the vault that opens what it holds."""

    def __init__(self, connection: sqlite3.Connection, kluis: Kluis) -> None:
        self._connection = connection
        self._kluis = kluis

    def _row(self, signaal: UUID) -> sqlite3.Row:
        rows = self._select(f"{records.SELECT} WHERE id = ?", str(signaal))
        if not rows:
            raise OnbekendSignaal(f"Het register kent signaal {signaal} niet.")
        return rows[0]

    def _select(self, query: str, *values: str | int) -> list[sqlite3.Row]:
        with database.translated_errors():
            return self._connection.execute(query, values).fetchall()

    def _has_status(self, signaal: str, status: str) -> bool:
        query = "SELECT 1 FROM signaal WHERE id = ? AND status = ?"
        return self._connection.execute(query, (signaal, status)).fetchone() is not None

    def _forget(self, signaal: str) -> None:
        """Erase what is only needed while a signal counts, in the transaction that is open."""
        for table in ("signaal_epoche", "bevestiging", "paar", "kaartverzoek", "vraagsleutel", "bekendheidsverzoek"):
            self._connection.execute(f"DELETE FROM {table} WHERE signaal = ?", (signaal,))  # noqa: S608 -- our tables
