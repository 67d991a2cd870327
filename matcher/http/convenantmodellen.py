"""Signed convenanten on the wire."""

from typing import Any, Literal

from pydantic import Field

from convenant.ondertekening import Ondertekend, Stand
from convenant.web.modellen import Model, PlainDate

_JWS = "^[A-Za-z0-9_-]+[.][A-Za-z0-9_-]+[.][A-Za-z0-9_-]+$"
_MAX_JWS = 16_384


class BundelInvoer(Model):
    """Een verzegelde bundel: het convenant, de verklaringen van de partijen en het slot van de convenanthouder."""

    bundelversie: Literal[1]
    document: dict[str, Any] = Field(description="Het convenant als JSON, zoals het is ondertekend.")
    verklaringen: list[str] = Field(max_length=10_000, description="Verklaringen (JWS, compact).")
    slot: str = Field(pattern=_JWS, max_length=_MAX_JWS, description="Slot (JWS, compact).")


class BundelUitvoer(Model):
    """Een versie met alle verklaringen die de matcher kent; het slot is aan de convenanthouder."""

    bundelversie: Literal[1] = 1
    document: dict[str, Any]
    verklaringen: list[str]
    slot: str | None = None


class VerklaringInvoer(Model):
    """Een verklaring van een partij over een versie."""

    versie: int = Field(ge=1, le=1_000_000)
    verklaring: str = Field(pattern=_JWS, max_length=_MAX_JWS, description="De verklaring (JWS, compact).")


class ConvenantUitvoer(Model):
    """Hoe het met een versie van een convenant staat."""

    convenant: str
    versie: int
    naam: str
    hash: str
    status: str = Field(description="voorgesteld, geldig, afgewezen, opgezegd of verlopen.")
    in_werking: bool = Field(description="Of de matcher zich aan deze versie houdt.")
    geldig_van: PlainDate
    geldig_tot: PlainDate
    doen_mee: list[str] = Field(description="OIN's van partijen die meedoen.")
    ontbreekt: list[str] = Field(description="OIN's van partijen die nog niets verklaarden.")
    geschorst: list[str]
    opgezegd: list[str]


class ConvenantenUitvoer(Model):
    """De versies waarin de organisatie voorkomt."""

    convenanten: list[ConvenantUitvoer]


def to_document(versie: Ondertekend, stand: Stand, *, geldt: bool) -> dict[str, Any]:
    """The wire form of where a version stands."""
    convenant = versie.convenant
    return {
        "convenant": convenant.id,
        "versie": convenant.versie,
        "naam": convenant.naam,
        "hash": convenant.hash,
        "status": stand.status.value,
        "inWerking": geldt,
        "geldigVan": convenant.geldig_van.isoformat(),
        "geldigTot": convenant.geldig_tot.isoformat(),
        "doenMee": sorted(partij.oin for partij in stand.partijen),
        "ontbreekt": sorted(stand.ontbreekt),
        "geschorst": sorted(stand.geschorst),
        "opgezegd": sorted(stand.opgezegd),
    }
