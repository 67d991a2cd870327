"""The register of an organisation: which of its own clients each signal is about."""

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Final, Self
from uuid import UUID

from client_sdk.client.model import BEGIN_CURSOR
from client_sdk.persoon import Persoon
from client_sdk.register import database, records, toegang
from client_sdk.register.backup import write_backup
from client_sdk.register.bekendheid import Bekendheden
from client_sdk.register.kluis import Kluis, persoon_document
from client_sdk.register.migratie import migrate
from client_sdk.register.model import NieuwSignaal, Signaal, SignaalStatus
from client_sdk.types import RegisterSleutel

_CURSOR: Final = "notificatiecursor"
_SAME_SIGNAL: Final = f"""
{records.SELECT}
WHERE clientindex = ? AND convenant = ? AND signaalsoort = ? AND status IN ('wachtend', 'ontvangen')
"""


@dataclass(frozen=True, slots=True)
class Inschrijving:
    """What became of a new signal; `bestond_al` when the register already had one that counts."""

    signaal: Signaal
    bestond_al: bool


class Register(Bekendheden):
    """An encrypted SQLite file. A context manager, for one thread; several processes can use the same file.

    Names, birth dates, client numbers and tokens are encrypted. Without a key the file still shows how many
    signals there are, of which kind, when they were made and what became of them.

    Everything raises `RegisterVergrendeld` when another process holds the file too long, `RegisterBeschadigd`
    when the contents were changed, and `RegisterFout` when the file cannot be read or written.
    """

    @classmethod
    def create(cls, path: Path, sleutel: RegisterSleutel, label: str) -> Self:
        """Make a register that `sleutel` opens, known as `label`. Never overwrites a file."""
        database.create_file(path)
        try:
            with (
                database.translated_errors(),
                closing(database.connect(path)) as connection,
                database.transaction(connection),
            ):
                database.create_schema(connection)
                toegang.insert_toegang(connection, Kluis.generate(), label, sleutel)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return cls.open(path, sleutel)

    @classmethod
    def open(cls, path: Path, sleutel: RegisterSleutel) -> Self:
        """Open a register, also one that is a backup, or that an earlier Koppelradar made.

        One of an earlier version is brought to this one, and stays beside it as `<name>.versie-<n>`.

        Raises RegisterVergrendeld when the key opens nothing in it, and RegisterFout when there is no
        register at `path` or a newer Koppelradar made it.
        """
        with database.translated_errors():
            connection = database.connect(path)
            try:
                database.version_of(connection, path)
                kluis = toegang.unlock(connection, sleutel)
                migrate(connection, path)
                return cls(connection, kluis)
            except BaseException:
                connection.close()
                raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; the register cannot be used any more."""
        self._connection.close()

    # Who can open it

    def toegangen(self) -> tuple[str, ...]:
        """Return the labels of the keys that open this register, in alphabetical order."""
        with database.translated_errors():
            return toegang.list_labels(self._connection)

    def add_toegang(self, label: str, sleutel: RegisterSleutel) -> None:
        """Let another key open this register. Raises RegisterFout when the label is in use."""
        with database.transaction(self._connection) as connection:
            toegang.insert_toegang(connection, self._kluis, label, sleutel)

    def remove_toegang(self, label: str) -> None:
        """Let a key no longer open this register; copies made before stay readable with it.

        Raises RegisterFout when there is no such label, or when it is the last: nobody could open the
        register.
        """
        with database.transaction(self._connection) as connection:
            toegang.delete_toegang(connection, label)

    # Signals

    def add(self, nieuwe: Sequence[NieuwSignaal]) -> tuple[Inschrijving, ...]:
        """Write signals as `wachtend`, without tokens, all or none, durable on return.

        A signal that the register already has for this client, convenant and kind, and that still counts, is
        returned instead; when its person was unknown, it is filled in.
        """
        with database.transaction(self._connection):
            return tuple(self._add_one(nieuw) for nieuw in nieuwe)

    def signaal(self, signaal: UUID) -> Signaal:
        """Return one signal. Raises OnbekendSignaal."""
        return records.read_signaal(self._kluis, self._row(signaal))

    def find(self, signaal: UUID) -> Signaal | None:
        """Return one signal, None when the register does not know it."""
        rows = self._select(f"{records.SELECT} WHERE id = ?", str(signaal))
        return records.read_signaal(self._kluis, rows[0]) if rows else None

    def persoon(self, signaal: UUID) -> Persoon | None:
        """Return whom a signal is about; None after its end, or after a restore. Raises OnbekendSignaal."""
        return records.read_persoon(self._kluis, self._row(signaal))

    def signalen(self) -> tuple[Signaal, ...]:
        """Return all signals, oldest first."""
        rows = self._select(f"{records.SELECT} ORDER BY volgorde")
        return tuple(records.read_signaal(self._kluis, row) for row in rows)

    def counts(self) -> Mapping[SignaalStatus, int]:
        """Return how many signals have each status that occurs."""
        rows = self._select("SELECT status, count(*) AS aantal FROM signaal GROUP BY status")
        return Counter({SignaalStatus(row["status"]): row["aantal"] for row in rows})

    def refill(self, clientnummer: str, persoon: Persoon) -> int:
        """Fill in the person of this client's signals that lack one; return how many those were."""
        index = self._kluis.blind_index(clientnummer)
        query = """
            SELECT id FROM signaal
            WHERE clientindex = ? AND persoon IS NULL AND status IN ('wachtend', 'ontvangen')
        """
        with database.transaction(self._connection) as connection:
            rows = connection.execute(query, (index,)).fetchall()
            for row in rows:
                self._set_persoon(UUID(row["id"]), persoon)
        return len(rows)

    def add_hersteld(self, signaal: Signaal) -> None:
        """Write a signal that the matcher holds and this register does not know."""
        with database.transaction(self._connection) as connection:
            records.insert_hersteld(connection, self._kluis, signaal)

    def end_verlopen(self, vandaag: date) -> int:
        """Record which received signals are over and erase their persons, cards and keys; return how many."""
        query = "SELECT id FROM signaal WHERE status = 'ontvangen' AND verloopt_op <= ?"
        with database.transaction(self._connection) as connection:
            rows = connection.execute(query, (vandaag.isoformat(),)).fetchall()
            for row in rows:
                connection.execute(
                    "UPDATE signaal SET status = 'verlopen', persoon = NULL, kaart = NULL WHERE id = ?", (row["id"],)
                )
                self._forget(row["id"])
        return len(rows)

    # Where the notifications are

    def notificatiecursor(self) -> str:
        """Return the number of the last notification that was handed over; ten zeros before the first."""
        rows = self._select("SELECT waarde FROM stand WHERE naam = ?", _CURSOR)
        return str(rows[0]["waarde"]) if rows else BEGIN_CURSOR

    def advance_notificatiecursor(self, cursor: str) -> None:
        """Remember that notifications up to `cursor` (ten digits) were handed over; never goes back."""
        with database.transaction(self._connection) as connection:
            connection.execute(
                "INSERT INTO stand (naam, waarde) VALUES (?, ?) "
                "ON CONFLICT (naam) DO UPDATE SET waarde = max(waarde, excluded.waarde)",
                (_CURSOR, cursor),
            )

    # Backup

    def backup(self, path: Path) -> None:
        """Write a copy to a new file, still encrypted, and check all of it.

        `Register.open` opens it as any register. Raises RegisterFout when the file exists; leaves no half
        copy behind.
        """
        write_backup(self._connection, self._kluis, path)

    def _add_one(self, nieuw: NieuwSignaal) -> Inschrijving:
        key = (self._kluis.blind_index(nieuw.clientnummer), nieuw.convenant, nieuw.signaalsoort)
        row = self._connection.execute(_SAME_SIGNAL, key).fetchone()
        if row is None:
            signaal = records.insert_nieuw(self._connection, self._kluis, nieuw)
            return Inschrijving(signaal, bestond_al=False)
        if row["persoon"] is None:
            self._set_persoon(UUID(row["id"]), nieuw.persoon)
        return Inschrijving(records.read_signaal(self._kluis, self._row(UUID(row["id"]))), bestond_al=True)

    def _set_persoon(self, signaal: UUID, persoon: Persoon) -> None:
        sealed = self._kluis.seal(persoon_document(persoon), signaal=signaal, column=records.PERSOON)
        self._connection.execute("UPDATE signaal SET persoon = ? WHERE id = ?", (sealed, str(signaal)))
