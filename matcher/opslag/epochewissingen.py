"""Which epochs have had their tokens erased."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.pg.database import table_of
from convenant.types import ConvenantId, Epoche
from matcher.opslag.tabellen import EpochewissingRij

_TABEL = table_of(EpochewissingRij)


async def erased(connection: AsyncConnection, convenant: ConvenantId) -> set[Epoche]:
    """The epochs of this convenant whose tokens are gone for good."""
    found = await connection.execute(select(_TABEL.c.epoche).where(_TABEL.c.convenant == convenant))
    return {Epoche(nummer) for nummer in found.scalars()}


async def keep(connection: AsyncConnection, convenant: ConvenantId, epoche: Epoche, *, op: datetime) -> None:
    """Remember that the tokens of this epoch are gone."""
    values = {"convenant": convenant, "epoche": epoche, "gewist_op": op}
    await connection.execute(insert(_TABEL).values(**values).on_conflict_do_nothing())
