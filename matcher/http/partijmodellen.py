"""Another organisation on the wire, as far as the convenant grants it."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from convenant.web.modellen import Model
from matcher.http.kaartmodellen import KaartUitvoer


class OrganisatieUitvoer(Model):
    """Een organisatie."""

    oin: str
    naam: str


class ContactUitvoer(Model):
    """Het openbare contactpunt van een organisatie."""

    afdeling: str
    telefoon: str
    email: str


class PartijmeldingUitvoer(Model):
    """Wat het convenant over één signaal van een andere organisatie toestaat; de rest ontbreekt."""

    paar: UUID = Field(description="Kenmerk van dit paar, alleen voor de ontvanger; verandert niet.")
    organisatie: OrganisatieUitvoer | None = None
    contact: ContactUitvoer | None = None
    signaalsoort: str | None = None
    ingediend_op: Annotated[date | None, Field(json_schema_extra={"format": "date"})] = None
    artikel: str
    grondslag: str
    kaart: KaartUitvoer | None = None
