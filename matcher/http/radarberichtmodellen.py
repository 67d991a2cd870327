"""What is told on casussen, on the wire: to their owner, to others in the family, and to whoever signalled."""

from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, Field

from convenant.web.modellen import Model
from matcher.domein.casus import Meldingsoort
from matcher.http.partijmodellen import OrganisatieUitvoer, PartijmeldingUitvoer

Label = Annotated[Meldingsoort, Field(description="Hoe een nieuwe melding nu heet; volgt uit de toestand.")]


class RadartrefferUitvoer(Model):
    """In een eigen CASUS kwam een organisatie in beeld; de contactkaarten staan bij de MATCH."""

    casus: UUID
    convenant: str
    match: UUID
    niveau: str
    melding: Label
    acuut: bool
    partijen: list[PartijmeldingUitvoer]


class GezinsmatchUitvoer(Model):
    """Een signaal over een ander uit hetzelfde gezin; na het vervallen staat er van de ander alleen het paar."""

    id: UUID
    convenant: str
    eigen_signaal: UUID
    ontstaan_op: AwareDatetime
    partijen: list[PartijmeldingUitvoer]


class TerugkoppelingberichtUitvoer(Model):
    """Wat er met een melding is gebeurd, zoals wie het signaal gaf het hoort."""

    match: UUID
    convenant: str
    paar: UUID
    opgepakt: bool
    overgedragen_aan: OrganisatieUitvoer | None = None
    monitort: OrganisatieUitvoer | None = None
    artikel: str
    grondslag: str


RadarInhoud = RadartrefferUitvoer | GezinsmatchUitvoer | TerugkoppelingberichtUitvoer
"""What an event of this kind can hold."""
