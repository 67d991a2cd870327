"""What organisations used. Rows are locked before they are read: two requests never share the last points."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Row, Table, bindparam, delete, insert, select, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.pg.database import table_of
from convenant.sleutelhouder.domein.budget import MINUUT, Gebruik, Stand, empty_stand
from convenant.sleutelhouder.opslag.tabellen import MinuutverbruikRij, VerbruikRij
from convenant.types import ConvenantId, Oin

_TOTAAL = table_of(VerbruikRij)
_MINUUT = table_of(MinuutverbruikRij)


async def lock(
    connection: AsyncConnection, convenant: ConvenantId, organisatie: Oin, codes: Sequence[str], *, op: datetime
) -> None:
    """Wait until nobody else counts these codes of this organisation, and keep it so until the transaction ends."""
    # Always in one order, so that two requests never wait for each other.
    ordered = sorted(codes)
    leeg = empty_stand(op)
    values = [
        {
            "convenant": convenant,
            "organisatie": organisatie,
            "code": code,
            "dag": leeg.dag,
            "dag_aantal": 0,
            "maand": leeg.maand,
            "maand_aantal": 0,
            "maand_venster": 0,
        }
        for code in ordered
    ]
    await connection.execute(postgresql.insert(_TOTAAL).values(values).on_conflict_do_nothing())
    statement = select(_TOTAAL.c.code).where(*_of(_TOTAAL, convenant, organisatie), _TOTAAL.c.code.in_(ordered))
    await connection.execute(statement.order_by(_TOTAAL.c.code).with_for_update())


async def standen(
    connection: AsyncConnection, convenant: ConvenantId, organisatie: Oin, *, op: datetime
) -> dict[str, Stand]:
    """What the organisation used of each code that it ever asked, as of this moment."""
    recent: defaultdict[str, list[Gebruik]] = defaultdict(list)
    statement = select(_MINUUT.c.code, _MINUUT.c.op, _MINUUT.c.aantal)
    where = (*_of(_MINUUT, convenant, organisatie), _MINUUT.c.op > op - MINUUT)
    for code, moment, aantal in await connection.execute(statement.where(*where).order_by(_MINUUT.c.op)):
        recent[code].append(Gebruik(moment, aantal))
    totals = await connection.execute(select(_TOTAAL).where(*_of(_TOTAAL, convenant, organisatie)))
    return {row.code: _stand(row, recent[row.code]).at(op) for row in totals}


async def write(
    connection: AsyncConnection,
    convenant: ConvenantId,
    organisatie: Oin,
    nieuw: Mapping[str, Stand],
    gebruik: Mapping[str, int],
    *,
    op: datetime,
) -> None:
    """Store the totals, and these uses of the ordinary budget, of rows that `lock` took."""
    statement = (
        update(_TOTAAL)
        .where(*_of(_TOTAAL, convenant, organisatie), _TOTAAL.c.code == bindparam("b_code"))
        .values(
            {name: bindparam(f"b_{name}") for name in ("dag", "dag_aantal", "maand", "maand_aantal", "maand_venster")}
        )
    )
    await connection.execute(statement, [_values(code, stand) for code, stand in nieuw.items()])
    await connection.execute(delete(_MINUUT).where(*_of(_MINUUT, convenant, organisatie), _MINUUT.c.op <= op - MINUUT))
    rows = [
        {"convenant": convenant, "organisatie": organisatie, "code": code, "op": op, "aantal": aantal}
        for code, aantal in gebruik.items()
        if aantal
    ]
    if rows:
        await connection.execute(insert(_MINUUT), rows)


async def erase_old(connection: AsyncConnection, *, op: datetime) -> None:
    """Forget uses of which the minute has passed."""
    await connection.execute(delete(_MINUUT).where(_MINUUT.c.op <= op - MINUUT))


def _of(tabel: Table, convenant: ConvenantId, organisatie: Oin) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return tabel.c.convenant == convenant, tabel.c.organisatie == organisatie


def _values(code: str, stand: Stand) -> dict[str, object]:
    return {
        "b_code": code,
        "b_dag": stand.dag,
        "b_dag_aantal": stand.dag_aantal,
        "b_maand": stand.maand,
        "b_maand_aantal": stand.maand_aantal,
        "b_maand_venster": stand.maand_venster,
    }


def _stand(row: Row[tuple[object, ...]], recent: Sequence[Gebruik]) -> Stand:
    return Stand(
        recent=tuple(recent),
        dag=row.dag,
        dag_aantal=row.dag_aantal,
        maand=row.maand,
        maand_aantal=row.maand_aantal,
        maand_venster=row.maand_venster,
    )
