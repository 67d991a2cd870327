"""Casussen in the database."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, exists, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.pg.database import add_all, table_of
from convenant.types import ConvenantId, Oin
from matcher.domein.casus import Casus, Casustoestand
from matcher.opslag.keuze import one_of
from matcher.opslag.tabellen import CasusgezienRij, CasuslidRij, CasusRij
from matcher.types import CasusId, SignaalId

_TABEL = table_of(CasusRij)
_LID = table_of(CasuslidRij)
_GEZIEN = table_of(CasusgezienRij)
_OPEN = _TABEL.c.toestand != Casustoestand.AFGESLOTEN.value
_JOIN = text(
    """
    INSERT INTO casuslid (casus_id, signaal_id, toegevoegd_op)
    SELECT :casus, signaal_id, :op FROM unnest(CAST(:signalen AS uuid[])) AS signaal_id
    ON CONFLICT DO NOTHING
    """
)


async def add(connection: AsyncConnection, casus: Casus) -> bool:
    """Insert a casus with its members; False when one with this id exists, and then nothing changes."""
    statement = insert(_TABEL).values(_row(casus)).on_conflict_do_nothing().returning(_TABEL.c.id)
    if (await connection.execute(statement)).first() is None:
        return False
    await join(connection, casus.id, casus.leden, op=casus.geopend_op)
    return True


async def join(connection: AsyncConnection, casus: CasusId, signalen: Iterable[SignaalId], *, op: datetime) -> None:
    """Let signals be in a casus; those that are in it already keep their moment."""
    await connection.execute(_JOIN, {"casus": casus, "signalen": list(signalen), "op": op})


async def leave(connection: AsyncConnection, signalen: Iterable[SignaalId]) -> None:
    """Forget of these signals in which casussen they were."""
    await connection.execute(delete(_LID).where(one_of(_LID.c.signaal_id, signalen)))


async def find(connection: AsyncConnection, casus: CasusId) -> Casus | None:
    """The casus with this id, of whichever organisation."""
    return next(iter(await _read(connection, _TABEL.c.id == casus)), None)


async def lock_own(connection: AsyncConnection, casus: CasusId, organisatie: Oin) -> Casus | None:
    """The organisation's own casus, its row locked until the transaction ends; None when there is none."""
    where = (_TABEL.c.id == casus, _TABEL.c.organisatie == organisatie)
    row = (await connection.execute(select(_TABEL.c.id).where(*where).with_for_update())).first()
    # Read again: whoever held the lock before us may have changed it.
    return await find(connection, casus) if row else None


async def open_with(connection: AsyncConnection, signalen: Iterable[SignaalId]) -> list[Casus]:
    """The casussen of anybody that are open and have one of these signals in them."""
    member = exists().where(_LID.c.casus_id == _TABEL.c.id, one_of(_LID.c.signaal_id, signalen))
    return await _read(connection, member, _OPEN)


async def own_with(connection: AsyncConnection, organisatie: Oin, signalen: Iterable[SignaalId]) -> list[Casus]:
    """The organisation's casussen that have one of these signals in them, also closed ones."""
    member = exists().where(_LID.c.casus_id == _TABEL.c.id, one_of(_LID.c.signaal_id, signalen))
    return await _read(connection, member, _TABEL.c.organisatie == organisatie)


async def page(
    connection: AsyncConnection,
    organisatie: Oin,
    *,
    convenanten: Iterable[ConvenantId],
    standen: Collection[Casustoestand],
    na: int,
    limiet: int,
) -> list[tuple[int, Casus]]:
    """The organisation's casussen that stand so, after volgnummer `na`, in order of registration."""
    statement = (
        select(_TABEL)
        .where(
            _TABEL.c.organisatie == organisatie,
            one_of(_TABEL.c.convenant, convenanten),
            one_of(_TABEL.c.toestand, [stand.value for stand in standen]),
            _TABEL.c.volgnummer > na,
        )
        .order_by(_TABEL.c.volgnummer)
        .limit(limiet)
    )
    rows = list(await connection.execute(statement))
    found = await _with_leden(connection, rows)
    return [(row.volgnummer, casus) for row, casus in zip(rows, found, strict=True)]


async def place_of(connection: AsyncConnection, organisatie: Oin, casus: UUID) -> int | None:
    """The volgnummer of one's own casus; None when there is none with this id."""
    where = (_TABEL.c.id == casus, _TABEL.c.organisatie == organisatie)
    place: int | None = (await connection.execute(select(_TABEL.c.volgnummer).where(*where))).scalar()
    return place


async def keep(connection: AsyncConnection, casus: Casus) -> None:
    """Write where a casus stands now; its members are for `join`."""
    values = _row(casus)
    await connection.execute(update(_TABEL).where(_TABEL.c.id == casus.id).values(values))


async def seen_in(connection: AsyncConnection, casussen: Iterable[CasusId]) -> Mapping[CasusId, set[SignaalId]]:
    """What the owner saw in each of these casussen."""
    statement = select(_GEZIEN).where(one_of(_GEZIEN.c.casus_id, casussen))
    found: dict[CasusId, set[SignaalId]] = {}
    for row in await connection.execute(statement):
        found.setdefault(CasusId(row.casus_id), set()).add(SignaalId(row.signaal_id))
    return found


async def see(connection: AsyncConnection, casus: CasusId, signalen: Iterable[SignaalId]) -> None:
    """Remember that the owner saw these signals in its casus, and nothing else."""
    await connection.execute(delete(_GEZIEN).where(_GEZIEN.c.casus_id == casus))
    await add_all(connection, CasusgezienRij, [{"casus_id": casus, "signaal_id": signaal} for signaal in signalen])


async def _read(connection: AsyncConnection, *where: ColumnElement[bool]) -> list[Casus]:
    rows = await connection.execute(select(_TABEL).where(*where).order_by(_TABEL.c.volgnummer))
    return await _with_leden(connection, list(rows))


async def _with_leden(connection: AsyncConnection, rows: Sequence[Any]) -> list[Casus]:
    if not rows:
        return []
    statement = select(_LID).where(one_of(_LID.c.casus_id, [row.id for row in rows])).order_by(_LID.c.signaal_id)
    leden: dict[UUID, dict[SignaalId, datetime]] = {}
    for lid in await connection.execute(statement):
        leden.setdefault(lid.casus_id, {})[SignaalId(lid.signaal_id)] = lid.toegevoegd_op
    return [replace(_casus(row), leden=leden.get(row.id, {})) for row in rows]


def _row(casus: Casus) -> dict[str, Any]:
    return {
        "id": casus.id,
        "convenant": casus.convenant,
        "organisatie": casus.organisatie,
        "nummer": casus.nummer,
        "toestand": casus.stand.value,
        "toestand_sinds": casus.stand_sinds,
        "acuut": casus.acuut,
        "geopend_op": casus.geopend_op,
        "gewijzigd_op": casus.gewijzigd_op,
        "monitoring_tot": casus.monitoring_tot,
        "overgedragen_aan": casus.overgedragen_aan,
    }


def _casus(row: Any) -> Casus:
    return Casus(
        id=CasusId(row.id),
        convenant=ConvenantId(row.convenant),
        organisatie=Oin(row.organisatie),
        nummer=row.nummer,
        stand=Casustoestand(row.toestand),
        stand_sinds=row.toestand_sinds,
        acuut=row.acuut,
        geopend_op=row.geopend_op,
        gewijzigd_op=row.gewijzigd_op,
        monitoring_tot=row.monitoring_tot,
        overgedragen_aan=Oin(row.overgedragen_aan) if row.overgedragen_aan else None,
    )
