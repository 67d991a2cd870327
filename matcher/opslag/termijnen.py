"""Terms in the database."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.pg.database import table_of
from convenant.types import ConvenantId, Oin
from matcher.domein.termijn import LopendeTermijn, Onderwerpsoort
from matcher.opslag.keuze import one_of
from matcher.opslag.tabellen import TermijnRij
from matcher.types import TermijnId

_TABEL = table_of(TermijnRij)
_RUNS = _TABEL.c.voldaan_op.is_(None)

_ADD = text(
    """
    INSERT INTO termijn (id, convenant, code, organisatie, onderwerpsoort, onderwerp, bron, begonnen_op, uiterlijk,
        volgende_op, trede)
    SELECT *, 0 FROM unnest(CAST(:id AS uuid[]), CAST(:convenant AS varchar[]), CAST(:code AS varchar[]),
        CAST(:organisatie AS varchar[]), CAST(:onderwerpsoort AS varchar[]), CAST(:onderwerp AS uuid[]),
        CAST(:bron AS uuid[]), CAST(:begonnen_op AS date[]), CAST(:uiterlijk AS date[]), CAST(:volgende_op AS date[]))
    ON CONFLICT (bron, code, organisatie) WHERE voldaan_op IS NULL DO NOTHING
    """
)
_END_OWN = text(
    """
    UPDATE termijn SET voldaan_op = :op
    FROM unnest(CAST(:organisaties AS varchar[]), CAST(:onderwerpen AS uuid[])) AS weg (organisatie, onderwerp)
    WHERE termijn.organisatie = weg.organisatie AND termijn.onderwerp = weg.onderwerp
        AND voldaan_op IS NULL AND code = ANY(CAST(:codes AS varchar[]))
    """
)


async def add(connection: AsyncConnection, termijnen: Sequence[tuple[LopendeTermijn, date | None]]) -> None:
    """Insert terms, each with the first day on which something is to be told; one that runs already stays as it is."""
    if not termijnen:
        return
    rows = [_new_row(termijn, volgende) for termijn, volgende in termijnen]
    await connection.execute(_ADD, {naam: [row[naam] for row in rows] for naam in rows[0]})


async def end(
    connection: AsyncConnection,
    bronnen: Collection[UUID],
    codes: Collection[str],
    *,
    organisatie: Oin | None,
    op: datetime,
) -> None:
    """End the running terms about these things with one of these codes, of one organisation or of all."""
    where = [_RUNS, one_of(_TABEL.c.bron, bronnen), one_of(_TABEL.c.code, codes)]
    if organisatie is not None:
        where.append(_TABEL.c.organisatie == organisatie)
    if bronnen and codes:
        await connection.execute(update(_TABEL).where(*where).values(voldaan_op=op))


async def end_about(
    connection: AsyncConnection, onderwerpen: Iterable[tuple[Oin, UUID]], codes: Iterable[str], *, op: datetime
) -> None:
    """End the running terms with these codes, each of an organisation about what it knows by this id."""
    pairs = list(onderwerpen)
    if pairs:
        values = {"organisaties": [oin for oin, _ in pairs], "onderwerpen": [id_ for _, id_ in pairs]}
        await connection.execute(_END_OWN, {**values, "codes": list(codes), "op": op})


async def running(
    connection: AsyncConnection, organisatie: Oin, *, onderwerpen: Collection[UUID] | None = None
) -> list[LopendeTermijn]:
    """The running terms of the organisation, the first to end first; only about these things, when they are given."""
    where: list[ColumnElement[bool]] = [_RUNS, _TABEL.c.organisatie == organisatie]
    if onderwerpen is not None:
        where.append(one_of(_TABEL.c.onderwerp, onderwerpen))
    statement = select(_TABEL).where(*where).order_by(_TABEL.c.uiterlijk, _TABEL.c.id)
    return [_termijn(row) for row in await connection.execute(statement)]


async def lock_due(
    connection: AsyncConnection, *, convenanten: Iterable[ConvenantId], dag: date, limiet: int
) -> list[LopendeTermijn]:
    """Running terms about which something is to be told by this day, rows locked.

    Rows that another worker holds are left to it.
    """
    statement = (
        select(_TABEL)
        .where(_RUNS, _TABEL.c.volgende_op <= dag, one_of(_TABEL.c.convenant, convenanten))
        .order_by(_TABEL.c.volgende_op, _TABEL.c.id)
        .limit(limiet)
        .with_for_update(skip_locked=True)
    )
    return [_termijn(row) for row in await connection.execute(statement)]


async def keep(connection: AsyncConnection, termijn: LopendeTermijn, volgende: date | None) -> None:
    """Write what was told about a term, and on which day something is to be told next."""
    values = {
        "herinnerd_op": termijn.herinnerd_op,
        "verstreken_op": termijn.verstreken_op,
        "trede": termijn.trede,
        "voldaan_op": termijn.voldaan_op,
        "volgende_op": volgende,
    }
    await connection.execute(update(_TABEL).where(_TABEL.c.id == termijn.id).values(**values))


def _new_row(termijn: LopendeTermijn, volgende: date | None) -> dict[str, Any]:
    return {
        "id": termijn.id,
        "convenant": termijn.convenant,
        "code": termijn.code,
        "organisatie": termijn.organisatie,
        "onderwerpsoort": termijn.soort.value,
        "onderwerp": termijn.onderwerp,
        "bron": termijn.bron,
        "begonnen_op": termijn.begonnen_op,
        "uiterlijk": termijn.uiterlijk,
        "volgende_op": volgende,
    }


def _termijn(row: Any) -> LopendeTermijn:
    return LopendeTermijn(
        id=TermijnId(row.id),
        convenant=ConvenantId(row.convenant),
        code=row.code,
        organisatie=Oin(row.organisatie),
        soort=Onderwerpsoort(row.onderwerpsoort),
        onderwerp=row.onderwerp,
        bron=row.bron,
        begonnen_op=row.begonnen_op,
        uiterlijk=row.uiterlijk,
        herinnerd_op=row.herinnerd_op,
        verstreken_op=row.verstreken_op,
        trede=row.trede,
        voldaan_op=row.voldaan_op,
    )
