"""Terms that run, as values: what must be done before which day, and about what."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from client_sdk.client.deelnemers import Organisatie
from convenant.types import ConvenantId


class Onderwerpsoort(StrEnum):
    """What a term is about."""

    MATCH = "match"
    MOGELIJKE_MATCH = "mogelijke-match"
    KAARTVERZOEK = "kaartverzoek"
    CASUS = "casus"
    BEKENDHEIDSVRAAG = "bekendheidsvraag"


class Termijnstatus(StrEnum):
    """Where a term is; `nadert` is close to its end, `verstreken` past it."""

    LOOPT = "loopt"
    NADERT = "nadert"
    VERSTREKEN = "verstreken"
    VOLDAAN = "voldaan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Termijn:
    """A term of the own organisation; `uiterlijk` is the last day on which it is kept.

    `code` and `artikel` are those of the convenant (`convenant.termijncodes` says what each code stands for).
    """

    id: UUID
    convenant: ConvenantId
    code: str
    artikel: str
    onderwerp: UUID
    onderwerpsoort: Onderwerpsoort
    begonnen_op: date
    uiterlijk: date
    status: Termijnstatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Termijnbericht:
    """A term of ours comes to its end, or passed."""

    id: UUID
    convenant: ConvenantId
    code: str
    artikel: str
    onderwerp: UUID
    onderwerpsoort: Onderwerpsoort
    uiterlijk: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalatiebericht:
    """A term passed and the ladder of the convenant leads to this `functie` at our organisation.

    `organisatie` is whose term it was; `onderwerp` is None where we may not know what it was about.
    """

    id: UUID
    convenant: ConvenantId
    code: str
    artikel: str
    functie: str
    organisatie: Organisatie
    onderwerp: UUID | None
    uiterlijk: date
