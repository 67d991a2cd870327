"""Key files: made once, never overwritten, readable by their owner alone.

A symmetric key is one line of base64url without padding. The signing key is a private JWK (RFC 8037, Ed25519)
whose `kid` is its RFC 7638 thumbprint. A file does not say which symmetric key it holds: its name has to.
"""

import base64
import binascii
import hashlib
import json
import os
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self, TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from client_sdk.errors import SleutelFout
from client_sdk.types import KEY_BYTES, ConvenantSleutel, Geheim, OrganisatieSleutel, RegisterSleutel

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

_FILE_MODE: Final = 0o600
_NOT_FOR_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
_MAX_FILE_BYTES: Final = 4096
# 32 random bytes hold fewer than 16 different values less than once in 10**15 keys; zeros and repeated words do.
_MIN_DISTINCT_BYTES: Final = 16

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
        return {**self.public_jwk(), "d": _encode(self._privaat.private_bytes_raw())}


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decode(text: object) -> bytes:
    """Return the bytes; raises ValueError for anything but the one canonical spelling of 32 bytes."""
    if not isinstance(text, str) or not text.isascii():
        raise ValueError("not base64url text")
    raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    if len(raw) != KEY_BYTES or _encode(raw) != text:
        raise ValueError("not 32 bytes in canonical base64url")
    return raw


def _public_members(privaat: Ed25519PrivateKey) -> dict[str, str]:
    return {"crv": "Ed25519", "kty": "OKP", "x": _encode(privaat.public_key().public_bytes_raw())}


def _thumbprint(members: dict[str, str]) -> str:
    # RFC 7638 section 3: the required members, sorted, without spaces. RFC 8037 section 2 names them for OKP.
    canonical = json.dumps(members, sort_keys=True, separators=(",", ":")).encode()
    return _encode(hashlib.sha256(canonical).digest())


def _check_permissions(descriptor: int, path: Path) -> None:
    # Asked of the open file, not of the name: between two looks at a name the file can be swapped.
    if os.name == "posix" and os.fstat(descriptor).st_mode & _NOT_FOR_OTHERS:
        raise SleutelFout(f"Anderen kunnen het sleutelbestand {path} lezen. Voer uit: chmod 600 {path}")


def _read_secret(path: Path) -> str:
    try:
        with path.open("rb") as file:
            _check_permissions(file.fileno(), path)
            content = file.read(_MAX_FILE_BYTES + 1)
    except FileNotFoundError as error:
        raise SleutelFout(f"Het sleutelbestand {path} bestaat niet. Controleer het pad.") from error
    except OSError as error:
        raise SleutelFout(f"Het sleutelbestand {path} kan niet worden gelezen. Controleer de rechten.") from error
    if len(content) > _MAX_FILE_BYTES:
        raise SleutelFout(f"Het bestand {path} is te groot voor een sleutelbestand. Controleer het pad.")
    return content.decode("utf-8", "replace")


def _write_secret(path: Path, content: str) -> None:
    try:
        # O_EXCL: never overwrite, also not through a symbolic link that was put there in advance.
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _FILE_MODE)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError as error:
        raise SleutelFout(f"Het bestand {path} bestaat al en wordt niet overschreven. Kies een andere naam.") from error
    except OSError as error:
        raise SleutelFout(f"Het sleutelbestand {path} kan niet worden gemaakt. Controleer map en rechten.") from error


def generate_sleutel(soort: type[SleutelT]) -> SleutelT:
    """Return a new random key of the kind asked for, such as `generate_sleutel(OrganisatieSleutel)`."""
    return soort(os.urandom(KEY_BYTES))


def write_sleutel(path: Path, sleutel: Geheim) -> None:
    """Write a key to a new file with mode 0600; raises `SleutelFout` when it exists or cannot be made."""
    _write_secret(path, _encode(sleutel.reveal()) + "\n")


def read_sleutel(path: Path, soort: type[SleutelT]) -> SleutelT:
    """Return the key in a file.

    That the file holds this kind of key, and not another, cannot be seen from it. Raises `SleutelFout` when
    the file is missing, can be read by others (POSIX), is not one line of base64url, or holds a key that
    cannot be random.
    """
    try:
        raw = _decode(_read_secret(path).strip())
    except (ValueError, binascii.Error):
        # Without its cause: that one can quote the key.
        raise SleutelFout(f"In {path} staat geen sleutel van {KEY_BYTES} bytes in base64url.") from None
    if len(set(raw)) < _MIN_DISTINCT_BYTES:
        raise SleutelFout(f"De sleutel in {path} is niet willekeurig gekozen. Maak een nieuwe sleutel.")
    return soort(raw)


def write_ondertekensleutel(path: Path, sleutel: Ondertekensleutel) -> None:
    """Write a private JWK to a new file with mode 0600; raises `SleutelFout` when that cannot be done."""
    _write_secret(path, json.dumps(sleutel.private_jwk(), indent=2) + "\n")


def read_ondertekensleutel(path: Path) -> Ondertekensleutel:
    """Return the signing key in a file.

    Raises `SleutelFout` when the file is missing, can be read by others (POSIX), or holds no Ed25519 private
    JWK.
    """
    text = _read_secret(path)
    try:
        return Ondertekensleutel.from_private_jwk(json.loads(text))
    except ValueError:
        # Without its cause: that one can quote the key.
        raise SleutelFout(f"In {path} staat geen Ed25519-sleutel als private JWK.") from None
