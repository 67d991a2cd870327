"""What travels over HTTP."""

from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from convenant.profielen import PROFIELEN
from convenant.sleutelhouder.diensten.evalueren import Aanvraag
from convenant.types import Epoche
from convenant.voprf import Puntcodering
from convenant.web.modellen import Base64url32, Model, decode

MAX_PUNTEN = 1000
"""Per code and call."""

MAX_VENSTER = 10_000_000
CONVENANT = "^[a-z0-9-]{3,40}$"
_CODES = frozenset(slot.code for profiel in PROFIELEN.values() for slot in profiel.slots)


def _known_codes(value: object) -> object:
    # Before anything below is checked: the place of an error names its keys, and a key can be anything.
    if isinstance(value, dict) and not _CODES.issuperset(value):
        raise PydanticCustomError("onbekende_code", "not a code of a profile")
    return value


Punten = Annotated[
    dict[str, Annotated[list[Base64url32], Field(min_length=1, max_length=MAX_PUNTEN)]],
    BeforeValidator(_known_codes),
    Field(
        min_length=1,
        repr=False,
        description="Geblindeerde punten per code van het profiel, hoogstens duizend per code.",
        json_schema_extra={"propertyNames": {"enum": sorted(_CODES)}},
    ),
]


class EvaluatieInvoer(Model):
    """Geblindeerde punten; alles of niets."""

    convenant: str = Field(pattern=CONVENANT)
    epoche: int = Field(ge=1, le=2**31 - 1, strict=True, description="Sleutelperiode van het convenant.")
    profiel: str = Field(pattern="^[a-z0-9-]{1,20}$", examples=["nl-1"])
    punten: Punten
    telling: Annotated[
        str | None,
        Field(
            pattern=r"^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$",
            max_length=2048,
            description="Ondertekende verklaring van de matcher over het aantal ingediende signalen (JWS).",
        ),
    ] = None

    def to_aanvraag(self) -> Aanvraag:
        """The request with its points as bytes; that they are points is not known yet."""
        return Aanvraag(
            convenant=self.convenant,
            epoche=Epoche(self.epoche),
            profiel=self.profiel,
            punten={code: [Puntcodering(decode(p)) for p in punten] for code, punten in self.punten.items()},
            telling=self.telling,
        )


class CodeEvaluatieUitvoer(Model):
    """De punten van een code na evaluatie, in de volgorde van het verzoek, met één bewijs (64 bytes) voor alle."""

    punten: list[str] = Field(repr=False)
    bewijs: str = Field(repr=False)


class EvaluatiesUitvoer(Model):
    """De evaluaties, per code."""

    evaluaties: dict[str, CodeEvaluatieUitvoer]


class EpocheUitvoer(Model):
    """De publieke sleutels van een epoche, per code; zij blijven staan als de epoche voorbij is."""

    nummer: int
    status: str
    punten: dict[str, str]


class SleutelsUitvoer(Model):
    """De publieke sleutels van deze sleutelhouder voor een convenant."""

    convenant: str
    sleutelhouder: str = Field(description="OIN van de sleutelhouder.")
    epochen: list[EpocheUitvoer]


class TijdvakUitvoer(Model):
    """Verbruik en grens, in punten."""

    gebruikt: int
    limiet: int


class CodeBudgetUitvoer(Model):
    """Het verbruik van een code, zonder wat uit een venster kwam."""

    code: str
    minuut: TijdvakUitvoer
    dag: TijdvakUitvoer
    maand: TijdvakUitvoer


class VensterInvoer(Model):
    """Een aanvraag om een heel register in één keer te mogen doen."""

    convenant: str = Field(pattern=CONVENANT)
    punten: int = Field(ge=1, le=MAX_VENSTER, strict=True, description="Hoeveel punten per code.")


class VensterUitvoer(Model):
    """Een VENSTER: punten boven op het gewone budget, door twee beheerders goedgekeurd."""

    id: UUID
    convenant: str
    status: str
    punten: int = Field(description="Hoeveel punten per code.")
    aangevraagd_op: AwareDatetime
    opent_op: AwareDatetime | None
    sluit_op: AwareDatetime | None
    gebruikt: dict[str, int] = Field(description="Per code hoeveel punten er al uit kwamen.")


class VenstersUitvoer(Model):
    """De eigen vensters, de oudste eerst."""

    vensters: list[VensterUitvoer]


class BudgetUitvoer(Model):
    """Het eigen verbruik in een convenant, en het venster dat open is."""

    convenant: str
    codes: list[CodeBudgetUitvoer]
    venster: VensterUitvoer | None


class AlarmUitvoer(Model):
    """Een organisatie vroeg veel meer punten van een code dan bij haar ingediende signalen past."""

    convenant: str
    organisatie: str = Field(description="OIN van de organisatie.")
    code: str
    maand: str = Field(description="JJJJ-MM.")
    stap: int = Field(description="1 is de eerste melding; elke volgende komt als het aantal is verdubbeld.")
    gevraagd: int
    uit_venster: int = Field(description="Hoeveel van de gevraagde punten uit een goedgekeurd venster kwamen.")
    ingediend: int
    ontstaan_op: AwareDatetime


class AlarmenUitvoer(Model):
    """De nieuwste alarmen, de nieuwste eerst."""

    alarmen: list[AlarmUitvoer]
