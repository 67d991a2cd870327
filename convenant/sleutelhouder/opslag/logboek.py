"""The access log: counts, never points. The application's database role can add here and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.pg.database import table_of
from convenant.sleutelhouder.opslag.tabellen import LogboekRij
from convenant.sleutelhouder.types import Beheerder, MedewerkerPseudoniem
from convenant.types import ConvenantId, Epoche, Oin

_TABEL = table_of(LogboekRij)


@dataclass(frozen=True, slots=True, kw_only=True)
class Regel:
    """One act: of an organisation, or of an operator. `aantallen` counts points per code."""

    op: datetime
    handeling: str
    uitkomst: str
    convenant: ConvenantId
    epoche: Epoche | None = None
    organisatie: Oin | None = None
    medewerker: MedewerkerPseudoniem | None = field(default=None, repr=False)
    rol: str | None = None
    beheerder: Beheerder | None = None
    aantallen: Mapping[str, int] = field(default_factory=dict)


async def append(connection: AsyncConnection, regel: Regel) -> None:
    """Add a line in the transaction of the act it is about, so that neither exists without the other."""
    values = {name: getattr(regel, name) for name in Regel.__slots__}
    await connection.execute(insert(_TABEL).values(values))
