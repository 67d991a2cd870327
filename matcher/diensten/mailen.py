"""Mailing that there is news: to each organisation one mail about all that happened since the one before.

In three steps with nothing open in between, as with webhooks. After a crash the same mail may go again, under the same
Message-ID.
"""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from convenant.types import ConvenantId, Oin
from matcher.diensten.bezorgronde import LONGEST_SECONDS, ontvangers_of, random_fraction, seconds_to_first
from matcher.diensten.kern import Kern, by_matcher
from matcher.domein.post import Emailkanaal, after_mail, due_at
from matcher.logboek import opslag as logboek
from matcher.opslag import emailkanalen, notificaties
from matcher.opslag.emailkanalen import Nieuws
from matcher.uitgaand.post import Postbus

_NAAM: Final = "e-mail versturen"
_SIDE_BY_SIDE: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bericht:
    """A mail that is to go: to whom, and about how much."""

    kanaal: Emailkanaal
    nieuws: Nieuws
    due: datetime


async def mail_due(kern: Kern) -> float:
    """Send the mail that is due; after how many seconds there is more to do, at most 60.

    An address that takes no mail holds up no other organisation. Raises TijdelijkNietBeschikbaar.
    """
    post = kern.required_uitgang.post
    if post is None:
        return LONGEST_SECONDS
    berichten = await _look(kern)
    now = [bericht for bericht in berichten if bericht.due <= kern.klok()]
    limit = asyncio.Semaphore(_SIDE_BY_SIDE)
    done = await asyncio.gather(*(_mail(kern, post, bericht, limit) for bericht in now), return_exceptions=True)
    for failure in done:
        if isinstance(failure, BaseException):
            raise failure
    left = await _look(kern) if now else berichten
    return seconds_to_first((bericht.due for bericht in left), op=kern.klok())


async def _look(kern: Kern) -> list[_Bericht]:
    """Every mail that is to go, now or later."""
    found: list[_Bericht] = []
    async with kern.transaction() as connection:
        kanalen = await emailkanalen.wanted(connection, ontvangers_of(kern))
    for kanaal in kanalen:
        # Each in a transaction of its own: numbering locks.
        async with kern.transaction() as connection:
            await notificaties.number(connection, kanaal.organisatie)
            nieuws = await emailkanalen.news(connection, kanaal)
        if nieuws is not None:
            due = due_at(kanaal.instelling, kanaal.stand, nieuws.ongemeld, op=kern.klok())
            found.append(_Bericht(kanaal=kanaal, nieuws=nieuws, due=due))
    return found


async def _mail(kern: Kern, post: Postbus, bericht: _Bericht, limit: asyncio.Semaphore) -> None:
    async with limit:
        door = await _claim(kern, bericht)
        if door is None:
            return
        gelukt = await _send(kern, post, bericht)
        stand = after_mail(
            bericht.kanaal.stand, bericht.nieuws.ongemeld.tot, gelukt=gelukt, op=kern.klok(), toeval=random_fraction()
        )
        async with kern.transaction() as connection:
            await emailkanalen.release(connection, bericht.kanaal.organisatie, door, stand)


async def _claim(kern: Kern, bericht: _Bericht) -> UUID | None:
    """What proves that this mail is ours to send, with a leaf in the access log before it goes for the first time."""
    op = kern.klok()
    async with kern.transaction() as connection:
        door = await emailkanalen.claim(connection, bericht.kanaal, op=op)
        if door is not None and bericht.kanaal.stand.pogingen == 0:
            handeling = by_matcher(kern.convenanten[bericht.nieuws.convenanten[0]], _NAAM, op=op)
            blad = kern.bladmaker.toegang(handeling, ontvanger=bericht.kanaal.organisatie, uitkomst="verstrekt")
            await logboek.append(connection, [blad])
    return door


async def _send(kern: Kern, post: Postbus, bericht: _Bericht) -> bool:
    """Whether the mail arrived at an address, or there is none to send to any more."""
    organisatie, na = bericht.kanaal.organisatie, str(bericht.kanaal.stand.gemeld_tot)
    adressen = _adressen(kern, organisatie, bericht.nieuws.convenanten)
    mark = kern.required_uitgang.kluis.mark
    taken = await asyncio.gather(
        *(post.send(adres, kenmerk=mark("e-mail", organisatie, adres, na), op=kern.deurklok()) for adres in adressen)
    )
    return any(taken) or not taken


def _adressen(kern: Kern, organisatie: Oin, convenanten: Iterable[ConvenantId]) -> list[str]:
    """The contact address of the organisation in each of these convenanten that it still takes part in."""
    parties = (kern.convenanten[id_] for id_ in convenanten)
    found = {each.partij(organisatie).contact.email for each in parties if each.has_partij(organisatie)}
    return sorted(found)
