"""Agreements on handing a melding over, as they stand in the document."""

from typing import Annotated

from pydantic import Field, model_validator
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import PydanticCustomError

from convenant import model
from convenant._afspraken import Artikel
from convenant._basis import Base, Code, Regel, Tekst
from convenant._partijen import PartijgroepDocument
from convenant.types import (
    Doelgroep,
    Informeerder,
    Overdrachtsgegeven,
    Overdrachtsmoment,
    Overdrachtswijze,
    Zwaarte,
)


class OverdrachtDocument(Base):
    """Wie welke melding van Veilig Thuis overneemt, hoe, binnen welke termijn, en wat er meegaat en wat niet."""

    artikel: Artikel
    gemeenten: Annotated[tuple[Regel, ...], Field(description="Voor inwoners van; weglaten is de hele regio.")] = ()
    doelgroepen: tuple[Doelgroep, ...] = Field(min_length=1, description="Over wie de melding gaat.")
    zwaarten: tuple[Zwaarte, ...] = Field(min_length=1, description="Bij welke zwaarte.")
    momenten: tuple[Overdrachtsmoment, ...] = Field(min_length=1, description="Na welke taak van Veilig Thuis.")
    hulp_betrokken: Annotated[
        bool | SkipJsonSchema[None],
        Field(description="Alleen als er al hulp betrokken is (true) of juist niet (false); weglaten is altijd."),
    ] = None
    ontvangers: Annotated[
        PartijgroepDocument | SkipJsonSchema[None],
        Field(description="Wie overneemt; weglaten kan alleen als de al betrokken professional overneemt."),
    ] = None
    via: Annotated[Regel | SkipJsonSchema[None], Field(description="Via welk overleg, als dat er is.")] = None
    wijze: Overdrachtswijze = Field(description="Hoe wordt overgedragen.")
    wijze_toelichting: Tekst = Field(description="Hoe dat gaat, en wanneer anders.")
    termijn: Code = Field(description="Code van de termijn voor de overdracht.")
    ontvangstbevestiging: Code = Field(description="Code van de termijn voor de ontvangstbevestiging.")
    gedeeld: tuple[Overdrachtsgegeven, ...] = Field(min_length=1, description="Wat er meegaat.")
    niet_gedeeld: tuple[Overdrachtsgegeven, ...] = Field(min_length=1, description="Wat er niet meegaat.")
    advies: Tekst = Field(description="Wanneer Veilig Thuis adviseert of meegaat op huisbezoek.")
    terugmelding: Tekst = Field(description="Wanneer de melding teruggaat naar Veilig Thuis.")
    monitoring: Annotated[
        Code | SkipJsonSchema[None], Field(description="Code van de monitoring; weglaten is dat niemand monitort.")
    ] = None
    informeert: Informeerder = Field(description="Wie de betrokkenen over de overdracht informeert.")
    zicht_op_veiligheid: Tekst = Field(description="Wie op welk moment het zicht op veiligheid heeft.")
    grondslag: Code = Field(description="Code van de grondslag waarop dit rust.")
    toelichting: Tekst = Field(description="De afspraak in gewone taal.")

    @model_validator(mode="after")
    def _has_a_receiver(self) -> "OverdrachtDocument":
        if self.ontvangers is None and self.hulp_betrokken is not True:
            raise PydanticCustomError(
                "overdracht",
                "Noem 'ontvangers', of zet 'hulpBetrokken: true' als de betrokken professional overneemt.",
            )
        if set(self.gedeeld) & set(self.niet_gedeeld):
            raise PydanticCustomError("overdracht", "Een gegeven staat bij 'gedeeld' en 'nietGedeeld'. Kies één.")
        return self

    def to_model(self) -> model.Overdrachtsafspraak:
        """Return the frozen form."""
        return model.Overdrachtsafspraak(
            artikel=self.artikel,
            gemeenten=frozenset(self.gemeenten),
            doelgroepen=frozenset(self.doelgroepen),
            zwaarten=frozenset(self.zwaarten),
            momenten=frozenset(self.momenten),
            hulp_betrokken=self.hulp_betrokken,
            ontvangers=self.ontvangers.to_model() if self.ontvangers else None,
            via=self.via,
            wijze=self.wijze,
            wijze_toelichting=self.wijze_toelichting,
            termijn=self.termijn,
            ontvangstbevestiging=self.ontvangstbevestiging,
            gedeeld=frozenset(self.gedeeld),
            niet_gedeeld=frozenset(self.niet_gedeeld),
            advies=self.advies,
            terugmelding=self.terugmelding,
            monitoring=self.monitoring,
            informeert=self.informeert,
            zicht_op_veiligheid=self.zicht_op_veiligheid,
            grondslag=self.grondslag,
            toelichting=self.toelichting,
        )
