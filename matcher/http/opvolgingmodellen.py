"""The follow-up of matches, and terms, on the wire."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from convenant.types import OIN_PATTERN
from convenant.web.modellen import Model, PlainDate
from matcher.domein.opvolging import Hulp

_AS_DATE = {"format": "date"}
MaybeDate = Annotated[date | None, Field(json_schema_extra=_AS_DATE)]


class LegeInvoer(Model):
    """Deze stap heeft geen velden: een toelichting is inhoud en hoort hier niet."""


class RegievoorstelInvoer(Model):
    """Wie regisseur zou moeten worden."""

    kandidaat: str = Field(pattern=OIN_PATTERN, description="OIN; de eigen organisatie aanvaardt daarmee meteen.")
    per: Annotated[PlainDate | None, Field(json_schema_extra=_AS_DATE)] = Field(
        default=None, description="Alleen bij een overdracht: de dag waarop de nieuwe regisseur begint."
    )


class MomentInvoer(Model):
    """Wanneer de partijen elkaar weer spreken."""

    op: PlainDate


class HulpmeldingInvoer(Model):
    """Hoe het met de eigen hulp gaat; inhoud hoort hier niet."""

    hulp: Hulp


class PartijnaamUitvoer(Model):
    """Een organisatie, met nummer en naam."""

    oin: str
    naam: str


class RegisseurUitvoer(Model):
    """Wie nu regisseur is."""

    oin: str
    naam: str
    sinds: PlainDate
    eigen: bool = Field(description="Of het de eigen organisatie is.")


class RegievoorstelUitvoer(Model):
    """Een voorstel waarop nog geen antwoord is."""

    kandidaat: PartijnaamUitvoer
    door: PartijnaamUitvoer | None = None
    op: PlainDate
    per: MaybeDate = None


class OverdrachtUitvoer(Model):
    """Wie de regie overneemt, en op welke dag."""

    aan: PartijnaamUitvoer
    per: PlainDate


class VolgendMomentUitvoer(Model):
    """Wanneer de partijen elkaar weer spreken, en wie dat vastlegde."""

    op: PlainDate
    door: PartijnaamUitvoer


class PartijopvolgingUitvoer(Model):
    """Wat een andere organisatie deed, voor zover het convenant dat laat zien."""

    paar: UUID
    organisatie: PartijnaamUitvoer | None = None
    contact_op: MaybeDate = None
    hulp: str | None = None
    hulp_sinds: MaybeDate = None


class EigenOpvolgingUitvoer(Model):
    """Wat de eigen organisatie deed."""

    contact_op: MaybeDate = None
    hulp: str | None = None
    hulp_sinds: MaybeDate = None
    afgesloten_op: MaybeDate = None


class TermijnUitvoer(Model):
    """Een eigen termijn die loopt."""

    id: UUID
    convenant: str
    code: str
    artikel: str
    onderwerp: UUID
    onderwerpsoort: str = Field(description="match, mogelijke-match, kaartverzoek, casus of bekendheidsvraag.")
    begonnen_op: PlainDate
    uiterlijk: PlainDate = Field(description="De laatste dag waarop u op tijd bent.")
    status: str = Field(description="loopt, nadert, verstreken of voldaan.")


class OpvolgingUitvoer(Model):
    """Hoe het met de opvolging van een MATCH staat; wat het convenant niet laat zien, ontbreekt."""

    match: UUID
    convenant: str
    toestand: str = Field(description="open, regie-voorgesteld, regie-belegd of afgesloten.")
    regisseur: RegisseurUitvoer | None = None
    voorstel: RegievoorstelUitvoer | None = None
    overdracht: OverdrachtUitvoer | None = None
    volgend_moment: VolgendMomentUitvoer | None = None
    partijen: list[PartijopvolgingUitvoer]
    eigen: EigenOpvolgingUitvoer
    termijnen: list[TermijnUitvoer]


class TermijnenUitvoer(Model):
    """De eigen termijnen die lopen; de eerste die afloopt, staat vooraan."""

    termijnen: list[TermijnUitvoer]


class OpvolgberichtUitvoer(Model):
    """Wat een andere organisatie na de match deed."""

    match: UUID
    convenant: str
    paar: UUID
    organisatie: PartijnaamUitvoer | None = None
    op: PlainDate
    hulp: str | None = None
    moment: MaybeDate = None
    artikel: str
    grondslag: str


class RegieberichtUitvoer(Model):
    """Wie als regisseur is voorgesteld, regisseur is of de regie overneemt."""

    match: UUID
    convenant: str
    regisseur: PartijnaamUitvoer
    door: PartijnaamUitvoer | None = None
    per: MaybeDate = None
    artikel: str = Field(description="Leeg als het alleen over de ontvanger zelf gaat.")
    grondslag: str


class TermijnberichtUitvoer(Model):
    """Een eigen termijn die bijna of helemaal voorbij is."""

    id: UUID
    convenant: str
    code: str
    artikel: str
    onderwerp: UUID
    onderwerpsoort: str
    uiterlijk: PlainDate


class EscalatieUitvoer(Model):
    """Een termijn van een organisatie is verstreken, en het convenant noemt u als wie dan meekijkt."""

    id: UUID
    convenant: str
    code: str
    artikel: str = Field(description="Artikel van de trede.")
    functie: str = Field(description="Bij wie in uw organisatie dit hoort.")
    organisatie: PartijnaamUitvoer
    onderwerp: UUID | None = Field(default=None, description="De eigen match, als u die organisatie daarin ziet.")
    uiterlijk: PlainDate


OpvolgInhoud = OpvolgberichtUitvoer | RegieberichtUitvoer | TermijnberichtUitvoer | EscalatieUitvoer
"""What an event of the follow-up can be about."""
