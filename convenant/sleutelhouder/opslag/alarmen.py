"""Statements of the matcher on what was submitted, and the alarms that follow from them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Row, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.pg.database import table_of
from convenant.sleutelhouder.domein.telling import Telling
from convenant.sleutelhouder.opslag.tabellen import AlarmRij, TellingRij
from convenant.types import ConvenantId, Oin

_TELLING = table_of(TellingRij)
_ALARM = table_of(AlarmRij)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarmmelding:
    """An organisation asked `gevraagd` points of a code in a month, `uit_venster` of them out of a bulk window."""

    convenant: ConvenantId
    organisatie: Oin
    code: str
    maand: date
    stap: int
    gevraagd: int
    uit_venster: int
    ingediend: int
    op: datetime


async def keep_telling(
    connection: AsyncConnection, convenant: ConvenantId, organisatie: Oin, telling: Telling, verklaring: str
) -> None:
    """Keep the statement when it says more than the one that was kept for that month."""
    statement = insert(_TELLING).values(
        convenant=convenant,
        organisatie=organisatie,
        maand=telling.maand,
        signalen=telling.signalen,
        verklaring=verklaring,
    )
    await connection.execute(
        statement.on_conflict_do_update(
            index_elements=["convenant", "organisatie", "maand"],
            set_={"signalen": statement.excluded.signalen, "verklaring": statement.excluded.verklaring},
            where=_TELLING.c.signalen < statement.excluded.signalen,
        )
    )


async def ingediend(connection: AsyncConnection, convenant: ConvenantId, organisatie: Oin, maand: date) -> int:
    """How many signals the matcher stated for that month; 0 without a statement."""
    where = (_TELLING.c.convenant == convenant, _TELLING.c.organisatie == organisatie, _TELLING.c.maand == maand)
    found = (await connection.execute(select(_TELLING.c.signalen).where(*where))).scalar_one_or_none()
    return found or 0


async def raised(connection: AsyncConnection, convenant: ConvenantId, organisatie: Oin, maand: date) -> dict[str, int]:
    """The highest step that was told of each code in that month."""
    statement = select(_ALARM.c.code, func.max(_ALARM.c.stap).label("stap")).group_by(_ALARM.c.code)
    where = (_ALARM.c.convenant == convenant, _ALARM.c.organisatie == organisatie, _ALARM.c.maand == maand)
    return {row.code: row.stap for row in await connection.execute(statement.where(*where))}


async def add(connection: AsyncConnection, melding: Alarmmelding) -> None:
    """Store an alarm, in the transaction that counted the points it is about."""
    values = {name: getattr(melding, name) for name in Alarmmelding.__slots__}
    await connection.execute(insert(_ALARM).values(**values))


async def find(
    connection: AsyncConnection, convenanten: Collection[ConvenantId] | None, *, limiet: int
) -> Sequence[Alarmmelding]:
    """The newest alarms of these convenanten, or of all (None), newest first."""
    statement = select(_ALARM).order_by(_ALARM.c.id.desc()).limit(limiet)
    if convenanten is not None:
        statement = statement.where(_ALARM.c.convenant.in_(convenanten))
    return [_melding(row) for row in await connection.execute(statement)]


def _melding(row: Row[tuple[object, ...]]) -> Alarmmelding:
    return Alarmmelding(**{name: getattr(row, name) for name in Alarmmelding.__slots__})
