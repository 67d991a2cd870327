"""Recognising a database: the secrets it was filled under, and the rights of the role that opens it."""

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from matcher.errors import InstellingenFout
from matcher.opslag.database import table_of
from matcher.opslag.tabellen import InstellingRij

_TABEL = table_of(InstellingRij)
_TABLES = text("SELECT to_regclass('logboek_blad')::text")
_RIGHTS = text(
    """
    SELECT bool_or(has_table_privilege(tabel, recht))
    FROM unnest(ARRAY['logboek_blad', 'logboek_inhoud']) AS tabel,
        unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) AS recht
    """
)


async def require_same(connection: AsyncConnection, naam: str, controle: bytes, melding: str) -> None:
    """Remember `controle` the first time; later raise InstellingenFout with `melding` when it is another one."""
    await connection.execute(insert(_TABEL).values(naam=naam, waarde=controle).on_conflict_do_nothing())
    where = _TABEL.c.naam == naam
    stored = (await connection.execute(select(_TABEL.c.waarde).where(where))).scalar_one()
    if stored != controle:
        raise InstellingenFout(melding)


async def require_migrated(connection: AsyncConnection) -> None:
    """Raise InstellingenFout when the tables are not there."""
    if (await connection.execute(_TABLES)).scalar_one() is None:
        raise InstellingenFout("De tabellen ontbreken in deze database. Voer eerst uit: koppelradar matcher migreer")


async def require_append_only(connection: AsyncConnection) -> None:
    """Raise InstellingenFout when the role we are connected as could rewrite the access log."""
    if (await connection.execute(_RIGHTS)).scalar_one():
        raise InstellingenFout(
            "De databasegebruiker van de matcher kan het logboek wijzigen. Gebruik een login die alleen lid is van de "
            "rol koppelradar_toepassing, niet de eigenaar van de tabellen of een superuser."
        )
