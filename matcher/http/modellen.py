"""What travels over HTTP. Strict: an unknown member is refused, so that no content can hide in one (guarantee 1)."""

from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, ConfigDict, Field

from convenant.profielen import NL_1
from convenant.types import ConvenantId, Epoche
from convenant.web.modellen import Base64url32, Model, PlainDate, decode
from matcher.diensten.kern import Kern
from matcher.domein.signaal import Hertokening, Inzending, Tokenset
from matcher.http.bekendheidmodellen import BekendheidsantwoordberichtUitvoer, BekendheidsvraagberichtUitvoer
from matcher.http.berichtmodellen import Berichtinhoud
from matcher.http.kaartmodellen import KaartInvoer, OmslagWaarde
from matcher.http.opvolgingmodellen import OpvolgInhoud
from matcher.http.paarmodellen import (
    KaartGevraagdUitvoer,
    KaartVrijgegevenUitvoer,
    MogelijkeMatchUitvoer,
    PaarberichtUitvoer,
)
from matcher.http.partijmodellen import PartijmeldingUitvoer
from matcher.http.radarberichtmodellen import RadarInhoud
from matcher.types import SignaalId

MAX_SIGNALEN = 1000
AANTAL_SLOTS = len(NL_1.slots)

EpocheNummer = Annotated[int, Field(ge=1, le=2**31 - 1, strict=True, description="Sleutelperiode van het convenant.")]
ConvenantCode = Annotated[str, Field(pattern="^[a-z0-9-]{3,40}$")]


class TokensetInvoer(Model):
    """De koppeltokens van één persoon onder de sleutel van één epoche."""

    epoche: EpocheNummer
    koppeltokens: list[Base64url32] = Field(
        min_length=AANTAL_SLOTS,
        max_length=AANTAL_SLOTS,
        repr=False,
        description="Twaalf slots in de volgorde van het profiel.",
    )

    def to_tokenset(self, kern: Kern) -> Tokenset:
        """The tokens, peppered; from here on nobody holds them in the clear."""
        hashes = tuple(kern.pepper.hash(decode(token)) for token in self.koppeltokens)
        return Tokenset(epoche=Epoche(self.epoche), hashes=hashes)


class SignaalInvoer(Model):
    """Een SIGNAAL zoals een organisatie het indient."""

    id: UUID = Field(description="Gemaakt door de SDK; hetzelfde id is hetzelfde signaal.")
    convenant: ConvenantCode
    profiel: str = Field(pattern="^[a-z0-9-]{1,20}$", examples=["nl-1"])
    signaalsoort: str = Field(pattern="^[a-z0-9-]{1,60}$")
    verloopt_op: PlainDate = Field(description="Eerste dag van een maand.")
    tokensets: list[TokensetInvoer] = Field(
        min_length=1, max_length=2, description="Een per epoche die loopt; die van de nieuwste moet erbij zijn."
    )
    referentie: str = Field(
        pattern="^[A-Za-z0-9_-]{208}$",
        repr=False,
        description="Verzegeld voor de eigen organisatie; 156 bytes.",
    )
    kaart: KaartInvoer | None = Field(default=None, repr=False)

    def to_inzending(self, kern: Kern) -> Inzending:
        """The signal, with its tokens peppered."""
        return Inzending(
            id=SignaalId(self.id),
            convenant=ConvenantId(self.convenant),
            profiel=self.profiel,
            signaalsoort=self.signaalsoort,
            verloopt_op=self.verloopt_op,
            tokensets=tuple(tokenset.to_tokenset(kern) for tokenset in self.tokensets),
            referentie=decode(self.referentie),
            kaart=self.kaart.to_kaart() if self.kaart else None,
        )


class SignalenInvoer(Model):
    """Een of meer SIGNALEN; alles of niets."""

    signalen: list[SignaalInvoer] = Field(min_length=1, max_length=MAX_SIGNALEN)


class HertokeningInvoer(Model):
    """Koppeltokens van een andere epoche voor een SIGNAAL dat al is ingediend."""

    id: UUID
    tokenset: TokensetInvoer
    omslag: OmslagWaarde | None = Field(default=None, repr=False)

    def to_hertokening(self, kern: Kern) -> Hertokening:
        """The same, with its tokens peppered."""
        return Hertokening(
            signaal=SignaalId(self.id),
            tokenset=self.tokenset.to_tokenset(kern),
            omslag=decode(self.omslag) if self.omslag else None,
        )


class HertokeningenInvoer(Model):
    """Een of meer HERTOKENINGEN; alles of niets."""

    signalen: list[HertokeningInvoer] = Field(min_length=1, max_length=MAX_SIGNALEN)


class HertokendUitvoer(Model):
    """Het SIGNAAL heeft nu koppeltokens van deze epoche."""

    signaal: UUID
    epoche: int


class HertokendenUitvoer(Model):
    """De SIGNALEN die de koppeltokens nu hebben; wat intussen is beëindigd, ontbreekt."""

    hertokend: list[HertokendUitvoer]


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


class EpocheUitvoer(Model):
    """Hoe het met een epoche staat, en hoeveel eigen signalen de koppeltokens van de nieuwste nog missen."""

    nummer: int
    status: str = Field(description="loopt, overlap, wacht-op-hertokening, uitgetreden of gelekt.")
    eigen_signalen_zonder: int


class EpochenUitvoer(Model):
    """De epochen van een convenant die zijn begonnen."""

    epochen: list[EpocheUitvoer]


class WissingInvoer(Model):
    """Van welk convenant de eigen koppeltokens gewist moeten worden."""

    convenant: ConvenantCode


class WissingUitvoer(Model):
    """Van hoeveel eigen signalen koppeltokens zijn gewist."""

    gewist: int


class TellingUitvoer(Model):
    """Ondertekende verklaring (JWS) van wat deze maand is ingediend."""

    telling: str


Inhoud = (
    MatchUitvoer
    | MogelijkeMatchUitvoer
    | KaartGevraagdUitvoer
    | KaartVrijgegevenUitvoer
    | PaarberichtUitvoer
    | Berichtinhoud
    | OpvolgInhoud
    | BekendheidsvraagberichtUitvoer
    | BekendheidsantwoordberichtUitvoer
    | RadarInhoud
)
"""What an event can be about; the dataschema of the event names which one it is."""


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
    data: Inhoud


class NotificatiesUitvoer(Model):
    """Notificaties na de cursor, en de cursor voor de volgende keer."""

    notificaties: list[NotificatieUitvoer]
    cursor: str
