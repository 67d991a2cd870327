"""How much each organisation submitted, per calendar month."""

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.pg.database import table_of
from convenant.types import ConvenantId, Oin
from matcher.domein.plafond import Telling
from matcher.opslag.tabellen import TellingRij

_TABEL = table_of(TellingRij)
_KEY = ("organisatie", "convenant", "maand")


async def hold(
    connection: AsyncConnection, organisatie: Oin, convenanten: Iterable[ConvenantId], *, maand: date
) -> Mapping[ConvenantId, Telling]:
    """The counts of this month so far; from here on the organisation's acts wait for each other.

    Take it before any other lock. Otherwise many acts at once could each stay below a limit and pass it together.
    """
    return {id_: await _add(connection, organisatie, id_, Telling(), maand) for id_ in sorted(convenanten)}


async def add(
    connection: AsyncConnection, organisatie: Oin, meer: Mapping[ConvenantId, Telling], *, maand: date
) -> Mapping[ConvenantId, Telling]:
    """Add to the count of a month; the counts as they are now.

    Do this last: others of the organisation wait for it until the transaction ends.
    """
    return {id_: await _add(connection, organisatie, id_, meer[id_], maand) for id_ in sorted(meer)}


async def count(connection: AsyncConnection, organisatie: Oin, convenant: ConvenantId, *, maand: date) -> Telling:
    """What was counted for that month."""
    where = (_TABEL.c.organisatie == organisatie, _TABEL.c.convenant == convenant, _TABEL.c.maand == maand)
    columns = [_TABEL.c[name] for name in Telling().as_row()]
    row = (await connection.execute(select(*columns).where(*where))).mappings().first()
    return Telling(**row) if row else Telling()


async def _add(
    connection: AsyncConnection, organisatie: Oin, convenant: ConvenantId, meer: Telling, maand: date
) -> Telling:
    row = meer.as_row()
    statement = insert(_TABEL).values(organisatie=organisatie, convenant=convenant, maand=maand, **row)
    more = {name: _TABEL.c[name] + statement.excluded[name] for name in row}
    counted = statement.on_conflict_do_update(index_elements=_KEY, set_=more).returning(*(_TABEL.c[n] for n in row))
    return Telling(**(await connection.execute(counted)).mappings().one())
