"""The pepper: what makes a stolen table of koppeltokens useless without the matcher's own secret.

A new pepper is nested over the old one, so that stored hashes can be carried over without the tokens:
hash_2 = HMAC(pepper_2, HMAC(pepper_1, koppeltoken)).
"""

import hashlib
import hmac
from dataclasses import dataclass, field

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from matcher.types import TokenHash

PEPPER_BYTES = 32
_CONTROLE = b"koppelradar/pepper/controle"


@dataclass(frozen=True, slots=True)
class Pepper:
    """The keys in the order they were taken into use, oldest first; each 32 bytes."""

    sleutels: tuple[bytes, ...] = field(repr=False)

    def __post_init__(self) -> None:
        if not self.sleutels or any(len(sleutel) != PEPPER_BYTES for sleutel in self.sleutels):
            raise ValueError("a pepper is one or more keys of 32 bytes")

    @property
    def versie(self) -> int:
        """How many keys are nested; the first pepper is version 1."""
        return len(self.sleutels)

    def hash(self, koppeltoken: bytes) -> TokenHash:
        """The form in which a koppeltoken is stored and looked up; 32 bytes."""
        waarde = koppeltoken
        for sleutel in self.sleutels:
            waarde = hmac.digest(sleutel, waarde, hashlib.sha256)
        return TokenHash(waarde)

    def without_newest(self) -> "Pepper | None":
        """The pepper as it was before the newest key; None when there is one key only."""
        return Pepper(self.sleutels[:-1]) if len(self.sleutels) > 1 else None

    def nest(self, stored: bytes) -> bytes:
        """What was stored under the pepper without its newest key, as it is stored under all of it."""
        return hmac.digest(self.sleutels[-1], stored, hashlib.sha256)

    def derive(self, info: bytes) -> bytes:
        """A key of 32 bytes for another purpose, from the first pepper: a rotation does not change it (RFC 5869)."""
        return HKDF(hashes.SHA256(), length=32, salt=None, info=info).derive(self.sleutels[0])

    def controle(self) -> bytes:
        """A value to recognise this pepper by. A wrong pepper matches nobody and would do so in silence."""
        return self.hash(_CONTROLE)
