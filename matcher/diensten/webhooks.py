"""An organisation's own webhooks: registering, looking, removing, and going on after trouble."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.web.errors import Conflict, Invoerfout, NietGevonden, OngeldigeInvoer
from matcher.diensten.kaarten import with_kaarten
from matcher.diensten.kern import Aanroeper, Kern
from matcher.domein.notificatie import Notificatie
from matcher.domein.webhook import Webhook, new_stand, resumed
from matcher.logboek import opslag as logboek
from matcher.logboek.blad import Json
from matcher.opslag import notificaties, webhooks
from matcher.types import WebhookId
from matcher.uitgaand.adres import AdresFout, parse_url

MAX_WEBHOOKS: Final = 5
MAX_LETTERS: Final = 100
_ONBEKEND: Final = "Uw organisatie heeft geen webhook met dit id."


@dataclass(frozen=True, slots=True)
class Webhookbeeld:
    """A webhook as its organisation sees it."""

    webhook: Webhook
    dode_letters: int


async def register_webhook(kern: Kern, aanroeper: Aanroeper, url: str, bearer: str) -> Webhookbeeld:
    """Have what comes from now on sent to this URL, once the handshake came back.

    The URL of a webhook that there is gives that webhook, which sends the new token along from now on. Raises
    OngeldigeInvoer for a URL to which the matcher does not connect, and Conflict when there are too many.
    """
    try:
        parse_url(url, kern.omgeving)
    except AdresFout as fout:
        finding = Invoerfout("/url", "url", str(fout))
        raise OngeldigeInvoer("Hier kan de matcher geen berichten heen sturen.", fouten=(finding,)) from fout
    op = kern.klok()
    async with kern.transaction() as connection:
        # One registration at a time, or two of them together could pass the limit.
        laatste = await notificaties.lock_last_number(connection, aanroeper.client)
        own = await webhooks.own(connection, aanroeper.client)
        id_ = next((webhook.id for webhook in own if webhook.url == url), None)
        if id_ is not None:
            await webhooks.keep_bearer(connection, id_, kern.required_uitgang.kluis.seal(bearer, id_))
        elif len(own) >= MAX_WEBHOOKS:
            raise Conflict(f"Een organisatie heeft hoogstens {MAX_WEBHOOKS} webhooks. Verwijder er eerst een.")
        else:
            id_ = await _add(kern, connection, aanroeper, url=url, bearer=bearer, laatste=laatste, op=op)
        await _log(kern, connection, aanroeper, "webhook aanmelden", op=op, webhook=str(id_))
        beeld = await _beeld(connection, aanroeper, id_)
    kern.wekker.wake([aanroeper.client])
    return beeld


async def own_webhooks(kern: Kern, aanroeper: Aanroeper) -> list[Webhookbeeld]:
    """The organisation's webhooks, oldest first."""
    async with kern.transaction() as connection:
        own = await webhooks.own(connection, aanroeper.client)
        counts = await webhooks.count_letters(connection, [webhook.id for webhook in own])
    return [Webhookbeeld(webhook, counts[webhook.id]) for webhook in own]


async def remove_webhook(kern: Kern, aanroeper: Aanroeper, id_: WebhookId) -> None:
    """Send nothing there any more; what is on its way may still arrive. Raises NietGevonden."""
    async with kern.transaction() as connection:
        await _lock(connection, aanroeper, id_)
        await webhooks.remove(connection, id_)
        await _log(kern, connection, aanroeper, "webhook verwijderen", op=kern.klok(), webhook=str(id_))


async def resume_webhook(kern: Kern, aanroeper: Aanroeper, id_: WebhookId) -> Webhookbeeld:
    """Begin again where it stopped, with the handshake; also when nothing was wrong. Raises NietGevonden."""
    op = kern.klok()
    async with kern.transaction() as connection:
        webhook = await _lock(connection, aanroeper, id_)
        await webhooks.put(connection, id_, resumed(webhook.stand, op=op))
        await _log(kern, connection, aanroeper, "webhook hervatten", op=op, webhook=str(id_))
        beeld = await _beeld(connection, aanroeper, id_)
    kern.wekker.wake([aanroeper.client])
    return beeld


async def resend_letters(kern: Kern, aanroeper: Aanroeper, id_: WebhookId) -> Webhookbeeld:
    """Have the dead letters sent again, before what comes next, once it is active. Raises NietGevonden."""
    async with kern.transaction() as connection:
        await _lock(connection, aanroeper, id_)
        await webhooks.resend_letters(connection, id_)
        await _log(kern, connection, aanroeper, "dode letters herbezorgen", op=kern.klok(), webhook=str(id_))
        beeld = await _beeld(connection, aanroeper, id_)
    kern.wekker.wake([aanroeper.client])
    return beeld


async def read_letters(kern: Kern, aanroeper: Aanroeper, id_: WebhookId) -> list[Notificatie]:
    """The first hundred events that the webhook did not take, in order. Raises NietGevonden."""
    async with kern.transaction() as connection:
        await _lock(connection, aanroeper, id_)
        nummers = await webhooks.letters(connection, id_, limiet=MAX_LETTERS)
        found = await notificaties.find(connection, aanroeper.client, nummers)
        inhouden = await with_kaarten(connection, aanroeper.client, (notificatie.inhoud for notificatie in found))
        if found:
            read: dict[str, Json] = {"gebeurtenissen": [str(notificatie.id) for notificatie in found]}
            await _log(
                kern,
                connection,
                aanroeper,
                "dode letters inzien",
                op=kern.klok(),
                webhook=str(id_),
                aantal=len(found),
                **read,
            )
    return [replace(notificatie, inhoud=inhoud) for notificatie, inhoud in zip(found, inhouden, strict=True)]


async def _add(
    kern: Kern, connection: AsyncConnection, aanroeper: Aanroeper, *, url: str, bearer: str, laatste: int, op: datetime
) -> WebhookId:
    id_ = WebhookId(uuid4())
    webhook = Webhook(
        id=id_,
        organisatie=aanroeper.client,
        url=url,
        bearer=kern.required_uitgang.kluis.seal(bearer, id_),
        aangemaakt_op=op,
        stand=new_stand(laatste, op=op),
    )
    await webhooks.add(connection, webhook)
    return id_


async def _lock(connection: AsyncConnection, aanroeper: Aanroeper, id_: WebhookId) -> Webhook:
    webhook = await webhooks.lock_own(connection, aanroeper.client, id_)
    if webhook is None:
        raise NietGevonden(_ONBEKEND)
    return webhook


async def _beeld(connection: AsyncConnection, aanroeper: Aanroeper, id_: WebhookId) -> Webhookbeeld:
    webhook = await _lock(connection, aanroeper, id_)
    counts = await webhooks.count_letters(connection, [id_])
    return Webhookbeeld(webhook, counts[id_])


async def _log(
    kern: Kern, connection: AsyncConnection, aanroeper: Aanroeper, naam: str, *, op: datetime, **more: Json
) -> None:
    blad = kern.bladmaker.toegang(aanroeper.handeling(naam, op=op), uitkomst="verwerkt", **more)
    await logboek.append(connection, [blad])
