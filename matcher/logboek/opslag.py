"""Writing leaves. The application's database role can add here and nothing else."""

from collections.abc import Iterable

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.pg.database import add_all
from matcher.logboek.blad import Blad
from matcher.opslag.tabellen import LogboekBladRij, LogboekInhoudRij

_NEXT_IDS = text("SELECT nextval('logboek_blad_id_seq') FROM generate_series(1, :aantal)")


async def append(connection: AsyncConnection, bladen: Iterable[Blad]) -> None:
    """Add leaves in the transaction of the act they are about, so that neither exists without the other."""
    bladen = list(bladen)
    ids = (await connection.execute(_NEXT_IDS, {"aantal": len(bladen)})).scalars().all()
    numbered = list(zip(ids, bladen, strict=True))
    await add_all(connection, LogboekBladRij, [{"id": id_, "blad": b.blad} for id_, b in numbered])
    inhoud = [{"blad_id": id_, "zout": b.zout, "inhoud": b.inhoud} for id_, b in numbered]
    await add_all(connection, LogboekInhoudRij, inhoud)
