"""The convenant as it is written: the shape of the YAML document, and its conversion to `convenant.model`.

Descriptions are Dutch, because they end up in the JSON Schema that editors show while a convenant is being
written. Whether the parts agree with one another is for `convenant.zin`.
"""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import PydanticCustomError

from convenant import model
from convenant._afspraken import (
    ArchiveringDocument,
    BerichtregelDocument,
    EscalatietredeDocument,
    InformerenDocument,
    MonitoringDocument,
    OptioneleOpvolging,
    PlafondregelDocument,
    TermijnDocument,
    ToetredingDocument,
    Vrijedagen,
)
from convenant._basis import (
    ID_PATTERN,
    Base,
    Datum,
    OinTekst,
    Regel,
    Tekst,
)
from convenant._bevraging import BekendheidDocument, BevragingDocument
from convenant._overdracht import OverdrachtDocument
from convenant._partijen import PartijDocument
from convenant._regels import DeelregelDocument, GrondslagDocument, SignaalsoortDocument
from convenant._sleuteldienst import AlarmDocument, BudgetDocument, SleutelbewaarderDocument, SleutelhouderDocument
from convenant._sleutels import SleutelDocument
from convenant.types import ConvenantId, Epoche, Modus, Oin, Omgeving


def _no_truth(value: Any) -> Any:
    """Refuse what equals 1 in Python without being that number, which pydantic lets through."""
    if isinstance(value, bool):
        raise PydanticCustomError("schemaversie", "a number")
    return value


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

    schemaversie: Annotated[Literal[1], BeforeValidator(_no_truth)] = Field(
        description="Versie van deze vorm; nu altijd 1."
    )
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

    opvolging: OptioneleOpvolging = None
    toetreding: Annotated[tuple[ToetredingDocument, ...], Field(description="Wie later mag toetreden.")] = ()
    informeren: Annotated[
        InformerenDocument | SkipJsonSchema[None], Field(description="Wie over een signaal geïnformeerd wordt.")
    ] = None
    archivering: Annotated[
        ArchiveringDocument | SkipJsonSchema[None], Field(description="Bewaren na afloop, in het eigen systeem.")
    ] = None
    vrije_dagen: Vrijedagen = ()
    termijnen: Annotated[tuple[TermijnDocument, ...], Field(description="Termijnen.")] = ()
    monitoring: Annotated[tuple[MonitoringDocument, ...], Field(description="Wie wanneer monitort.")] = ()
    escalatie: Annotated[tuple[EscalatietredeDocument, ...], Field(description="De escalatieladder, oplopend.")] = ()
    plafonds: Annotated[
        tuple[PlafondregelDocument, ...], Field(description="Hoeveel een organisatie per maand mag indienen en vragen.")
    ] = ()
    berichten: Annotated[
        tuple[BerichtregelDocument, ...],
        Field(description="Wat in notificaties staat; weglaten is al het verleende."),
    ] = ()
    overdracht: Annotated[
        tuple[OverdrachtDocument, ...], Field(description="Afspraken over overdracht van meldingen.")
    ] = ()
    bevraging: Annotated[
        BevragingDocument | SkipJsonSchema[None], Field(description="Waarom iemand naar een persoon mag vragen.")
    ] = None
    bekendheid: Annotated[
        BekendheidDocument | SkipJsonSchema[None], Field(description="Vragen of een persoon elders bekend is.")
    ] = None

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
            grondslagen=tuple(grondslag.to_model(soorten) for grondslag in self.grondslagen),
            epochen=tuple(epoche.to_model() for epoche in self.epochen),
            partijen=tuple(partij.to_model() for partij in self.partijen),
            signaalsoorten=tuple(soort.to_model() for soort in self.signaalsoorten),
            deelregels=tuple(regel.to_model(soorten) for regel in self.deelregels),
            hash=content_hash,
            sleutelhouders=tuple(sleutelhouder.to_model() for sleutelhouder in self.sleutelhouders),
            sleutelbewaarder=self.sleutelbewaarder.to_model() if self.sleutelbewaarder else None,
            budgetten=tuple(budget.to_model() for budget in self.budgetten),
            alarm=self.alarm.to_model() if self.alarm else None,
            afspraken=self._afspraken(),
        )

    def _afspraken(self) -> model.Afspraken:
        return model.Afspraken(
            opvolging=self.opvolging.to_model() if self.opvolging else None,
            toetreding=tuple(toetreding.to_model() for toetreding in self.toetreding),
            informeren=self.informeren.to_model() if self.informeren else None,
            archivering=self.archivering.to_model() if self.archivering else None,
            vrije_dagen=frozenset(self.vrije_dagen),
            termijnen=tuple(termijn.to_model() for termijn in self.termijnen),
            monitoring=tuple(monitoring.to_model() for monitoring in self.monitoring),
            escalatie=tuple(trede.to_model() for trede in self.escalatie),
            plafonds=tuple(plafond.to_model() for plafond in self.plafonds),
            berichten=tuple(bericht.to_model() for bericht in self.berichten),
            overdracht=tuple(afspraak.to_model() for afspraak in self.overdracht),
            bevraging=self.bevraging.to_model() if self.bevraging else None,
            bekendheid=self.bekendheid.to_model() if self.bekendheid else None,
        )
