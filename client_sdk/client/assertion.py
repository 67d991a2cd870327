"""The client assertion that proves to the matcher who an organisation is (RFC 7523; NL GOV OAuth 1.2)."""

import secrets
from typing import Final

from joserfc import jwt
from joserfc.jwk import OKPKey

from client_sdk.sleutels import Ondertekensleutel
from convenant.types import Oin

LIFETIME: Final = 60
"""Seconds. The profile names no maximum; the matcher accepts at most this."""

_JTI_BYTES: Final = 16
_ALG: Final = "Ed25519"
"""The name that RFC 9864 gives to EdDSA on this curve."""


def sign_assertion(sleutel: Ondertekensleutel, *, oin: Oin, audience: str, now: float) -> str:
    """Return a signed assertion that lives 60 seconds and carries a `jti` of 128 random bits.

    `audience` is the URL of the token endpoint and `now` seconds since 1970. Use it for one request only: a
    matcher refuses a `jti` that it has seen.
    """
    issued = int(now)
    claims = {
        "iss": oin,
        "sub": oin,
        "aud": audience,
        "iat": issued,
        "exp": issued + LIFETIME,
        "jti": secrets.token_urlsafe(_JTI_BYTES),
    }
    header = {"alg": _ALG, "typ": "JWT", "kid": sleutel.kid}
    return jwt.encode(header, claims, OKPKey.import_key(dict(sleutel.private_jwk())), algorithms=[_ALG])
