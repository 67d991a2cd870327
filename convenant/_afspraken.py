"""What the parties agreed beside who may be told what, as it stands in the document."""

from typing import Annotated, Final

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from convenant import model
from convenant._basis import ARTIKEL_PATTERN, Base, Code, Datum, Regel, Tekst
from convenant._partijen import PartijgroepDocument
from convenant.types import (
    Betrokkene,
    Eenheid,
    Gebeurtenis,
    LopendeSignalen,
    Rol,
    Sector,
    Veld,
)

HASH_PATTERN: Final = "^sha256:[0-9a-f]{64}$"
_MAX_PER_THOUSAND: Final = 10_000
_MAX_COUNT: Final = 1_000_000

Artikel = Annotated[str, Field(pattern=ARTIKEL_PATTERN, description="Nummer van het artikel in dit convenant.")]


class OpvolgingDocument(Base):
    """Welke versie deze versie vervangt, en wat er met de lopende signalen gebeurt."""

    versie: int = Field(ge=1, le=1_000_000, description="Nummer van de versie die vervalt.")
    hash: str = Field(pattern=HASH_PATTERN, description="Hash van die versie; 'convenant verifieer' toont haar.")
    lopende_signalen: LopendeSignalen = Field(
        description="nieuwe-regels: lopende signalen vallen onder deze versie. beeindigen: zij eindigen meteen."
    )

    def to_model(self) -> model.Opvolging:
        """Return the frozen form."""
        return model.Opvolging(versie=self.versie, hash=self.hash, lopende_signalen=self.lopende_signalen)


class ToetredingDocument(Base):
    """Organisaties die later mogen meedoen zonder dat iedereen opnieuw tekent; de convenanthouder laat ze toe."""

    artikel: Artikel
    sectoren: tuple[Sector, ...] = Field(min_length=1, description="In een van deze sectoren.")
    rollen: tuple[Rol, ...] = Field(min_length=1, description="Met geen andere rollen dan deze.")
    toelichting: Tekst = Field(description="Waarom, in gewone taal.")

    def to_model(self) -> model.Toetreding:
        """Return the frozen form."""
        return model.Toetreding(
            artikel=self.artikel,
            sectoren=frozenset(self.sectoren),
            rollen=frozenset(self.rollen),
            toelichting=self.toelichting,
        )


class InformeertrapDocument(Base):
    """Wie geïnformeerd wordt vanaf een leeftijd."""

    vanaf: int = Field(ge=0, le=30, description="Leeftijd in jaren waarop dit begint.")
    wie: tuple[Betrokkene, ...] = Field(min_length=1, description="Wie geïnformeerd wordt.")

    def to_model(self) -> model.Informeertrap:
        """Return the frozen form."""
        return model.Informeertrap(vanaf=self.vanaf, wie=frozenset(self.wie))


class UitzonderingsgrondDocument(Base):
    """Een grond om de betrokkenen niet of later te informeren."""

    code: Code = Field(description="Korte code van de grond.")
    omschrijving: Tekst = Field(description="Wanneer een professional deze grond kiest.")

    def to_model(self) -> model.Uitzonderingsgrond:
        """Return the frozen form."""
        return model.Uitzonderingsgrond(code=self.code, omschrijving=self.omschrijving)


class InformerenDocument(Base):
    """Wie over een signaal geïnformeerd wordt, en wanneer niet."""

    artikel: Artikel
    trappen: tuple[InformeertrapDocument, ...] = Field(
        min_length=1, description="Per leeftijd, oplopend en vanaf 0 jaar: wie geïnformeerd wordt."
    )
    uitzonderingen: Annotated[
        tuple[UitzonderingsgrondDocument, ...], Field(description="Gronden om niet of later te informeren.")
    ] = ()

    def to_model(self) -> model.Informeren:
        """Return the frozen form."""
        return model.Informeren(
            artikel=self.artikel,
            trappen=tuple(trap.to_model() for trap in self.trappen),
            uitzonderingen=tuple(grond.to_model() for grond in self.uitzonderingen),
        )


class ArchiveringDocument(Base):
    """Hoe lang een organisatie na afloop in haar eigen systeem bewaart dat zij een signaal gaf."""

    artikel: Artikel
    maanden: int = Field(ge=0, le=240, description="Aantal maanden na het einde van het signaal.")
    toelichting: Tekst = Field(description="Waarom, in gewone taal.")

    def to_model(self) -> model.Archivering:
        """Return the frozen form."""
        return model.Archivering(artikel=self.artikel, maanden=self.maanden, toelichting=self.toelichting)


class TermijnDocument(Base):
    """Een termijn waarnaar andere afspraken met de code verwijzen."""

    code: Code = Field(description="Korte code van de termijn.")
    artikel: Artikel
    aantal: int = Field(ge=1, le=1000, description="Hoeveel.")
    eenheid: Eenheid = Field(description="Werkdagen tellen zonder weekend, feestdagen en vrijeDagen.")
    omschrijving: Tekst = Field(description="Wat er binnen deze termijn moet gebeuren.")

    def to_model(self) -> model.Termijn:
        """Return the frozen form."""
        return model.Termijn(
            code=self.code,
            artikel=self.artikel,
            aantal=self.aantal,
            eenheid=self.eenheid,
            omschrijving=self.omschrijving,
        )


class MonitoringDocument(Base):
    """Wie na de overdracht kijkt hoe het gaat, en wanneer."""

    code: Code = Field(description="Korte code, waarnaar overdrachtsafspraken verwijzen.")
    artikel: Artikel
    momenten_maanden: tuple[Annotated[int, Field(ge=1, le=60)], ...] = Field(
        min_length=1, description="Aantal maanden na de overdracht, oplopend."
    )
    door: PartijgroepDocument = Field(description="Wie monitort.")
    toelichting: Tekst = Field(description="Wat er dan gebeurt, in gewone taal.")

    def to_model(self) -> model.Monitoring:
        """Return the frozen form."""
        return model.Monitoring(
            code=self.code,
            artikel=self.artikel,
            momenten_maanden=self.momenten_maanden,
            door=self.door.to_model(),
            toelichting=self.toelichting,
        )


class EscalatietredeDocument(Base):
    """Een trede van de escalatieladder: wie erbij komt als een termijn verstreken is."""

    artikel: Artikel
    na_werkdagen: int = Field(ge=0, le=250, description="Werkdagen na het verstrijken van de termijn; oplopend.")
    partijen: PartijgroepDocument = Field(description="Bij welke partijen.")
    functie: Regel = Field(description="Bij welke functie; zij staat bij die partijen onder 'functies'.")
    toelichting: Tekst = Field(description="Wat deze trede doet, in gewone taal.")

    def to_model(self) -> model.Escalatietrede:
        """Return the frozen form."""
        return model.Escalatietrede(
            artikel=self.artikel,
            na_werkdagen=self.na_werkdagen,
            partijen=self.partijen.to_model(),
            functie=self.functie,
            toelichting=self.toelichting,
        )


class PlafondDocument(Base):
    """Hoeveel hoogstens in een kalendermaand, naar de omvang van de organisatie."""

    per_duizend: int = Field(ge=0, le=_MAX_PER_THOUSAND, description="Per duizend personen die zij bedient.")
    minstens: int = Field(ge=0, le=_MAX_COUNT, description="Maar minstens zoveel, ook voor een kleine organisatie.")

    def to_model(self) -> model.Plafond:
        """Return the frozen form."""
        return model.Plafond(per_duizend=self.per_duizend, minstens=self.minstens)


class PlafondregelDocument(Base):
    """De plafonds van een groep partijen, voor elke partij apart; de eerste regel die past, telt."""

    partijen: PartijgroepDocument = Field(description="Voor wie.")
    signalen: PlafondDocument = Field(description="Nieuwe signalen per kalendermaand.")
    mogelijke_matches: PlafondDocument = Field(description="Nieuwe mogelijke matches die zij per kalendermaand ziet.")
    bevragingen: PlafondDocument = Field(description="Personen in bevragingen per kalendermaand.")
    bekendheidsvragen: Annotated[
        PlafondDocument | SkipJsonSchema[None],
        Field(description="Personen in bekendheidsvragen per kalendermaand; weglaten is geen enkele."),
    ] = None

    def to_model(self) -> model.Plafondregel:
        """Return the frozen form."""
        return model.Plafondregel(
            partijen=self.partijen.to_model(),
            signalen=self.signalen.to_model(),
            mogelijke_matches=self.mogelijke_matches.to_model(),
            bevragingen=self.bevragingen.to_model(),
            bekendheidsvragen=self.bekendheidsvragen.to_model() if self.bekendheidsvragen else None,
        )


class BerichtregelDocument(Base):
    """Wat er van het verleende in de notificatie zelf staat; de rest haalt de ontvanger op."""

    ontvangers: PartijgroepDocument = Field(description="In wiens notificaties.")
    gebeurtenissen: tuple[Gebeurtenis, ...] = Field(min_length=1, description="Bij welke gebeurtenis.")
    velden: tuple[Veld, ...] = Field(
        min_length=1, description="Welke velden; alleen wat een deelregel aan deze groep verleent."
    )

    def to_model(self) -> model.Berichtregel:
        """Return the frozen form."""
        return model.Berichtregel(
            ontvangers=self.ontvangers.to_model(),
            gebeurtenissen=frozenset(self.gebeurtenissen),
            velden=frozenset(self.velden),
        )


Vrijedagen = Annotated[tuple[Datum, ...], Field(description="Vrije dagen in de regio, naast de landelijke feestdagen.")]
OptioneleOpvolging = Annotated[
    OpvolgingDocument | SkipJsonSchema[None], Field(description="Nodig vanaf versie 2; niet bij versie 1.")
]
