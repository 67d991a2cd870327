"""Bekendheidsvragen, put beside the own clients and the persons they are about."""

from dataclasses import dataclass, field

from client_sdk.client.bekendheid import BekendeOrganisatie, Bekendheidsstand
from client_sdk.persoon import Persoon
from client_sdk.register.bekendheid import Bekendheidsverzoek


@dataclass(frozen=True, slots=True, kw_only=True)
class BekendPersoon:
    """A person in a question of ours, at `plaats` counted from 0, whom these organisations know.

    `persoon` is None when this register does not have the question (any more).
    """

    plaats: int
    persoon: Persoon | None
    organisaties: tuple[BekendeOrganisatie, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bekendheidsuitkomst:
    """How a question of ours stands. Who is not in `personen` is not known anywhere, or nobody says so (yet)."""

    stand: Bekendheidsstand
    personen: tuple[BekendPersoon, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clientverzoek:
    """A client of ours about whom somebody asks, and what we said of it."""

    verzoek: Bekendheidsverzoek
    clientnummer: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beantwoording:
    """What the SDK did with a question that was put to us; `verzoeken` wait for a person's yes or no."""

    melding: str
    verzoeken: tuple[Clientverzoek, ...] = ()
