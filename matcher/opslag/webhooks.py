"""Webhooks in the database.

Who delivers to one holds it for a while (`Greep`), in the row and not in a transaction: nothing is open while the
receiver takes its time, and after a crash the row is free again by itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.pg.database import table_of
from convenant.types import Oin
from matcher.domein.webhook import GREEP, LANGSTE_WACHT, Bezorgstand, Webhook, Webhookstatus
from matcher.opslag.tabellen import DodeLetterRij, WebhookRij
from matcher.types import WebhookId

_TABEL = table_of(WebhookRij)
_LETTER = table_of(DodeLetterRij)

_SOMETHING_TO_SEND = """
    organisatie = ANY(CAST(:organisaties AS varchar[])) AND (
        status = 'wacht-op-handdruk'
        OR status = 'actief' AND (
            EXISTS (SELECT FROM dode_letter WHERE webhook_id = webhook.id AND opnieuw)
            OR EXISTS (SELECT FROM notificatie WHERE ontvanger = organisatie AND nummer IS NULL)
            OR EXISTS (SELECT FROM notificatie WHERE ontvanger = organisatie AND nummer > verwerkt_tot)
        )
    )
"""
# What lies further ahead than it can was written before the clock was put back.
_CLAIM = text(
    f"""
    WITH vrij AS (
        SELECT id FROM webhook
        WHERE {_SOMETHING_TO_SEND}
            AND (volgende_op <= :op OR volgende_op > :op + :wacht)
            AND (bezet_tot IS NULL OR bezet_tot <= :op OR bezet_tot > :op + :greep)
        ORDER BY volgende_op, id LIMIT 1 FOR UPDATE SKIP LOCKED
    )
    UPDATE webhook SET bezet_door = :door, bezet_tot = :op + :greep
    FROM vrij WHERE webhook.id = vrij.id RETURNING webhook.*
    """  # noqa: S608 - nothing but our own text
)
_NEXT = text(
    f"SELECT min(greatest(volgende_op, bezet_tot)) FROM webhook WHERE {_SOMETHING_TO_SEND}"  # noqa: S608
)


@dataclass(frozen=True, slots=True)
class Greep:
    """A webhook that is ours to deliver to, for `GREEP` from the claim."""

    webhook: Webhook
    door: UUID


async def add(connection: AsyncConnection, webhook: Webhook) -> None:
    """Insert a webhook, of which the organisation has none with the same URL."""
    statement = insert(_TABEL).values(
        id=webhook.id,
        organisatie=webhook.organisatie,
        url=webhook.url,
        bearer=webhook.bearer,
        aangemaakt_op=webhook.aangemaakt_op,
        **_stand_values(webhook.stand),
    )
    await connection.execute(statement)


async def keep_bearer(connection: AsyncConnection, id_: WebhookId, bearer: bytes) -> None:
    """Have another token sent along from now on."""
    await connection.execute(update(_TABEL).where(_TABEL.c.id == id_).values(bearer=bearer))


async def own(connection: AsyncConnection, organisatie: Oin) -> list[Webhook]:
    """The webhooks of the organisation, oldest first."""
    statement = select(_TABEL).where(_TABEL.c.organisatie == organisatie).order_by(_TABEL.c.aangemaakt_op, _TABEL.c.id)
    return [_webhook(row) for row in await connection.execute(statement)]


async def lock_own(connection: AsyncConnection, organisatie: Oin, id_: WebhookId) -> Webhook | None:
    """A webhook of the organisation, its row locked; None when there is none with this id."""
    statement = select(_TABEL).where(_TABEL.c.organisatie == organisatie, _TABEL.c.id == id_).with_for_update()
    row = (await connection.execute(statement)).first()
    return None if row is None else _webhook(row)


async def remove(connection: AsyncConnection, id_: WebhookId) -> None:
    """Remove a webhook and its dead letters."""
    await connection.execute(delete(_TABEL).where(_TABEL.c.id == id_))


async def put(connection: AsyncConnection, id_: WebhookId, stand: Bezorgstand) -> None:
    """Say anew how far a webhook is; who is delivering to it loses it."""
    values = {**_stand_values(stand), "bezet_door": None, "bezet_tot": None}
    await connection.execute(update(_TABEL).where(_TABEL.c.id == id_).values(**values))


async def claim(connection: AsyncConnection, organisaties: Iterable[Oin], *, op: datetime) -> Greep | None:
    """A webhook of one of these organisations to which something is due and nobody delivers; None when there is none.

    Rows that another is claiming at this moment are left to it.
    """
    door = uuid4()
    row = (await connection.execute(_CLAIM, {**_due(organisaties, op), "greep": GREEP, "door": door})).first()
    return None if row is None else Greep(_webhook(row), door)


async def release(connection: AsyncConnection, greep: Greep, stand: Bezorgstand) -> bool:
    """Write how far a webhook is and let go of it; False, and nothing changed, when it was no longer ours."""
    mine = (_TABEL.c.id == greep.webhook.id, _TABEL.c.bezet_door == greep.door)
    values = {**_stand_values(stand), "bezet_door": None, "bezet_tot": None}
    statement = update(_TABEL).where(*mine).values(**values).returning(_TABEL.c.id)
    return (await connection.execute(statement)).first() is not None


async def next_moment(connection: AsyncConnection, organisaties: Iterable[Oin]) -> datetime | None:
    """When the first webhook with something to send is to be looked at; None when there is nothing to send."""
    result = await connection.execute(_NEXT, {"organisaties": list(organisaties)})
    moment: datetime | None = result.scalar_one()
    return moment


async def next_letter(connection: AsyncConnection, id_: WebhookId) -> int | None:
    """The number of the first dead letter that is to be sent again; None when there is none."""
    statement = select(func.min(_LETTER.c.nummer)).where(_LETTER.c.webhook_id == id_, _LETTER.c.opnieuw)
    nummer: int | None = (await connection.execute(statement)).scalar_one()
    return nummer


async def add_letter(connection: AsyncConnection, id_: WebhookId, nummer: int, *, op: datetime) -> None:
    """Keep that a webhook did not take the event of this number."""
    values = {"op": op, "opnieuw": False}
    statement = insert(_LETTER).values(webhook_id=id_, nummer=nummer, **values)
    await connection.execute(
        statement.on_conflict_do_update(index_elements=[_LETTER.c.webhook_id, _LETTER.c.nummer], set_=values)
    )


async def remove_letter(connection: AsyncConnection, id_: WebhookId, nummer: int) -> None:
    """Forget a dead letter, if there is one: it arrived after all."""
    await connection.execute(delete(_LETTER).where(_LETTER.c.webhook_id == id_, _LETTER.c.nummer == nummer))


async def letters(connection: AsyncConnection, id_: WebhookId, *, limiet: int) -> list[int]:
    """The numbers of the first dead letters of a webhook, in order."""
    statement = select(_LETTER.c.nummer).where(_LETTER.c.webhook_id == id_).order_by(_LETTER.c.nummer).limit(limiet)
    return list((await connection.execute(statement)).scalars())


async def count_letters(connection: AsyncConnection, ids: Sequence[WebhookId]) -> dict[WebhookId, int]:
    """How many dead letters each of these webhooks has."""
    statement = (
        select(_LETTER.c.webhook_id, func.count()).where(_LETTER.c.webhook_id.in_(ids)).group_by(_LETTER.c.webhook_id)
    )
    found = {WebhookId(id_): count for id_, count in await connection.execute(statement)}
    return {id_: found.get(id_, 0) for id_ in ids}


async def resend_letters(connection: AsyncConnection, id_: WebhookId) -> None:
    """Have every dead letter of a webhook sent again."""
    await connection.execute(update(_LETTER).where(_LETTER.c.webhook_id == id_).values(opnieuw=True))
    await connection.execute(update(_TABEL).where(_TABEL.c.id == id_).values(weigeringen=0))


def _due(organisaties: Iterable[Oin], op: datetime) -> dict[str, Any]:
    return {"organisaties": list(organisaties), "op": op, "wacht": LANGSTE_WACHT}


def _stand_values(stand: Bezorgstand) -> dict[str, Any]:
    return {**asdict(stand), "status": stand.status.value}


def _webhook(row: Any) -> Webhook:
    return Webhook(
        id=WebhookId(row.id),
        organisatie=Oin(row.organisatie),
        url=row.url,
        bearer=row.bearer,
        aangemaakt_op=row.aangemaakt_op,
        stand=Bezorgstand(
            status=Webhookstatus(row.status),
            verwerkt_tot=row.verwerkt_tot,
            volgende_op=row.volgende_op,
            pogingen=row.pogingen,
            weigeringen=row.weigeringen,
            mislukt_sinds=row.mislukt_sinds,
            per_minuut=row.per_minuut,
        ),
    )
