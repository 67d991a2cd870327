"""Rows of the register, sealed on the way in and opened on the way out."""

import sqlite3
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from client_sdk.client.koppeling import Epochetokens, Omslag, Verzegeldekaart, Zegel
from client_sdk.client.model import SignaalInzending
from client_sdk.client.requests import signaal_document
from client_sdk.kaarten import EigenKaart
from client_sdk.persoon import Persoon
from client_sdk.register.kluis import Kluis, persoon_document
from client_sdk.register.model import NieuwSignaal, Signaal, SignaalStatus, TeTokeniseren, Wachtreden
from client_sdk.types import Kaartgeheim
from convenant.base64url import decode_base64url, encode_base64url
from convenant.types import ConvenantId, Epoche, Oin

CLIENTNUMMER: Final = "clientnummer"
PERSOON: Final = "persoon"
INZENDING: Final = "inzending"
KAART: Final = "kaart"

SELECT: Final = """
SELECT signaal.*,
       (SELECT group_concat(epoche) FROM signaal_epoche WHERE signaal_epoche.signaal = signaal.id) AS epochen
FROM signaal
"""
_INSERT: Final = """
INSERT INTO signaal (id, convenant, signaalsoort, status, aangemaakt_op, verloopt_op, clientindex, clientnummer,
                     persoon, kaart)
VALUES (:id, :convenant, :signaalsoort, :status, :aangemaakt_op, :verloopt_op, :clientindex, :clientnummer,
        :persoon, :kaart)
"""


def insert_nieuw(connection: sqlite3.Connection, kluis: Kluis, nieuw: NieuwSignaal) -> Signaal:
    """Write a signal that waits for its tokens, and return it."""
    signaal = nieuw.signaal
    extra = {
        "persoon": kluis.seal(persoon_document(nieuw.persoon), signaal=signaal.id, column=PERSOON),
        "kaart": None if nieuw.kaart is None else _seal_kaart(kluis, nieuw.kaart, signaal.id),
    }
    connection.execute(_INSERT, {**_columns(kluis, signaal), **extra})
    return signaal


def insert_hersteld(connection: sqlite3.Connection, kluis: Kluis, signaal: Signaal) -> None:
    """Write a signal that the matcher holds already; the person and the card are not known."""
    connection.execute(_INSERT, {**_columns(kluis, signaal), "persoon": None, "kaart": None})
    insert_epochen(connection, signaal.id, signaal.epochen)


def insert_epochen(connection: sqlite3.Connection, signaal: UUID, epochen: tuple[Epoche, ...]) -> None:
    """Write for which epochs the matcher has tokens of a signal; what is known of them already stays."""
    connection.executemany(
        "INSERT INTO signaal_epoche (signaal, epoche) VALUES (?, ?) ON CONFLICT DO NOTHING",
        [(str(signaal), epoche) for epoche in epochen],
    )


def read_signaal(kluis: Kluis, row: sqlite3.Row) -> Signaal:
    """Return the signal in a row of `SELECT`. Raises RegisterBeschadigd, naming the signal."""
    signaal_id = UUID(row["id"])
    return Signaal(
        id=signaal_id,
        clientnummer=kluis.open(row["clientnummer"], signaal=signaal_id, column=CLIENTNUMMER),
        convenant=ConvenantId(row["convenant"]),
        epochen=tuple(sorted(Epoche(int(nummer)) for nummer in (row["epochen"] or "").split(",") if nummer)),
        signaalsoort=row["signaalsoort"],
        status=SignaalStatus(row["status"]),
        aangemaakt_op=datetime.fromisoformat(row["aangemaakt_op"]),
        verloopt_op=date.fromisoformat(row["verloopt_op"]),
        persoon_bekend=row["persoon"] is not None,
        reden=row["reden"],
        wacht_op=_wacht_op(row),
        wacht_tot=datetime.fromisoformat(row["wacht_tot"]) if row["wacht_tot"] else None,
    )


def read_persoon(kluis: Kluis, row: sqlite3.Row) -> Persoon | None:
    """Return the person in a row, None when it is not known (any more). Raises RegisterBeschadigd."""
    if row["persoon"] is None:
        return None
    return Persoon(**kluis.open(row["persoon"], signaal=UUID(row["id"]), column=PERSOON))


def read_kaart(kluis: Kluis, row: sqlite3.Row) -> EigenKaart | None:
    """Return the own card in a row, None when there is none. Raises RegisterBeschadigd."""
    if row["kaart"] is None:
        return None
    document = kluis.open(row["kaart"], signaal=UUID(row["id"]), column=KAART)
    return EigenKaart(jws=document["jws"], geheim=Kaartgeheim(decode_base64url(document["geheim"])))


def read_te_tokeniseren(kluis: Kluis, row: sqlite3.Row) -> TeTokeniseren:
    """Return a signal with the person it needs tokens for. Raises RegisterBeschadigd."""
    persoon = read_persoon(kluis, row)
    if persoon is None:
        raise ValueError("a signal without a person gets no tokens")
    return TeTokeniseren(signaal=read_signaal(kluis, row), persoon=persoon, kaart=read_kaart(kluis, row))


def seal_inzending(kluis: Kluis, inzending: SignaalInzending) -> bytes:
    """Return what is sent, sealed for its row."""
    return kluis.seal(signaal_document(inzending), signaal=inzending.id, column=INZENDING)


def read_inzending(kluis: Kluis, row: sqlite3.Row) -> SignaalInzending:
    """Return what is sent, exactly as it was written: a repetition must equal the first attempt.

    What a version 1 wrote has the tokens of one epoch, and becomes one tokenset.
    """
    signaal_id = UUID(row["id"])
    document: dict[str, Any] = kluis.open(row["inzending"], signaal=signaal_id, column=INZENDING)
    return SignaalInzending(
        id=signaal_id,
        convenant=ConvenantId(document["convenant"]),
        profiel=document["profiel"],
        signaalsoort=document["signaalsoort"],
        verloopt_op=date.fromisoformat(document["verlooptOp"]),
        tokensets=tuple(_tokens(tokenset) for tokenset in document.get("tokensets", [document])),
        referentie=document["referentie"],
        kaart=_verzegelde_kaart(document["kaart"]) if "kaart" in document else None,
    )


def _tokens(document: dict[str, Any]) -> Epochetokens:
    return Epochetokens(epoche=Epoche(document["epoche"]), koppeltokens=tuple(document["koppeltokens"]))


def _verzegelde_kaart(document: dict[str, Any]) -> Verzegeldekaart:
    return Verzegeldekaart(
        versleuteld=decode_base64url(document["versleuteld"]),
        omslagen=tuple(
            Omslag(epoche=Epoche(o["epoche"]), waarde=decode_base64url(o["waarde"])) for o in document["omslagen"]
        ),
        zegels=tuple(
            Zegel(ontvanger=Oin(z["ontvanger"]), waarde=decode_base64url(z["waarde"])) for z in document["zegels"]
        ),
    )


def _seal_kaart(kluis: Kluis, kaart: EigenKaart, signaal: UUID) -> bytes:
    document = {"jws": kaart.jws, "geheim": encode_base64url(kaart.geheim.reveal())}
    return kluis.seal(document, signaal=signaal, column=KAART)


def _wacht_op(row: sqlite3.Row) -> Wachtreden | None:
    if row["zending"] is not None:
        return Wachtreden.MATCHER
    return Wachtreden(row["wacht_op"]) if row["wacht_op"] else None


def _columns(kluis: Kluis, signaal: Signaal) -> dict[str, Any]:
    return {
        "id": str(signaal.id),
        "convenant": signaal.convenant,
        "signaalsoort": signaal.signaalsoort,
        "status": signaal.status.value,
        "aangemaakt_op": signaal.aangemaakt_op.isoformat(),
        "verloopt_op": signaal.verloopt_op.isoformat(),
        "clientindex": kluis.blind_index(signaal.clientnummer),
        "clientnummer": kluis.seal(signaal.clientnummer, signaal=signaal.id, column=CLIENTNUMMER),
    }
