"""The requests about webhooks, mail, and the stream of notifications."""

import json
from datetime import time
from typing import Final
from uuid import UUID

from client_sdk.client.kanalen import Emailkanaal
from client_sdk.client.requests import post
from client_sdk.client.transport import Request

_HEARTBEAT_SECONDS: Final = 15.0
_MISSED_HEARTBEATS: Final = 3


def webhook_request(url: str, bearer: str) -> Request:
    """Return the request that registers a webhook; not repeatable: a second one would be another webhook."""
    return post("/v1/webhooks", {"url": url, "bearer": bearer}, {}, repeatable=False)


def webhooks_request() -> Request:
    """Return the request for the own webhooks."""
    return Request(method="GET", path="/v1/webhooks", repeatable=True)


def webhook_delete_request(webhook: UUID) -> Request:
    """Return the request that removes a webhook."""
    return Request(method="DELETE", path=f"/v1/webhooks/{webhook}", repeatable=True)


def hervatting_request(webhook: UUID) -> Request:
    """Return the request that makes a webhook active again, after a new handshake."""
    return post(f"/v1/webhooks/{webhook}/hervattingen", {}, {})


def dode_letters_request(webhook: UUID) -> Request:
    """Return the request for what a webhook did not take."""
    return Request(method="GET", path=f"/v1/webhooks/{webhook}/dode-letters", repeatable=True)


def herbezorging_request(webhook: UUID) -> Request:
    """Return the request that sends the dead letters of a webhook again."""
    return post(f"/v1/webhooks/{webhook}/herbezorgingen", {}, {})


def emailkanaal_request() -> Request:
    """Return the request for how mail is set."""
    return Request(method="GET", path="/v1/emailkanaal", repeatable=True)


def set_emailkanaal_request(kanaal: Emailkanaal) -> Request:
    """Return the request that sets mail."""
    body = {
        "aan": kanaal.aan,
        "wijze": kanaal.wijze.value,
        "tijdstip": _clock(kanaal.tijdstip),
        "stilVan": _clock(kanaal.stil_van),
        "stilTot": _clock(kanaal.stil_tot),
    }
    return Request(
        method="PUT",
        path="/v1/emailkanaal",
        headers={"Content-Type": "application/json"},
        content=json.dumps(body, separators=(",", ":")).encode(),
        repeatable=True,
    )


def jwks_request() -> Request:
    """Return the request for the public keys of the matcher."""
    return Request(method="GET", path="/v1/jwks", repeatable=True)


def stroom_request(na: str) -> Request:
    """Return the request for the stream of notifications after `na`; silence for three heartbeats breaks it off."""
    return Request(
        method="GET",
        path="/v1/notificaties/stroom",
        query={"na": na},
        headers={"Accept": "text/event-stream"},
        repeatable=True,
        read_timeout=_MISSED_HEARTBEATS * _HEARTBEAT_SECONDS,
    )


def _clock(moment: time | None) -> str | None:
    return None if moment is None else moment.strftime("%H:%M")
