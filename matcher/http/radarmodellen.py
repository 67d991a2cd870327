"""Casussen, the radar list, bevragingen and terugkoppelingen on the wire."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, Field

from convenant.types import OIN_PATTERN, ConvenantId, Oin
from convenant.web.modellen import Model, PlainDate, decode
from matcher.diensten.casussen import Aanmelding, Wijziging
from matcher.diensten.kern import Kern
from matcher.diensten.terugkoppelen import Opdracht
from matcher.domein.bevraging import Bevragingsvraag
from matcher.domein.casus import MAX_LEDEN, Casustoestand
from matcher.http.modellen import ConvenantCode, TokensetInvoer
from matcher.http.opvolgingmodellen import TermijnUitvoer
from matcher.http.partijmodellen import ContactUitvoer, OrganisatieUitvoer
from matcher.http.radarberichtmodellen import Label
from matcher.opslag.terugkoppelingen import Terugkoppeling
from matcher.types import CasusId, MatchId, Paarkenmerk, SignaalId

MAX_PERSONEN = 20
"""A bevraging is about one melding: a family and who is around it."""

Leden = Annotated[list[UUID], Field(min_length=1, max_length=MAX_LEDEN, description="Eigen, lopende SIGNALEN.")]
OinCode = Annotated[str, Field(pattern=OIN_PATTERN)]
Toestand = Annotated[Casustoestand, Field(description="Hoe het met de CASUS staat.")]


class CasusInvoer(Model):
    """Een CASUS zoals een organisatie hem registreert."""

    id: UUID = Field(description="Gemaakt door de SDK; hetzelfde id is dezelfde casus.")
    convenant: ConvenantCode
    nummer: str = Field(
        pattern="^[A-Za-z0-9_-]{208}$",
        repr=False,
        description="Het eigen casusnummer, verzegeld voor de eigen organisatie; 156 bytes.",
    )
    signalen: Leden
    acuut: bool = Field(default=False, strict=True)
    monitoring_tot: PlainDate
    toestand: Toestand = Casustoestand.BEOORDELING

    def to_aanmelding(self) -> Aanmelding:
        """The casus as it was sent."""
        return Aanmelding(
            id=CasusId(self.id),
            convenant=ConvenantId(self.convenant),
            nummer=decode(self.nummer),
            signalen=tuple(map(SignaalId, self.signalen)),
            acuut=self.acuut,
            monitoring_tot=self.monitoring_tot,
            stand=self.toestand,
        )


class BetrokkenenInvoer(Model):
    """Meer eigen SIGNALEN voor een CASUS."""

    signalen: Leden


class ToestandInvoer(Model):
    """Waar een CASUS vanaf nu staat."""

    toestand: Toestand
    overgedragen_aan: OinCode | None = Field(default=None, description="Alleen bij een overdracht.")
    monitoring_tot: PlainDate | None = Field(default=None, description="Alleen als die datum verandert.")

    def to_wijziging(self) -> Wijziging:
        """The same, inside."""
        return Wijziging(
            stand=self.toestand,
            overgedragen_aan=_oin(self.overgedragen_aan),
            monitoring_tot=self.monitoring_tot,
        )


class InzageInvoer(Model):
    """Een inzage heeft geen velden."""


class CasusUitvoer(Model):
    """Een eigen CASUS; beëindigde SIGNALEN staan er niet meer in."""

    id: UUID
    convenant: str
    nummer: str = Field(repr=False)
    toestand: Toestand
    acuut: bool
    geopend_op: AwareDatetime
    gewijzigd_op: AwareDatetime
    monitoring_tot: PlainDate
    signalen: list[UUID]
    overgedragen_aan: OrganisatieUitvoer | None = None


class CasussenUitvoer(Model):
    """Een bladzijde eigen CASUSSEN."""

    casussen: list[CasusUitvoer]
    volgende: UUID | None


class RadarregelUitvoer(Model):
    """Een CASUS op de radar, met wat het convenant van anderen laat zien."""

    casus: CasusUitvoer
    nieuw: int = Field(description="Hoeveel signalen er bij kwamen sinds de laatste inzage.")
    partijen: int = Field(description="Hoeveel organisaties, voor zover zij genoemd mogen worden.")
    signalen: int
    niveaus: dict[str, int]
    laatste_op: Annotated[AwareDatetime | None, Field(json_schema_extra={"format": "date-time"})] = Field(
        default=None, description="Wanneer het laatste signaal in beeld kwam."
    )
    termijnen: list[TermijnUitvoer]
    melding: Label


class RadarUitvoer(Model):
    """Een bladzijde van de radar; `volgende` is de cursor van de volgende, of leeg."""

    radar: list[RadarregelUitvoer]
    volgende: str | None


class BevraagdePersoonInvoer(Model):
    """Een persoon, als koppeltokens; een of twee epochen."""

    tokensets: list[TokensetInvoer] = Field(min_length=1, max_length=2)


class BevragingInvoer(Model):
    """Een BEVRAGING: waarom, en over wie."""

    convenant: ConvenantCode
    reden: str = Field(pattern="^[a-z][a-z0-9-]{1,39}$", description="Code van een reden uit het convenant.")
    personen: list[BevraagdePersoonInvoer] = Field(min_length=1, max_length=MAX_PERSONEN)

    def to_vraag(self, kern: Kern) -> Bevragingsvraag:
        """The question, with its tokens peppered."""
        return Bevragingsvraag(
            convenant=ConvenantId(self.convenant),
            reden=self.reden,
            personen=tuple(
                tuple(tokenset.to_tokenset(kern) for tokenset in persoon.tokensets) for persoon in self.personen
            ),
        )


class BevondenUitvoer(Model):
    """Wat het convenant over één gevonden signaal toestaat; de rest ontbreekt."""

    niveau: str
    sloten: list[str] | None = Field(default=None, description="Welke slots overeenkomen, zonder slot `zeker`.")
    organisatie: OrganisatieUitvoer | None = None
    contact: ContactUitvoer | None = None
    signaalsoort: str | None = None
    ingediend_op: Annotated[date | None, Field(json_schema_extra={"format": "date"})] = None
    radarmelding: bool | None = Field(default=None, description="Of de indiener zelf verder gaat en geen actie vraagt.")
    artikel: str
    grondslag: str


class EigenCasusUitvoer(Model):
    """Een eigen CASUS waar deze persoon in zit."""

    id: UUID
    nummer: str = Field(repr=False)
    toestand: Toestand
    melding: Label
    niveau: str = Field(description="Hoe zeker het is dat het om deze persoon gaat.")


class BevraagdePersoonUitvoer(Model):
    """Wat er over één persoon is, in de volgorde van de vraag."""

    partijen: list[BevondenUitvoer]
    eigen_casussen: list[EigenCasusUitvoer]


class BevragingUitvoer(Model):
    """Het antwoord; er wordt niets van bewaard dan een telling en het logboek."""

    bevraagd_op: AwareDatetime
    personen: list[BevraagdePersoonUitvoer]


class TerugkoppelingInvoer(Model):
    """Wat er met een melding is gebeurd, voor wie in dit paar het signaal gaf."""

    match: UUID
    paar: UUID
    opgepakt: bool = Field(strict=True)
    overgedragen_aan: OinCode | None = None
    monitort: OinCode | None = None

    def to_opdracht(self, casus: UUID) -> Opdracht:
        """The same, inside."""
        told = Terugkoppeling(
            opgepakt=self.opgepakt,
            overgedragen_aan=_oin(self.overgedragen_aan),
            monitort=_oin(self.monitort),
        )
        return Opdracht(CasusId(casus), MatchId(self.match), Paarkenmerk(self.paar), told)


class TerugkoppelingUitvoer(Model):
    """Er is teruggekoppeld."""

    match: UUID
    paar: UUID
    opgepakt: bool
    overgedragen_aan: OrganisatieUitvoer | None = None
    monitort: OrganisatieUitvoer | None = None
    gegeven_op: AwareDatetime


def _oin(value: str | None) -> Oin | None:
    return Oin(value) if value else None
