"""Who takes part, under which keys, and groups that choose among them."""

from dataclasses import dataclass

from convenant.types import Oin, Rol, Sector
from convenant.zegel import PubliekeZegelsleutel


@dataclass(frozen=True, slots=True, kw_only=True)
class PubliekeSleutel:
    """A public key as a JWK (RFC 7517): Ed25519 (RFC 8037) or RSA of at least 2048 bits; in base64url."""

    kid: str
    kty: str
    alg: str | None = None
    crv: str | None = None
    x: str | None = None
    n: str | None = None
    e: str | None = None

    @property
    def materiaal(self) -> str:
        """What makes this key another one than any other, whatever its kid: x, or the modulus of RSA; in base64url."""
        return self.x or self.n or ""

    @property
    def is_ed25519(self) -> bool:
        """Whether the key can sign statements and cards; RSA keys are for logging in only."""
        return self.kty == "OKP" and self.crv == "Ed25519"

    def as_jwk(self) -> dict[str, str]:
        """Return a new dict with the members that are present, ready for a JOSE library."""
        leden = {
            "kid": self.kid,
            "kty": self.kty,
            "alg": self.alg,
            "crv": self.crv,
            "x": self.x,
            "n": self.n,
            "e": self.e,
        }
        return {naam: waarde for naam, waarde in leden.items() if waarde is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Where colleagues of another organisation can call; public, of a department and never of a person."""

    afdeling: str
    telefoon: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Partij:
    """An organisation that takes part; `omvang` is the number of persons it serves, the measure for caps."""

    oin: Oin
    naam: str
    sector: Sector
    rollen: frozenset[Rol]
    gemeenten: tuple[str, ...]
    omvang: int
    sleutels: tuple[PubliekeSleutel, ...]
    functies: tuple[str, ...]
    contact: Contact
    zegelsleutel: PubliekeZegelsleutel | None = None
    vereist: bool = False
    """Whether the convenant is in force only while this party has signed it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Partijgroep:
    """A choice of parties: who meets every criterion that is given. No criterion chooses nobody."""

    oins: frozenset[Oin] = frozenset()
    sectoren: frozenset[Sector] = frozenset()
    rollen: frozenset[Rol] = frozenset()
    alle: bool = False

    def contains(self, partij: Partij) -> bool:
        """Return whether the party belongs; a party with any of the named roles meets `rollen`."""
        return (
            (self.alle or bool(self.oins or self.sectoren or self.rollen))
            and (not self.oins or partij.oin in self.oins)
            and (not self.sectoren or partij.sector in self.sectoren)
            and (not self.rollen or not self.rollen.isdisjoint(partij.rollen))
        )
