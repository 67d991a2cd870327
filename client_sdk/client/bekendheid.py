"""What travels about bekendheidsvragen, as values; a repr shows no token."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from client_sdk.client.deelnemers import Contact, Organisatie
from client_sdk.types import Vraagtoken
from convenant.types import Antwoordwijze, ConvenantId, Epoche


@dataclass(frozen=True, slots=True, kw_only=True)
class Bekendheidsopgave:
    """A question as it is sent: one token per person, under an id of our own making. `reden` goes into the log."""

    id: UUID
    convenant: ConvenantId
    epoche: Epoche
    reden: str
    tokens: tuple[Vraagtoken, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bekendheidsvraag:
    """A question that the matcher took; it goes to so many parties, who can answer up to and on `uiterlijk`."""

    id: UUID
    convenant: ConvenantId
    gesteld_op: datetime
    uiterlijk: date
    gevraagd: int


class Vraagstatus(StrEnum):
    """Where a question is in its life."""

    LOOPT = "loopt"
    GESLOTEN = "gesloten"


@dataclass(frozen=True, slots=True, kw_only=True)
class BekendeOrganisatie:
    """A party that knows somebody, and the article on which we may know that."""

    organisatie: Organisatie
    contact: Contact | None
    artikel: str
    grondslag: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BekendePlaats:
    """Who knows the person at this place in the question, counted from 0."""

    plaats: int
    organisaties: tuple[BekendeOrganisatie, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bekendheidsstand:
    """How a question stands; `personen` are only those whom somebody knows.

    `beantwoord` of the parties sent their tokens. That says nothing of whom a professional has yet to decide on.
    """

    vraag: Bekendheidsvraag
    status: Vraagstatus
    beantwoord: int
    personen: tuple[BekendePlaats, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bekendheidsverzoekbericht:
    """We are asked whom of a question we know; who asks is named only where a professional says yes or no."""

    id: UUID
    convenant: ConvenantId
    epoche: Epoche
    uiterlijk: date
    wijze: Antwoordwijze
    vrager: Organisatie | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bekendheidsantwoordbericht:
    """A party knows the person at this place in a question of ours; what was not granted is None."""

    id: UUID
    convenant: ConvenantId
    plaats: int
    organisatie: Organisatie | None
    contact: Contact | None
    artikel: str
    grondslag: str
