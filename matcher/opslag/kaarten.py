"""Contact cards in the database. Rows are erased with the tokens of their signal."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Table, delete, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.pg.database import add_all, table_of
from convenant.types import Epoche, Oin
from matcher.domein.kaart import Kaart, Omslag, Zegel
from matcher.opslag.keuze import one_of
from matcher.opslag.tabellen import (
    KaartomslagRij,
    KaartRij,
    KaartverzoekRij,
    KaartvrijgaveRij,
    KaartzegelRij,
    SignaalRij,
)
from matcher.types import SignaalId

_KAART, _OMSLAG, _ZEGEL = table_of(KaartRij), table_of(KaartomslagRij), table_of(KaartzegelRij)
_VERZOEK, _VRIJGAVE = table_of(KaartverzoekRij), table_of(KaartvrijgaveRij)
_SIGNAAL = table_of(SignaalRij)
_ADD_OMSLAGEN = text(
    """
    INSERT INTO kaartomslag (signaal_id, epoche, waarde)
    SELECT signaal_id, epoche, waarde
    FROM unnest(CAST(:signalen AS uuid[]), CAST(:epochen AS int[]), CAST(:waarden AS bytea[]))
        AS nieuw (signaal_id, epoche, waarde)
    WHERE EXISTS (SELECT FROM kaart WHERE kaart.signaal_id = nieuw.signaal_id)
    ON CONFLICT DO NOTHING
    """
)
# Whoever said that two signals are two persons gets no card of it any more, also not with news from before.
_SEPARATED = text(
    """
    SELECT DISTINCT kaart.signaal_id
    FROM kaart
    JOIN paar ON kaart.signaal_id IN (paar.een, paar.ander) AND paar.status IN ('onjuist', 'afgewezen')
    WHERE kaart.signaal_id = ANY(CAST(:signalen AS uuid[]))
        AND :ontvanger IN (paar.een_organisatie, paar.ander_organisatie)
    """
)


async def add(connection: AsyncConnection, kaarten: Sequence[tuple[SignaalId, Kaart]]) -> None:
    """Write the cards of new signals."""
    await add_all(connection, KaartRij, [{"signaal_id": s, "versleuteld": k.versleuteld} for s, k in kaarten])
    omslagen = [
        {"signaal_id": s, "epoche": omslag.epoche, "waarde": omslag.waarde} for s, k in kaarten for omslag in k.omslagen
    ]
    await add_all(connection, KaartomslagRij, omslagen)
    zegels = [
        {"signaal_id": s, "ontvanger": zegel.ontvanger, "waarde": zegel.waarde}
        for s, k in kaarten
        for zegel in k.zegels
    ]
    await add_all(connection, KaartzegelRij, zegels)


async def add_omslagen(connection: AsyncConnection, omslagen: Sequence[tuple[SignaalId, Omslag]]) -> None:
    """Add the card key under another epoch, for signals that have a card and not this omslag."""
    values = {
        "signalen": [signaal for signaal, _ in omslagen],
        "epochen": [omslag.epoche for _, omslag in omslagen],
        "waarden": [omslag.waarde for _, omslag in omslagen],
    }
    await connection.execute(_ADD_OMSLAGEN, values)


async def find(
    connection: AsyncConnection, signalen: Collection[SignaalId], *, ontvanger: Oin
) -> Mapping[SignaalId, Kaart]:
    """The cards of these signals that still exist, with the zegels of this receiver alone."""
    if not signalen:
        return {}
    ids = list(signalen)
    found = {r.signaal_id: r.versleuteld for r in await connection.execute(_KAART.select().where(_of(_KAART, ids)))}
    separated = await connection.execute(_SEPARATED, {"signalen": ids, "ontvanger": ontvanger})
    for signaal in separated.scalars():
        found.pop(signaal, None)
    omslagen: dict[SignaalId, list[Omslag]] = defaultdict(list)
    for row in await connection.execute(_OMSLAG.select().where(_of(_OMSLAG, ids)).order_by(_OMSLAG.c.epoche)):
        omslagen[row.signaal_id].append(Omslag(Epoche(row.epoche), row.waarde))
    zegels: dict[SignaalId, list[Zegel]] = defaultdict(list)
    own = (_of(_ZEGEL, ids), _ZEGEL.c.ontvanger == ontvanger)
    for row in await connection.execute(_ZEGEL.select().where(*own)):
        zegels[row.signaal_id].append(Zegel(Oin(row.ontvanger), row.waarde))
    return {s: Kaart(versleuteld, tuple(omslagen[s]), tuple(zegels[s])) for s, versleuteld in found.items()}


async def erase(connection: AsyncConnection, signalen: Iterable[SignaalId]) -> None:
    """Remove the cards of these signals, and what was asked about them (guarantee 8)."""
    ids = list(signalen)
    for table in (_KAART, _OMSLAG, _ZEGEL, _VERZOEK, _VRIJGAVE):
        await connection.execute(delete(table).where(_of(table, ids)))


async def erase_omslagen(connection: AsyncConnection, signalen: Iterable[SignaalId], epoche: Epoche) -> None:
    """Remove the card keys under one epoch."""
    await connection.execute(delete(_OMSLAG).where(_of(_OMSLAG, list(signalen)), _OMSLAG.c.epoche == epoche))


async def ask(connection: AsyncConnection, vrager: Oin, signaal: SignaalId, *, op: datetime) -> bool:
    """Remember that somebody asks for the card of this signal; False when that was open already."""
    statement = (
        insert(_VERZOEK)
        .values(vrager=vrager, signaal_id=signaal, gevraagd_op=op)
        .on_conflict_do_nothing()
        .returning(_VERZOEK.c.vrager)
    )
    return (await connection.execute(statement)).first() is not None


async def askers(connection: AsyncConnection, signalen: Iterable[SignaalId]) -> list[tuple[Oin, SignaalId]]:
    """Who asked for the card of one of these signals and has no answer yet."""
    rows = await connection.execute(select(_VERZOEK).where(_of(_VERZOEK, list(signalen))))
    return [(Oin(row.vrager), SignaalId(row.signaal_id)) for row in rows]


async def asked_of(connection: AsyncConnection, organisatie: Oin) -> list[tuple[Oin, SignaalId]]:
    """Who asked for a card of this organisation and has no answer yet, and of which signal."""
    rows = await connection.execute(
        select(_VERZOEK)
        .join(_SIGNAAL, _SIGNAAL.c.id == _VERZOEK.c.signaal_id)
        .where(_SIGNAAL.c.organisatie == organisatie)
    )
    return [(Oin(row.vrager), SignaalId(row.signaal_id)) for row in rows]


async def release(
    connection: AsyncConnection, vrijgave: UUID, signaal: SignaalId, ontvanger: Oin, zegel: bytes
) -> None:
    """Keep a card that was sealed for somebody who asked, until the signal ends."""
    values = {"id": vrijgave, "signaal_id": signaal, "ontvanger": ontvanger, "zegel": zegel}
    await connection.execute(_VRIJGAVE.insert().values(**values))


async def released(connection: AsyncConnection, vrijgaven: Collection[UUID], *, ontvanger: Oin) -> Mapping[UUID, bytes]:
    """The released cards of this receiver that still exist, by the id of the release."""
    where = (one_of(_VRIJGAVE.c.id, vrijgaven), _VRIJGAVE.c.ontvanger == ontvanger)
    return {row.id: row.zegel for row in await connection.execute(select(_VRIJGAVE).where(*where))}


async def answer(connection: AsyncConnection, vrager: Oin, signaal: SignaalId) -> None:
    """Forget a question that was answered."""
    where = (_VERZOEK.c.vrager == vrager, _VERZOEK.c.signaal_id == signaal)
    await connection.execute(delete(_VERZOEK).where(*where))


def _of(table: Table, ids: list[SignaalId]) -> ColumnElement[bool]:
    return one_of(table.c.signaal_id, ids)
