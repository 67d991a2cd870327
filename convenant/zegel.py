"""Sealing something for one party, so that only the holder of that party's sealing key can open it.

HPKE (RFC 9180), base mode, from `cryptography`, with HKDF-SHA-256 and AES-256-GCM. The default KEM is the hybrid
MLKEM768-X25519 (IANA HPKE KEM 0x647A, known as X-Wing): what is sealed today stays closed to who records it and
has a quantum computer later. X25519 (0x0020) is there for receivers whose key store cannot do better.

Base mode does not say who sealed: whoever has the public key can. What needs a sender carries a signature inside.
"""

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum, unique
from typing import Final, NewType, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from convenant.base64url import encode_base64url
from convenant.errors import OngeldigeZegelsleutel, OngeldigZegel

Zegel = NewType("Zegel", bytes)
"""The encapsulated key and the ciphertext, one after the other; says nothing without the receiver's key."""

_X25519_BYTES: Final = 32
_MLKEM768_SEED_BYTES: Final = 64
_MLKEM768_PUBLIC_BYTES: Final = 1184
_TAG_BYTES: Final = 16
_KID_LABEL: Final = b"koppelradar/zegelsleutel/v1\x00"


@unique
class Kem(StrEnum):
    """How the key of a seal is agreed on."""

    MLKEM768_X25519 = "MLKEM768-X25519"
    X25519 = "X25519"


_SUITES: Final = {
    Kem.MLKEM768_X25519: Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM),
    Kem.X25519: Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM),
}
_OVERHEAD: Final = {
    Kem.MLKEM768_X25519: KEM.MLKEM768_X25519.enc_length() + _TAG_BYTES,
    Kem.X25519: KEM.X25519.enc_length() + _TAG_BYTES,
}


def zegel_bytes(kem: Kem, inhoud_bytes: int) -> int:
    """Return how long a seal over so many bytes is: 1136 more with the hybrid KEM, 48 more with X25519."""
    return inhoud_bytes + _OVERHEAD[kem]


@dataclass(frozen=True, slots=True)
class PubliekeZegelsleutel:
    """The public key under which things are sealed for one party.

    `publiek` is 1216 bytes for the hybrid KEM, ML-KEM-768 before X25519, and 32 for X25519. That a key of the right
    length parses is checked when it is made; that somebody has the other half cannot be seen from it.
    """

    kem: Kem
    publiek: bytes = field(repr=False)

    def __post_init__(self) -> None:
        _parse_public(self.kem, self.publiek)

    @property
    def kid(self) -> str:
        """A name for the key that follows from it: 43 characters of base64url over its SHA-256."""
        digest = hashlib.sha256(_KID_LABEL + self.kem.value.encode() + b"\x00" + self.publiek).digest()
        return encode_base64url(digest)

    def seal(self, inhoud: bytes, *, info: bytes) -> Zegel:
        """Return `inhoud` sealed; different at every call. `info` must be given again to open it."""
        # Parsed each time: an object of the library would keep this value, and a whole Convenant, from being pickled.
        return Zegel(_SUITES[self.kem].encrypt(inhoud, _parse_public(self.kem, self.publiek), info))


# Compared by identity: a comparison of secrets that stops at the first difference tells where it is.
@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Zegelsleutel:
    """The secret half; shows itself only through `reveal`. The bytes are not wiped from memory."""

    kem: Kem
    publiek: PubliekeZegelsleutel
    _key: X25519PrivateKey | MLKEM768X25519PrivateKey
    _geheim: bytes

    def __repr__(self) -> str:
        return f"{type(self).__name__}(***)"

    @classmethod
    def generate(cls, kem: Kem = Kem.MLKEM768_X25519) -> Self:
        """Return a new random key."""
        x25519 = X25519PrivateKey.generate().private_bytes_raw()
        if kem is Kem.X25519:
            return cls.from_bytes(kem, x25519)
        return cls.from_bytes(kem, MLKEM768PrivateKey.generate().private_bytes_raw() + x25519)

    @classmethod
    def from_bytes(cls, kem: Kem, geheim: bytes) -> Self:
        """Return the key that `reveal` gave: the ML-KEM seed of 64 bytes before the 32 of X25519, or those alone.

        Raises `OngeldigeZegelsleutel` for another length.
        """
        seed, x25519 = geheim[:-_X25519_BYTES], geheim[-_X25519_BYTES:]
        expected = _MLKEM768_SEED_BYTES if kem is Kem.MLKEM768_X25519 else 0
        if len(x25519) != _X25519_BYTES or len(seed) != expected:
            raise OngeldigeZegelsleutel("Dit is geen geheime zegelsleutel. Zet het goede sleutelbestand terug.")
        klassiek = X25519PrivateKey.from_private_bytes(x25519)
        if kem is Kem.X25519:
            publiek = klassiek.public_key().public_bytes_raw()
            return cls(kem, PubliekeZegelsleutel(kem, publiek), klassiek, geheim)
        rooster = MLKEM768PrivateKey.from_seed_bytes(seed)
        publiek = rooster.public_key().public_bytes_raw() + klassiek.public_key().public_bytes_raw()
        return cls(kem, PubliekeZegelsleutel(kem, publiek), MLKEM768X25519PrivateKey(rooster, klassiek), geheim)

    def reveal(self) -> bytes:
        """Return the secret bytes, to store them."""
        return self._geheim

    def open(self, zegel: bytes, *, info: bytes) -> bytes:
        """Return what was sealed for this key under `info`.

        Raises `OngeldigZegel` for anything else; that it opens does not say who sealed it.
        """
        try:
            return _SUITES[self.kem].decrypt(zegel, self._key, info)
        except (InvalidTag, ValueError) as error:
            raise OngeldigZegel(
                "Dit zegel past niet bij deze zegelsleutel of is veranderd. Vraag de afzender om een nieuw."
            ) from error


def _parse_public(kem: Kem, publiek: bytes) -> X25519PublicKey | MLKEM768X25519PublicKey:
    rooster, x25519 = publiek[:-_X25519_BYTES], publiek[-_X25519_BYTES:]
    expected = _MLKEM768_PUBLIC_BYTES if kem is Kem.MLKEM768_X25519 else 0
    if len(x25519) != _X25519_BYTES or len(rooster) != expected:
        raise OngeldigeZegelsleutel(f"Een publieke zegelsleutel voor {kem.value} heeft een andere lengte.")
    try:
        klassiek = X25519PublicKey.from_public_bytes(x25519)
        if kem is Kem.X25519:
            return klassiek
        return MLKEM768X25519PublicKey(MLKEM768PublicKey.from_public_bytes(rooster), klassiek)
    except ValueError as error:
        raise OngeldigeZegelsleutel("Deze publieke zegelsleutel is niet te lezen. Kopieer haar opnieuw.") from error
