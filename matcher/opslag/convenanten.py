"""The versions of convenanten that were ever in force here."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.model import Convenant
from matcher.errors import InstellingenFout
from matcher.opslag.database import table_of
from matcher.opslag.tabellen import ConvenantRij

_TABEL = table_of(ConvenantRij)


async def keep(connection: AsyncConnection, convenant: Convenant, document: dict[str, Any], *, op: datetime) -> None:
    """Store this version, or check that it is the one that was stored before: the content of a version is immutable.

    Raises InstellingenFout when the same version was loaded earlier with another content.
    """
    values = {
        "id": convenant.id,
        "versie": convenant.versie,
        "hash": convenant.hash,
        "inhoud": document,
        "geladen_op": op,
    }
    await connection.execute(insert(_TABEL).values(**values).on_conflict_do_nothing())
    where = (_TABEL.c.id == convenant.id, _TABEL.c.versie == convenant.versie)
    stored = (await connection.execute(select(_TABEL.c.hash).where(*where))).scalar_one()
    if stored != convenant.hash:
        raise InstellingenFout(
            f"Convenant {convenant.id} versie {convenant.versie} is eerder geladen met een andere inhoud. "
            "Geef de gewijzigde tekst een nieuw versienummer."
        )


async def latest(connection: AsyncConnection) -> Iterable[dict[str, Any]]:
    """The document of the newest version of every convenant."""
    statement = select(_TABEL.c.inhoud).ext(distinct_on(_TABEL.c.id)).order_by(_TABEL.c.id, _TABEL.c.versie.desc())
    documents: Iterable[dict[str, Any]] = (await connection.execute(statement)).scalars().all()
    return documents
