"""Compact JWS (RFC 7515) with one algorithm, one spelling, and a header of exactly alg, kid and typ.

One value has one text: header and payload are RFC 8785, every part is canonical base64url. Otherwise somebody without
a key could make a second text of a statement, with another hash, and break the chain of the party that signed it.
"""

import json
from dataclasses import dataclass, field
from typing import Any, Final

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from convenant.base64url import decode_base64url
from convenant.canoniek import canonical_bytes, hash_text
from convenant.errors import ConvenantFout, OngeldigeVerklaring
from convenant.model import PubliekeSleutel

ALG: Final = "Ed25519"
"""The name that RFC 9864 gives to EdDSA on this curve."""
MAX_CHARS: Final = 64 * 1024
_PARTS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Gelezen:
    """What a JWS says of itself, unverified."""

    kid: str
    inhoud: dict[str, Any] = field(repr=False)


def sign_compact(inhoud: dict[str, Any], *, typ: str, kid: str, ondertekenaar: OKPKey) -> str:
    """Return the JWS over the canonical form of `inhoud`."""
    header = {"alg": ALG, "kid": kid, "typ": typ}
    return jws.serialize_compact(header, canonical_bytes(inhoud), ondertekenaar, algorithms=[ALG])


def read_compact(tekst: str, *, typ: str) -> Gelezen:
    """Return what is inside, *not* verified. Raises `OngeldigeVerklaring` for any other form, alg or typ."""
    parts = tekst.split(".") if len(tekst) <= MAX_CHARS else []
    if len(parts) != _PARTS:
        raise _unreadable()
    header, inhoud = _canonical_json(parts[0]), _canonical_json(parts[1])
    _decode(parts[2])
    kid = header.pop("kid", None)
    if not isinstance(kid, str) or header != {"alg": ALG, "typ": typ}:
        # The algorithm is ours to choose: a header that picks another one (none, HS256) is an attack, not a choice.
        raise OngeldigeVerklaring(
            "Dit is een ander soort handtekening dan hier hoort (Ed25519). Laat opnieuw ondertekenen met Koppelradar."
        )
    return Gelezen(kid=kid, inhoud=inhoud)


def is_signed_by(tekst: str, sleutel: PubliekeSleutel) -> bool:
    """Return whether this Ed25519 key made the signature; False for a key of any other kind."""
    if not sleutel.is_ed25519:
        return False
    try:
        jws.deserialize_compact(tekst, public_key(sleutel), algorithms=[ALG])
    except (JoseError, ValueError):
        return False
    return True


def public_key(sleutel: PubliekeSleutel) -> OKPKey:
    """Return an Ed25519 key as the library has it. Raises ValueError or JoseError for an x that is none."""
    return OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": sleutel.x or ""})


def hash_of(tekst: str) -> str:
    """Return `sha256:` and 64 hex digits over the bytes of a JWS."""
    return hash_text(tekst.encode())


def public_x(sleutel: OKPKey) -> str:
    """Return the public half, in base64url."""
    return str(sleutel.as_dict(private=False)["x"])


def _decode(part: str) -> bytes:
    try:
        return decode_base64url(part)
    except ValueError:
        raise _unreadable() from None  # the cause could quote what was decoded


def _canonical_json(part: str) -> dict[str, Any]:
    raw = _decode(part)
    try:
        value = json.loads(raw)
        canonical = isinstance(value, dict) and canonical_bytes(value) == raw
    except (ValueError, RecursionError, ConvenantFout):
        raise _unreadable() from None
    if not canonical:
        raise _unreadable()
    found: dict[str, Any] = value
    return found


def _unreadable() -> OngeldigeVerklaring:
    return OngeldigeVerklaring("De tekst is niet te lezen of is beschadigd. Vraag de afzender om het bestand opnieuw.")
