"""What travels between an organisation and the matcher, as values.

Nothing here does I/O. A repr shows no tokens and no sealed data, so that a value in a log or a traceback
tells nobody who it is about.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, TypeAlias, TypeVar
from uuid import UUID

from client_sdk.client.bekendheid import Bekendheidsantwoordbericht, Bekendheidsverzoekbericht
from client_sdk.client.deelnemers import Contact, Organisatie
from client_sdk.client.koppeling import (
    Epochetokens,
    Kaartvraag,
    Kaartvrijgave,
    MogelijkeMatch,
    Paarbericht,
    Verzegeldekaart,
)
from client_sdk.client.opvolging import Opvolgbericht, Regiebericht
from client_sdk.client.partijen import Partijmelding
from client_sdk.client.radar import Gezinsmatch, Radartreffer, Terugkoppelbericht
from client_sdk.client.signaalberichten import Convenantbericht, Signaalbericht
from client_sdk.client.termijnen import Escalatiebericht, Termijnbericht
from convenant.types import ConvenantId, Epoche, Niveau

__all__ = [
    "BEGIN_CURSOR",
    "Bladzijde",
    "Contact",
    "EigenSignaal",
    "Inhoud",
    "Intrekking",
    "Match",
    "Matcherstatus",
    "Notificatie",
    "NotificatieSoort",
    "Notificatiebladzijde",
    "Ontvangst",
    "Organisatie",
    "Partijmelding",
    "SignaalInzending",
]

_T = TypeVar("_T")

BEGIN_CURSOR = "0000000000"
"""The sequence before the first notification."""


class NotificatieSoort(StrEnum):
    """The events that a matcher sends (NL GOV CloudEvents, member `type`)."""

    MATCH_ONTSTAAN = "nl.koppelradar.match-ontstaan"
    MATCH_UITGEBREID = "nl.koppelradar.match-uitgebreid"
    MATCH_GEKROMPEN = "nl.koppelradar.match-gekrompen"
    MATCH_VERVALLEN = "nl.koppelradar.match-vervallen"
    MATCH_ONJUIST = "nl.koppelradar.match-onjuist"
    MOGELIJKE_MATCH_ONTSTAAN = "nl.koppelradar.mogelijke-match-ontstaan"
    MOGELIJKE_MATCH_BEVESTIGD = "nl.koppelradar.mogelijke-match-bevestigd"
    MOGELIJKE_MATCH_AFGEWEZEN = "nl.koppelradar.mogelijke-match-afgewezen"
    MOGELIJKE_MATCH_VERVALLEN = "nl.koppelradar.mogelijke-match-vervallen"
    VROEG_INGETROKKEN = "nl.koppelradar.vroeg-ingetrokken"
    ACUUT_BEVESTIGD = "nl.koppelradar.acuut-bevestigd"
    KAART_GEVRAAGD = "nl.koppelradar.kaart-gevraagd"
    KAART_VRIJGEGEVEN = "nl.koppelradar.kaart-vrijgegeven"
    SIGNAAL_ONTVANGEN = "nl.koppelradar.signaal-ontvangen"
    SIGNAAL_VERLOOPT_BINNENKORT = "nl.koppelradar.signaal-verloopt-binnenkort"
    SIGNAAL_VERLOPEN = "nl.koppelradar.signaal-verlopen"
    CONTACT_VASTGELEGD = "nl.koppelradar.contact-vastgelegd"
    REGIE_VOORGESTELD = "nl.koppelradar.regie-voorgesteld"
    REGIE_VASTGESTELD = "nl.koppelradar.regie-vastgesteld"
    REGIE_OVERGEDRAGEN = "nl.koppelradar.regie-overgedragen"
    MOMENT_AFGESPROKEN = "nl.koppelradar.moment-afgesproken"
    HULP_GEMELD = "nl.koppelradar.hulp-gemeld"
    OPVOLGING_AFGESLOTEN = "nl.koppelradar.opvolging-afgesloten"
    TERMIJN_NADERT = "nl.koppelradar.termijn-nadert"
    TERMIJN_VERSTREKEN = "nl.koppelradar.termijn-verstreken"
    GEESCALEERD = "nl.koppelradar.geescaleerd"
    GEZINSMATCH_ONTSTAAN = "nl.koppelradar.gezinsmatch-ontstaan"
    GEZINSMATCH_VERVALLEN = "nl.koppelradar.gezinsmatch-vervallen"
    RADARTREFFER = "nl.koppelradar.radartreffer"
    TERUGKOPPELING = "nl.koppelradar.terugkoppeling"
    BEKENDHEIDSVRAAG = "nl.koppelradar.bekendheidsvraag"
    BEKENDHEIDSANTWOORD = "nl.koppelradar.bekendheidsantwoord"
    CONVENANT_GEWIJZIGD = "nl.koppelradar.convenant-gewijzigd"


class Matcherstatus(StrEnum):
    """The status of a signal as the matcher reports it."""

    ACTIEF = "actief"
    INGETROKKEN = "ingetrokken"
    VERLOPEN = "verlopen"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignaalInzending:
    """One signal, ready to be sent; the same value always gives the same bytes.

    `verloopt_op` is the first of a month, `tokensets` are those of one or two running epochs and `referentie` is
    base64url without padding.
    """

    id: UUID
    convenant: ConvenantId
    profiel: str
    signaalsoort: str
    verloopt_op: date
    tokensets: tuple[Epochetokens, ...]
    referentie: str = field(repr=False)
    kaart: Verzegeldekaart | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ontvangst:
    """The matcher's promise that a signal is stored durably. Times are UTC."""

    signaal: UUID
    ontvangen_op: datetime
    verloopt_op: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Intrekking:
    """The matcher's confirmation that a signal no longer matches. Times are UTC."""

    signaal: UUID
    ingetrokken_op: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EigenSignaal:
    """A signal of the own organisation as the matcher holds it; `referentie` is still sealed.

    `epochen` are those of which it has tokens, in rising order.
    """

    id: UUID
    convenant: ConvenantId
    epochen: tuple[Epoche, ...]
    signaalsoort: str
    status: str
    ingediend_op: datetime
    verloopt_op: date
    referentie: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Two or more organisations that signalled the same person; says not who that person is."""

    id: str
    convenant: ConvenantId
    niveau: Niveau
    ontstaan_op: datetime
    eigen_signalen: tuple[UUID, ...]
    partijen: tuple[Partijmelding, ...]


Inhoud: TypeAlias = (
    Match
    | MogelijkeMatch
    | Paarbericht
    | Kaartvraag
    | Kaartvrijgave
    | Signaalbericht
    | Opvolgbericht
    | Regiebericht
    | Termijnbericht
    | Escalatiebericht
    | Gezinsmatch
    | Radartreffer
    | Terugkoppelbericht
    | Convenantbericht
    | Bekendheidsverzoekbericht
    | Bekendheidsantwoordbericht
)
"""What a notification is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notificatie:
    """One event. `volgnummer` has ten digits and counts per receiver without gaps.

    The same event can arrive more than once; `id` stays the same, so that a reader can tell.
    """

    id: str
    soort: NotificatieSoort
    volgnummer: str
    tijd: datetime
    inhoud: Inhoud

    @property
    def match(self) -> Match | None:
        """The match it is about; None for an event about something else."""
        return self.inhoud if isinstance(self.inhoud, Match) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notificatiebladzijde:
    """A page of notifications in order; `cursor` is where the next call starts.

    Events of a kind that this version does not know are left out, so a page can be empty although the cursor
    moved.
    """

    notificaties: tuple[Notificatie, ...]
    cursor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bladzijde(Generic[_T]):
    """A page of a list; `volgende` is the cursor of the next page, None after the last."""

    regels: tuple[_T, ...]
    volgende: str | None
