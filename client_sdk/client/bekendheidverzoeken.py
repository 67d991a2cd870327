"""The requests about bekendheidsvragen. Repeating any of them changes nothing."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from client_sdk.client.bekendheid import Bekendheidsopgave
from client_sdk.client.requests import post
from client_sdk.client.transport import Request
from client_sdk.types import Vraagtoken
from convenant.base64url import encode_base64url

MAX_PERSONEN: Final = 50
STAP: Final = 256
"""An answer holds a multiple of so many tokens."""


def vraag_request(opgave: Bekendheidsopgave) -> Request:
    """Return the request that puts a question."""
    body = {
        "id": str(opgave.id),
        "convenant": opgave.convenant,
        "epoche": opgave.epoche,
        "reden": opgave.reden,
        "tokens": [encode_base64url(token) for token in opgave.tokens],
    }
    return post("/v1/bekendheidsvragen", body, {})


def stand_request(vraag: UUID) -> Request:
    """Return the request for how a question of our own stands."""
    return Request(method="GET", path=f"/v1/bekendheidsvragen/{vraag}", repeatable=True)


def antwoord_request(vraag: UUID, tokens: Sequence[Vraagtoken]) -> Request:
    """Return the request that answers a question. Raises ValueError for a number that is no multiple of the step."""
    if not tokens or len(tokens) % STAP:
        raise ValueError(f"Een antwoord bevat een veelvoud van {STAP} tokens.")
    body = {"tokens": [encode_base64url(token) for token in tokens]}
    return post(f"/v1/bekendheidsvragen/{vraag}/antwoorden", body, {})


def akkoord_request(vraag: UUID, token: Vraagtoken, *, bekend: bool) -> Request:
    """Return the request that says yes or no about an own client."""
    body = {"token": encode_base64url(token), "bekend": bekend}
    return post(f"/v1/bekendheidsvragen/{vraag}/akkoorden", body, {})


def sluiting_request(vraag: UUID) -> Request:
    """Return the request that closes a question of our own."""
    return post(f"/v1/bekendheidsvragen/{vraag}/sluitingen", {}, {})
