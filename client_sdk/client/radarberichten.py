"""What events say about casussen and families, read into values."""

from uuid import UUID

from pydantic import AwareDatetime

from client_sdk.client.lezer import Document
from client_sdk.client.partijantwoorden import OrganisatieDocument, PartijmeldingDocument, party
from client_sdk.client.radar import Gezinsmatch, Meldingsoort, Radartreffer, Terugkoppelbericht
from convenant.types import ConvenantId, Niveau


class RadartrefferDocument(Document):
    """The data of `radartreffer`."""

    casus: UUID
    convenant: str
    match: str
    niveau: Niveau
    melding: Meldingsoort
    acuut: bool
    partijen: list[PartijmeldingDocument]

    def value(self) -> Radartreffer:
        """Return the event."""
        return Radartreffer(
            casus=self.casus,
            convenant=ConvenantId(self.convenant),
            match=self.match,
            niveau=self.niveau,
            melding=self.melding,
            acuut=self.acuut,
            partijen=tuple(partij.value() for partij in self.partijen),
        )


class GezinsmatchDocument(Document):
    """The data of `gezinsmatch-ontstaan` and `gezinsmatch-vervallen`."""

    id: UUID
    convenant: str
    eigen_signaal: UUID
    ontstaan_op: AwareDatetime
    partijen: list[PartijmeldingDocument]

    def value(self) -> Gezinsmatch:
        """Return the event."""
        return Gezinsmatch(
            id=self.id,
            convenant=ConvenantId(self.convenant),
            eigen_signaal=self.eigen_signaal,
            ontstaan_op=self.ontstaan_op,
            partijen=tuple(partij.value() for partij in self.partijen),
        )


class TerugkoppelingDocument(Document):
    """The data of `terugkoppeling`."""

    match: str
    convenant: str
    paar: UUID
    opgepakt: bool
    overgedragen_aan: OrganisatieDocument | None = None
    monitort: OrganisatieDocument | None = None
    artikel: str
    grondslag: str

    def value(self) -> Terugkoppelbericht:
        """Return the event."""
        return Terugkoppelbericht(
            match=self.match,
            convenant=ConvenantId(self.convenant),
            paar=self.paar,
            opgepakt=self.opgepakt,
            overgedragen_aan=party(self.overgedragen_aan),
            monitort=party(self.monitort),
            artikel=self.artikel,
            grondslag=self.grondslag,
        )
