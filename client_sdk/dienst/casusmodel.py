"""What the radar takes and gives back, as values. A repr shows no person, no client number and no casusnummer."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from client_sdk.client.radar import Bevragingspartij, Casus, Casustoestand, Meldingsoort, Radarregel
from client_sdk.persoon import Persoon
from convenant.types import Niveau


@dataclass(frozen=True, slots=True, kw_only=True)
class Betrokkene:
    """Somebody whom a casus is about, with the own client number of that person."""

    persoon: Persoon
    clientnummer: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clientcasus:
    """A casus with its own number, and the own clients it is about as far as the register knows them.

    `casusnummer` is None when it was sealed with another organisation key.
    """

    casus: Casus
    casusnummer: str | None = field(repr=False)
    clientnummers: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clientradar:
    """A line of the radar list with the own casus it is about."""

    regel: Radarregel
    casusnummer: str | None = field(repr=False)
    clientnummers: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Casusvermelding:
    """An own casus in which a person occurs; `niveau` says how sure it is that it is the same one."""

    id: UUID
    casusnummer: str | None = field(repr=False)
    toestand: Casustoestand
    melding: Meldingsoort
    niveau: Niveau | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Persoonsbeeld:
    """What there is on one person that was asked about."""

    partijen: tuple[Bevragingspartij, ...]
    casussen: tuple[Casusvermelding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clientbevraging:
    """The answer to a bevraging: a Persoonsbeeld for each person, in the order in which they were given."""

    bevraagd_op: datetime
    personen: tuple[Persoonsbeeld, ...]
