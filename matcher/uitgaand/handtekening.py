"""The signature under what a webhook receives; no I/O.

A detached JWS (RFC 7515, appendix F) over the bytes of the body. `aud` and `iat` are in its header, so that what was
sent to one webhook cannot be sent to another, nor again later.
"""

import json
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from joserfc.jwk import OKPKey

from convenant.base64url import encode_base64url

HANDTEKENING: Final = "Koppelradar-Handtekening"
# The newer name of the algorithm is Ed25519 (RFC 9864); JOSE libraries of receivers read the older one.
_ALGORITME: Final = "EdDSA"


def sign_detached(body: bytes, sleutel: OKPKey, *, webhook: UUID, op: datetime) -> str:
    """The value of the header `HANDTEKENING` for this body, sent to this webhook at this moment."""
    header = {"alg": _ALGORITME, "kid": sleutel.thumbprint(), "iat": int(op.timestamp()), "aud": str(webhook)}
    protected = encode_base64url(json.dumps(header, separators=(",", ":")).encode())
    private: Any = sleutel.private_key
    signature = private.sign(f"{protected}.{encode_base64url(body)}".encode())
    return f"{protected}..{encode_base64url(signature)}"
