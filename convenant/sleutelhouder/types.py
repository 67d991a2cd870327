"""The closed lists and trust states of the sleutelhouder."""

from enum import StrEnum, unique
from typing import NewType
from uuid import UUID

MedewerkerPseudoniem = NewType("MedewerkerPseudoniem", bytes)
"""32 bytes that tell professionals of one organisation apart, without saying who they are."""

VensterId = NewType("VensterId", UUID)

Beheerder = NewType("Beheerder", str)
"""The name of an operator whose public key is registered."""


@unique
class Epochestatus(StrEnum):
    """Where the keys of an epoch are in their life; only `actief` and `overlap` ones evaluate."""

    GEMAAKT = "gemaakt"
    ACTIEF = "actief"
    OVERLAP = "overlap"
    UITGETREDEN = "uitgetreden"


@unique
class Vensterstatus(StrEnum):
    """Where a bulk window is in its life; only an `open` one gives points."""

    AANGEVRAAGD = "aangevraagd"
    GOEDGEKEURD = "goedgekeurd"
    OPEN = "open"
    VERLOPEN = "verlopen"


@unique
class Tijdvak(StrEnum):
    """The three spans over which a budget is counted."""

    MINUUT = "minuut"
    DAG = "dag"
    MAAND = "maand"
