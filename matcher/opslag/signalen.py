"""Signals in the database."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, func, not_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.pg.database import add_missing, table_of
from convenant.types import ConvenantId, Epoche, Oin
from matcher.domein.signaal import Signaal
from matcher.opslag.keuze import one_of
from matcher.opslag.tabellen import SignaalRij
from matcher.types import MedewerkerPseudoniem, SignaalId, Signaalstatus

_TABEL = table_of(SignaalRij)
KOLOMMEN = tuple(_TABEL.c)


async def add(connection: AsyncConnection, signalen: Sequence[Signaal], *, profiel: str) -> set[SignaalId]:
    """Insert the signals whose id is new; those ids."""
    return await add_missing(connection, SignaalRij, [_row(signaal, profiel) for signaal in signalen], key="id")


async def find(connection: AsyncConnection, ids: Iterable[SignaalId]) -> dict[SignaalId, Signaal]:
    """The signals that exist among these ids, of whichever organisation."""
    result = await connection.execute(select(_TABEL).where(one_of(_TABEL.c.id, ids)))
    return {signaal.id: signaal for signaal in map(from_row, result)}


async def lock_own(connection: AsyncConnection, signaal: SignaalId, organisatie: Oin) -> Signaal | None:
    """The organisation's own signal, its row locked until the transaction ends; None when there is none.

    FOR NO KEY UPDATE: a submission that lets this signal join a match holds the stripe that we will wait for, and needs
    the foreign key's share lock on this row.
    """
    where = (_TABEL.c.id == signaal, _TABEL.c.organisatie == organisatie)
    row = (await connection.execute(select(_TABEL).where(*where).with_for_update(key_share=True))).first()
    return from_row(row) if row else None


async def lock_live(
    connection: AsyncConnection, ids: Iterable[SignaalId], organisatie: Oin, *, vandaag: date
) -> dict[SignaalId, Signaal]:
    """Those of these signals that are the organisation's own and live, rows locked in one order as `lock_own` does."""
    statement = (
        select(_TABEL)
        .where(
            one_of(_TABEL.c.id, ids),
            _TABEL.c.organisatie == organisatie,
            _TABEL.c.status == Signaalstatus.ACTIEF.value,
            _TABEL.c.verloopt_op > vandaag,
        )
        .order_by(_TABEL.c.id)
        .with_for_update(key_share=True)
    )
    found = [from_row(row) for row in await connection.execute(statement)]
    return {signaal.id: signaal for signaal in found}


async def lock_expired(
    connection: AsyncConnection, *, convenanten: Iterable[ConvenantId], vandaag: date, limiet: int
) -> list[Signaal]:
    """Active signals under these convenanten whose end date has come, rows locked.

    Rows that another worker holds are left to it.
    """
    over = (_TABEL.c.verloopt_op <= vandaag, one_of(_TABEL.c.convenant, convenanten))
    return await lock_active(connection, *over, limiet=limiet)


async def lock_left(
    connection: AsyncConnection, convenant: ConvenantId, *, blijvers: Iterable[Oin], vanaf: int, limiet: int
) -> list[Signaal]:
    """Active signals under a convenant of who is not among `blijvers`, or of a version before `vanaf`; rows locked.

    Rows that another worker holds are left to it.
    """
    left = or_(not_(one_of(_TABEL.c.organisatie, blijvers)), _TABEL.c.convenantversie < vanaf)
    return await lock_active(connection, _TABEL.c.convenant == convenant, left, limiet=limiet)


async def lock_active(connection: AsyncConnection, *where: ColumnElement[bool], limiet: int) -> list[Signaal]:
    """Active signals for which all of this holds, rows locked; those that another worker holds are left to it."""
    statement = (
        select(_TABEL)
        .where(_TABEL.c.status == Signaalstatus.ACTIEF.value, *where)
        .order_by(_TABEL.c.volgnummer)
        .limit(limiet)
        .with_for_update(skip_locked=True, key_share=True)
    )
    return [from_row(row) for row in await connection.execute(statement)]


async def page(connection: AsyncConnection, organisatie: Oin, *, na: int, limiet: int) -> list[Signaal]:
    """The organisation's own signals after volgnummer `na`, in order of arrival."""
    statement = (
        select(_TABEL)
        .where(_TABEL.c.organisatie == organisatie, _TABEL.c.volgnummer > na)
        .order_by(_TABEL.c.volgnummer)
        .limit(limiet)
    )
    return [from_row(row) for row in await connection.execute(statement)]


async def place_of(connection: AsyncConnection, organisatie: Oin, signaal: SignaalId) -> int | None:
    """The volgnummer of one's own signal; None when there is none with this id."""
    where = (_TABEL.c.id == signaal, _TABEL.c.organisatie == organisatie)
    place: int | None = (await connection.execute(select(_TABEL.c.volgnummer).where(*where))).scalar()
    return place


async def end(connection: AsyncConnection, ids: Iterable[SignaalId], status: Signaalstatus, *, op: datetime) -> None:
    """Give signals their final status."""
    values = {"status": status.value, "beeindigd_op": op}
    await connection.execute(update(_TABEL).where(one_of(_TABEL.c.id, ids)).values(values))


async def renew(connection: AsyncConnection, ids: Iterable[SignaalId], epoche: Epoche) -> None:
    """Remember that these signals bear tokens of this epoch, unless they bear newer ones."""
    where = (one_of(_TABEL.c.id, ids), _TABEL.c.epoche < epoche)
    await connection.execute(update(_TABEL).where(*where).values(epoche=epoche))


async def count_behind(
    connection: AsyncConnection,
    convenant: ConvenantId,
    epoche: Epoche,
    *,
    vandaag: date,
    organisatie: Oin | None = None,
) -> int:
    """How many live signals have no tokens of this epoch or a newer one; if wanted, of one organisation."""
    where = [*_live(convenant, vandaag), _TABEL.c.epoche < epoche]
    if organisatie is not None:
        where.append(_TABEL.c.organisatie == organisatie)
    count: int = (await connection.execute(select(func.count()).where(*where))).scalar_one()
    return count


async def count_live(connection: AsyncConnection, convenant: ConvenantId, organisatie: Oin, *, vandaag: date) -> int:
    """How many live signals of this organisation there are under the convenant."""
    where = (*_live(convenant, vandaag), _TABEL.c.organisatie == organisatie)
    count: int = (await connection.execute(select(func.count()).where(*where))).scalar_one()
    return count


async def active_page(
    connection: AsyncConnection, convenant: ConvenantId, *, na: int, limiet: int, organisatie: Oin | None = None
) -> list[tuple[int, Signaal]]:
    """Active signals under a convenant after volgnummer `na`; if wanted, of one organisation."""
    where = [
        _TABEL.c.convenant == convenant,
        _TABEL.c.status == Signaalstatus.ACTIEF.value,
        _TABEL.c.volgnummer > na,
    ]
    if organisatie is not None:
        where.append(_TABEL.c.organisatie == organisatie)
    statement = select(_TABEL).where(*where).order_by(_TABEL.c.volgnummer).limit(limiet)
    return [(row.volgnummer, from_row(row)) for row in await connection.execute(statement)]


def _live(convenant: ConvenantId, vandaag: date) -> list[ColumnElement[bool]]:
    return [
        _TABEL.c.convenant == convenant,
        _TABEL.c.status == Signaalstatus.ACTIEF.value,
        _TABEL.c.verloopt_op > vandaag,
    ]


def from_row(row: Row[Any]) -> Signaal:
    """The signal in a row that holds at least the columns `KOLOMMEN`."""
    return Signaal(
        id=SignaalId(row.id),
        convenant=ConvenantId(row.convenant),
        convenantversie=row.convenantversie,
        epoche=Epoche(row.epoche),
        organisatie=Oin(row.organisatie),
        signaalsoort=row.signaalsoort,
        medewerker=MedewerkerPseudoniem(row.medewerker),
        status=Signaalstatus(row.status),
        ingediend_op=row.ingediend_op,
        verloopt_op=row.verloopt_op,
        beeindigd_op=row.beeindigd_op,
        referentie=row.referentie,
    )


def _row(signaal: Signaal, profiel: str) -> dict[str, Any]:
    return {
        "id": signaal.id,
        "convenant": signaal.convenant,
        "convenantversie": signaal.convenantversie,
        "epoche": signaal.epoche,
        "organisatie": signaal.organisatie,
        "signaalsoort": signaal.signaalsoort,
        "profiel": profiel,
        "medewerker": signaal.medewerker,
        "status": signaal.status.value,
        "ingediend_op": signaal.ingediend_op,
        "verloopt_op": signaal.verloopt_op,
        "referentie": signaal.referentie,
    }
