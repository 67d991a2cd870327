"""What travels over HTTP. Strict: an unknown member is refused, so that no content can hide in one (guarantee 1)."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, ConfigDict, Field

from convenant.profielen import NL_1
from convenant.types import ConvenantId, Epoche
from convenant.web.modellen import Base64url32, Model, PlainDate, decode
from matcher.diensten.kern import Kern
from matcher.domein.signaal import Inzending
from matcher.types import SignaalId

MAX_SIGNALEN = 1000
AANTAL_SLOTS = len(NL_1.slots)


class SignaalInvoer(Model):
    """Een SIGNAAL zoals een organisatie het indient."""

    id: UUID = Field(description="Gemaakt door de SDK; hetzelfde id is hetzelfde signaal.")
    convenant: str = Field(pattern="^[a-z0-9-]{3,40}$")
    epoche: int = Field(ge=1, le=2**31 - 1, strict=True, description="Sleutelperiode van het convenant.")
    profiel: str = Field(pattern="^[a-z0-9-]{1,20}$", examples=["nl-1"])
    signaalsoort: str = Field(pattern="^[a-z0-9-]{1,60}$")
    verloopt_op: PlainDate = Field(description="Eerste dag van een maand.")
    koppeltokens: list[Base64url32] = Field(
        min_length=AANTAL_SLOTS,
        max_length=AANTAL_SLOTS,
        repr=False,
        description="Twaalf slots in de volgorde van het profiel.",
    )
    referentie: str = Field(
        pattern="^[A-Za-z0-9_-]{208}$",
        repr=False,
        description="Verzegeld voor de eigen organisatie; 156 bytes.",
    )

    def to_inzending(self, kern: Kern) -> Inzending:
        """The signal with its tokens peppered; from here on nobody holds them in the clear."""
        return Inzending(
            id=SignaalId(self.id),
            convenant=ConvenantId(self.convenant),
            epoche=Epoche(self.epoche),
            profiel=self.profiel,
            signaalsoort=self.signaalsoort,
            verloopt_op=self.verloopt_op,
            token_hashes=tuple(kern.pepper.hash(decode(token)) for token in self.koppeltokens),
            referentie=decode(self.referentie),
        )


class SignalenInvoer(Model):
    """Een of meer SIGNALEN; alles of niets."""

    signalen: list[SignaalInvoer] = Field(min_length=1, max_length=MAX_SIGNALEN)


class IntrekkingInvoer(Model):
    """Een intrekking heeft geen velden: een reden is inhoud en hoort hier niet."""


class OntvangstUitvoer(Model):
    """Het signaal is duurzaam opgeslagen."""

    signaal: UUID
    status: str
    ontvangen_op: AwareDatetime
    verloopt_op: PlainDate


class OntvangstenUitvoer(Model):
    """De ontvangsten, in de volgorde van het verzoek."""

    ontvangsten: list[OntvangstUitvoer]


class SignaalUitvoer(Model):
    """Een eigen SIGNAAL."""

    id: UUID
    convenant: str
    convenantversie: int
    epoche: int
    signaalsoort: str
    status: str
    ingediend_op: AwareDatetime
    verloopt_op: PlainDate
    referentie: str = Field(repr=False)


class SignalenUitvoer(Model):
    """Een bladzijde eigen signalen; `volgende` is de cursor van de volgende, of leeg."""

    signalen: list[SignaalUitvoer]
    volgende: UUID | None


class IntrekkingUitvoer(Model):
    """Het signaal telt niet meer mee en zijn koppeltokens zijn gewist."""

    signaal: UUID
    status: str
    ingetrokken_op: AwareDatetime


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

    organisatie: OrganisatieUitvoer | None = None
    contact: ContactUitvoer | None = None
    signaalsoort: str | None = None
    ingediend_op: Annotated[date | None, Field(json_schema_extra={"format": "date"})] = None
    artikel: str
    grondslag: str


class MatchUitvoer(Model):
    """Een MATCH: twee of meer organisaties kennen dezelfde persoon."""

    id: UUID
    convenant: str
    niveau: str
    ontstaan_op: AwareDatetime
    eigen_signalen: list[UUID]
    partijen: list[PartijmeldingUitvoer]


class MatchesUitvoer(Model):
    """Een bladzijde matches."""

    matches: list[MatchUitvoer]
    volgende: UUID | None


class NotificatieUitvoer(Model):
    """Een CloudEvent volgens het NL GOV profiel."""

    model_config = ConfigDict(alias_generator=None)

    specversion: str = "1.0"
    id: UUID
    source: str
    type: str
    subject: UUID
    time: AwareDatetime = Field(description="Moment van registratie bij de matcher.")
    sequence: str = Field(description="Tien cijfers, per ontvanger, zonder gaten.")
    datacontenttype: str = "application/json"
    dataschema: str
    data: MatchUitvoer


class NotificatiesUitvoer(Model):
    """Notificaties na de cursor, en de cursor voor de volgende keer."""

    notificaties: list[NotificatieUitvoer]
    cursor: str
