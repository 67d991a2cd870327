"""Bekendheidsvragen in the database."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.pg.database import add_all, table_of
from convenant.types import Antwoordwijze, ConvenantId, Epoche, Oin
from matcher.domein.bekendheid import Bekendheidsvraag, Gevraagde, Oordeel, Treffer
from matcher.opslag.keuze import one_of
from matcher.opslag.tabellen import (
    BekendheidspartijRij,
    BekendheidstokenRij,
    BekendheidstrefferRij,
    BekendheidsvraagRij,
)
from matcher.types import TokenHash, VraagId

_VRAAG, _TOKEN = table_of(BekendheidsvraagRij), table_of(BekendheidstokenRij)
_PARTIJ, _TREFFER = table_of(BekendheidspartijRij), table_of(BekendheidstrefferRij)


async def add(
    connection: AsyncConnection, vraag: Bekendheidsvraag, tokens: Sequence[TokenHash], gevraagden: Iterable[Gevraagde]
) -> bool:
    """Write a question with its tokens and whom it goes to; False, and nothing, when its id is in use."""
    statement = insert(_VRAAG).values(**_row(vraag)).on_conflict_do_nothing().returning(_VRAAG.c.id)
    if (await connection.execute(statement)).first() is None:
        return False
    rows = [{"vraag_id": vraag.id, "plaats": plaats, "token_hash": token} for plaats, token in enumerate(tokens)]
    await add_all(connection, BekendheidstokenRij, rows)
    partijen = [
        {"vraag_id": vraag.id, "organisatie": g.organisatie, "wijze": g.wijze.value, "antwoorden": g.antwoorden}
        for g in gevraagden
    ]
    await add_all(connection, BekendheidspartijRij, partijen)
    return True


async def find(connection: AsyncConnection, id_: VraagId, *, lock: bool = False) -> Bekendheidsvraag | None:
    """The question with that id; with `lock` nobody answers or closes it until the transaction ends."""
    statement = select(_VRAAG).where(_VRAAG.c.id == id_)
    row = (await connection.execute(statement.with_for_update() if lock else statement)).first()
    return _vraag(row) if row else None


async def tokens_of(connection: AsyncConnection, id_: VraagId) -> Mapping[TokenHash, int]:
    """The place of every token of a question, in that order; none once it was closed."""
    rows = await connection.execute(select(_TOKEN).where(_TOKEN.c.vraag_id == id_).order_by(_TOKEN.c.plaats))
    return {TokenHash(row.token_hash): row.plaats for row in rows}


async def gevraagden(connection: AsyncConnection, id_: VraagId) -> list[Gevraagde]:
    """Whom a question goes to, and how often each answered."""
    rows = await connection.execute(select(_PARTIJ).where(_PARTIJ.c.vraag_id == id_).order_by(_PARTIJ.c.organisatie))
    return [
        Gevraagde(organisatie=Oin(row.organisatie), wijze=Antwoordwijze(row.wijze), antwoorden=row.antwoorden)
        for row in rows
    ]


async def count_answer(connection: AsyncConnection, id_: VraagId, organisatie: Oin) -> None:
    """Count one more answer of this party."""
    where = (_PARTIJ.c.vraag_id == id_, _PARTIJ.c.organisatie == organisatie)
    await connection.execute(update(_PARTIJ).where(*where).values(antwoorden=_PARTIJ.c.antwoorden + 1))


async def add_treffers(connection: AsyncConnection, id_: VraagId, treffers: Sequence[Treffer]) -> None:
    """Write who holds which token; what was written before stays as it is."""
    if not treffers:
        return
    rows = [
        {"vraag_id": id_, "plaats": t.plaats, "organisatie": t.organisatie, "oordeel": t.oordeel.value}
        for t in treffers
    ]
    await connection.execute(insert(_TREFFER).values(rows).on_conflict_do_nothing())


async def treffers(connection: AsyncConnection, id_: VraagId, *, organisatie: Oin | None = None) -> list[Treffer]:
    """Who holds which token of a question, in order of place; if wanted, of one party."""
    where = [_TREFFER.c.vraag_id == id_]
    if organisatie is not None:
        where.append(_TREFFER.c.organisatie == organisatie)
    statement = select(_TREFFER).where(*where).order_by(_TREFFER.c.plaats, _TREFFER.c.organisatie)
    return [
        Treffer(plaats=row.plaats, organisatie=Oin(row.organisatie), oordeel=Oordeel(row.oordeel))
        for row in await connection.execute(statement)
    ]


async def set_oordeel(connection: AsyncConnection, id_: VraagId, treffer: Treffer) -> None:
    """Write what a party says of the person at this place."""
    where = (
        _TREFFER.c.vraag_id == id_,
        _TREFFER.c.plaats == treffer.plaats,
        _TREFFER.c.organisatie == treffer.organisatie,
    )
    await connection.execute(update(_TREFFER).where(*where).values(oordeel=treffer.oordeel.value))


async def close(connection: AsyncConnection, id_: VraagId, *, op: datetime) -> None:
    """Close a question: its tokens go, and whatever was not said to the asker."""
    await connection.execute(delete(_TOKEN).where(_TOKEN.c.vraag_id == id_))
    unsaid = (_TREFFER.c.vraag_id == id_, _TREFFER.c.oordeel != Oordeel.BEKEND.value)
    await connection.execute(delete(_TREFFER).where(*unsaid))
    await connection.execute(update(_VRAAG).where(_VRAAG.c.id == id_).values(gesloten_op=op))


async def open_vragen(connection: AsyncConnection) -> list[Bekendheidsvraag]:
    """Every question that was not closed, the one that ends first in front."""
    statement = select(_VRAAG).where(_VRAAG.c.gesloten_op.is_(None)).order_by(_VRAAG.c.uiterlijk)
    return [_vraag(row) for row in await connection.execute(statement)]


async def erase_closed(connection: AsyncConnection, *, before: datetime) -> None:
    """Remove all there is of the questions that were closed before that moment."""
    old = (await connection.execute(select(_VRAAG.c.id).where(_VRAAG.c.gesloten_op < before))).scalars().all()
    for table in (_TOKEN, _PARTIJ, _TREFFER):
        await connection.execute(delete(table).where(one_of(table.c.vraag_id, old)))
    await connection.execute(delete(_VRAAG).where(one_of(_VRAAG.c.id, old)))


def _row(vraag: Bekendheidsvraag) -> dict[str, Any]:
    return {
        "id": vraag.id,
        "convenant": vraag.convenant,
        "vrager": vraag.vrager,
        "epoche": vraag.epoche,
        "aantal": vraag.aantal,
        "gesteld_op": vraag.gesteld_op,
        "uiterlijk": vraag.uiterlijk,
        "gesloten_op": vraag.gesloten_op,
    }


def _vraag(row: Row[Any]) -> Bekendheidsvraag:
    return Bekendheidsvraag(
        id=VraagId(row.id),
        convenant=ConvenantId(row.convenant),
        vrager=Oin(row.vrager),
        epoche=Epoche(row.epoche),
        aantal=row.aantal,
        gesteld_op=row.gesteld_op,
        uiterlijk=row.uiterlijk,
        gesloten_op=row.gesloten_op,
    )
