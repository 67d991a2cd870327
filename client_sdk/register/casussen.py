"""What the register knows of casussen: the own number of each, and what is still to be sent."""

import sqlite3
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from client_sdk.client.radar import Casusopgave, Casustoestand
from client_sdk.client.radarverzoeken import casus_document
from client_sdk.register import database
from client_sdk.register.koppelingen import Koppelingen
from convenant.types import ConvenantId

_CASUSNUMMER = "casusnummer"
_INZENDING = "casusinzending"


@dataclass(frozen=True, slots=True, kw_only=True)
class Casusregistratie:
    """A casus of the own organisation; `opgave` is what is still to be sent, None once the matcher has it."""

    id: UUID
    convenant: ConvenantId
    casusnummer: str = field(repr=False)
    aangemaakt_op: datetime
    opgave: Casusopgave | None


class Casussen(Koppelingen):
    """The part of the register that is about casussen."""

    def add_casus(
        self, casus: UUID, *, convenant: ConvenantId, casusnummer: str, op: datetime, opgave: Casusopgave | None
    ) -> Casusregistratie:
        """Write a casus, durable on return; the one that has this number already is returned instead."""
        sealed = opgave and self._kluis.seal(casus_document(opgave), signaal=casus, column=_INZENDING)
        values = (
            str(casus),
            convenant,
            op.isoformat(),
            self._kluis.blind_casusindex(casusnummer),
            self._kluis.seal(casusnummer, signaal=casus, column=_CASUSNUMMER),
            sealed,
        )
        with database.transaction(self._connection) as connection:
            connection.execute(
                "INSERT INTO casus (id, convenant, aangemaakt_op, casusindex, casusnummer, inzending) "
                "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                values,
            )
            row = connection.execute(
                "SELECT * FROM casus WHERE convenant = ? AND casusindex = ?", (convenant, values[3])
            ).fetchone()
        return self._read_casus(row)

    def find_casus(self, convenant: ConvenantId, casusnummer: str) -> Casusregistratie | None:
        """Return the casus with this number, None when the register does not know it."""
        with database.translated_errors():
            row = self._connection.execute(
                "SELECT * FROM casus WHERE convenant = ? AND casusindex = ?",
                (convenant, self._kluis.blind_casusindex(casusnummer)),
            ).fetchone()
        return self._read_casus(row) if row else None

    def casus(self, casus: UUID) -> Casusregistratie | None:
        """Return one casus, None when the register does not know it."""
        rows = self._select("SELECT * FROM casus WHERE id = ?", str(casus))
        return self._read_casus(rows[0]) if rows else None

    def casusregistraties(self) -> tuple[Casusregistratie, ...]:
        """Return all casussen, oldest first."""
        return tuple(self._read_casus(row) for row in self._select("SELECT * FROM casus ORDER BY aangemaakt_op, id"))

    def renew_casus(self, opgave: Casusopgave) -> None:
        """Send this of a casus instead of what was written before, which the matcher never took."""
        sealed = self._kluis.seal(casus_document(opgave), signaal=opgave.id, column=_INZENDING)
        with database.transaction(self._connection) as connection:
            connection.execute("UPDATE casus SET inzending = ? WHERE id = ?", (sealed, str(opgave.id)))

    def mark_casus_ontvangen(self, casus: UUID) -> None:
        """Record that the matcher has a casus; erase what was kept only to send it."""
        with database.transaction(self._connection) as connection:
            connection.execute("UPDATE casus SET inzending = NULL WHERE id = ?", (str(casus),))

    def _read_casus(self, row: sqlite3.Row) -> Casusregistratie:
        casus = UUID(row["id"])
        return Casusregistratie(
            id=casus,
            convenant=ConvenantId(row["convenant"]),
            casusnummer=self._kluis.open(row["casusnummer"], signaal=casus, column=_CASUSNUMMER),
            aangemaakt_op=datetime.fromisoformat(row["aangemaakt_op"]),
            opgave=self._read_opgave(row, casus),
        )

    def _read_opgave(self, row: sqlite3.Row, casus: UUID) -> Casusopgave | None:
        if row["inzending"] is None:
            return None
        document: dict[str, Any] = self._kluis.open(row["inzending"], signaal=casus, column=_INZENDING)
        return Casusopgave(
            id=casus,
            convenant=ConvenantId(document["convenant"]),
            nummer=document["nummer"],
            signalen=tuple(UUID(signaal) for signaal in document["signalen"]),
            acuut=document["acuut"],
            monitoring_tot=date.fromisoformat(document["monitoringTot"]),
            toestand=Casustoestand(document["toestand"]),
        )
