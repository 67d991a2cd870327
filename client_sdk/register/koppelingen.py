"""What the register knows of epochs, of pairs with signals of others, and of contact cards."""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from client_sdk.errors import KaartNietVrij
from client_sdk.kaarten import EigenKaart
from client_sdk.register import database, records
from client_sdk.register.model import Kaartverzoek, KaartverzoekStatus, Paar, Signaal
from client_sdk.register.wachtrij import KAARTSLEUTEL, Wachtrij
from client_sdk.types import Kaartsleutel
from convenant.types import ConvenantId, Epoche, Niveau, Oin

_INHOUD = "inhoud"
_LACKS = """
status = 'ontvangen' AND convenant = ?
AND NOT EXISTS (SELECT 1 FROM signaal_epoche WHERE signaal_epoche.signaal = signaal.id AND epoche = ?)
"""


class Koppelingen(Wachtrij):
    """The part of the register that is about epochs, pairs and cards."""

    # Epochs

    def epochen(self, convenant: ConvenantId) -> tuple[Epoche, ...]:
        """Return the epochs of which signals that count have tokens, in rising order."""
        query = """
            SELECT DISTINCT epoche FROM signaal_epoche JOIN signaal ON signaal.id = signaal_epoche.signaal
            WHERE convenant = ? ORDER BY epoche
        """
        return tuple(Epoche(row["epoche"]) for row in self._select(query, convenant))

    def without_epoche(self, convenant: ConvenantId, epoche: Epoche) -> tuple[UUID, ...]:
        """Return the received signals that lack tokens of an epoch and whose person is known, oldest first."""
        query = f"SELECT id FROM signaal WHERE {_LACKS} AND persoon IS NOT NULL ORDER BY volgorde"  # noqa: S608
        return tuple(UUID(row["id"]) for row in self._select(query, convenant, epoche))

    def unknown_without_epoche(self, convenant: ConvenantId, epoche: Epoche) -> tuple[Signaal, ...]:
        """Return the received signals that lack tokens of an epoch and cannot get them: the person is not known."""
        rows = self._select(f"{records.SELECT} WHERE {_LACKS} AND persoon IS NULL ORDER BY volgorde", convenant, epoche)
        return tuple(records.read_signaal(self._kluis, row) for row in rows)

    def add_epoche(self, epoche: Epoche, kaartsleutels: Mapping[UUID, Kaartsleutel | None]) -> None:
        """Record that the matcher has the tokens of an epoch for these signals; one that ended is passed over."""
        with database.transaction(self._connection):
            for signaal, sleutel in kaartsleutels.items():
                if self._has_status(str(signaal), "ontvangen"):
                    self._write_kaartsleutels(signaal, {epoche: sleutel})

    def erase_epoche(self, convenant: ConvenantId, epoche: Epoche) -> None:
        """Record that the matcher has no tokens of an epoch any more; what waits with them waits for new ones."""
        of_convenant = "signaal IN (SELECT id FROM signaal WHERE convenant = ?)"
        with database.transaction(self._connection) as connection:
            connection.execute(
                "UPDATE signaal SET zending = NULL, inzending = NULL WHERE zending IS NOT NULL AND convenant = ? "
                "AND id IN (SELECT signaal FROM signaal_epoche WHERE epoche = ?)",
                (convenant, epoche),
            )
            for table in ("signaal_epoche", "vraagsleutel"):
                connection.execute(
                    f"DELETE FROM {table} WHERE epoche = ? AND {of_convenant}",  # noqa: S608 -- our own text
                    (epoche, convenant),
                )

    def kaartsleutels(self, signaal: UUID) -> Mapping[Epoche, Kaartsleutel]:
        """Return with what the cards of co-signallers open, per epoch, as far as this register knows it."""
        rows = self._select(
            "SELECT epoche, kaartsleutel FROM signaal_epoche WHERE signaal = ? AND kaartsleutel IS NOT NULL",
            str(signaal),
        )
        return {
            Epoche(row["epoche"]): self._kluis.open_key(
                row["kaartsleutel"], Kaartsleutel, signaal=signaal, column=KAARTSLEUTEL
            )
            for row in rows
        }

    def eigen_kaart(self, signaal: UUID) -> EigenKaart | None:
        """Return the own card of a signal; None when it went without, or the register was restored."""
        return records.read_kaart(self._kluis, self._row(signaal))

    # Pairs

    def add_bevestiging(self, mogelijke_match: UUID, *, signaal: UUID, niveau: Niveau) -> None:
        """Remember that we confirmed a possible match ourselves, and how weak it was."""
        with database.transaction(self._connection) as connection:
            connection.execute(
                "INSERT INTO bevestiging (mogelijke_match, signaal, niveau) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                (str(mogelijke_match), str(signaal), niveau.value),
            )

    def bevestigde_niveaus(self, signaal: UUID) -> frozenset[Niveau]:
        """Return the levels of the possible matches of a signal that we confirmed ourselves."""
        rows = self._select("SELECT DISTINCT niveau FROM bevestiging WHERE signaal = ?", str(signaal))
        return frozenset(Niveau(row["niveau"]) for row in rows)

    def remove_bevestiging(self, mogelijke_match: UUID) -> None:
        """Forget that we confirmed a possible match: it is over."""
        with database.transaction(self._connection) as connection:
            connection.execute("DELETE FROM bevestiging WHERE mogelijke_match = ?", (str(mogelijke_match),))

    def add_paar(self, paar: Paar) -> None:
        """Remember what we found out about a pair; later knowledge replaces earlier."""
        document = {
            "match": paar.match,
            "oin": paar.oin,
            "kaartsignaal": str(paar.kaartsignaal),
            "jws": paar.jws,
        }
        values = (
            str(paar.id),
            str(paar.signaal),
            paar.niveau.value,
            self._kluis.seal(document, signaal=paar.id, column=_INHOUD),
        )
        with database.transaction(self._connection) as connection:
            connection.execute(
                "INSERT INTO paar (id, signaal, niveau, inhoud) VALUES (?, ?, ?, ?) "
                "ON CONFLICT DO UPDATE SET niveau = excluded.niveau, inhoud = excluded.inhoud",
                values,
            )

    def paar(self, paar: UUID) -> Paar | None:
        """Return what we found out about a pair ourselves; None when that is nothing."""
        rows = self._select("SELECT * FROM paar WHERE id = ?", str(paar))
        return self._read_paar(rows[0]) if rows else None

    def paren(self) -> tuple[Paar, ...]:
        """Return all pairs of which we found out something ourselves."""
        return tuple(self._read_paar(row) for row in self._select("SELECT * FROM paar"))

    def remove_paar(self, paar: UUID) -> None:
        """Forget a pair that was separated."""
        with database.transaction(self._connection) as connection:
            connection.execute("DELETE FROM paar WHERE id = ?", (str(paar),))
            connection.execute("DELETE FROM kaartverzoek WHERE id = ?", (str(paar),))

    # Who asked for our card

    def add_kaartverzoek(self, verzoek: Kaartverzoek) -> bool:
        """Write a request; return False, and change nothing, when it is there already.

        Who asks again after it got the card may have lost it: that is open again. A refusal stays one.
        """
        document = {"match": verzoek.match, "ontvanger": verzoek.ontvanger, "convenant": verzoek.convenant}
        values = (
            str(verzoek.id),
            str(verzoek.signaal),
            verzoek.status.value,
            verzoek.op.isoformat(),
            self._kluis.seal(document, signaal=verzoek.id, column=_INHOUD),
        )
        with database.transaction(self._connection) as connection:
            cursor = connection.execute(
                "INSERT INTO kaartverzoek (id, signaal, status, op, inhoud) VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT DO UPDATE SET status = excluded.status, op = excluded.op, inhoud = excluded.inhoud "
                "WHERE kaartverzoek.status = 'vrijgegeven' AND excluded.op > kaartverzoek.op",
                values,
            )
            return cursor.rowcount == 1

    def kaartverzoeken(self) -> Sequence[Kaartverzoek]:
        """Return who asked for our card, oldest first, also what was answered."""
        rows = self._select("SELECT * FROM kaartverzoek ORDER BY op, id")
        return tuple(self._read_kaartverzoek(row) for row in rows)

    def kaartverzoek(self, paar: UUID) -> Kaartverzoek:
        """Return the request for a pair. Raises KaartNietVrij when nobody asked."""
        rows = self._select("SELECT * FROM kaartverzoek WHERE id = ?", str(paar))
        if not rows:
            raise KaartNietVrij("Er is geen verzoek om een contactkaart met dit id.")
        return self._read_kaartverzoek(rows[0])

    def set_kaartverzoek(self, paar: UUID, status: KaartverzoekStatus) -> None:
        """Record what became of a request."""
        with database.transaction(self._connection) as connection:
            connection.execute("UPDATE kaartverzoek SET status = ? WHERE id = ?", (status.value, str(paar)))

    def _read_paar(self, row: sqlite3.Row) -> Paar:
        paar = UUID(row["id"])
        document: dict[str, Any] = self._kluis.open(row["inhoud"], signaal=paar, column=_INHOUD)
        return Paar(
            id=paar,
            signaal=UUID(row["signaal"]),
            niveau=Niveau(row["niveau"]),
            match=document["match"],
            oin=Oin(document["oin"]),
            kaartsignaal=UUID(document["kaartsignaal"]),
            jws=document["jws"],
        )

    def _read_kaartverzoek(self, row: sqlite3.Row) -> Kaartverzoek:
        paar = UUID(row["id"])
        document: dict[str, Any] = self._kluis.open(row["inhoud"], signaal=paar, column=_INHOUD)
        return Kaartverzoek(
            id=paar,
            signaal=UUID(row["signaal"]),
            match=document["match"],
            ontvanger=Oin(document["ontvanger"]),
            convenant=ConvenantId(document["convenant"]),
            status=KaartverzoekStatus(row["status"]),
            op=datetime.fromisoformat(row["op"]),
        )
