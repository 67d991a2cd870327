"""The parties as they stand in the document, and the groups that choose among them."""

from typing import Annotated, Any

from pydantic import ConfigDict, Field, model_validator
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import PydanticCustomError

from convenant import model
from convenant._basis import EMAIL_PATTERN, TELEFOON_PATTERN, Base, OinTekst, Regel
from convenant._sleutels import SleutelDocument, ZegelsleutelDocument
from convenant.types import Oin, Rol, Sector


def _only_true(schema: dict[str, Any]) -> None:
    schema.update(const=True)
    schema.pop("default", None)


class ContactDocument(Base):
    """Waar collega's van een andere organisatie terechtkunnen: een afdeling, nooit een persoon."""

    afdeling: Regel = Field(description="Naam van de afdeling of het team.")
    telefoon: str = Field(pattern=TELEFOON_PATTERN, description="Telefoonnummer van de afdeling.")
    email: str = Field(pattern=EMAIL_PATTERN, max_length=254, description="E-mailadres van de afdeling.")

    def to_model(self) -> model.Contact:
        """Return the frozen form."""
        return model.Contact(afdeling=self.afdeling, telefoon=self.telefoon, email=self.email)


class PartijDocument(Base):
    """Een organisatie die aan het convenant meedoet."""

    oin: OinTekst = Field(description="Organisatie-identificatienummer, 20 tekens.")
    naam: Regel = Field(description="Naam van de organisatie.")
    sector: Sector = Field(description="Sector volgens de Wet meldcode, of veilig-thuis of overheid.")
    rollen: tuple[Rol, ...] = Field(min_length=1, description="Wat de organisatie in het systeem mag.")
    gemeenten: Annotated[
        tuple[Regel, ...], Field(description="Gemeenten waar de organisatie werkt; leeg is de hele regio.")
    ] = ()
    omvang: int = Field(ge=1, le=20_000_000, description="Aantal personen dat de organisatie bedient.")
    sleutels: tuple[SleutelDocument, ...] = Field(
        min_length=1, max_length=10, description="Publieke sleutels (JWK). Nooit een privésleutel."
    )
    functies: Annotated[
        tuple[Regel, ...], Field(description="Functies van medewerkers die met het systeem mogen werken.")
    ] = ()
    contact: ContactDocument = Field(description="Openbaar contactpunt.")
    zegelsleutel: Annotated[
        ZegelsleutelDocument | SkipJsonSchema[None],
        Field(description="Publieke sleutel waarmee anderen iets voor deze partij verzegelen; nodig in modus voprf."),
    ] = None

    vereist: Annotated[
        bool, Field(description="Of het convenant alleen geldt zolang deze partij het heeft ondertekend.")
    ] = False

    def to_model(self) -> model.Partij:
        """Return the frozen form."""
        return model.Partij(
            oin=Oin(self.oin),
            naam=self.naam,
            sector=self.sector,
            rollen=frozenset(self.rollen),
            gemeenten=self.gemeenten,
            omvang=self.omvang,
            sleutels=tuple(sleutel.to_model() for sleutel in self.sleutels),
            functies=self.functies,
            contact=self.contact.to_model(),
            zegelsleutel=self.zegelsleutel.to_model() if self.zegelsleutel else None,
            vereist=self.vereist,
        )


class PartijgroepDocument(Base):
    """Een groep partijen: wie aan alle genoemde kenmerken voldoet. Ten minste één kenmerk is nodig."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1})

    oins: Annotated[tuple[OinTekst, ...], Field(min_length=1, description="Een van deze organisaties.")] = ()
    sectoren: Annotated[tuple[Sector, ...], Field(min_length=1, description="Werkt in een van deze sectoren.")] = ()
    rollen: Annotated[tuple[Rol, ...], Field(min_length=1, description="Heeft een van deze rollen.")] = ()
    alle: Annotated[bool, Field(description="Alle partijen.", json_schema_extra=_only_true)] = False

    @model_validator(mode="after")
    def _chooses(self) -> "PartijgroepDocument":
        if "alle" in self.model_fields_set and not self.alle:
            raise PydanticCustomError("groep", "Bij 'alle' kan alleen true staan. Haal het veld anders weg.")
        if not self.model_fields_set:
            raise PydanticCustomError(
                "groep", "Deze groep kiest niemand. Noem oins, sectoren of rollen, of schrijf 'alle: true'."
            )
        return self

    def to_model(self) -> model.Partijgroep:
        """Return the frozen form."""
        return model.Partijgroep(
            oins=frozenset(map(Oin, self.oins)),
            sectoren=frozenset(self.sectoren),
            rollen=frozenset(self.rollen),
            alle=self.alle,
        )
