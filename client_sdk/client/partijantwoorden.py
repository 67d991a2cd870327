"""What answers say about other parties and their cards, read into values."""

from datetime import date
from uuid import UUID

from client_sdk.client import koppeling
from client_sdk.client.deelnemers import Contact, Organisatie
from client_sdk.client.lezer import Base64Url, Document
from client_sdk.client.partijen import Partijmelding
from convenant.types import Epoche, Oin


class OrganisatieDocument(Document):
    """A party with its OIN and its name."""

    oin: str
    naam: str

    def value(self) -> Organisatie:
        """Return the party."""
        return Organisatie(oin=Oin(self.oin), naam=self.naam)


class ContactDocument(Document):
    """Where a party can be reached; what is absent is None."""

    afdeling: str | None = None
    telefoon: str | None = None
    email: str | None = None

    def value(self) -> Contact:
        """Return the contact."""
        return Contact(afdeling=self.afdeling, telefoon=self.telefoon, email=self.email)


class _Omslag(Document):
    epoche: int
    waarde: Base64Url


class _Zegel(Document):
    ontvanger: str
    waarde: Base64Url


class _Kaart(Document):
    signaal: UUID
    oin: str
    versleuteld: Base64Url
    omslagen: tuple[_Omslag, ...] = ()
    zegels: tuple[_Zegel, ...] = ()

    def value(self) -> koppeling.OntvangenKaart:
        return koppeling.OntvangenKaart(
            signaal=self.signaal,
            oin=Oin(self.oin),
            versleuteld=self.versleuteld,
            omslagen=tuple(koppeling.Omslag(epoche=Epoche(o.epoche), waarde=o.waarde) for o in self.omslagen),
            zegels=tuple(koppeling.Zegel(ontvanger=Oin(z.ontvanger), waarde=z.waarde) for z in self.zegels),
        )


class PartijmeldingDocument(Document):
    """What is told about one other party; a field that was not granted is absent."""

    organisatie: OrganisatieDocument | None = None
    contact: ContactDocument | None = None
    signaalsoort: str | None = None
    ingediend_op: date | None = None
    artikel: str
    grondslag: str
    paar: UUID | None = None
    kaart: _Kaart | None = None

    def value(self) -> Partijmelding:
        """Return what is told."""
        return Partijmelding(
            organisatie=party(self.organisatie),
            contact=self.contact.value() if self.contact else None,
            signaalsoort=self.signaalsoort,
            ingediend_op=self.ingediend_op,
            artikel=self.artikel,
            grondslag=self.grondslag,
            paar=self.paar,
            kaart=self.kaart.value() if self.kaart else None,
        )


def party(document: OrganisatieDocument | None) -> Organisatie | None:
    """Return the party, None when it is absent."""
    return document.value() if document else None
