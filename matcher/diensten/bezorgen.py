"""Delivering to webhooks: to each one event at a time, in order, and to many of them side by side.

Three steps, with nothing open in between: take hold of a webhook that something is due to, send, and write what came of
it. Whoever is killed halfway leaves a webhook that is free again after a while, and the same event goes again.
"""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from matcher.diensten.bezorgronde import ontvangers_of, random_fraction, seconds_to_first
from matcher.diensten.kaarten import with_kaarten
from matcher.diensten.kern import Kern, by_matcher
from matcher.domein.cloudevent import cloud_event
from matcher.domein.notificatie import Notificatie
from matcher.domein.webhook import Antwoord, Uitkomst, Webhook, Webhookstatus, after_handshake, after_try
from matcher.logboek import opslag as logboek
from matcher.opslag import notificaties, webhooks
from matcher.opslag.webhooks import Greep
from matcher.uitgaand.handtekening import HANDTEKENING, sign_detached
from matcher.uitgaand.webhook import Zending

_NAAM: Final = "notificatie bezorgen"
_SIDE_BY_SIDE: Final = 16
_LOOK_AGAIN_SECONDS: Final = 1.0


async def deliver_due(kern: Kern) -> float:
    """Send what is due to webhooks; after how many seconds there is more to do, at most 60.

    A webhook that is slow holds up no other one. Several workers may do this at the same time. Raises
    TijdelijkNietBeschikbaar, and whatever went wrong with one webhook once the others had their turn.
    """
    busy: set[asyncio.Task[None]] = set()
    failures: list[BaseException] = []
    try:
        while True:
            began = await _begin(kern, busy)
            if not busy:
                break
            if not began:
                await asyncio.wait(busy, timeout=_LOOK_AGAIN_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            failures += _ended(busy)
    finally:
        for task in busy:
            task.cancel()
        await asyncio.gather(*busy, return_exceptions=True)
    if failures:
        raise failures[0]
    return await _seconds_left(kern)


async def _begin(kern: Kern, busy: set[asyncio.Task[None]]) -> bool:
    """Take hold of a webhook and set to work on it, if one is waiting and there is room."""
    if len(busy) == _SIDE_BY_SIDE:
        return False
    async with kern.transaction() as connection:
        greep = await webhooks.claim(connection, ontvangers_of(kern), op=kern.klok())
    if greep is not None:
        busy.add(asyncio.create_task(_work(kern, greep)))
    return greep is not None


def _ended(busy: set[asyncio.Task[None]]) -> Iterator[BaseException]:
    for task in [task for task in busy if task.done()]:
        busy.remove(task)
        failure = task.exception()
        if failure is not None:
            yield failure


async def _work(kern: Kern, greep: Greep) -> None:
    if greep.webhook.stand.status is Webhookstatus.WACHT_OP_HANDDRUK:
        await _shake_hands(kern, greep)
        return
    notificatie = await _prepare(kern, greep)
    if notificatie is None:
        await _let_go(kern, greep)
        return
    antwoord = await _send(kern, greep.webhook, notificatie)
    await _finish(kern, greep, notificatie.nummer or 0, antwoord)


async def _shake_hands(kern: Kern, greep: Greep) -> None:
    antwoord = await kern.required_uitgang.webhooks.shake_hands(greep.webhook.url)
    stand = after_handshake(greep.webhook.stand, antwoord, op=kern.klok(), toeval=random_fraction())
    async with kern.transaction() as connection:
        await webhooks.release(connection, greep, stand)


async def _prepare(kern: Kern, greep: Greep) -> Notificatie | None:
    """The event that is to go now, with a leaf in the access log before it goes for the first time."""
    webhook = greep.webhook
    async with kern.transaction() as connection:
        await notificaties.number(connection, webhook.organisatie)
        notificatie = await _next(connection, webhook)
        if notificatie is None:
            return None
        if webhook.stand.pogingen == 0:
            convenant = kern.convenanten[notificatie.inhoud["convenant"]]
            blad = kern.bladmaker.toegang(
                by_matcher(convenant, _NAAM, op=kern.klok()),
                ontvanger=webhook.organisatie,
                webhook=str(webhook.id),
                gebeurtenissen=[str(notificatie.id)],
                uitkomst="verstrekt",
            )
            await logboek.append(connection, [blad])
        [inhoud] = await with_kaarten(connection, webhook.organisatie, [notificatie.inhoud])
    return replace(notificatie, inhoud=inhoud)


async def _next(connection: AsyncConnection, webhook: Webhook) -> Notificatie | None:
    letter = await webhooks.next_letter(connection, webhook.id)
    if letter is not None:
        found = await notificaties.find(connection, webhook.organisatie, [letter])
    else:
        found = await notificaties.page(connection, webhook.organisatie, na=webhook.stand.verwerkt_tot, limiet=1)
    return found[0] if found else None


async def _send(kern: Kern, webhook: Webhook, notificatie: Notificatie) -> Antwoord:
    uitgang = kern.required_uitgang
    beheerder = kern.convenanten[notificatie.inhoud["convenant"]].matcher.beheerder
    event = cloud_event(notificatie, beheerder=beheerder, basis_url=uitgang.basis_url)
    body = json.dumps(event, separators=(",", ":"), ensure_ascii=False).encode()
    handtekening = sign_detached(body, uitgang.sleutel, webhook=webhook.id, op=kern.deurklok())
    bearer = uitgang.kluis.open(webhook.bearer, webhook.id)
    if bearer is None:
        raise RuntimeError("a token in the database was not sealed by this matcher for this webhook")
    zending = Zending(url=webhook.url, body=body, bearer=bearer, handtekening=(HANDTEKENING, handtekening))
    return await uitgang.webhooks.send(zending)


async def _finish(kern: Kern, greep: Greep, nummer: int, antwoord: Antwoord) -> None:
    op = kern.klok()
    besluit = after_try(greep.webhook.stand, nummer, antwoord, op=op, toeval=random_fraction())
    async with kern.transaction() as connection:
        if not await webhooks.release(connection, greep, besluit.stand):
            return
        if besluit.dode_letter:
            await webhooks.add_letter(connection, greep.webhook.id, nummer, op=op)
        elif antwoord.uitkomst is Uitkomst.GELUKT:
            await webhooks.remove_letter(connection, greep.webhook.id, nummer)


async def _let_go(kern: Kern, greep: Greep) -> None:
    async with kern.transaction() as connection:
        await webhooks.release(connection, greep, greep.webhook.stand)


async def _seconds_left(kern: Kern) -> float:
    async with kern.transaction() as connection:
        moment = await webhooks.next_moment(connection, ontvangers_of(kern))
    return seconds_to_first([] if moment is None else [moment], op=kern.klok())
