"""The versions of convenanten that were ever in force here. `tabel` has the columns of `Convenantkolommen`."""

from datetime import datetime
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.errors import ConvenantFout
from convenant.laden import convenant_from_document
from convenant.model import Convenant
from convenant.web.errors import StartFout


async def keep(
    connection: AsyncConnection, tabel: Table, convenant: Convenant, document: dict[str, Any], *, op: datetime
) -> None:
    """Store this version, or check that it is the one that was stored before: the content of a version is immutable.

    Raises StartFout when the same version was loaded earlier with another content.
    """
    values = {
        "id": convenant.id,
        "versie": convenant.versie,
        "hash": convenant.hash,
        "inhoud": document,
        "geladen_op": op,
    }
    await connection.execute(insert(tabel).values(**values).on_conflict_do_nothing())
    where = (tabel.c.id == convenant.id, tabel.c.versie == convenant.versie)
    stored = (await connection.execute(select(tabel.c.hash).where(*where))).scalar_one()
    if stored != convenant.hash:
        raise StartFout(
            f"Convenant {convenant.id} versie {convenant.versie} is eerder geladen met een andere inhoud. "
            "Geef de gewijzigde tekst een nieuw versienummer."
        )


async def latest(connection: AsyncConnection, tabel: Table) -> list[Convenant]:
    """The newest version of every convenant. Raises StartFout when one makes no sense to this release."""
    statement = select(tabel.c.inhoud).ext(distinct_on(tabel.c.id)).order_by(tabel.c.id, tabel.c.versie.desc())
    return [_parse(document) for document in (await connection.execute(statement)).scalars()]


def _parse(document: dict[str, Any]) -> Convenant:
    try:
        return convenant_from_document(document, bron="de database")
    except ConvenantFout as fout:
        raise StartFout(str(fout)) from fout
