"""What the convenant lets us know about another party, as a value."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from client_sdk.client.deelnemers import Contact, Organisatie
from client_sdk.client.koppeling import OntvangenKaart


@dataclass(frozen=True, slots=True, kw_only=True)
class Partijmelding:
    """What the convenant lets us know about one other party. A field that was not granted is None.

    `paar` names the pair of our person and the other signal, for this receiver only; it stays the same.
    """

    organisatie: Organisatie | None
    contact: Contact | None
    signaalsoort: str | None
    ingediend_op: date | None
    artikel: str
    grondslag: str
    paar: UUID | None = None
    kaart: OntvangenKaart | None = None
