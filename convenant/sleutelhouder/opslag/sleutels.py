"""The OPRF keys at rest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Row, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.pg.database import table_of
from convenant.sleutelhouder.opslag.tabellen import OprfSleutelRij
from convenant.types import ConvenantId, Epoche

_TABEL = table_of(OprfSleutelRij)


@dataclass(frozen=True, slots=True)
class Opgeslagen:
    """A key as it lies in the database; `geheim` is None once it was erased."""

    convenant: ConvenantId
    epoche: Epoche
    code: str
    publiek: bytes
    geheim: bytes | None = field(repr=False)


async def add(connection: AsyncConnection, sleutels: Sequence[Opgeslagen], *, op: datetime) -> bool:
    """Whether all keys are new, and now stored. When one was there already it is left as it is: undo then."""
    values = [
        {
            "convenant": sleutel.convenant,
            "epoche": sleutel.epoche,
            "code": sleutel.code,
            "publiek": sleutel.publiek,
            "geheim": sleutel.geheim,
            "gemaakt_op": op,
        }
        for sleutel in sleutels
    ]
    statement = insert(_TABEL).values(values).on_conflict_do_nothing().returning(_TABEL.c.code)
    return len((await connection.execute(statement)).all()) == len(sleutels)


async def find(connection: AsyncConnection, convenant: ConvenantId | None = None) -> list[Opgeslagen]:
    """All keys, or those of one convenant, by epoch and code."""
    statement = select(_TABEL).order_by(_TABEL.c.convenant, _TABEL.c.epoche, _TABEL.c.code)
    if convenant is not None:
        statement = statement.where(_TABEL.c.convenant == convenant)
    return [_opgeslagen(row) for row in await connection.execute(statement)]


async def is_erased(connection: AsyncConnection, convenant: ConvenantId, epoche: Epoche) -> bool:
    """Whether the secret keys of an epoch are gone; True as well for one that never had any."""
    where = (_TABEL.c.convenant == convenant, _TABEL.c.epoche == epoche, _TABEL.c.geheim.is_not(None))
    return (await connection.execute(select(_TABEL.c.code).where(*where).limit(1))).first() is None


async def erase(connection: AsyncConnection, convenant: ConvenantId, epoche: Epoche, *, op: datetime) -> int:
    """Erase the secret keys of an epoch for good; how many that were. The public ones stay."""
    where = (_TABEL.c.convenant == convenant, _TABEL.c.epoche == epoche, _TABEL.c.geheim.is_not(None))
    result = await connection.execute(update(_TABEL).where(*where).values(geheim=None, gewist_op=op))
    return result.rowcount


def public_points(sleutels: Sequence[Opgeslagen]) -> Mapping[tuple[ConvenantId, Epoche], Mapping[str, bytes]]:
    """The public points by convenant and epoch."""
    found: dict[tuple[ConvenantId, Epoche], dict[str, bytes]] = {}
    for sleutel in sleutels:
        found.setdefault((sleutel.convenant, sleutel.epoche), {})[sleutel.code] = sleutel.publiek
    return found


def _opgeslagen(row: Row[tuple[object, ...]]) -> Opgeslagen:
    return Opgeslagen(row.convenant, row.epoche, row.code, row.publiek, row.geheim)
