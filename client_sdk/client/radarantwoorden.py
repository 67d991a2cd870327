"""What answers say about casussen, the radar list and bevragingen, read into values."""

from datetime import date, datetime
from uuid import UUID

from pydantic import AwareDatetime, Field

from client_sdk.client import radar as waarden
from client_sdk.client.lezer import Base64Url, Document, Moment, read
from client_sdk.client.model import Bladzijde
from client_sdk.client.partijantwoorden import ContactDocument, OrganisatieDocument, party
from client_sdk.client.termijnantwoorden import TermijnDocument
from client_sdk.errors import OngeldigAntwoord
from convenant.types import ConvenantId, Niveau


class _Casus(Document):
    id: UUID
    convenant: str
    nummer: Base64Url = Field(repr=False)
    toestand: waarden.Casustoestand
    acuut: bool
    geopend_op: Moment
    gewijzigd_op: Moment
    monitoring_tot: date
    signalen: list[UUID]
    overgedragen_aan: OrganisatieDocument | None = None

    def value(self) -> waarden.Casus:
        return waarden.Casus(
            id=self.id,
            convenant=ConvenantId(self.convenant),
            nummer=self.nummer,
            toestand=self.toestand,
            acuut=self.acuut,
            geopend_op=self.geopend_op,
            gewijzigd_op=self.gewijzigd_op,
            monitoring_tot=self.monitoring_tot,
            signalen=tuple(self.signalen),
            overgedragen_aan=party(self.overgedragen_aan),
        )


class _Casussen(Document):
    casussen: list[_Casus]
    volgende: str | None = None


class _Radarregel(Document):
    casus: _Casus
    nieuw: int
    partijen: int
    signalen: int
    niveaus: dict[Niveau, int]
    laatste_op: Moment | None = None
    termijnen: list[TermijnDocument]
    melding: waarden.Meldingsoort

    def value(self) -> waarden.Radarregel:
        return waarden.Radarregel(
            casus=self.casus.value(),
            nieuw=self.nieuw,
            partijen=self.partijen,
            signalen=self.signalen,
            niveaus=tuple((niveau, self.niveaus[niveau]) for niveau in Niveau if self.niveaus.get(niveau)),
            laatste_op=self.laatste_op,
            termijnen=tuple(termijn.value() for termijn in self.termijnen),
            melding=self.melding,
        )


class _Radar(Document):
    radar: list[_Radarregel]
    volgende: str | None


class _Partij(Document):
    niveau: Niveau
    sloten: tuple[str, ...] | None = None
    organisatie: OrganisatieDocument | None = None
    contact: ContactDocument | None = None
    signaalsoort: str | None = None
    ingediend_op: date | None = None
    radarmelding: bool | None = None
    artikel: str
    grondslag: str

    def value(self) -> waarden.Bevragingspartij:
        return waarden.Bevragingspartij(
            niveau=self.niveau,
            sloten=self.sloten or (),
            organisatie=party(self.organisatie),
            contact=self.contact.value() if self.contact else None,
            signaalsoort=self.signaalsoort,
            ingediend_op=self.ingediend_op,
            radarmelding=self.radarmelding,
            artikel=self.artikel,
            grondslag=self.grondslag,
        )


class _EigenCasus(Document):
    id: UUID
    nummer: Base64Url = Field(repr=False)
    toestand: waarden.Casustoestand
    melding: waarden.Meldingsoort
    niveau: Niveau | None = None

    def value(self) -> waarden.BekendeCasus:
        return waarden.BekendeCasus(
            id=self.id, nummer=self.nummer, toestand=self.toestand, melding=self.melding, niveau=self.niveau
        )


class _Persoon(Document):
    partijen: list[_Partij]
    eigen_casussen: list[_EigenCasus]

    def value(self) -> waarden.Bevragingspersoon:
        return waarden.Bevragingspersoon(
            partijen=tuple(partij.value() for partij in self.partijen),
            eigen_casussen=tuple(casus.value() for casus in self.eigen_casussen),
        )


class _Bevraging(Document):
    bevraagd_op: AwareDatetime
    personen: list[_Persoon]


def read_casus(content: bytes, verwacht: UUID) -> waarden.Casus:
    """Return the casus `verwacht` as it stands now; else raises OngeldigAntwoord."""
    document = read(_Casus, content)
    if document.id != verwacht:
        raise OngeldigAntwoord("De matcher gaf een andere casus dan is gevraagd.")
    return document.value()


def read_casussen(content: bytes) -> Bladzijde[waarden.Casus]:
    """Return one page of own casussen. Raises OngeldigAntwoord."""
    document = read(_Casussen, content)
    return Bladzijde(regels=tuple(casus.value() for casus in document.casussen), volgende=document.volgende)


def read_radar(content: bytes) -> Bladzijde[waarden.Radarregel]:
    """Return one page of the radar list. Raises OngeldigAntwoord."""
    document = read(_Radar, content)
    return Bladzijde(regels=tuple(regel.value() for regel in document.radar), volgende=document.volgende)


def read_bevraging(content: bytes, verwacht: int) -> waarden.Bevraging:
    """Return what there is on as many persons as were asked about; else raises OngeldigAntwoord."""
    document = read(_Bevraging, content)
    if len(document.personen) != verwacht:
        raise OngeldigAntwoord("De matcher beantwoordde een ander aantal personen dan er zijn gevraagd.")
    bevraagd_op: datetime = document.bevraagd_op
    return waarden.Bevraging(bevraagd_op=bevraagd_op, personen=tuple(persoon.value() for persoon in document.personen))
