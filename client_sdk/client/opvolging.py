"""What becomes of a match, as values. A member that was not granted, or is not there, is None.

Nothing here holds content: that there was contact, never what was said.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from client_sdk.client.deelnemers import Organisatie
from client_sdk.client.termijnen import Termijn
from convenant.types import ConvenantId


class Opvolgtoestand(StrEnum):
    """How far the parties in a match are."""

    OPEN = "open"
    REGIE_VOORGESTELD = "regie-voorgesteld"
    REGIE_BELEGD = "regie-belegd"
    AFGESLOTEN = "afgesloten"


class Hulp(StrEnum):
    """How the help of one party goes."""

    GESTART = "gestart"
    STAGNEERT = "stagneert"
    GESTOPT = "gestopt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Regisseur:
    """Who has the regie, since when; `eigen` when that is our own organisation."""

    organisatie: Organisatie
    sinds: date
    eigen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Regievoorstel:
    """Who was proposed for the regie, by whom; `per` is the day on which it is handed over."""

    kandidaat: Organisatie
    door: Organisatie | None
    op: date
    per: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Regieoverdracht:
    """To whom the regie goes, and on which day."""

    aan: Organisatie
    per: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """The next day on which the parties speak each other."""

    op: date
    door: Organisatie | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opvolgpartij:
    """What another party in the match did, as far as the convenant grants it."""

    paar: UUID
    organisatie: Organisatie | None
    contact_op: date | None
    hulp: Hulp | None
    hulp_sinds: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EigenOpvolging:
    """What the own organisation did."""

    contact_op: date | None
    hulp: Hulp | None
    hulp_sinds: date | None
    afgesloten_op: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opvolging:
    """How the follow-up of a match stands; `termijnen` are the own ones about it."""

    match: str
    convenant: ConvenantId
    toestand: Opvolgtoestand
    regisseur: Regisseur | None
    voorstel: Regievoorstel | None
    overdracht: Regieoverdracht | None
    volgend_moment: Moment | None
    partijen: tuple[Opvolgpartij, ...]
    eigen: EigenOpvolging
    termijnen: tuple[Termijn, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opvolgbericht:
    """Another party did something in a match: recorded contact, agreed a moment, reported help, or closed it.

    `hulp` is set when it reported help, `moment` when it agreed the next one.
    """

    match: str
    convenant: ConvenantId
    paar: UUID
    organisatie: Organisatie | None
    op: date
    hulp: Hulp | None
    moment: date | None
    artikel: str
    grondslag: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Regiebericht:
    """Somebody was proposed for the regie of a match, accepted it, or took it over; always exactly one.

    `artikel` and `grondslag` are None when it is about ourselves alone, and nobody else is named.
    """

    match: str
    convenant: ConvenantId
    regisseur: Organisatie
    door: Organisatie | None
    per: date | None
    artikel: str | None
    grondslag: str | None
