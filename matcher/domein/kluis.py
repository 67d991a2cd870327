"""Secrets of others that the matcher must be able to read again: encrypted wherever they are kept."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from matcher.domein.pepper import Pepper

_INFO: Final = b"koppelradar/kluis"
_NONCE_BYTES: Final = 12


@dataclass(frozen=True, slots=True)
class Kluis:
    """Seals under AES-256-GCM, with a key that comes from the first pepper and so outlives a rotation."""

    sleutel: bytes = field(repr=False)

    @classmethod
    def from_pepper(cls, pepper: Pepper) -> "Kluis":
        """The one of this matcher."""
        return cls(pepper.derive(_INFO))

    def seal(self, geheim: str, eigenaar: UUID) -> bytes:
        """The secret of this owner, in a form that says nothing without the key and fits no other owner."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + AESGCM(self.sleutel).encrypt(nonce, geheim.encode(), eigenaar.bytes)

    def mark(self, *parts: str) -> str:
        """The same letters and digits for the same parts, from which nobody else can tell what they were."""
        return hmac.digest(self.sleutel, "\0".join(parts).encode(), hashlib.sha256).hex()[:32]

    def open(self, verzegeld: bytes, eigenaar: UUID) -> str | None:
        """The secret; None when it was sealed under another key, for another owner, or was tampered with."""
        nonce, sealed = verzegeld[:_NONCE_BYTES], verzegeld[_NONCE_BYTES:]
        try:
            return AESGCM(self.sleutel).decrypt(nonce, sealed, eigenaar.bytes).decode()
        except (InvalidTag, ValueError):
            return None
