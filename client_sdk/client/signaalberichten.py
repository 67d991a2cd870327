"""Events about own signals and about the convenant itself, as values."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from convenant.types import ConvenantId


@dataclass(frozen=True, slots=True, kw_only=True)
class Signaalbericht:
    """Own signals were received (`ontvangen_op`), or end on a day or ended then (`verloopt_op`)."""

    convenant: ConvenantId
    signalen: tuple[UUID, ...]
    ontvangen_op: datetime | None
    verloopt_op: date | None


class Convenantwijziging(StrEnum):
    """What happened to a convenant."""

    NIEUWE_VERSIE = "nieuwe-versie"
    VERKLARING = "verklaring"


@dataclass(frozen=True, slots=True, kw_only=True)
class Convenantbericht:
    """There is a new version of the convenant, or a party said something about one; look at the bundle itself."""

    convenant: ConvenantId
    versie: int
    hash: str
    soort: Convenantwijziging
