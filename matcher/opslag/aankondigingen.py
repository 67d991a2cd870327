"""Which signals are about to expire, and of which that was told."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import exists
from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.pg.database import add_all, table_of
from convenant.types import ConvenantId, Oin
from matcher.domein.signaal import Signaal
from matcher.opslag import signalen
from matcher.opslag.keuze import one_of
from matcher.opslag.tabellen import AankondigingRij, SignaalRij
from matcher.types import SignaalId

_TABEL = table_of(AankondigingRij)
_SIGNAAL = table_of(SignaalRij)


async def lock_due(
    connection: AsyncConnection, convenant: ConvenantId, *, partijen: Iterable[Oin], na: date, tot: date, limiet: int
) -> list[Signaal]:
    """Active signals of these parties that expire after `na` and not after `tot`, of which it was not told; locked.

    Rows that another worker holds are left to it.
    """
    where = (
        _SIGNAAL.c.convenant == convenant,
        one_of(_SIGNAAL.c.organisatie, partijen),
        _SIGNAAL.c.verloopt_op > na,
        _SIGNAAL.c.verloopt_op <= tot,
        ~exists().where(_TABEL.c.signaal_id == _SIGNAAL.c.id),
    )
    return await signalen.lock_active(connection, *where, limiet=limiet)


async def add(connection: AsyncConnection, ids: Sequence[SignaalId], *, op: datetime) -> None:
    """Remember that it was told of these signals."""
    await add_all(connection, AankondigingRij, [{"signaal_id": id_, "aangekondigd_op": op} for id_ in ids])
