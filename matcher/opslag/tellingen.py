"""How much each organisation submitted, per calendar month."""

from collections import Counter
from datetime import date

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.pg.database import table_of
from convenant.types import ConvenantId, Oin
from matcher.opslag.tabellen import TellingRij

_TABEL = table_of(TellingRij)


async def add(connection: AsyncConnection, organisatie: Oin, aantallen: Counter[ConvenantId], *, maand: date) -> None:
    """Add to the count of a month. Do this last: others of the organisation wait for it until the transaction ends."""
    for convenant, aantal in sorted(aantallen.items()):
        statement = insert(_TABEL).values(organisatie=organisatie, convenant=convenant, maand=maand, signalen=aantal)
        more = {"signalen": _TABEL.c.signalen + statement.excluded.signalen}
        key = ["organisatie", "convenant", "maand"]
        await connection.execute(statement.on_conflict_do_update(index_elements=key, set_=more))


async def count(connection: AsyncConnection, organisatie: Oin, convenant: ConvenantId, *, maand: date) -> int:
    """What was counted for that month."""
    where = (_TABEL.c.organisatie == organisatie, _TABEL.c.convenant == convenant, _TABEL.c.maand == maand)
    return (await connection.execute(select(_TABEL.c.signalen).where(*where))).scalar() or 0
