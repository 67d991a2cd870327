"""What whoever signalled was told of a casus, in the database."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.pg.database import table_of
from convenant.types import Oin
from matcher.opslag.tabellen import TerugkoppelingRij
from matcher.types import CasusId, SignaalId

_TABEL = table_of(TerugkoppelingRij)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terugkoppeling:
    """What became of a melding: taken up or not, handed over to whom, and who monitors."""

    opgepakt: bool
    overgedragen_aan: Oin | None
    monitort: Oin | None


async def latest(
    connection: AsyncConnection, casus: CasusId, signaal: SignaalId
) -> tuple[Terugkoppeling, datetime] | None:
    """What was told last about this casus to the organisation of this signal, and when; None when nothing was."""
    statement = (
        select(_TABEL)
        .where(_TABEL.c.casus_id == casus, _TABEL.c.signaal_id == signaal)
        .order_by(_TABEL.c.volgnummer.desc())
        .limit(1)
    )
    row: Any = (await connection.execute(statement)).first()
    if row is None:
        return None
    told = Terugkoppeling(
        opgepakt=row.opgepakt, overgedragen_aan=_oin(row.overgedragen_aan), monitort=_oin(row.monitort)
    )
    return told, row.gegeven_op


async def add(
    connection: AsyncConnection, casus: CasusId, signaal: SignaalId, told: Terugkoppeling, *, op: datetime
) -> UUID:
    """Remember what was told; an id for it."""
    id_ = uuid4()
    await connection.execute(
        insert(_TABEL).values(
            id=id_,
            casus_id=casus,
            signaal_id=signaal,
            opgepakt=told.opgepakt,
            overgedragen_aan=told.overgedragen_aan,
            monitort=told.monitort,
            gegeven_op=op,
        )
    )
    return id_


def _oin(value: str | None) -> Oin | None:
    return Oin(value) if value else None
