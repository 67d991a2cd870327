"""The outbox and its numbering.

A number given at insertion would show in the order of commits only by luck: a reader who saw number 8 would never
see number 7 when that was committed later. So numbers are given to committed rows only, one receiver at a time.
"""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import exists, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.pg.database import add_all, table_of
from convenant.types import Oin
from matcher.domein.notificatie import Notificatie
from matcher.opslag.keuze import one_of
from matcher.opslag.tabellen import NotificatieRij, OntvangerRij
from matcher.types import Notificatiesoort

_TABEL = table_of(NotificatieRij)
_ONTVANGER = table_of(OntvangerRij)

_NUMBER = text(
    """
    WITH ongenummerd AS (
        SELECT id, row_number() OVER (ORDER BY id) AS plaats
        FROM notificatie WHERE ontvanger = :ontvanger AND nummer IS NULL
    ), genummerd AS (
        UPDATE notificatie SET nummer = :laatste + plaats
        FROM ongenummerd WHERE notificatie.id = ongenummerd.id
        RETURNING nummer
    ), hoogste AS (
        SELECT coalesce(max(nummer), :laatste) AS nummer FROM genummerd
    )
    UPDATE ontvanger SET laatste_nummer = hoogste.nummer FROM hoogste WHERE organisatie = :ontvanger
    RETURNING laatste_nummer
    """
)


async def add(connection: AsyncConnection, notificaties: Sequence[Notificatie]) -> None:
    """Put events into the outbox, in the transaction in which they happened."""
    await add_all(connection, NotificatieRij, [_row(notificatie) for notificatie in notificaties])


async def number(connection: AsyncConnection, ontvanger: Oin) -> None:
    """Give every committed event of this receiver that has none the next number."""
    waiting = exists().where(_TABEL.c.ontvanger == ontvanger, _TABEL.c.nummer.is_(None))
    if not (await connection.execute(select(waiting))).scalar_one():
        return
    await lock_last_number(connection, ontvanger)


async def lock_last_number(connection: AsyncConnection, ontvanger: Oin) -> int:
    """The last number of this receiver, once every committed event has one; no other is given until this is over."""
    row = insert(_ONTVANGER).values(organisatie=ontvanger, laatste_nummer=0)
    # Changes nothing, but locks the row. What is numbered has to be looked up in a statement after the lock.
    locked = row.on_conflict_do_update(
        index_elements=["organisatie"], set_={"laatste_nummer": _ONTVANGER.c.laatste_nummer}
    ).returning(_ONTVANGER.c.laatste_nummer)
    laatste = (await connection.execute(locked)).scalar_one()
    numbered = await connection.execute(_NUMBER, {"ontvanger": ontvanger, "laatste": laatste})
    return int(numbered.scalar_one())


async def page(connection: AsyncConnection, ontvanger: Oin, *, na: int, limiet: int) -> list[Notificatie]:
    """Numbered events after number `na`, in order."""
    statement = (
        select(_TABEL)
        .where(_TABEL.c.ontvanger == ontvanger, _TABEL.c.nummer > na)
        .order_by(_TABEL.c.nummer)
        .limit(limiet)
    )
    return [_notificatie(row) for row in await connection.execute(statement)]


async def find(connection: AsyncConnection, ontvanger: Oin, nummers: Collection[int]) -> list[Notificatie]:
    """The events with these numbers, in order."""
    statement = (
        select(_TABEL)
        .where(_TABEL.c.ontvanger == ontvanger, one_of(_TABEL.c.nummer, nummers))
        .order_by(_TABEL.c.nummer)
    )
    return [_notificatie(row) for row in await connection.execute(statement)]


def _row(notificatie: Notificatie) -> dict[str, Any]:
    return {
        "gebeurtenis_id": notificatie.id,
        "ontvanger": notificatie.ontvanger,
        "soort": notificatie.soort.value,
        "onderwerp": notificatie.onderwerp,
        "inhoud": notificatie.inhoud,
        "ontstaan_op": notificatie.ontstaan_op,
        "dringend": notificatie.dringend,
    }


def _notificatie(row: Any) -> Notificatie:
    return Notificatie(
        id=row.gebeurtenis_id,
        ontvanger=Oin(row.ontvanger),
        soort=Notificatiesoort(row.soort),
        onderwerp=row.onderwerp,
        inhoud=row.inhoud,
        ontstaan_op=row.ontstaan_op,
        nummer=row.nummer,
        dringend=row.dringend,
    )
