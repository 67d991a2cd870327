"""What waits in the register: first for its tokens, then for the matcher.

A signal that waits has no tokens yet (no batch), or has them and belongs to a batch. From then on its bytes are fixed,
before the first attempt to send them: a repetition must equal it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from client_sdk.register import database, records
from client_sdk.register.model import (
    Getokend,
    Idempotentiesleutel,
    SignaalStatus,
    TeTokeniseren,
    Wachtreden,
    Zending,
)
from client_sdk.register.vraagsleutels import Vraagsleutels
from client_sdk.types import Kaartsleutel
from convenant.types import Epoche

KAARTSLEUTEL: Final = "kaartsleutel"
_UNTOKENISED: Final = "status = 'wachtend' AND zending IS NULL"
_END: Final = """
UPDATE signaal SET status = ?, reden = ?, zending = NULL, persoon = NULL, kaart = NULL, inzending = NULL,
                   wacht_op = NULL, wacht_tot = NULL
WHERE id = ?
"""
_RECEIVED: Final = """
UPDATE signaal SET status = 'ontvangen', reden = NULL, zending = NULL, inzending = NULL,
                   wacht_op = NULL, wacht_tot = NULL
WHERE id = ?
"""


class Wachtrij(Vraagsleutels):
    """The part of the register that is about sending."""

    def untokenised(self) -> tuple[UUID, ...]:
        """Return the signals that have no tokens yet, oldest first."""
        rows = self._select(f"SELECT id FROM signaal WHERE {_UNTOKENISED} ORDER BY volgorde")  # noqa: S608 -- our text
        return tuple(UUID(row["id"]) for row in rows)

    def te_tokeniseren(self, signalen: Iterable[UUID]) -> tuple[TeTokeniseren, ...]:
        """Return these signals with all that goes into their tokens; one whose person is not known is left out."""
        rows = (self._row(signaal) for signaal in signalen)
        return tuple(records.read_te_tokeniseren(self._kluis, row) for row in rows if row["persoon"] is not None)

    def waiting(self) -> Mapping[tuple[Wachtreden | None, datetime | None], int]:
        """Return how many signals wait for what, and until when as far as that is known."""
        rows = self._select(
            "SELECT CASE WHEN zending IS NULL OR wacht_op = 'plafond' THEN wacht_op ELSE 'matcher' END AS wacht, "
            "wacht_tot, count(*) AS aantal FROM signaal WHERE status = 'wachtend' "
            "GROUP BY wacht, wacht_tot ORDER BY wacht, wacht_tot"
        )
        return {
            (
                Wachtreden(row["wacht"]) if row["wacht"] else None,
                datetime.fromisoformat(row["wacht_tot"]) if row["wacht_tot"] else None,
            ): row["aantal"]
            for row in rows
        }

    def set_tokens(self, getokend: Sequence[Getokend], zending: Idempotentiesleutel) -> None:
        """Fix what is sent of these signals, as one batch; a signal that no longer waits for tokens is passed over."""
        with database.transaction(self._connection) as connection:
            for een in getokend:
                cursor = connection.execute(
                    f"UPDATE signaal SET inzending = ?, zending = ?, wacht_op = NULL, wacht_tot = NULL "  # noqa: S608
                    f"WHERE id = ? AND {_UNTOKENISED}",
                    (records.seal_inzending(self._kluis, een.inzending), zending, str(een.inzending.id)),
                )
                if cursor.rowcount:
                    self._write_kaartsleutels(een.inzending.id, een.kaartsleutels)
                    self._write_vraagsleutels(een.inzending.id, een.vraagsleutels.items())

    def mark_wachtend(self, signalen: Iterable[UUID], reden: Wachtreden, tot: datetime | None) -> None:
        """Record what these signals without tokens wait for, and until when as far as that is known."""
        values = [(reden.value, tot.isoformat() if tot else None, str(signaal)) for signaal in signalen]
        with database.transaction(self._connection) as connection:
            connection.executemany(
                f"UPDATE signaal SET wacht_op = ?, wacht_tot = ? WHERE id = ? AND {_UNTOKENISED}",  # noqa: S608
                values,
            )

    def mark_plafond(self, tot: datetime | None) -> None:
        """Record that whatever has its tokens waits for a new month, and until when as far as that is known."""
        with database.transaction(self._connection) as connection:
            connection.execute(
                "UPDATE signaal SET wacht_op = ?, wacht_tot = ? WHERE zending IS NOT NULL",
                (Wachtreden.PLAFOND.value, tot.isoformat() if tot else None),
            )

    def clear_tokens(
        self, signalen: Iterable[UUID], *, zending: Idempotentiesleutel, rest: Idempotentiesleutel
    ) -> None:
        """Let these signals of a batch wait for new tokens; the others in it get the key `rest`."""
        with database.transaction(self._connection) as connection:
            for signaal in signalen:
                connection.execute(
                    "UPDATE signaal SET zending = NULL, inzending = NULL WHERE id = ? AND zending = ?",
                    (str(signaal), zending),
                )
                for table in ("signaal_epoche", "vraagsleutel"):
                    connection.execute(f"DELETE FROM {table} WHERE signaal = ?", (str(signaal),))  # noqa: S608 -- ours
            connection.execute("UPDATE signaal SET zending = ? WHERE zending = ?", (rest, zending))

    def pending(self) -> tuple[Idempotentiesleutel, ...]:
        """Return the keys of the batches that wait for the matcher, oldest first."""
        query = "SELECT zending FROM signaal WHERE zending IS NOT NULL GROUP BY zending ORDER BY min(volgorde)"
        return tuple(Idempotentiesleutel(row["zending"]) for row in self._select(query))

    def zending(self, sleutel: Idempotentiesleutel) -> Zending:
        """Return a batch as it must be sent; empty when another process finished it."""
        rows = self._select(f"{records.SELECT} WHERE zending = ? ORDER BY volgorde", sleutel)
        return Zending(
            idempotentiesleutel=sleutel,
            inzendingen=tuple(records.read_inzending(self._kluis, row) for row in rows),
        )

    def mark_ontvangen(self, signalen: Iterable[UUID]) -> tuple[UUID, ...]:
        """Record that the matcher holds these signals; erase what was kept only to send them.

        Returns those that were withdrawn here while they travelled: the matcher must be told.
        """
        ids = [str(signaal) for signaal in signalen]
        with database.transaction(self._connection) as connection:
            connection.executemany(f"{_RECEIVED} AND status = 'wachtend'", [(signaal,) for signaal in ids])
            return tuple(UUID(signaal) for signaal in ids if self._has_status(signaal, "ingetrokken"))

    def confirm(self, signaal: UUID, *, epochen: tuple[Epoche, ...], rest: Idempotentiesleutel) -> None:
        """Record that the matcher holds a signal that waits or was refused here; others in its batch get `rest`."""
        with database.transaction(self._connection) as connection:
            zending = self._row(signaal)["zending"]
            connection.execute(_RECEIVED, (str(signaal),))
            records.insert_epochen(connection, signaal, epochen)
            connection.execute("UPDATE signaal SET zending = ? WHERE zending = ?", (rest, zending))

    def refuse(self, redenen: Mapping[UUID, str], *, zending: Idempotentiesleutel, rest: Idempotentiesleutel) -> None:
        """Record that the matcher refused these signals of a batch; the others get the key `rest`.

        The rest is another batch, and a batch under a used key must not change.
        """
        with database.transaction(self._connection) as connection:
            for signaal, reden in redenen.items():
                if self._has_status(str(signaal), "wachtend"):
                    connection.execute(_END, (SignaalStatus.GEWEIGERD, reden, str(signaal)))
                    self._forget(str(signaal))
            connection.execute("UPDATE signaal SET zending = ? WHERE zending = ?", (rest, zending))

    def move(self, signalen: Iterable[UUID], naar: Idempotentiesleutel, *, zending: Idempotentiesleutel) -> None:
        """Give these signals of a batch another key; what is no longer in that batch stays where it is."""
        with database.transaction(self._connection) as connection:
            connection.executemany(
                "UPDATE signaal SET zending = ? WHERE id = ? AND zending = ?",
                [(naar, str(signaal), zending) for signaal in signalen],
            )

    def mark_ingetrokken(self, signaal: UUID, *, rest: Idempotentiesleutel) -> None:
        """Record that a signal was withdrawn and erase the person; others in its batch get the key `rest`."""
        with database.transaction(self._connection) as connection:
            zending = self._row(signaal)["zending"]
            connection.execute(_END, (SignaalStatus.INGETROKKEN, None, str(signaal)))
            self._forget(str(signaal))
            connection.execute("UPDATE signaal SET zending = ? WHERE zending = ?", (rest, zending))

    def _write_kaartsleutels(self, signaal: UUID, kaartsleutels: Mapping[Epoche, Kaartsleutel | None]) -> None:
        self._connection.executemany(
            "INSERT INTO signaal_epoche (signaal, epoche, kaartsleutel) VALUES (?, ?, ?) "
            "ON CONFLICT DO UPDATE SET kaartsleutel = excluded.kaartsleutel",
            [
                (str(signaal), epoche, sleutel and self._kluis.seal_key(sleutel, signaal=signaal, column=KAARTSLEUTEL))
                for epoche, sleutel in kaartsleutels.items()
            ],
        )
