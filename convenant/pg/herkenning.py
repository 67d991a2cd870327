"""Recognising a database: its tables, and the rights of the role that opens it."""

from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.web.errors import StartFout

_EXISTS = text("SELECT to_regclass(:tabel)::text")
_RIGHTS = text(
    """
    SELECT bool_or(has_table_privilege(tabel, recht))
    FROM unnest(CAST(:tabellen AS text[])) AS tabel, unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) AS recht
    """
)


async def require_migrated(connection: AsyncConnection, tabel: str, *, commando: str) -> None:
    """Raise StartFout when this table is not there; `commando` makes it."""
    if (await connection.execute(_EXISTS, {"tabel": tabel})).scalar_one() is None:
        raise StartFout(f"De tabellen ontbreken in deze database. Voer eerst uit: {commando}")


async def require_append_only(connection: AsyncConnection, tabellen: Sequence[str], *, dienst: str, rol: str) -> None:
    """Raise StartFout when the role we are connected as could rewrite one of these tables: the log, what was signed."""
    if (await connection.execute(_RIGHTS, {"tabellen": list(tabellen)})).scalar_one():
        raise StartFout(
            f"De databasegebruiker van de {dienst} kan het logboek wijzigen, of wat er getekend is. Gebruik een login "
            f"die alleen lid is van de rol {rol}, niet de eigenaar van de tabellen of een superuser."
        )
