"""Key files: made once, never overwritten, readable by their owner alone.

A symmetric key is one line of base64url without padding. The signing key is a private JWK (RFC 8037, Ed25519)
whose `kid` is its RFC 7638 thumbprint. A file does not say which symmetric key it holds: its name has to.
"""

import hashlib
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self, TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from client_sdk.errors import SleutelFout
from client_sdk.types import KEY_BYTES, ConvenantSleutel, Geheim, OrganisatieSleutel, RegisterSleutel
from convenant.errors import SleutelbestandFout
from convenant.sleutelbestanden import decode_sleutel, encode_sleutel, read_secret, write_secret

__all__ = [
    "ConvenantSleutel",
    "Ondertekensleutel",
    "OrganisatieSleutel",
    "RegisterSleutel",
    "generate_sleutel",
    "read_ondertekensleutel",
    "read_sleutel",
    "write_ondertekensleutel",
    "write_sleutel",
]


SleutelT = TypeVar("SleutelT", bound=Geheim)


@dataclass(frozen=True, slots=True)
class Ondertekensleutel:
    """An Ed25519 key with which an organisation identifies itself; `repr` shows the `kid` only."""

    kid: str
    _privaat: Ed25519PrivateKey = field(repr=False, compare=False)

    @classmethod
    def generate(cls) -> Self:
        """Return a new key."""
        return cls._from_private_key(Ed25519PrivateKey.generate())

    @classmethod
    def from_private_jwk(cls, jwk: object) -> Self:
        """Return the key in a private JWK (parsed JSON); raises ValueError for anything else."""
        if not isinstance(jwk, dict) or jwk.get("kty") != "OKP" or jwk.get("crv") != "Ed25519":
            raise ValueError("not an Ed25519 JWK")
        sleutel = cls._from_private_key(Ed25519PrivateKey.from_private_bytes(_decode(jwk.get("d"))))
        # A wrong public half is worse than none: it would be published and signatures would never verify.
        if jwk.get("x") != sleutel.public_jwk()["x"] or jwk.get("kid", sleutel.kid) != sleutel.kid:
            raise ValueError("public half or kid does not belong to the private half")
        return sleutel

    @classmethod
    def _from_private_key(cls, privaat: Ed25519PrivateKey) -> Self:
        return cls(kid=_thumbprint(_public_members(privaat)), _privaat=privaat)

    def public_jwk(self) -> dict[str, str]:
        """Return what may be published; no `alg`: libraries are moving from EdDSA to Ed25519 (RFC 9864)."""
        return {**_public_members(self._privaat), "kid": self.kid, "use": "sig"}

    def private_jwk(self) -> dict[str, str]:
        """Return the whole key, for the JOSE library that signs with it. Secret."""
        return {**self.public_jwk(), "d": encode_sleutel(self._privaat.private_bytes_raw())}


def _decode(text: object) -> bytes:
    """Return the bytes; raises ValueError for anything but the one canonical spelling of 32 bytes."""
    if not isinstance(text, str) or not text.isascii():
        raise ValueError("not base64url text")
    try:
        return decode_sleutel(text, Path())
    except SleutelbestandFout:
        raise ValueError("not 32 bytes in canonical base64url") from None


def _public_members(privaat: Ed25519PrivateKey) -> dict[str, str]:
    return {"crv": "Ed25519", "kty": "OKP", "x": encode_sleutel(privaat.public_key().public_bytes_raw())}


def _thumbprint(members: dict[str, str]) -> str:
    # RFC 7638 section 3: the required members, sorted, without spaces. RFC 8037 section 2 names them for OKP.
    canonical = json.dumps(members, sort_keys=True, separators=(",", ":")).encode()
    return encode_sleutel(hashlib.sha256(canonical).digest())


@contextmanager
def _as_sleutel_fout() -> Iterator[None]:
    try:
        yield
    except SleutelbestandFout as error:
        # Without its cause: that one can quote the key.
        raise SleutelFout(str(error)) from None


def generate_sleutel(soort: type[SleutelT]) -> SleutelT:
    """Return a new random key of the kind asked for, such as `generate_sleutel(OrganisatieSleutel)`."""
    return soort(secrets.token_bytes(KEY_BYTES))


def write_sleutel(path: Path, sleutel: Geheim) -> None:
    """Write a key to a new file with mode 0600; raises `SleutelFout` when it exists or cannot be made."""
    with _as_sleutel_fout():
        write_secret(path, encode_sleutel(sleutel.reveal()) + "\n")


def read_sleutel(path: Path, soort: type[SleutelT]) -> SleutelT:
    """Return the key in a file.

    That the file holds this kind of key, and not another, cannot be seen from it. Raises `SleutelFout` when
    the file is missing, can be read by others (POSIX), is not one line of base64url, or holds a key that
    cannot be random.
    """
    with _as_sleutel_fout():
        return soort(decode_sleutel(read_secret(path), path))


def write_ondertekensleutel(path: Path, sleutel: Ondertekensleutel) -> None:
    """Write a private JWK to a new file with mode 0600; raises `SleutelFout` when that cannot be done."""
    with _as_sleutel_fout():
        write_secret(path, json.dumps(sleutel.private_jwk(), indent=2) + "\n")


def read_ondertekensleutel(path: Path) -> Ondertekensleutel:
    """Return the signing key in a file.

    Raises `SleutelFout` when the file is missing, can be read by others (POSIX), or holds no Ed25519 private
    JWK.
    """
    with _as_sleutel_fout():
        text = read_secret(path)
    try:
        return Ondertekensleutel.from_private_jwk(json.loads(text))
    except ValueError:
        # Without its cause: that one can quote the key.
        raise SleutelFout(f"In {path} staat geen Ed25519-sleutel als private JWK.") from None
