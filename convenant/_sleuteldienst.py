"""Who keeps which key, and how much may be asked of it, as it stands in the document."""

from typing import Annotated, Final

from pydantic import Field, model_validator
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import PydanticCustomError

from convenant import model
from convenant._basis import Base, Code, OinTekst, Regel
from convenant._partijen import PartijgroepDocument
from convenant._sleutels import OkpSleutel
from convenant.base64url import decode_base64url
from convenant.types import Epoche, Oin

URL_PATTERN: Final = "^https?://[a-z0-9.-]{1,253}(:[0-9]{1,5})?$"
# The last of 43 characters holds two bits that must be zero.
PUNT_PATTERN: Final = "^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$"

_Punt = Annotated[str, Field(pattern=PUNT_PATTERN)]
_MAX_POINTS: Final = 100_000_000


class EpochesleutelsDocument(Base):
    """De publieke OPRF-sleutels van een sleutelhouder in één epoche."""

    epoche: int = Field(ge=1, le=9999, description="Volgnummer van de epoche.")
    punten: dict[Code, _Punt] = Field(min_length=1, description="Per code van het profiel: 32 bytes in base64url.")

    def to_model(self) -> model.Epochesleutels:
        """Return the frozen form."""
        punten = tuple((code, decode_base64url(punt)) for code, punt in self.punten.items())
        return model.Epochesleutels(epoche=Epoche(self.epoche), punten=punten)


class SleutelhouderDocument(Base):
    """Een sleutelhouder: rekent blind met zijn geheime sleutels, en telt wie hoeveel vraagt."""

    oin: OinTekst = Field(description="OIN van wie de sleutelhouder beheert.")
    naam: Regel = Field(description="Naam van wie de sleutelhouder beheert.")
    url: str = Field(pattern=URL_PATTERN, description="Adres van de dienst: https:// en de servernaam, zonder pad.")
    sleutels: tuple[EpochesleutelsDocument, ...] = Field(
        min_length=1, max_length=50, description="Publieke sleutels per epoche, zoals de dienst ze toont."
    )

    def to_model(self) -> model.Sleutelhouder:
        """Return the frozen form."""
        return model.Sleutelhouder(
            oin=Oin(self.oin),
            naam=self.naam,
            url=self.url,
            sleutels=tuple(sleutels.to_model() for sleutels in self.sleutels),
        )


class SleutelbewaarderDocument(Base):
    """Wie de convenantsleutel maakt en voor elke partij verzegelt."""

    naam: Regel = Field(description="Naam van de persoon of organisatie.")
    sleutels: tuple[OkpSleutel, ...] = Field(
        min_length=1, max_length=10, description="Publieke sleutels waarmee deze de convenantsleutel ondertekent."
    )
    oin: Annotated[
        OinTekst | SkipJsonSchema[None], Field(description="OIN, als het een organisatie met een OIN is.")
    ] = None

    def to_model(self) -> model.Sleutelbewaarder:
        """Return the frozen form."""
        return model.Sleutelbewaarder(
            naam=self.naam,
            sleutels=tuple(sleutel.to_model() for sleutel in self.sleutels),
            oin=Oin(self.oin) if self.oin else None,
        )


class BudgetDocument(Base):
    """Hoeveel punten per code een groep partijen mag laten berekenen; de eerste regel die past, telt."""

    partijen: PartijgroepDocument = Field(description="Voor wie dit budget is; elke partij apart.")
    per_minuut: int = Field(ge=1, le=_MAX_POINTS, description="Punten per code in zestig seconden.")
    per_dag: int = Field(ge=1, le=_MAX_POINTS, description="Punten per code op een dag.")
    per_maand: int = Field(ge=1, le=_MAX_POINTS, description="Punten per code in een kalendermaand.")

    @model_validator(mode="after")
    def _grows(self) -> "BudgetDocument":
        if not self.per_minuut <= self.per_dag <= self.per_maand:
            raise PydanticCustomError(
                "budget", "Een budget per dag is minstens dat per minuut, en per maand minstens dat per dag."
            )
        return self

    def to_model(self) -> model.Budgetregel:
        """Return the frozen form."""
        budget = model.Budget(per_minuut=self.per_minuut, per_dag=self.per_dag, per_maand=self.per_maand)
        return model.Budgetregel(partijen=self.partijen.to_model(), budget=budget)


class AlarmDocument(Base):
    """Wanneer vragen op raden lijkt: meer punten per code in een maand dan factor × ingediende signalen + vrij."""

    factor: int = Field(ge=1, le=1000, description="Hoeveel punten per ingediend signaal gewoon zijn.")
    vrij: int = Field(ge=0, le=_MAX_POINTS, description="Hoeveel punten er los daarvan gewoon zijn.")

    def to_model(self) -> model.Alarm:
        """Return the frozen form."""
        return model.Alarm(factor=self.factor, vrij=self.vrij)
