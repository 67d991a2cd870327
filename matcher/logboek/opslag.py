"""Writing leaves. The application's database role can add here and nothing else."""

from collections.abc import Iterable

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.pg.database import add_all
from matcher.logboek.blad import Blad
from matcher.opslag.tabellen import LogboekBladRij, LogboekInhoudRij

_FEW = 64
_NEXT_IDS = text("SELECT nextval('logboek_blad_id_seq') FROM generate_series(1, :aantal)")
# The number is given before either row is written, so that leaf and content share it whatever the order of writing.
_ADD_FEW = text(
    """
    WITH nieuw AS MATERIALIZED (
        SELECT nextval('logboek_blad_id_seq') AS id, blad, zout, inhoud
        FROM unnest(CAST(:bladen AS bytea[]), CAST(:zouten AS bytea[]), CAST(:inhouden AS text[]))
            WITH ORDINALITY AS nieuw (blad, zout, inhoud, plaats)
        ORDER BY plaats
    ), blad AS (
        INSERT INTO logboek_blad (id, blad) SELECT id, blad FROM nieuw
    )
    INSERT INTO logboek_inhoud (blad_id, zout, inhoud) SELECT id, zout, inhoud FROM nieuw
    """
)


async def append(connection: AsyncConnection, bladen: Iterable[Blad]) -> None:
    """Add leaves in the transaction of the act they are about, so that neither exists without the other."""
    bladen = list(bladen)
    if len(bladen) <= _FEW:
        values = {
            "bladen": [b.blad for b in bladen],
            "zouten": [b.zout for b in bladen],
            "inhouden": [b.inhoud for b in bladen],
        }
        await connection.execute(_ADD_FEW, values)
    else:
        await _copy(connection, bladen)


async def _copy(connection: AsyncConnection, bladen: list[Blad]) -> None:
    ids = (await connection.execute(_NEXT_IDS, {"aantal": len(bladen)})).scalars().all()
    numbered = list(zip(ids, bladen, strict=True))
    await add_all(connection, LogboekBladRij, [{"id": id_, "blad": b.blad} for id_, b in numbered])
    inhoud = [{"blad_id": id_, "zout": b.zout, "inhoud": b.inhoud} for id_, b in numbered]
    await add_all(connection, LogboekInhoudRij, inhoud)
