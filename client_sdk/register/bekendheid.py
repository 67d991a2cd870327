"""What the register knows of bekendheidsvragen: whom we asked about, what we were asked, and what waits for a yes."""

import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from client_sdk.client.deelnemers import Organisatie
from client_sdk.errors import BekendheidFout
from client_sdk.persoon import Persoon
from client_sdk.register import database
from client_sdk.register.casussen import Casussen
from client_sdk.register.kluis import persoon_document
from convenant.types import Antwoordwijze, ConvenantId, Epoche, Oin

_PERSONEN = "bekendheidspersonen"
_VRAGER = "bekendheidsvrager"
_SELECT_VERZOEK = """
SELECT verzoek.*, vraag.epoche, vraag.uiterlijk, vraag.vrager
FROM bekendheidsverzoek AS verzoek JOIN gestelde_vraag AS vraag ON vraag.id = verzoek.vraag
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class EigenVraag:
    """A question of our own; a person whom nobody turned out to know is None once it was closed."""

    id: UUID
    convenant: ConvenantId
    uiterlijk: date
    personen: tuple[Persoon | None, ...] = field(repr=False)


class Antwoordstand(NamedTuple):
    """With what a question was answered: up to which of our signals, and of how many clients."""

    hoogste: int
    aantal: int

    def misses(self, now: "Antwoordstand") -> bool:
        """Whether an answer with what there is now says more."""
        return now.hoogste > self.hoogste or now.aantal > self.aantal


NOT_ANSWERED = Antwoordstand(-1, -1)
ANSWERED_FOR_GOOD = Antwoordstand(2**62, 2**62)
"""Of a question that takes no answer any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GesteldeVraag:
    """A question that was put to us; `vrager` is known where a person of ours says yes or no."""

    id: UUID
    convenant: ConvenantId
    epoche: Epoche
    uiterlijk: date
    wijze: Antwoordwijze
    vrager: Organisatie | None
    beantwoord: Antwoordstand = NOT_ANSWERED


class VerzoekStatus(StrEnum):
    """What became of a client of ours about whom somebody asks."""

    OPEN = "open"
    JA = "ja"
    NEE = "nee"
    GESLOTEN = "gesloten"
    """The question closed before anybody decided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bekendheidsverzoek:
    """Somebody asks who knows a client of ours, and a person of ours says yes or no; `op` is UTC."""

    id: UUID
    vraag: UUID
    signaal: UUID
    epoche: Epoche
    uiterlijk: date
    vrager: Organisatie | None
    status: VerzoekStatus
    op: datetime


class Bekendheden(Casussen):
    """The part of the register that is about bekendheidsvragen."""

    # Our own questions

    def add_eigen_vraag(self, vraag: EigenVraag) -> None:
        """Write whom a question is about, so that its answers can be read."""
        sealed = self._seal_personen(vraag.id, vraag.personen)
        with database.transaction(self._connection) as connection:
            connection.execute(
                "INSERT INTO eigen_vraag (id, convenant, uiterlijk, personen) VALUES (?, ?, ?, ?)",
                (str(vraag.id), vraag.convenant, vraag.uiterlijk.isoformat(), sealed),
            )

    def remove_eigen_vraag(self, vraag: UUID) -> None:
        """Forget a question that was not taken."""
        with database.transaction(self._connection) as connection:
            connection.execute("DELETE FROM eigen_vraag WHERE id = ?", (str(vraag),))

    def eigen_vraag(self, vraag: UUID) -> EigenVraag | None:
        """Return a question of our own; None when it is none, or long over."""
        rows = self._select("SELECT * FROM eigen_vraag WHERE id = ?", str(vraag))
        return self._read_eigen(rows[0]) if rows else None

    def eigen_vragen(self) -> tuple[EigenVraag, ...]:
        """Return our own questions, the one that ends first in front."""
        return tuple(self._read_eigen(row) for row in self._select("SELECT * FROM eigen_vraag ORDER BY uiterlijk, id"))

    def keep_only(self, vraag: UUID, plaatsen: Collection[int]) -> None:
        """Erase the persons of a question who are not at these places."""
        eigen = self.eigen_vraag(vraag)
        if eigen is None:
            return
        kept = tuple(persoon if n in plaatsen else None for n, persoon in enumerate(eigen.personen))
        if kept != eigen.personen:
            with database.transaction(self._connection) as connection:
                connection.execute(
                    "UPDATE eigen_vraag SET personen = ? WHERE id = ?", (self._seal_personen(vraag, kept), str(vraag))
                )

    # What we are asked

    def add_gestelde_vraag(self, vraag: GesteldeVraag) -> None:
        """Write a question that was put to us; one that is there already stays as it is."""
        vrager = vraag.vrager and {"oin": vraag.vrager.oin, "naam": vraag.vrager.naam}
        values = (
            str(vraag.id),
            vraag.convenant,
            vraag.epoche,
            vraag.uiterlijk.isoformat(),
            vraag.wijze.value,
            vrager and self._kluis.seal(vrager, signaal=vraag.id, column=_VRAGER),
            *vraag.beantwoord,
        )
        with database.transaction(self._connection) as connection:
            connection.execute(
                "INSERT INTO gestelde_vraag (id, convenant, epoche, uiterlijk, wijze, vrager, hoogste, aantal) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                values,
            )

    def gestelde_vragen(self) -> tuple[GesteldeVraag, ...]:
        """Return the questions that were put to us and are not over, the one that ends first in front."""
        return tuple(
            self._read_gesteld(row) for row in self._select("SELECT * FROM gestelde_vraag ORDER BY uiterlijk, id")
        )

    def mark_beantwoord(self, vraag: UUID, stand: Antwoordstand) -> None:
        """Record with what a question was answered."""
        with database.transaction(self._connection) as connection:
            connection.execute("UPDATE gestelde_vraag SET hoogste = ?, aantal = ? WHERE id = ?", (*stand, str(vraag)))

    # What waits for a yes or a no

    def add_verzoek(self, verzoek: UUID, *, vraag: UUID, signaal: UUID, op: datetime) -> None:
        """Write that a person has to decide about a client; what was decided before stays."""
        with database.transaction(self._connection) as connection:
            connection.execute(
                "INSERT INTO bekendheidsverzoek (id, vraag, signaal, status, op) VALUES (?, ?, ?, 'open', ?) "
                "ON CONFLICT DO NOTHING",
                (str(verzoek), str(vraag), str(signaal), op.isoformat()),
            )

    def bekendheidsverzoeken(self, *, vraag: UUID | None = None) -> Sequence[Bekendheidsverzoek]:
        """Return about which clients somebody asks, oldest first, also what was decided; if wanted, in one question."""
        where, values = ("", ()) if vraag is None else ("WHERE verzoek.vraag = ?", (str(vraag),))
        rows = self._select(f"{_SELECT_VERZOEK} {where} ORDER BY verzoek.op, verzoek.rowid", *values)
        return tuple(self._read_verzoek(row) for row in rows)

    def bekendheidsverzoek(self, verzoek: UUID) -> Bekendheidsverzoek:
        """Return one of them. Raises BekendheidFout when there is none, or it is over."""
        rows = self._select(f"{_SELECT_VERZOEK} WHERE verzoek.id = ?", str(verzoek))
        if not rows:
            raise BekendheidFout("Er wacht geen vraag met dit id op uw ja of nee. Kies uit de lijst met verzoeken.")
        return self._read_verzoek(rows[0])

    def set_verzoek(self, verzoek: UUID, status: VerzoekStatus) -> None:
        """Record what was decided."""
        with database.transaction(self._connection) as connection:
            connection.execute("UPDATE bekendheidsverzoek SET status = ? WHERE id = ?", (status.value, str(verzoek)))

    def end_vragen(self, *, gesteld_tot: date, eigen_tot: date) -> None:
        """Erase what was put to us before the one day and what we asked before the other, by their last day."""
        with database.transaction(self._connection) as connection:
            over = "SELECT id FROM gestelde_vraag WHERE uiterlijk < ?"
            connection.execute(
                f"DELETE FROM bekendheidsverzoek WHERE vraag IN ({over})",  # noqa: S608 -- our own text
                (gesteld_tot.isoformat(),),
            )
            connection.execute("DELETE FROM gestelde_vraag WHERE uiterlijk < ?", (gesteld_tot.isoformat(),))
            connection.execute("DELETE FROM eigen_vraag WHERE uiterlijk < ?", (eigen_tot.isoformat(),))

    def _seal_personen(self, vraag: UUID, personen: Sequence[Persoon | None]) -> bytes:
        document = [persoon and persoon_document(persoon) for persoon in personen]
        return self._kluis.seal(document, signaal=vraag, column=_PERSONEN)

    def _read_eigen(self, row: sqlite3.Row) -> EigenVraag:
        vraag = UUID(row["id"])
        document: list[dict[str, Any] | None] = self._kluis.open(row["personen"], signaal=vraag, column=_PERSONEN)
        return EigenVraag(
            id=vraag,
            convenant=ConvenantId(row["convenant"]),
            uiterlijk=date.fromisoformat(row["uiterlijk"]),
            personen=tuple(None if persoon is None else Persoon(**persoon) for persoon in document),
        )

    def _read_gesteld(self, row: sqlite3.Row) -> GesteldeVraag:
        return GesteldeVraag(
            id=UUID(row["id"]),
            convenant=ConvenantId(row["convenant"]),
            epoche=Epoche(row["epoche"]),
            uiterlijk=date.fromisoformat(row["uiterlijk"]),
            wijze=Antwoordwijze(row["wijze"]),
            vrager=self._read_vrager(UUID(row["id"]), row["vrager"]),
            beantwoord=Antwoordstand(row["hoogste"], row["aantal"]),
        )

    def _read_verzoek(self, row: sqlite3.Row) -> Bekendheidsverzoek:
        return Bekendheidsverzoek(
            id=UUID(row["id"]),
            vraag=UUID(row["vraag"]),
            signaal=UUID(row["signaal"]),
            epoche=Epoche(row["epoche"]),
            uiterlijk=date.fromisoformat(row["uiterlijk"]),
            vrager=self._read_vrager(UUID(row["vraag"]), row["vrager"]),
            status=VerzoekStatus(row["status"]),
            op=datetime.fromisoformat(row["op"]),
        )

    def _read_vrager(self, vraag: UUID, sealed: bytes | None) -> Organisatie | None:
        if sealed is None:
            return None
        document = self._kluis.open(sealed, signaal=vraag, column=_VRAGER)
        return Organisatie(oin=Oin(document["oin"]), naam=document["naam"])
