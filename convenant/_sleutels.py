"""Public keys as they stand in the document.

For signing JWK (RFC 7517) with Ed25519 (RFC 8037) or RSA (RFC 7518); for sealing a form of our own, because no JWK
is registered for the hybrid KEM.
"""

import warnings
from typing import Annotated, Final, Literal

from joserfc.errors import JoseError
from joserfc.jwk import OKPKey, RSAKey
from pydantic import Field, model_validator
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import PydanticCustomError

from convenant._basis import Base
from convenant.base64url import decode_base64url
from convenant.errors import OngeldigeZegelsleutel
from convenant.model import PubliekeSleutel
from convenant.zegel import Kem, PubliekeZegelsleutel

PRIVATE_MEMBERS: Final = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
MIN_RSA_BITS: Final = 2048
# Smaller exponents have a history of broken verifiers (Bleichenbacher 2006, e = 3).
_MIN_RSA_EXPONENT: Final = 65537

_BASE64URL: Final = "^[A-Za-z0-9_-]+$"

Kid = Annotated[
    str,
    Field(pattern="^[A-Za-z0-9._~-]{1,64}$", description="Naam van de sleutel, uniek binnen het convenant."),
]


def _unusable() -> PydanticCustomError:
    return PydanticCustomError("jwk", "Deze publieke sleutel is niet te lezen. Kopieer haar opnieuw uit het systeem.")


class OkpSleutel(Base):
    """Publieke Ed25519-sleutel (JWK)."""

    kid: Kid
    kty: Literal["OKP"] = Field(description="Soort sleutel.")
    crv: Literal["Ed25519"] = Field(description="Kromme.")
    x: str = Field(pattern="^[A-Za-z0-9_-]{43}$", description="De publieke sleutel: 32 bytes in base64url.")
    alg: Annotated[
        Literal["EdDSA", "Ed25519"] | SkipJsonSchema[None], Field(description="Algoritme; mag ontbreken.")
    ] = None
    use: Annotated[
        Literal["sig"] | SkipJsonSchema[None], Field(description="Waarvoor; alleen ondertekenen. Mag ontbreken.")
    ] = None

    @model_validator(mode="after")
    def _parses(self) -> "OkpSleutel":
        try:
            OKPKey.import_key({"kty": self.kty, "crv": self.crv, "x": self.x})
        except (JoseError, ValueError):
            raise _unusable() from None  # the cause could quote the key
        return self

    def to_model(self) -> PubliekeSleutel:
        """Return the frozen form."""
        return PubliekeSleutel(kid=self.kid, kty=self.kty, alg=self.alg, crv=self.crv, x=self.x)


class RsaSleutel(Base):
    """Publieke RSA-sleutel van ten minste 2048 bits (JWK)."""

    kid: Kid
    kty: Literal["RSA"] = Field(description="Soort sleutel.")
    n: str = Field(pattern=_BASE64URL, max_length=1400, description="Modulus in base64url.")
    e: str = Field(pattern=_BASE64URL, max_length=8, description="Exponent in base64url.")
    alg: Annotated[Literal["RS256", "PS256"] | SkipJsonSchema[None], Field(description="Algoritme; mag ontbreken.")] = (
        None
    )
    use: Annotated[
        Literal["sig"] | SkipJsonSchema[None], Field(description="Waarvoor; alleen ondertekenen. Mag ontbreken.")
    ] = None

    @model_validator(mode="after")
    def _parses(self) -> "RsaSleutel":
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # joserfc warns of short keys; they are refused below
                numbers = RSAKey.import_key({"kty": self.kty, "n": self.n, "e": self.e}).public_key.public_numbers()
        except (JoseError, ValueError):
            raise _unusable() from None  # the cause could quote the key
        if numbers.n.bit_length() < MIN_RSA_BITS or numbers.e < _MIN_RSA_EXPONENT:
            raise PydanticCustomError("jwk", "Deze RSA-sleutel is te zwak. Neem er een van minstens 2048 bits.")
        return self

    def to_model(self) -> PubliekeSleutel:
        """Return the frozen form."""
        return PubliekeSleutel(kid=self.kid, kty=self.kty, alg=self.alg, n=self.n, e=self.e)


SleutelDocument = Annotated[OkpSleutel | RsaSleutel, Field(discriminator="kty")]


class ZegelsleutelDocument(Base):
    """Publieke zegelsleutel: hiermee verzegelen anderen iets voor deze partij alleen (HPKE)."""

    kem: Kem = Field(description="Soort sleutel; MLKEM768-X25519 houdt ook stand tegen een kwantumcomputer.")
    publiek: str = Field(pattern=_BASE64URL, max_length=1700, description="De publieke sleutel in base64url.")

    @model_validator(mode="after")
    def _parses(self) -> "ZegelsleutelDocument":
        self.to_model()
        return self

    def to_model(self) -> PubliekeZegelsleutel:
        """Return the frozen form."""
        try:
            return PubliekeZegelsleutel(self.kem, decode_base64url(self.publiek))
        except (OngeldigeZegelsleutel, ValueError):
            raise _unusable() from None  # the cause could quote the key
