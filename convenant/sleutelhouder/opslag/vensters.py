"""Bulk windows, who approved them, and what was taken out of them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from joserfc.jwk import OKPKey
from sqlalchemy import ColumnElement, Row, func, insert, select, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.pg.database import table_of
from convenant.sleutelhouder.domein.venster import Venster, approves
from convenant.sleutelhouder.opslag.tabellen import GoedkeuringRij, VensterRij, VensterverbruikRij
from convenant.sleutelhouder.types import Beheerder, VensterId
from convenant.types import ConvenantId, Oin

_VENSTER = table_of(VensterRij)
_GOEDKEURING = table_of(GoedkeuringRij)
_VERBRUIK = table_of(VensterverbruikRij)

Beheerders = Mapping[Beheerder, OKPKey]
"""The registered operators, each with a public key."""


async def add(connection: AsyncConnection, venster: Venster) -> None:
    """Store a window that was asked for."""
    await connection.execute(
        insert(_VENSTER).values(
            id=venster.id,
            convenant=venster.convenant,
            organisatie=venster.organisatie,
            punten=venster.punten,
            aangevraagd_op=venster.aangevraagd_op,
        )
    )


async def lock_organisatie(connection: AsyncConnection, convenant: ConvenantId, organisatie: Oin) -> None:
    """Wait until nobody else asks for a window of this organisation, and keep it so until the transaction ends."""
    # There may be no row to lock yet. Two keys with one hash only wait for each other.
    key = f"venster/{convenant}/{organisatie}"
    await connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(key, 0))))


async def of_organisatie(
    connection: AsyncConnection, organisatie: Oin, beheerders: Beheerders, *, convenant: ConvenantId | None = None
) -> list[Venster]:
    """The organisation's windows, oldest first. An approval counts only as far as it holds under a registered key."""
    where = [_VENSTER.c.organisatie == organisatie]
    if convenant is not None:
        where.append(_VENSTER.c.convenant == convenant)
    return await _find(connection, beheerders, *where)


async def all_of(connection: AsyncConnection, beheerders: Beheerders) -> list[Venster]:
    """Every window, oldest first."""
    return await _find(connection, beheerders)


async def lock_one(connection: AsyncConnection, venster_id: VensterId, beheerders: Beheerders) -> Venster | None:
    """One window, which nobody else can approve until the transaction ends; None when there is no such window."""
    statement = select(_VENSTER.c.id).where(_VENSTER.c.id == venster_id).with_for_update()
    if (await connection.execute(statement)).first() is None:
        return None
    return (await _find(connection, beheerders, _VENSTER.c.id == venster_id))[0]


async def approve(
    connection: AsyncConnection, venster: Venster, beheerder: Beheerder, verklaring: str, *, op: datetime
) -> None:
    """Store the period and an operator's approval of it."""
    await connection.execute(
        update(_VENSTER).where(_VENSTER.c.id == venster.id).values(van=venster.van, tot=venster.tot)
    )
    await connection.execute(
        insert(_GOEDKEURING).values(venster_id=venster.id, beheerder=beheerder, verklaring=verklaring, op=op)
    )


async def take(connection: AsyncConnection, venster: Venster, punten: Mapping[str, int]) -> None:
    """Count points as taken out of the window. The caller holds the lock of `verbruik.lock` on these codes."""
    rows = [
        {"venster_id": venster.id, "code": code, "gebruikt": aantal}
        for code, aantal in sorted(punten.items())
        if aantal
    ]
    if not rows:
        return
    statement = postgresql.insert(_VERBRUIK).values(rows)
    await connection.execute(
        statement.on_conflict_do_update(
            index_elements=["venster_id", "code"],
            set_={"gebruikt": _VERBRUIK.c.gebruikt + statement.excluded.gebruikt},
        )
    )


async def _find(connection: AsyncConnection, beheerders: Beheerders, *where: ColumnElement[bool]) -> list[Venster]:
    rows = (await connection.execute(select(_VENSTER).where(*where).order_by(_VENSTER.c.aangevraagd_op))).all()
    ids = [row.id for row in rows]
    verklaringen: defaultdict[VensterId, list[tuple[Beheerder, str]]] = defaultdict(list)
    for row in await connection.execute(select(_GOEDKEURING).where(_GOEDKEURING.c.venster_id.in_(ids))):
        verklaringen[row.venster_id].append((row.beheerder, row.verklaring))
    gebruikt: defaultdict[VensterId, dict[str, int]] = defaultdict(dict)
    for row in await connection.execute(select(_VERBRUIK).where(_VERBRUIK.c.venster_id.in_(ids))):
        gebruikt[row.venster_id][row.code] = row.gebruikt
    return [_venster(row, gebruikt[row.id], verklaringen[row.id], beheerders) for row in rows]


def _venster(
    row: Row[tuple[object, ...]],
    gebruikt: Mapping[str, int],
    verklaringen: list[tuple[Beheerder, str]],
    beheerders: Beheerders,
) -> Venster:
    venster = Venster(
        id=row.id,
        convenant=row.convenant,
        organisatie=row.organisatie,
        punten=row.punten,
        aangevraagd_op=row.aangevraagd_op,
        van=row.van,
        tot=row.tot,
        gebruikt=gebruikt,
    )
    held = {
        naam
        for naam, verklaring in verklaringen
        if naam in beheerders and approves(verklaring, venster, naam, beheerders[naam])
    }
    return replace(venster, goedkeurders=frozenset(held))
