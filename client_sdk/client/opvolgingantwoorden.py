"""What answers and events say about the follow-up of a match, read into values."""

from datetime import date
from uuid import UUID

from client_sdk.client import opvolging as waarden
from client_sdk.client.deelnemers import Organisatie
from client_sdk.client.lezer import Document, read
from client_sdk.client.partijantwoorden import OrganisatieDocument, party
from client_sdk.client.termijnantwoorden import TermijnDocument
from client_sdk.errors import OngeldigAntwoord
from convenant.types import ConvenantId, Oin


class _Regisseur(Document):
    oin: str
    naam: str
    sinds: date
    eigen: bool

    def value(self) -> waarden.Regisseur:
        organisatie = Organisatie(oin=Oin(self.oin), naam=self.naam)
        return waarden.Regisseur(organisatie=organisatie, sinds=self.sinds, eigen=self.eigen)


class _Voorstel(Document):
    kandidaat: OrganisatieDocument
    door: OrganisatieDocument | None = None
    op: date
    per: date | None = None

    def value(self) -> waarden.Regievoorstel:
        return waarden.Regievoorstel(kandidaat=self.kandidaat.value(), door=party(self.door), op=self.op, per=self.per)


class _Overdracht(Document):
    aan: OrganisatieDocument
    per: date

    def value(self) -> waarden.Regieoverdracht:
        return waarden.Regieoverdracht(aan=self.aan.value(), per=self.per)


class _Moment(Document):
    op: date
    door: OrganisatieDocument | None = None

    def value(self) -> waarden.Moment:
        return waarden.Moment(op=self.op, door=party(self.door))


class _Partij(Document):
    paar: UUID
    organisatie: OrganisatieDocument | None = None
    contact_op: date | None = None
    hulp: waarden.Hulp | None = None
    hulp_sinds: date | None = None

    def value(self) -> waarden.Opvolgpartij:
        return waarden.Opvolgpartij(
            paar=self.paar,
            organisatie=party(self.organisatie),
            contact_op=self.contact_op,
            hulp=self.hulp,
            hulp_sinds=self.hulp_sinds,
        )


class _Eigen(Document):
    contact_op: date | None = None
    hulp: waarden.Hulp | None = None
    hulp_sinds: date | None = None
    afgesloten_op: date | None = None

    def value(self) -> waarden.EigenOpvolging:
        return waarden.EigenOpvolging(
            contact_op=self.contact_op,
            hulp=self.hulp,
            hulp_sinds=self.hulp_sinds,
            afgesloten_op=self.afgesloten_op,
        )


class _Opvolging(Document):
    match: str
    convenant: str
    toestand: waarden.Opvolgtoestand
    regisseur: _Regisseur | None = None
    voorstel: _Voorstel | None = None
    overdracht: _Overdracht | None = None
    volgend_moment: _Moment | None = None
    partijen: list[_Partij]
    eigen: _Eigen
    termijnen: list[TermijnDocument]

    def value(self) -> waarden.Opvolging:
        return waarden.Opvolging(
            match=self.match,
            convenant=ConvenantId(self.convenant),
            toestand=self.toestand,
            regisseur=self.regisseur.value() if self.regisseur else None,
            voorstel=self.voorstel.value() if self.voorstel else None,
            overdracht=self.overdracht.value() if self.overdracht else None,
            volgend_moment=self.volgend_moment.value() if self.volgend_moment else None,
            partijen=tuple(partij.value() for partij in self.partijen),
            eigen=self.eigen.value(),
            termijnen=tuple(termijn.value() for termijn in self.termijnen),
        )


class OpvolgberichtDocument(Document):
    """The data of `contact-vastgelegd`, `moment-afgesproken`, `hulp-gemeld` and `opvolging-afgesloten`."""

    match: str
    convenant: str
    paar: UUID
    organisatie: OrganisatieDocument | None = None
    op: date
    hulp: waarden.Hulp | None = None
    moment: date | None = None
    artikel: str
    grondslag: str

    def value(self) -> waarden.Opvolgbericht:
        """Return the event."""
        return waarden.Opvolgbericht(
            match=self.match,
            convenant=ConvenantId(self.convenant),
            paar=self.paar,
            organisatie=party(self.organisatie),
            op=self.op,
            hulp=self.hulp,
            moment=self.moment,
            artikel=self.artikel,
            grondslag=self.grondslag,
        )


class RegieberichtDocument(Document):
    """The data of the events about the regie."""

    match: str
    convenant: str
    regisseur: OrganisatieDocument
    door: OrganisatieDocument | None = None
    per: date | None = None
    artikel: str | None = None
    grondslag: str | None = None

    def value(self) -> waarden.Regiebericht:
        """Return the event."""
        return waarden.Regiebericht(
            match=self.match,
            convenant=ConvenantId(self.convenant),
            regisseur=self.regisseur.value(),
            door=party(self.door),
            per=self.per,
            artikel=self.artikel,
            grondslag=self.grondslag,
        )


def read_opvolging(content: bytes, verwacht: str) -> waarden.Opvolging:
    """Return how the follow-up of the match `verwacht` stands; else raises OngeldigAntwoord."""
    document = read(_Opvolging, content)
    if document.match != verwacht:
        raise OngeldigAntwoord("De opvolging die de matcher gaf, hoort bij een andere match.")
    return document.value()
