"""The keys of a sleutelhouder: a secret scalar, and the element by which everybody can check its work."""

from dataclasses import dataclass, field
from typing import Final, Self

from convenant.errors import OngeldigeSleutel, OngeldigPunt
from convenant.voprf import groep, suite
from convenant.voprf.groep import Punt, Scalar

# The counter is one byte in the message that is hashed.
_MAX_DERIVATIONS: Final = 256


@dataclass(frozen=True, slots=True, repr=False)
class PubliekeOprfSleutel:
    """The public key (pkS) that a convenant pins for one sleutelhouder, epoch and code."""

    punt: Punt

    def __repr__(self) -> str:
        return f"{type(self).__name__}(***)"

    @classmethod
    def from_bytes(cls, codering: bytes) -> Self:
        """Return the key of these 32 bytes. Raises `OngeldigeSleutel` for anything but an element of the group."""
        try:
            return cls(groep.parse_punt(codering))
        except OngeldigPunt as error:
            raise OngeldigeSleutel(
                "De publieke sleutel van de sleutelhouder is ongeldig. Kopieer haar opnieuw uit het convenant."
            ) from error

    def to_bytes(self) -> bytes:
        """Return the 32 bytes to publish."""
        return bytes(self.punt)


# Compared by identity: a comparison of secrets that stops at the first difference tells where it is.
@dataclass(frozen=True, slots=True, repr=False, eq=False)
class OprfSleutel:
    """The secret key (skS) of one sleutelhouder for one epoch and code.

    Shows itself only through `reveal`. The bytes are not wiped from memory: Python cannot promise that.
    """

    scalar: Scalar
    publiek: PubliekeOprfSleutel = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "publiek", PubliekeOprfSleutel(groep.multiply_base(self.scalar)))

    def __repr__(self) -> str:
        return f"{type(self).__name__}(***)"

    @classmethod
    def generate(cls) -> Self:
        """Return a new random key (GenerateKeyPair, RFC 9497, section 3.2)."""
        return cls(groep.random_scalar())

    @classmethod
    def derive(cls, seed: bytes, info: bytes) -> Self:
        """Return the key that a seed of 32 random bytes gives for `info` (DeriveKeyPair, RFC 9497, section 3.2.1).

        The same seed and info give the same key for ever: the seed is as secret as the key. Raises ValueError for a
        seed of another length or an info of more than 65535 bytes.
        """
        if len(seed) != suite.SEED_BYTES or len(info) > suite.MAX_INVOER_BYTES:
            raise ValueError("a seed has 32 bytes, an info at most 65535")
        message = seed + suite.prefixed(info)
        for counter in range(_MAX_DERIVATIONS):
            scalar = groep.hash_to_scalar(message + bytes((counter,)), suite.DST_DERIVE_KEY_PAIR)
            if not groep.is_zero(scalar):
                return cls(scalar)
        raise OngeldigeSleutel("Uit deze seed komt geen sleutel. Maak een nieuwe seed.")

    @classmethod
    def from_bytes(cls, codering: bytes) -> Self:
        """Return the key that `reveal` gave. Raises `OngeldigeSleutel` for anything but a reduced scalar from 1."""
        try:
            return cls(groep.parse_scalar(codering))
        except ValueError as error:
            raise OngeldigeSleutel(
                "Dit is geen geheime sleutel van een sleutelhouder. Zet de goede sleutel terug."
            ) from error

    def reveal(self) -> bytes:
        """Return the 32 secret bytes, to store them."""
        return bytes(self.scalar)
