"""What may be signalled and told, as it stands in the document."""

from typing import Annotated, Any, Final, Literal

from pydantic import ConfigDict, Discriminator, Field, Tag, model_validator
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import PydanticCustomError

from convenant import model
from convenant._basis import ARTIKEL_PATTERN, Base, Code, Regel, Tekst
from convenant._partijen import PartijgroepDocument
from convenant.types import Fase, Gebeurtenis, Informatieplicht, Niveau, Veld

_ALLE: Final = "alle"


def _keuze_tag(value: Any) -> str:
    return _ALLE if isinstance(value, str) else "codes"


Soortkeuze = Annotated[
    Annotated[tuple[Code, ...], Field(min_length=1), Tag("codes")] | Annotated[Literal["alle"], Tag(_ALLE)],
    Discriminator(_keuze_tag),
]


def chosen_soorten(keuze: tuple[str, ...] | str, soorten: tuple[str, ...]) -> frozenset[str]:
    """Return the codes that were chosen; the word alle stands for `soorten`, all of the convenant."""
    return frozenset(soorten if isinstance(keuze, str) else keuze)


class GrondslagDocument(Base):
    """Een wettelijke grondslag."""

    code: Code = Field(description="Korte code waarnaar deelregels verwijzen.")
    wet: Regel = Field(description="Naam van de wet.")
    artikel: Regel = Field(description="Artikel van de wet.")
    omschrijving: Tekst = Field(description="Wat dit artikel toestaat, in gewone taal.")
    signaalsoorten: Soortkeuze = Field(description="Voor welke signaalsoorten zij geldt, of het woord alle.")
    ontvangers: PartijgroepDocument = Field(description="Wie op deze grondslag iets mag horen.")

    def to_model(self, soorten: tuple[str, ...]) -> model.Grondslag:
        """Return the frozen form; `soorten` are all codes of the convenant, what the word alle stands for."""
        return model.Grondslag(
            code=self.code,
            wet=self.wet,
            artikel=self.artikel,
            omschrijving=self.omschrijving,
            signaalsoorten=chosen_soorten(self.signaalsoorten, soorten),
            ontvangers=self.ontvangers.to_model(),
        )


class SignaalsoortDocument(Base):
    """Een soort signaal die partijen kunnen indienen."""

    code: Code = Field(description="Korte code van de soort.")
    omschrijving: Tekst = Field(description="Wanneer een professional deze soort kiest.")
    leeftijd_tot: Annotated[
        Annotated[int, Field(ge=1, le=30)] | SkipJsonSchema[None],
        Field(description="Leeftijd waarop het signaal eindigt; weglaten is geen grens."),
    ] = None
    bewaartermijn_maanden: int = Field(ge=1, le=120, description="Hoeveel maanden het signaal meedoet.")
    betrokkenen_geinformeerd: Informatieplicht = Field(
        description="Of de betrokkenen vooraf geïnformeerd moeten zijn over het signaal."
    )
    indieners: PartijgroepDocument = Field(description="Welke partijen deze soort mogen indienen.")
    radarmelding: Annotated[
        bool, Field(description="Of het zegt: ik ga zelf verder, ik vraag niets. Alleen een radar hoort ervan.")
    ] = False

    def to_model(self) -> model.Signaalsoort:
        """Return the frozen form."""
        return model.Signaalsoort(
            code=self.code,
            omschrijving=self.omschrijving,
            leeftijd_tot=self.leeftijd_tot,
            bewaartermijn_maanden=self.bewaartermijn_maanden,
            betrokkenen_geinformeerd=self.betrokkenen_geinformeerd,
            indieners=self.indieners.to_model(),
            radarmelding=self.radarmelding,
        )


_EITHER_DIRECTION: Final[dict[str, Any]] = {
    "oneOf": [
        {
            "required": ["tussen"],
            "not": {"anyOf": [{"required": [naam]} for naam in ("ontvanger", "over", "zonderEigenSignaal")]},
        },
        {"required": ["ontvanger", "over"], "not": {"required": ["tussen"]}},
    ],
}


class DeelregelDocument(Base):
    """Een afspraak over wie wat te horen krijgt: wederkerig (tussen) of in één richting (ontvanger, over)."""

    model_config = ConfigDict(json_schema_extra=_EITHER_DIRECTION)

    artikel: str = Field(pattern=ARTIKEL_PATTERN, description="Nummer van het artikel in dit convenant.")
    gebeurtenissen: tuple[Gebeurtenis, ...] = Field(min_length=1, description="Bij welke gebeurtenis.")
    niveaus: tuple[Niveau, ...] = Field(min_length=1, description="Bij welke zekerheid van de match.")
    tussen: Annotated[
        tuple[PartijgroepDocument, PartijgroepDocument] | SkipJsonSchema[None],
        Field(description="Twee groepen die van elkaar hetzelfde te horen krijgen."),
    ] = None
    ontvanger: Annotated[
        PartijgroepDocument | SkipJsonSchema[None],
        Field(description="Wie het te horen krijgt; alleen partijen met de rol radar."),
    ] = None
    over: Annotated[PartijgroepDocument | SkipJsonSchema[None], Field(description="Over wiens signalen het gaat.")] = (
        None
    )
    zonder_eigen_signaal: Annotated[
        bool, Field(description="Of de ontvanger het ook hoort zonder eigen signaal over deze persoon.")
    ] = False
    signaalsoorten: Soortkeuze = Field(description="Codes van de signaalsoorten, of het woord alle.")
    velden: tuple[Veld, ...] = Field(min_length=1, description="Wat er verteld wordt.")
    grondslag: Code = Field(description="Code van de grondslag waarop dit rust.")
    toelichting: Tekst = Field(description="Waarom dit mag, in gewone taal.")
    fasen: Annotated[
        tuple[Fase, ...], Field(min_length=1, description="In welke fase van de casus; weglaten is altijd.")
    ] = ()

    @model_validator(mode="after")
    def _has_one_direction(self) -> "DeelregelDocument":
        one_way = self.ontvanger is not None and self.over is not None
        if (self.tussen is not None) == one_way or (self.ontvanger is None) != (self.over is None):
            raise PydanticCustomError("richting", "Kies: 'tussen' met twee groepen, of 'ontvanger' en 'over' samen.")
        if "zonder_eigen_signaal" in self.model_fields_set and not one_way:
            raise PydanticCustomError("richting", "'zonderEigenSignaal' kan alleen bij 'ontvanger' en 'over'.")
        return self

    def _richting(self) -> model.Richting:
        if self.ontvanger is not None and self.over is not None:
            return model.Eenrichting(
                ontvanger=self.ontvanger.to_model(),
                over=self.over.to_model(),
                zonder_eigen_signaal=self.zonder_eigen_signaal,
            )
        if self.tussen is None:
            raise AssertionError("the validator lets no deelregel through without a direction")
        een, ander = self.tussen
        return model.Wederkerig(tussen=(een.to_model(), ander.to_model()))

    def to_model(self, soorten: tuple[str, ...]) -> model.Deelregel:
        """Return the frozen form; `soorten` are all codes of the convenant, what the word alle stands for."""
        return model.Deelregel(
            artikel=self.artikel,
            gebeurtenissen=frozenset(self.gebeurtenissen),
            niveaus=frozenset(self.niveaus),
            richting=self._richting(),
            signaalsoorten=chosen_soorten(self.signaalsoorten, soorten),
            velden=frozenset(self.velden),
            grondslag=self.grondslag,
            toelichting=self.toelichting,
            fasen=frozenset(self.fasen),
        )
