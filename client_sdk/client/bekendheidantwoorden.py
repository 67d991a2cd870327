"""Answers and events about bekendheidsvragen, read into values."""

from datetime import date
from uuid import UUID

from pydantic import AwareDatetime

from client_sdk.client.bekendheid import (
    BekendeOrganisatie,
    BekendePlaats,
    Bekendheidsantwoordbericht,
    Bekendheidsopgave,
    Bekendheidsstand,
    Bekendheidsverzoekbericht,
    Bekendheidsvraag,
    Vraagstatus,
)
from client_sdk.client.deelnemers import Organisatie
from client_sdk.client.lezer import Document, read
from client_sdk.client.partijantwoorden import ContactDocument, OrganisatieDocument, party
from client_sdk.errors import OngeldigAntwoord
from convenant.types import Antwoordwijze, ConvenantId, Epoche, Oin


class _Vraag(Document):
    id: UUID
    convenant: str
    gesteld_op: AwareDatetime
    uiterlijk: date
    gevraagd: int

    def vraag(self) -> Bekendheidsvraag:
        return Bekendheidsvraag(
            id=self.id,
            convenant=ConvenantId(self.convenant),
            gesteld_op=self.gesteld_op,
            uiterlijk=self.uiterlijk,
            gevraagd=self.gevraagd,
        )


class _BekendeOrganisatie(Document):
    oin: str
    naam: str
    contact: ContactDocument | None = None
    artikel: str
    grondslag: str

    def value(self) -> BekendeOrganisatie:
        return BekendeOrganisatie(
            organisatie=Organisatie(oin=Oin(self.oin), naam=self.naam),
            contact=self.contact.value() if self.contact else None,
            artikel=self.artikel,
            grondslag=self.grondslag,
        )


class _BekendePersoon(Document):
    plaats: int
    organisaties: list[_BekendeOrganisatie]


class _Stand(_Vraag):
    status: Vraagstatus
    beantwoord: int
    personen: list[_BekendePersoon]


class _Antwoord(Document):
    akkoord_nodig: list[int]


class _Akkoord(Document):
    id: UUID
    bekend: bool


class VerzoekberichtDocument(Document):
    """The data of `bekendheidsvraag`."""

    id: UUID
    convenant: str
    epoche: int
    uiterlijk: date
    wijze: Antwoordwijze
    vrager: OrganisatieDocument | None = None

    def value(self) -> Bekendheidsverzoekbericht:
        """Return the event."""
        return Bekendheidsverzoekbericht(
            id=self.id,
            convenant=ConvenantId(self.convenant),
            epoche=Epoche(self.epoche),
            uiterlijk=self.uiterlijk,
            wijze=self.wijze,
            vrager=party(self.vrager),
        )


class AntwoordberichtDocument(Document):
    """The data of `bekendheidsantwoord`."""

    id: UUID
    convenant: str
    plaats: int
    organisatie: OrganisatieDocument | None = None
    contact: ContactDocument | None = None
    artikel: str
    grondslag: str

    def value(self) -> Bekendheidsantwoordbericht:
        """Return the event."""
        return Bekendheidsantwoordbericht(
            id=self.id,
            convenant=ConvenantId(self.convenant),
            plaats=self.plaats,
            organisatie=party(self.organisatie),
            contact=self.contact.value() if self.contact else None,
            artikel=self.artikel,
            grondslag=self.grondslag,
        )


def read_vraag(content: bytes, opgave: Bekendheidsopgave) -> Bekendheidsvraag:
    """Return the question that was taken, which must be this one. Raises OngeldigAntwoord."""
    vraag = read(_Vraag, content).vraag()
    if (vraag.id, vraag.convenant) != (opgave.id, opgave.convenant):
        raise OngeldigAntwoord("De bevestiging van de matcher hoort bij een andere bekendheidsvraag.")
    return vraag


def read_stand(content: bytes, verwacht: UUID) -> Bekendheidsstand:
    """Return how the question `verwacht` stands. Raises OngeldigAntwoord."""
    document = read(_Stand, content)
    if document.id != verwacht:
        raise OngeldigAntwoord("Het antwoord van de matcher hoort bij een andere bekendheidsvraag.")
    return Bekendheidsstand(
        vraag=document.vraag(),
        status=document.status,
        beantwoord=document.beantwoord,
        personen=tuple(
            BekendePlaats(plaats=persoon.plaats, organisaties=tuple(o.value() for o in persoon.organisaties))
            for persoon in document.personen
        ),
    )


def read_antwoord(content: bytes, aantal: int) -> tuple[int, ...]:
    """Return about which of `aantal` tokens a person has to decide. Raises OngeldigAntwoord."""
    nodig = tuple(read(_Antwoord, content).akkoord_nodig)
    if not all(0 <= index < aantal for index in nodig):
        raise OngeldigAntwoord("De matcher noemt een token dat niet is gestuurd. Meld dit aan de beheerder.")
    return nodig


def read_akkoord(content: bytes, verwacht: UUID, *, bekend: bool) -> None:
    """Check that what we said was taken. Raises OngeldigAntwoord."""
    document = read(_Akkoord, content)
    if (document.id, document.bekend) != (verwacht, bekend):
        raise OngeldigAntwoord("De bevestiging van de matcher hoort niet bij wat u liet weten.")
