"""Bekendheidsvragen on the wire."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, Field

from convenant.types import ConvenantId, Epoche
from convenant.web.modellen import Base64url32, Model, decode
from matcher.diensten.kern import Kern
from matcher.domein.bekendheid import STAP, Stelling
from matcher.types import TokenHash, VraagId

MAX_PERSONEN = 50
MAX_TOKENS = 131_072
"""What fits in a body of 8 MiB, as a multiple of the step."""

_Dag = Annotated[date, Field(json_schema_extra={"format": "date"})]


class BekendheidsvraagInvoer(Model):
    """Een BEKENDHEIDSVRAAG: wie kent deze personen? De tokens gelden alleen voor deze vraag."""

    id: UUID = Field(description="Gemaakt door de SDK; de tokens zijn ermee afgeleid.")
    convenant: str = Field(pattern="^[a-z0-9-]{3,40}$")
    epoche: int = Field(ge=1, le=2**31 - 1, strict=True, description="De epoche waaruit de tokens zijn afgeleid.")
    reden: str = Field(
        pattern="^[a-z0-9-]{1,60}$", description="Code van een reden uit het convenant; gaat in het log."
    )
    tokens: list[Base64url32] = Field(
        min_length=1, max_length=MAX_PERSONEN, repr=False, description="Een per persoon; de plaats telt vanaf 0."
    )

    def to_stelling(self, kern: Kern) -> Stelling:
        """The question, with its tokens peppered."""
        return Stelling(
            id=VraagId(self.id),
            convenant=ConvenantId(self.convenant),
            epoche=Epoche(self.epoche),
            reden=self.reden,
            tokens=tuple(kern.pepper.hash(decode(token)) for token in self.tokens),
        )


class BekendheidsantwoordInvoer(Model):
    """De tokens van de eigen cliënten onder deze vraag, met willekeurige tokens aangevuld tot een veelvoud."""

    tokens: list[Base64url32] = Field(
        min_length=STAP,
        max_length=MAX_TOKENS,
        repr=False,
        json_schema_extra={"multipleOf": STAP},
        description=f"Een veelvoud van {STAP}, zodat niet te zien is hoe groot het register is.",
    )

    def hashes(self, kern: Kern) -> list[TokenHash]:
        """The tokens, peppered."""
        return [kern.pepper.hash(decode(token)) for token in self.tokens]


class AkkoordInvoer(Model):
    """Of de organisatie laat weten dat zij de persoon achter dit eigen token kent."""

    token: Base64url32 = Field(repr=False)
    bekend: bool = Field(strict=True)

    def hash(self, kern: Kern) -> TokenHash:
        """The token, peppered."""
        return kern.pepper.hash(decode(self.token))


class SluitingInvoer(Model):
    """Een sluiting heeft geen velden."""


class BekendheidsvraagUitvoer(Model):
    """De vraag is gesteld aan zoveel organisaties; antwoorden kan tot en met de laatste dag."""

    id: UUID
    convenant: str
    gesteld_op: AwareDatetime
    uiterlijk: _Dag
    gevraagd: int


class BekendheidscontactUitvoer(Model):
    """Het openbare contactpunt van een organisatie."""

    afdeling: str
    telefoon: str
    email: str


class BekendeOrganisatieUitvoer(Model):
    """Een organisatie die de persoon kent, met het artikel waarop u dat mag weten."""

    oin: str
    naam: str
    contact: BekendheidscontactUitvoer | None = None
    artikel: str
    grondslag: str


class BekendePersoonUitvoer(Model):
    """Wie de persoon op deze plaats kent."""

    plaats: int
    organisaties: list[BekendeOrganisatieUitvoer]


class BekendheidsstandUitvoer(BekendheidsvraagUitvoer):
    """Hoe het met de vraag staat. Alleen personen die ergens bekend zijn, staan erin."""

    status: str = Field(description="loopt of gesloten.")
    beantwoord: int = Field(description="Hoeveel organisaties hun tokens stuurden; zegt niet of iemand bekend is.")
    personen: list[BekendePersoonUitvoer]


class BekendheidsantwoordUitvoer(Model):
    """Over welke eigen tokens een medewerker ja of nee moet zeggen; altijd leeg bij automatisch antwoorden."""

    akkoord_nodig: list[int]


class AkkoordUitvoer(Model):
    """Wat de organisatie heeft laten weten."""

    id: UUID
    bekend: bool


class OrganisatienaamUitvoer(Model):
    """Een organisatie."""

    oin: str
    naam: str


class BekendheidsvraagberichtUitvoer(Model):
    """Aan u is een BEKENDHEIDSVRAAG gesteld. Wie vraagt, staat er alleen bij als u na akkoord antwoordt."""

    id: UUID
    convenant: str
    epoche: int
    uiterlijk: _Dag
    wijze: str = Field(description="automatisch of na-akkoord.")
    vrager: OrganisatienaamUitvoer | None = None


class BekendheidsantwoordberichtUitvoer(Model):
    """Een organisatie kent de persoon op deze plaats in uw BEKENDHEIDSVRAAG."""

    id: UUID
    convenant: str
    plaats: int
    organisatie: OrganisatienaamUitvoer | None = None
    contact: BekendheidscontactUitvoer | None = None
    artikel: str
    grondslag: str
