"""Rows of the register, sealed on the way in and opened on the way out."""

import sqlite3
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from client_sdk.client.model import SignaalInzending
from client_sdk.client.requests import signaal_document
from client_sdk.persoon import Persoon
from client_sdk.register.kluis import Kluis, persoon_document
from client_sdk.register.model import Idempotentiesleutel, NieuwSignaal, Signaal, SignaalStatus
from convenant.types import ConvenantId, Epoche

CLIENTNUMMER: Final = "clientnummer"
PERSOON: Final = "persoon"
INZENDING: Final = "inzending"

_INSERT: Final = """
INSERT INTO signaal (id, convenant, epoche, signaalsoort, status, aangemaakt_op, verloopt_op, zending,
                     clientindex, clientnummer, persoon, inzending)
VALUES (:id, :convenant, :epoche, :signaalsoort, :status, :aangemaakt_op, :verloopt_op, :zending,
        :clientindex, :clientnummer, :persoon, :inzending)
"""


def insert_nieuw(
    connection: sqlite3.Connection, kluis: Kluis, nieuw: NieuwSignaal, zending: Idempotentiesleutel
) -> Signaal:
    """Write a signal that waits to be sent, and return it."""
    inzending = nieuw.inzending
    signaal = Signaal(
        id=inzending.id,
        clientnummer=nieuw.clientnummer,
        convenant=inzending.convenant,
        epoche=inzending.epoche,
        signaalsoort=inzending.signaalsoort,
        status=SignaalStatus.WACHTEND,
        aangemaakt_op=nieuw.aangemaakt_op,
        verloopt_op=inzending.verloopt_op,
        persoon_bekend=True,
    )
    extra = {
        "zending": zending,
        "persoon": kluis.seal(persoon_document(nieuw.persoon), signaal=signaal.id, column=PERSOON),
        "inzending": kluis.seal(signaal_document(inzending), signaal=signaal.id, column=INZENDING),
    }
    connection.execute(_INSERT, {**_columns(kluis, signaal), **extra})
    return signaal


def insert_hersteld(connection: sqlite3.Connection, kluis: Kluis, signaal: Signaal) -> None:
    """Write a signal that the matcher holds already; the person is not known."""
    connection.execute(_INSERT, {**_columns(kluis, signaal), "zending": None, "persoon": None, "inzending": None})


def read_signaal(kluis: Kluis, row: sqlite3.Row) -> Signaal:
    """Return the signal in a row. Raises RegisterBeschadigd, naming the signal."""
    signaal_id = UUID(row["id"])
    return Signaal(
        id=signaal_id,
        clientnummer=kluis.open(row["clientnummer"], signaal=signaal_id, column=CLIENTNUMMER),
        convenant=ConvenantId(row["convenant"]),
        epoche=Epoche(row["epoche"]),
        signaalsoort=row["signaalsoort"],
        status=SignaalStatus(row["status"]),
        aangemaakt_op=datetime.fromisoformat(row["aangemaakt_op"]),
        verloopt_op=date.fromisoformat(row["verloopt_op"]),
        persoon_bekend=row["persoon"] is not None,
        reden=row["reden"],
    )


def read_persoon(kluis: Kluis, row: sqlite3.Row) -> Persoon | None:
    """Return the person in a row, None when it is not known (any more). Raises RegisterBeschadigd."""
    if row["persoon"] is None:
        return None
    return Persoon(**kluis.open(row["persoon"], signaal=UUID(row["id"]), column=PERSOON))


def read_inzending(kluis: Kluis, row: sqlite3.Row) -> SignaalInzending:
    """Return what is sent, exactly as it was written: a repetition must equal the first attempt."""
    signaal_id = UUID(row["id"])
    document: dict[str, Any] = kluis.open(row["inzending"], signaal=signaal_id, column=INZENDING)
    return SignaalInzending(
        id=signaal_id,
        convenant=ConvenantId(document["convenant"]),
        epoche=Epoche(document["epoche"]),
        profiel=document["profiel"],
        signaalsoort=document["signaalsoort"],
        verloopt_op=date.fromisoformat(document["verlooptOp"]),
        koppeltokens=tuple(document["koppeltokens"]),
        referentie=document["referentie"],
    )


def _columns(kluis: Kluis, signaal: Signaal) -> dict[str, Any]:
    return {
        "id": str(signaal.id),
        "convenant": signaal.convenant,
        "epoche": signaal.epoche,
        "signaalsoort": signaal.signaalsoort,
        "status": signaal.status.value,
        "aangemaakt_op": signaal.aangemaakt_op.isoformat(),
        "verloopt_op": signaal.verloopt_op.isoformat(),
        "clientindex": kluis.blind_index(signaal.clientnummer),
        "clientnummer": kluis.seal(signaal.clientnummer, signaal=signaal.id, column=CLIENTNUMMER),
    }
