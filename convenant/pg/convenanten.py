"""Versions of convenanten and the statements about them, as a service keeps them: both only grow.

`Boek` names the tables; they have the columns of `Convenantkolommen` and `Verklaringkolommen`.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NewType

from sqlalchemy import Table, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.errors import ConvenantFout
from convenant.model import Convenant
from convenant.ondertekening import Bundel, Ondertekend, Verklaringtekst, verify_stored
from convenant.types import ConvenantId
from convenant.web.errors import StartFout

Revisie = NewType("Revisie", tuple[int, int])
"""How many versions and statements there are: another value means that there is something new."""

_BRON = "de database"
_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended('convenanten', 0))")


@dataclass(frozen=True, slots=True)
class Boek:
    """Where a service keeps its convenanten."""

    convenanten: Table
    verklaringen: Table


async def revision(connection: AsyncConnection, boek: Boek) -> Revisie:
    """The revision as this transaction sees it."""
    counts = select(
        select(func.count()).select_from(boek.convenanten).scalar_subquery(),
        select(func.count()).select_from(boek.verklaringen).scalar_subquery(),
    )
    versions, statements = (await connection.execute(counts)).one()
    return Revisie((versions, statements))


async def lock(connection: AsyncConnection) -> None:
    """Wait until nobody else is adding here, and keep others waiting until the transaction ends.

    Whatever is read after this is all there is to verify new statements with. Without it two statements that exclude
    each other could both be stored, and no service could read its convenanten any more.
    """
    await connection.execute(_LOCK)


async def keep(
    connection: AsyncConnection, boek: Boek, convenant: Convenant, document: dict[str, Any], *, op: datetime
) -> None:
    """Store this version, or check that it is the one that was stored before: the content of a version is immutable.

    Raises StartFout when the same version was loaded earlier with another content.
    """
    tabel = boek.convenanten
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


async def add_verklaringen(
    connection: AsyncConnection, boek: Boek, convenant: Convenant, teksten: Iterable[Verklaringtekst], *, op: datetime
) -> None:
    """Add the statements that are not there yet. They were verified together with those that are."""
    rows = [
        {
            "convenant": convenant.id,
            "versie": convenant.versie,
            "vingerafdruk": hashlib.sha256(tekst.encode()).digest(),
            "tekst": tekst,
            "ontvangen_op": op,
        }
        for tekst in teksten
    ]
    if rows:
        await connection.execute(insert(boek.verklaringen).values(rows).on_conflict_do_nothing())


async def find(
    connection: AsyncConnection, boek: Boek, *, op: datetime, convenant: ConvenantId | None = None
) -> list[Ondertekend]:
    """Every version that is kept, of one convenant or of all, oldest first, with all statements ever seen about it.

    Raises StartFout when what is stored makes no sense to this release, or was changed.
    """
    tabel = boek.convenanten
    statement = select(tabel.c.id, tabel.c.versie, tabel.c.inhoud).order_by(tabel.c.id, tabel.c.versie)
    if convenant is not None:
        statement = statement.where(tabel.c.id == convenant)
    rows = (await connection.execute(statement)).all()
    teksten = await _teksten(connection, boek)
    return [_read(inhoud, teksten.get((id_, versie), ()), op) for id_, versie, inhoud in rows]


async def _teksten(connection: AsyncConnection, boek: Boek) -> dict[tuple[str, int], tuple[Verklaringtekst, ...]]:
    tabel = boek.verklaringen
    statement = select(tabel.c.convenant, tabel.c.versie, tabel.c.tekst).order_by(tabel.c.volgorde)
    found: dict[tuple[str, int], tuple[Verklaringtekst, ...]] = {}
    for id_, versie, tekst in await connection.execute(statement):
        found[id_, versie] = (*found.get((id_, versie), ()), tekst)
    return found


def _read(document: dict[str, Any], teksten: tuple[Verklaringtekst, ...], op: datetime) -> Ondertekend:
    try:
        return verify_stored(Bundel(document=document, verklaringen=teksten), bron=_BRON, op=op)
    except ConvenantFout as fout:
        raise StartFout(str(fout)) from fout
