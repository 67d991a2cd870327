"""The vraagsleutels of own signals: with these a bekendheidsvraag is answered without asking anybody anything."""

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple
from uuid import UUID

from client_sdk.register import database
from client_sdk.register.bestand import Registerbestand
from client_sdk.types import Vraagsleutel
from convenant.types import ConvenantId, Epoche

VRAAGSLEUTEL: Final = "vraagsleutel"


class Ontvangen(NamedTuple):
    """A signal that the matcher holds, and its place in the order in which they were written."""

    volgorde: int
    signaal: UUID
    signaalsoort: str


class Vraagsleutels(Registerbestand):
    """The part of the register that keeps them, per signal and epoch."""

    def ontvangen(self, convenant: ConvenantId) -> tuple[Ontvangen, ...]:
        """Return the signals of a convenant that the matcher holds, oldest first."""
        query = "SELECT volgorde, id, signaalsoort FROM signaal WHERE status = 'ontvangen' AND convenant = ? ORDER BY 1"
        rows = self._select(query, convenant)
        return tuple(Ontvangen(row["volgorde"], UUID(row["id"]), row["signaalsoort"]) for row in rows)

    def vraagsleutels(self, epoche: Epoche) -> Mapping[UUID, Vraagsleutel]:
        """Return the vraagsleutel of every own signal for which there is one in this epoch."""
        rows = self._select("SELECT signaal, sleutel FROM vraagsleutel WHERE epoche = ?", epoche)
        return {UUID(row["signaal"]): self._open_vraagsleutel(UUID(row["signaal"]), row["sleutel"]) for row in rows}

    def vraagsleutel(self, signaal: UUID, epoche: Epoche) -> Vraagsleutel | None:
        """Return the vraagsleutel of one signal in one epoch; None when there is none, or the signal ended."""
        query = "SELECT sleutel FROM vraagsleutel WHERE signaal = ? AND epoche = ?"
        rows = self._select(query, str(signaal), epoche)
        return self._open_vraagsleutel(signaal, rows[0]["sleutel"]) if rows else None

    def add_vraagsleutels(self, epoche: Epoche, sleutels: Mapping[UUID, Vraagsleutel]) -> None:
        """Keep these, per signal; one that ended meanwhile is passed over."""
        with database.transaction(self._connection):
            for signaal, sleutel in sleutels.items():
                if self._has_status(str(signaal), "ontvangen"):
                    self._write_vraagsleutels(signaal, [(epoche, sleutel)])

    def _write_vraagsleutels(self, signaal: UUID, sleutels: Iterable[tuple[Epoche, Vraagsleutel]]) -> None:
        self._connection.executemany(
            "INSERT INTO vraagsleutel (signaal, epoche, sleutel) VALUES (?, ?, ?) "
            "ON CONFLICT DO UPDATE SET sleutel = excluded.sleutel",
            [
                (str(signaal), epoche, self._kluis.seal_key(sleutel, signaal=signaal, column=VRAAGSLEUTEL))
                for epoche, sleutel in sleutels
            ],
        )

    def _open_vraagsleutel(self, signaal: UUID, sealed: bytes) -> Vraagsleutel:
        return self._kluis.open_key(sealed, Vraagsleutel, signaal=signaal, column=VRAAGSLEUTEL)
