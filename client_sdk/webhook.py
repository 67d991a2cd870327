"""What a webhook of ours receives: whether the matcher sent it, and what is in it; no I/O.

The matcher signs every delivery with a detached JWS (RFC 7515, appendix F) over the exact bytes of the body, in the
header `Koppelradar-Handtekening`. Its protected header holds `alg`, `kid`, `iat` and `aud`, the id of the webhook: so
that what was sent to one cannot be sent to another, nor again later. The bearer token says who may deliver, and can
leak from a proxy; the signature is what counts.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from client_sdk.client.kanalen import Jwks
from client_sdk.client.model import Notificatie
from client_sdk.client.notificatieantwoorden import notificatie_of, read_event
from client_sdk.client.sse import MAX_EVENT_BYTES
from client_sdk.errors import WebhookOngeldig
from convenant.base64url import decode_base64url, encode_base64url

HANDTEKENING: Final = "Koppelradar-Handtekening"
MAX_AGE_SECONDS: Final = 300
_MAX_AHEAD_SECONDS: Final = 60
_ALGORITHMS: Final = frozenset({"EdDSA", "Ed25519"})
"""Two names of one algorithm: RFC 9864 renames the first, on this curve, to the second."""
_MAX_HEADER: Final = 2048
_PARTS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhookbericht:
    """A delivery that the matcher signed; `notificatie` is None for a kind that this version does not know."""

    id: str
    volgnummer: str
    notificatie: Notificatie | None


def verify_webhook(
    headers: Mapping[str, str], body: bytes, *, jwks: Jwks, webhook: UUID, now: datetime
) -> Webhookbericht:
    """Return what was delivered, once its signature holds for this webhook and is at most five minutes old.

    `body` is what came in, byte for byte; `now` is aware. A repetition within those minutes verifies as well: go by
    `volgnummer`. Raises WebhookOngeldig, and OngeldigAntwoord for a signed body that is no notification.
    """
    if len(body) > MAX_EVENT_BYTES:
        raise WebhookOngeldig("Het bericht aan de webhook is te groot.")
    protected, signature = _parts(_header(headers, HANDTEKENING))
    document = _document(protected)
    _check_claims(document, webhook, now)
    _check_signature(_key(jwks, document.get("kid")), f"{protected}.{encode_base64url(body)}".encode(), signature)
    event = read_event(body)
    return Webhookbericht(id=event.id, volgnummer=event.sequence, notificatie=notificatie_of(event))


def kid_of(headers: Mapping[str, str]) -> str:
    """Return the key that a delivery says it is signed with, unverified. Raises WebhookOngeldig."""
    return str(_document(_parts(_header(headers, HANDTEKENING))[0]).get("kid"))


def answer_handshake(headers: Mapping[str, str], *, origin: str) -> dict[str, str]:
    """Return the headers with which to answer OPTIONS, status 200: that deliveries from `origin` are welcome.

    `origin` is the host name of the matcher. Raises WebhookOngeldig when somebody else asks: answer that with 403.
    """
    if _header(headers, "WebHook-Request-Origin") != origin:
        raise WebhookOngeldig("Een onbekende dienst wil berichten sturen naar deze webhook.")
    return {"WebHook-Allowed-Origin": origin, "WebHook-Allowed-Rate": "*", "Allow": "OPTIONS, POST"}


def _header(headers: Mapping[str, str], name: str) -> str:
    for found, value in headers.items():
        if found.lower() == name.lower():
            return value
    raise WebhookOngeldig(f"Aan het bericht aan de webhook ontbreekt de kop {name}.")


def _parts(text: str) -> tuple[str, bytes]:
    parts = text.split(".") if len(text) <= _MAX_HEADER else []
    if len(parts) != _PARTS or parts[1]:
        raise _unreadable()
    try:
        return parts[0], decode_base64url(parts[2])
    except ValueError:
        raise _unreadable() from None


def _document(protected: str) -> dict[str, Any]:
    try:
        document = json.loads(decode_base64url(protected))
    except (ValueError, RecursionError):
        raise _unreadable() from None
    if not isinstance(document, dict):
        raise _unreadable()
    return document


def _check_claims(document: Mapping[str, Any], webhook: UUID, now: datetime) -> None:
    # The algorithm is ours to choose, and an extension that we do not know must be refused (RFC 7515, 4.1.11).
    if document.get("alg") not in _ALGORITHMS or "crit" in document or document.get("b64", True) is not True:
        raise _unreadable()
    if document.get("aud") != str(webhook):
        raise WebhookOngeldig("Dit bericht is voor een andere webhook bedoeld.")
    iat = document.get("iat")
    if not isinstance(iat, int) or isinstance(iat, bool):
        raise _unreadable()
    age = now.timestamp() - iat
    if not -_MAX_AHEAD_SECONDS <= age <= MAX_AGE_SECONDS:
        raise WebhookOngeldig("Dit bericht is te oud, of de klok van deze computer loopt niet gelijk.")


def _key(jwks: Jwks, kid: object) -> Ed25519PublicKey:
    for jwk in jwks.get("keys", ()):
        if jwk.get("kid") == kid and jwk.get("kty") == "OKP" and jwk.get("crv") == "Ed25519":
            try:
                return Ed25519PublicKey.from_public_bytes(decode_base64url(str(jwk.get("x"))))
            except ValueError:
                break
    raise WebhookOngeldig("De matcher kent de sleutel niet waarmee dit bericht is ondertekend.")


def _check_signature(key: Ed25519PublicKey, signed: bytes, signature: bytes) -> None:
    try:
        key.verify(signature, signed)
    except InvalidSignature:
        raise WebhookOngeldig("De handtekening onder dit bericht klopt niet.") from None


def _unreadable() -> WebhookOngeldig:
    return WebhookOngeldig("De handtekening bij dit bericht heeft een andere vorm dan afgesproken.")
