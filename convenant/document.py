"""The convenant as it is written: the shape of the YAML document, and its conversion to `convenant.model`.

Descriptions are Dutch, because they end up in the JSON Schema that editors show while a convenant is being
written. Whether the parts agree with one another is for `convenant.zin`.
"""

from typing import Annotated, Any, Final, Literal

from pydantic import ConfigDict, Discriminator, Field, Tag, model_validator
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import PydanticCustomError

from convenant import model
from convenant._basis import (
    ARTIKEL_PATTERN,
    ID_PATTERN,
    Base,
    Code,
    Datum,
    OinTekst,
    Regel,
    Tekst,
)
from convenant._partijen import PartijDocument, PartijgroepDocument
from convenant._sleuteldienst import AlarmDocument, BudgetDocument, SleutelbewaarderDocument, SleutelhouderDocument
from convenant._sleutels import SleutelDocument
from convenant.types import (
    ConvenantId,
    Epoche,
    Gebeurtenis,
    Informatieplicht,
    Modus,
    Niveau,
    Oin,
    Omgeving,
    Veld,
)

_ALLE: Final = "alle"


class GrondslagDocument(Base):
    """Een wettelijke grondslag."""

    code: Code = Field(description="Korte code waarnaar deelregels verwijzen.")
    wet: Regel = Field(description="Naam van de wet.")
    artikel: Regel = Field(description="Artikel van de wet.")
    omschrijving: Tekst = Field(description="Wat dit artikel toestaat, in gewone taal.")

    def to_model(self) -> model.Grondslag:
        """Return the frozen form."""
        return model.Grondslag(code=self.code, wet=self.wet, artikel=self.artikel, omschrijving=self.omschrijving)


class EpocheDocument(Base):
    """Een periode waarin één convenantsleutel in gebruik is."""

    nummer: int = Field(ge=1, le=9999, description="Volgnummer van de epoche.")
    van: Datum = Field(description="Eerste dag.")
    tot: Datum = Field(description="Laatste dag; die telt nog mee. De volgende epoche mag eerder beginnen (overlap).")
    gelekt: Annotated[
        bool, Field(description="Zet dit op true als een sleutel van deze epoche is uitgelekt: zij stopt dan meteen.")
    ] = False

    def to_model(self) -> model.EpochePeriode:
        """Return the frozen form."""
        return model.EpochePeriode(nummer=Epoche(self.nummer), van=self.van, tot=self.tot, gelekt=self.gelekt)


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

    def to_model(self) -> model.Signaalsoort:
        """Return the frozen form."""
        return model.Signaalsoort(
            code=self.code,
            omschrijving=self.omschrijving,
            leeftijd_tot=self.leeftijd_tot,
            bewaartermijn_maanden=self.bewaartermijn_maanden,
            betrokkenen_geinformeerd=self.betrokkenen_geinformeerd,
            indieners=self.indieners.to_model(),
        )


def _keuze_tag(value: Any) -> str:
    return _ALLE if isinstance(value, str) else "codes"


Soortkeuze = Annotated[
    Annotated[tuple[Code, ...], Field(min_length=1), Tag("codes")] | Annotated[Literal["alle"], Tag(_ALLE)],
    Discriminator(_keuze_tag),
]

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
            signaalsoorten=frozenset(soorten if isinstance(self.signaalsoorten, str) else self.signaalsoorten),
            velden=frozenset(self.velden),
            grondslag=self.grondslag,
            toelichting=self.toelichting,
        )


class MatcherDocument(Base):
    """Wie de matcher beheert."""

    beheerder: OinTekst = Field(description="OIN van de beheerder.")
    naam: Regel = Field(description="Naam van de beheerder.")
    sleutels: Annotated[
        tuple[SleutelDocument, ...],
        Field(max_length=10, description="Publieke sleutels waarmee de matcher ondertekent; nodig in modus voprf."),
    ] = ()

    def to_model(self) -> model.Matcher:
        """Return the frozen form."""
        return model.Matcher(
            beheerder=Oin(self.beheerder),
            naam=self.naam,
            sleutels=tuple(sleutel.to_model() for sleutel in self.sleutels),
        )


class ConvenantDocument(Base):
    """Een convenant: wie meedoet, welke signalen er zijn en wie wat te horen krijgt."""

    convenant: str = Field(pattern=ID_PATTERN, description="Kenmerk van het convenant. Verandert nooit.")
    versie: int = Field(ge=1, le=1_000_000, description="Versienummer; elke wijziging is een nieuwe versie.")
    naam: Regel = Field(description="Naam van het convenant.")
    regio: Regel = Field(description="Naam van de regio.")
    doel: Tekst = Field(description="Waarvoor de partijen samenwerken.")
    omgeving: Omgeving = Field(description="Proef (verzonnen personen) of productie.")
    modus: Modus = Field(description="Hoe koppeltokens worden afgeleid; hmac kan alleen in een proef.")
    profiel: Literal["nl-1"] = Field(description="Koppelprofiel.")
    geldig_van: Datum = Field(description="Eerste dag waarop het convenant geldt.")
    geldig_tot: Datum = Field(description="Laatste dag waarop het convenant geldt.")
    convenanthouder: OinTekst = Field(description="OIN van de convenanthouder.")
    matcher: MatcherDocument = Field(description="De beheerder van de matcher.")
    sleutelhouders: Annotated[
        tuple[SleutelhouderDocument, ...],
        Field(max_length=2, description="Een of twee sleutelhouders in modus voprf; geen in modus hmac."),
    ] = ()
    sleutelbewaarder: Annotated[
        SleutelbewaarderDocument | SkipJsonSchema[None],
        Field(description="Wie de convenantsleutel maakt; nodig in modus voprf."),
    ] = None
    budgetten: Annotated[
        tuple[BudgetDocument, ...], Field(description="Wie hoeveel van de sleutelhouders mag vragen.")
    ] = ()
    alarm: Annotated[
        AlarmDocument | SkipJsonSchema[None],
        Field(description="Wanneer de sleutelhouder alarm slaat; nodig in modus voprf."),
    ] = None
    grondslagen: tuple[GrondslagDocument, ...] = Field(min_length=1, description="Wettelijke grondslagen.")
    epochen: tuple[EpocheDocument, ...] = Field(min_length=1, description="Sleutelperioden.")
    partijen: tuple[PartijDocument, ...] = Field(min_length=1, description="Deelnemende organisaties.")
    signaalsoorten: tuple[SignaalsoortDocument, ...] = Field(min_length=1, description="Soorten signalen.")
    deelregels: tuple[DeelregelDocument, ...] = Field(
        min_length=1, description="Wie wat te horen krijgt. Wat hier niet staat, mag niet."
    )

    def to_model(self, *, content_hash: str) -> model.Convenant:
        """Return the frozen form, which may still contradict itself; `content_hash` is of the document."""
        soorten = tuple(soort.code for soort in self.signaalsoorten)
        return model.Convenant(
            id=ConvenantId(self.convenant),
            versie=self.versie,
            naam=self.naam,
            regio=self.regio,
            doel=self.doel,
            omgeving=self.omgeving,
            modus=self.modus,
            profiel=self.profiel,
            geldig_van=self.geldig_van,
            geldig_tot=self.geldig_tot,
            convenanthouder=Oin(self.convenanthouder),
            matcher=self.matcher.to_model(),
            grondslagen=tuple(grondslag.to_model() for grondslag in self.grondslagen),
            epochen=tuple(epoche.to_model() for epoche in self.epochen),
            partijen=tuple(partij.to_model() for partij in self.partijen),
            signaalsoorten=tuple(soort.to_model() for soort in self.signaalsoorten),
            deelregels=tuple(regel.to_model(soorten) for regel in self.deelregels),
            hash=content_hash,
            sleutelhouders=tuple(sleutelhouder.to_model() for sleutelhouder in self.sleutelhouders),
            sleutelbewaarder=self.sleutelbewaarder.to_model() if self.sleutelbewaarder else None,
            budgetten=tuple(budget.to_model() for budget in self.budgetten),
            alarm=self.alarm.to_model() if self.alarm else None,
        )
