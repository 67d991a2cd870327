"""Deliveries at a webhook: only what the matcher signed, for this webhook, now."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from client_sdk.client import Convenantbericht
from client_sdk.errors import OngeldigAntwoord, WebhookOngeldig
from client_sdk.webhook import answer_handshake, verify_webhook
from convenant.base64url import encode_base64url

WEBHOOK = UUID(int=5)
NU = datetime(2026, 3, 1, 12, tzinfo=UTC)
SLEUTEL = Ed25519PrivateKey.generate()
JWKS = {
    "keys": [
        {"kty": "RSA", "kid": "a"},
        {
            "kty": "OKP",
            "crv": "Ed25519",
            "kid": "a",
            "x": encode_base64url(SLEUTEL.public_key().public_bytes_raw()),
        },
    ]
}
EVENT = {
    "id": "e-1",
    "type": "nl.koppelradar.convenant-gewijzigd",
    "sequence": "0000000007",
    "time": "2026-03-01T12:00:00Z",
    "data": {"convenant": "nhn", "versie": 2, "hash": "sha256:0", "soort": "nieuwe-versie"},
}
BODY = json.dumps(EVENT).encode()


def sign(body: bytes = BODY, sleutel: Ed25519PrivateKey = SLEUTEL, **changes: Any) -> dict[str, str]:
    header = {"alg": "EdDSA", "kid": "a", "iat": int(NU.timestamp()), "aud": str(WEBHOOK)} | changes
    protected = encode_base64url(json.dumps(header).encode())
    signature = sleutel.sign(f"{protected}.{encode_base64url(body)}".encode())
    return {"koppelradar-handtekening": f"{protected}..{encode_base64url(signature)}"}


def verify(headers: dict[str, str], body: bytes = BODY, now: datetime = NU) -> Any:
    return verify_webhook(headers, body, jwks=JWKS, webhook=WEBHOOK, now=now)


@pytest.mark.parametrize("alg", ["EdDSA", "Ed25519"])
def test_what_the_matcher_signed_is_read(alg: str) -> None:
    bericht = verify(sign(alg=alg))

    assert (bericht.id, bericht.volgnummer) == ("e-1", "0000000007")
    assert isinstance(bericht.notificatie.inhoud, Convenantbericht)


def test_an_unknown_kind_is_none_but_has_its_number() -> None:
    body = json.dumps(EVENT | {"type": "nl.koppelradar.later"}).encode()

    bericht = verify(sign(body), body)

    assert (bericht.volgnummer, bericht.notificatie) == ("0000000007", None)


@pytest.mark.parametrize(("age", "good"), [(300, True), (301, False), (-60, True), (-61, False), (3600 * 24, False)])
def test_only_what_was_signed_just_now_counts(age: int, good: bool) -> None:
    if good:
        assert verify(sign(), now=NU + timedelta(seconds=age)).id == "e-1"
    else:
        with pytest.raises(WebhookOngeldig, match=r"te oud|klok"):
            verify(sign(), now=NU + timedelta(seconds=age))


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({}, id="no signature"),
        pytest.param(sign(aud=str(UUID(int=6))), id="for another webhook"),
        pytest.param(sign(aud=None), id="for nobody"),
        pytest.param(sign(kid="b"), id="an unknown key"),
        pytest.param(sign(kid=None), id="no key"),
        pytest.param(sign(alg="none"), id="no algorithm"),
        pytest.param(sign(alg="HS256"), id="another algorithm"),
        pytest.param(sign(crit=["exp"]), id="an extension"),
        pytest.param(sign(b64=False), id="another encoding"),
        pytest.param(sign(iat="nu"), id="no moment"),
        pytest.param(sign(iat=True), id="a truth for a moment"),
        pytest.param(sign(sleutel=Ed25519PrivateKey.generate()), id="somebody else"),
        pytest.param(sign(BODY + b" "), id="another body"),
        pytest.param({"Koppelradar-Handtekening": "a.b.c"}, id="a body inside"),
        pytest.param({"Koppelradar-Handtekening": "a.."}, id="no JSON"),
        pytest.param({"Koppelradar-Handtekening": "W10.."}, id="no object"),
        pytest.param({"Koppelradar-Handtekening": "é..é"}, id="no base64url"),
        pytest.param({"Koppelradar-Handtekening": "x" * 5000}, id="endless"),
    ],
)
def test_anything_else_is_refused(headers: dict[str, str]) -> None:
    with pytest.raises(WebhookOngeldig):
        verify(headers)


def test_a_body_without_an_end_is_refused() -> None:
    body = b"x" * (256 * 1024 + 1)

    with pytest.raises(WebhookOngeldig, match="te groot"):
        verify(sign(body), body)


def test_a_signed_body_that_is_no_notification_is_an_answer_that_does_not_fit() -> None:
    with pytest.raises(OngeldigAntwoord):
        verify(sign(b"{}"), b"{}")


class TestHandshake:
    def test_the_matcher_is_welcome(self) -> None:
        answer = answer_handshake({"webhook-request-origin": "matcher.example"}, origin="matcher.example")

        assert (answer["WebHook-Allowed-Origin"], answer["WebHook-Allowed-Rate"]) == ("matcher.example", "*")

    @pytest.mark.parametrize("headers", [{}, {"WebHook-Request-Origin": "ander.example"}])
    def test_others_are_not(self, headers: dict[str, str]) -> None:
        with pytest.raises(WebhookOngeldig):
            answer_handshake(headers, origin="matcher.example")
