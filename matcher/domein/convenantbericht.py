"""What parties are told when a convenant changes: that it did, not what; the bundle says that."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from convenant.kalender import local_date
from convenant.model import Convenant
from convenant.ondertekening import Ondertekend, Status
from convenant.types import ConvenantId, Oin


class Wijziging(StrEnum):
    """What happened to a convenant."""

    NIEUWE_VERSIE = "nieuwe-versie"
    VERKLARING = "verklaring"


def change(known: Iterable[Ondertekend], taken: Ondertekend) -> Wijziging | None:
    """What is new about a version that was taken in, beside those that were known; None when nothing is."""
    for versie in known:
        if (versie.convenant.id, versie.convenant.versie) == (taken.convenant.id, taken.convenant.versie):
            return Wijziging.VERKLARING if len(taken.verklaringen) > len(versie.verklaringen) else None
    return Wijziging.NIEUWE_VERSIE


def is_known(geldend: Mapping[ConvenantId, Convenant], taken: Ondertekend, *, op: datetime) -> bool:
    """Whether a version of this convenant is in force here, now or as soon as this one is stored.

    Before that nobody is a party to it who could be told.
    """
    in_force = taken.stand.status is Status.GELDIG and taken.convenant.geldig_van <= local_date(op)
    return taken.convenant.id in geldend or in_force


def blijvers(taken: Ondertekend) -> list[Oin]:
    """Every party that is in it and did not leave, also while it is suspended or has yet to sign."""
    return [partij.oin for partij in taken.stand.geregistreerd if partij.oin not in taken.stand.opgezegd]


def gewijzigd_document(convenant: Convenant, soort: Wijziging) -> dict[str, Any]:
    """That it changed, ready for JSON."""
    return {
        "convenant": convenant.id,
        "versie": convenant.versie,
        "hash": convenant.hash,
        "soort": soort.value,
    }
