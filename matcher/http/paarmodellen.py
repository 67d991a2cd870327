"""Pairs of signals on the wire: possible matches, matches that are wrong, cards that are asked for."""

from uuid import UUID

from pydantic import AwareDatetime, Field

from convenant.web.modellen import Model
from matcher.http.kaartmodellen import Vrijgavezegel


class MogelijkeMatchUitvoer(Model):
    """Een MOGELIJKE MATCH: zwakkere slots komen overeen. Over de andere organisatie staat hier niets."""

    id: UUID
    convenant: str
    niveau: str
    sloten: list[str] = Field(description="Welke slots overeenkomen, in de volgorde van het profiel.")
    ontstaan_op: AwareDatetime
    eigen_signaal: UUID | None = Field(default=None, description="Ontbreekt alleen bij de FG.")
    status: str = Field(description="open, door-u-bevestigd, bevestigd, afgewezen of vervallen.")
    oins: list[str] | None = Field(default=None, description="Alleen bij de FG: de twee organisaties.")


class MogelijkeMatchesUitvoer(Model):
    """Een bladzijde mogelijke matches."""

    mogelijke_matches: list[MogelijkeMatchUitvoer]
    volgende: UUID | None


class BevestigingInvoer(Model):
    """Een bevestiging; `acuut` alleen bij acuut gevaar en als het convenant dat toestaat."""

    acuut: bool = Field(default=False, strict=True)


class AfwijzingInvoer(Model):
    """Een afwijzing heeft geen velden: een reden is inhoud en hoort hier niet."""


class PaarInvoer(Model):
    """Welk paar in de match bedoeld is."""

    paar: UUID


class OnjuistmeldingUitvoer(Model):
    """Het paar is voorgoed gescheiden."""

    match: UUID
    paar: UUID
    gemeld_op: AwareDatetime


class KaartverzoekUitvoer(Model):
    """De andere organisatie is om haar contactkaart gevraagd."""

    match: UUID
    paar: UUID
    gevraagd_op: AwareDatetime


class KaartvrijgaveInvoer(Model):
    """De eigen contactkaart, verzegeld voor wie erom vroeg."""

    match: UUID
    paar: UUID
    zegel: Vrijgavezegel = Field(repr=False)


class KaartvrijgaveUitvoer(Model):
    """De contactkaart ligt klaar voor wie erom vroeg."""

    match: UUID
    paar: UUID
    vrijgegeven_op: AwareDatetime


class PaarberichtUitvoer(Model):
    """Een paar waarvan de match onjuist is; voor de FG ook wat zij achteraf bekijkt, met de twee organisaties."""

    id: UUID
    convenant: str
    paar: UUID
    oins: list[str] | None = None


class KaartGevraagdUitvoer(Model):
    """Iemand vraagt om de contactkaart bij een eigen signaal."""

    match: UUID
    paar: UUID
    eigen_signaal: UUID
    convenant: str
    niveau: str
    ontvanger: str


class KaartVrijgegevenUitvoer(Model):
    """Een contactkaart waar u om vroeg; het zegel is leeg als het signaal erachter intussen is beëindigd."""

    match: UUID
    paar: UUID
    oin: str
    convenant: str
    zegel: str = Field(repr=False)
