"""How a receiver names a pair: stable, opaque, and for every receiver another name.

Two receivers that put their names beside each other learn nothing, and the id of another's signal stays with the
matcher.
"""

import hashlib
import hmac
from dataclasses import dataclass, field
from uuid import UUID

from convenant.types import Oin
from matcher.domein.pepper import Pepper
from matcher.types import Paarkenmerk, SignaalId

_INFO = b"koppelradar/paarkenmerk"


@dataclass(frozen=True, slots=True)
class Kenmerker:
    """Makes the names, under a key that comes from the first pepper and so outlives a rotation."""

    sleutel: bytes = field(repr=False)

    @classmethod
    def from_pepper(cls, pepper: Pepper) -> "Kenmerker":
        """The one of this matcher."""
        return cls(pepper.derive(_INFO))

    def paar(self, ontvanger: Oin, ander: SignaalId) -> Paarkenmerk:
        """The pair of the receiver's own person with another's signal."""
        return self._uuid(ontvanger, b"signaal", ander.bytes)

    def toezicht(self, ontvanger: Oin, een: SignaalId, ander: SignaalId) -> Paarkenmerk:
        """A pair as somebody knows it who oversees it and has no signal in it."""
        return self._uuid(ontvanger, b"paar", *sorted((een.bytes, ander.bytes)))

    def vrager(self, ontvanger: Oin, vrager: Oin) -> Paarkenmerk:
        """The pair with somebody who asks for a card and has no signal of its own, as a radar may."""
        return self._uuid(ontvanger, b"vrager", vrager.encode())

    def gezin(self, ontvanger: Oin, eigen: SignaalId) -> Paarkenmerk:
        """What somebody is told of others in a family, by this signal of its own."""
        return self._uuid(ontvanger, b"gezin", eigen.bytes)

    def gezinspaar(self, ontvanger: Oin, eigen: SignaalId, ander: SignaalId) -> Paarkenmerk:
        """A signal on another member of the family; the same one goes by another name in a match."""
        return self._uuid(ontvanger, b"gezinspaar", eigen.bytes, ander.bytes)

    def _uuid(self, ontvanger: Oin, soort: bytes, *delen: bytes) -> Paarkenmerk:
        invoer = b"\0".join((ontvanger.encode(), soort, b"".join(delen)))
        digest = bytearray(hmac.digest(self.sleutel, invoer, hashlib.sha256)[:16])
        # Version 8 of RFC 9562: bits of our own making.
        digest[6] = digest[6] & 0x0F | 0x80
        digest[8] = digest[8] & 0x3F | 0x80
        return Paarkenmerk(UUID(bytes=bytes(digest)))
