"""The radar of Veilig Thuis, as values: casussen, what is new about them, and what a bevraging shows.

A repr shows no sealed number.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from client_sdk.client.deelnemers import Contact, Organisatie
from client_sdk.client.koppeling import Epochetokens
from client_sdk.client.partijen import Partijmelding
from client_sdk.client.termijnen import Termijn
from convenant.types import ConvenantId, Niveau, Oin


class Casustoestand(StrEnum):
    """Where a casus is at Veilig Thuis."""

    BEOORDELING = "beoordeling"
    ONDERZOEK = "onderzoek"
    VOORWAARDEN_EN_VERVOLG = "voorwaarden-en-vervolg"
    MONITORING = "monitoring"
    OVERGEDRAGEN = "overgedragen"
    AFGESLOTEN = "afgesloten"


class Meldingsoort(StrEnum):
    """What a new melding on a casus is called, derived from where the casus is."""

    NIEUWE_MELDING = "nieuwe-melding"
    HERMELDING = "hermelding"
    TERUGMELDING = "terugmelding"


class Radarsortering(StrEnum):
    """What comes first in the radar list."""

    NIEUW = "nieuw"
    PARTIJEN = "partijen"
    SIGNALEN = "signalen"
    NIVEAU = "niveau"
    TERMIJN = "termijn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Casusopgave:
    """A casus as it is registered; the same value always gives the same bytes.

    `id` is made by the SDK, `nummer` is the own casusnummer, sealed for ourselves (base64url).
    """

    id: UUID
    convenant: ConvenantId
    nummer: str = field(repr=False)
    signalen: tuple[UUID, ...]
    acuut: bool
    monitoring_tot: date
    toestand: Casustoestand = Casustoestand.BEOORDELING


@dataclass(frozen=True, slots=True, kw_only=True)
class Casus:
    """A casus of the own organisation as the matcher holds it; `nummer` is still sealed."""

    id: UUID
    convenant: ConvenantId
    nummer: bytes = field(repr=False)
    toestand: Casustoestand
    acuut: bool
    geopend_op: datetime
    gewijzigd_op: datetime
    monitoring_tot: date
    signalen: tuple[UUID, ...]
    overgedragen_aan: Organisatie | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Radarfilter:
    """Which casussen the radar list holds, and in which order; None does not look at it.

    Without `toestand` all that are open. `termijn` keeps those with a term that comes to its end or passed. Without
    `sorteer` they come in the order of registration.
    """

    toestand: Casustoestand | None = None
    nieuw: bool | None = None
    termijn: bool | None = None
    minimaal_partijen: int | None = None
    sorteer: Radarsortering | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Radarregel:
    """A casus with what there is about it: how much is new, how many parties and signals, at which levels."""

    casus: Casus
    nieuw: int
    partijen: int
    signalen: int
    niveaus: tuple[tuple[Niveau, int], ...]
    laatste_op: datetime | None
    termijnen: tuple[Termijn, ...]
    melding: Meldingsoort


@dataclass(frozen=True, slots=True, kw_only=True)
class Bevraagdepersoon:
    """One person that is asked about: the tokens of every running epoch."""

    tokensets: tuple[Epochetokens, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bevragingspartij:
    """A party with a signal on a person that was asked about. What was not granted is None.

    `sloten` are the slots that coincide, `radarmelding` says whether the party goes on by itself.
    """

    niveau: Niveau
    sloten: tuple[str, ...]
    organisatie: Organisatie | None
    contact: Contact | None
    signaalsoort: str | None
    ingediend_op: date | None
    radarmelding: bool | None
    artikel: str
    grondslag: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BekendeCasus:
    """An own casus in which a person that was asked about occurs; `nummer` is still sealed.

    `niveau` says how sure it is that it is the same person.
    """

    id: UUID
    nummer: bytes = field(repr=False)
    toestand: Casustoestand
    melding: Meldingsoort
    niveau: Niveau | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bevragingspersoon:
    """What there is on one person, in the place in which that person was asked about."""

    partijen: tuple[Bevragingspartij, ...]
    eigen_casussen: tuple[BekendeCasus, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bevraging:
    """The answer to a bevraging; the matcher keeps nothing of it but a count and its log."""

    bevraagd_op: datetime
    personen: tuple[Bevragingspersoon, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terugkoppeling:
    """What we let whoever signalled know: whether it is taken up, to whom it goes, and who monitors."""

    match: str
    paar: UUID
    opgepakt: bool
    overgedragen_aan: Oin | None = None
    monitort: Oin | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Terugkoppelbericht:
    """What Veilig Thuis lets us know of what we signalled."""

    match: str
    convenant: ConvenantId
    paar: UUID
    opgepakt: bool
    overgedragen_aan: Organisatie | None
    monitort: Organisatie | None
    artikel: str
    grondslag: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Radartreffer:
    """Somebody signalled a person of a casus of ours; `melding` is what that is called."""

    casus: UUID
    convenant: ConvenantId
    match: str
    niveau: Niveau
    melding: Meldingsoort
    acuut: bool
    partijen: tuple[Partijmelding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gezinsmatch:
    """Another organisation signalled somebody of the same casus as the person of our signal."""

    id: UUID
    convenant: ConvenantId
    eigen_signaal: UUID
    ontstaan_op: datetime
    partijen: tuple[Partijmelding, ...]
