"""How OPRF keys lie at rest: encrypted under a key that is not in the database.

`Kluis` is the place where a key management service or a PKCS#11 token fits: it gets the secret and its place, and
whoever implements it never has to give the key under which it encrypts.
"""

import secrets
from dataclasses import dataclass
from typing import Final, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from convenant.canoniek import canonical_bytes
from convenant.sleutelhouder.errors import OngeldigeKluis

_NONCE_BYTES: Final = 12


@dataclass(frozen=True, slots=True)
class Plaats:
    """Which key it is. Part of what is authenticated, so that no stored key passes for another."""

    convenant: str
    epoche: int
    code: str

    def to_bytes(self) -> bytes:
        """The RFC 8785 encoding; two places never give the same bytes."""
        return canonical_bytes({"convenant": self.convenant, "epoche": self.epoche, "code": self.code})


class Kluis(Protocol):
    """Encrypts secrets to store them, and opens what it encrypted."""

    def seal(self, geheim: bytes, plaats: Plaats) -> bytes:
        """The secret as it may be stored."""
        ...

    def open(self, verzegeld: bytes, plaats: Plaats) -> bytes:
        """The secret again. Raises OngeldigeKluis unless it was sealed here, for this place."""
        ...


class AesKluis:
    """AES-256-GCM under one key of 32 bytes, a random nonce of 12 bytes in front of the ciphertext.

    A key seals a few dozen secrets in its life, so random nonces do not repeat.
    """

    def __init__(self, sleutel: bytes) -> None:
        self._aead = AESGCM(sleutel)

    def seal(self, geheim: bytes, plaats: Plaats) -> bytes:
        """The nonce, the ciphertext and its tag."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + self._aead.encrypt(nonce, geheim, plaats.to_bytes())

    def open(self, verzegeld: bytes, plaats: Plaats) -> bytes:
        """The secret again. Raises OngeldigeKluis."""
        nonce, ciphertext = verzegeld[:_NONCE_BYTES], verzegeld[_NONCE_BYTES:]
        try:
            return self._aead.decrypt(nonce, ciphertext, plaats.to_bytes())
        except (InvalidTag, ValueError):
            raise OngeldigeKluis(
                "Een opgeslagen sleutel gaat niet open. Zet de kluissleutel terug die bij deze database hoort."
            ) from None
