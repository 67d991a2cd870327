"""The terms of pairs: to look whether a possible match is right, and to release a card that was asked for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.model import Convenant
from convenant.termijncodes import BEVESTIGING_NA_MOGELIJKE_MATCH, KAARTVRIJGAVE
from convenant.types import ConvenantId, Oin
from matcher.diensten.kern import Kern
from matcher.diensten.termijnen import Begin, start_all
from matcher.domein.paar import Kant, Paar
from matcher.domein.signaal import Signaal
from matcher.domein.termijn import Onderwerpsoort, asks_nothing
from matcher.opslag import termijnen
from matcher.types import Paarkenmerk, Paarstatus, SignaalId


async def begin_bevestiging(
    kern: Kern,
    connection: AsyncConnection,
    paren: Iterable[Paar],
    signalen: Mapping[SignaalId, Signaal],
    *,
    op: datetime,
) -> None:
    """Let the term of both sides of these new pairs begin."""
    per_convenant: dict[ConvenantId, list[Begin]] = defaultdict(list)
    for paar in paren:
        convenant = kern.convenanten[paar.convenant]
        for kant in paar.kanten:
            if not asks_nothing(convenant, signalen[kant.signaal].signaalsoort):
                per_convenant[paar.convenant].append(_begin(kant))
    for id_, begins in per_convenant.items():
        await start_all(connection, kern.convenanten[id_], begins, op=op)


async def end_bevestiging(connection: AsyncConnection, paren: Iterable[Paar], *, op: datetime) -> None:
    """End the term of every side that has nothing left to say about its pair."""
    answered = [kant.kenmerk for paar in paren for kant in paar.kanten if not awaits(paar, kant)]
    await termijnen.end(connection, answered, [BEVESTIGING_NA_MOGELIJKE_MATCH], organisatie=None, op=op)


def awaits(paar: Paar, kant: Kant) -> bool:
    """Whether this side still has to confirm or reject: also when the other one did so alone, in acute danger."""
    return kant.bevestiging is None and paar.status in (Paarstatus.OPEN, Paarstatus.BEVESTIGD)


async def begin_kaartvrijgave(
    connection: AsyncConnection,
    convenant: Convenant,
    *,
    vrager: Oin,
    signaal: Signaal,
    paar: Paarkenmerk,
    op: datetime,
) -> None:
    """Let the term of the organisation begin whose card was asked, about the pair as it knows it."""
    begin = Begin(
        code=KAARTVRIJGAVE,
        organisatie=signaal.organisatie,
        soort=Onderwerpsoort.KAARTVERZOEK,
        onderwerp=paar,
        bron=kaartbron(vrager, signaal.id),
    )
    await start_all(connection, convenant, [begin], op=op)


async def end_kaartvrijgave(
    connection: AsyncConnection, verzoeken: Iterable[tuple[Oin, SignaalId]], *, op: datetime
) -> None:
    """End the terms of these requests: the card was released, or its signal ended."""
    bronnen = [kaartbron(vrager, signaal) for vrager, signaal in verzoeken]
    await termijnen.end(connection, bronnen, [KAARTVRIJGAVE], organisatie=None, op=op)


def kaartbron(vrager: Oin, signaal: SignaalId) -> UUID:
    """By what the term of this request is known."""
    return uuid5(signaal, vrager)


def _begin(kant: Kant) -> Begin:
    return Begin(
        code=BEVESTIGING_NA_MOGELIJKE_MATCH,
        organisatie=kant.organisatie,
        soort=Onderwerpsoort.MOGELIJKE_MATCH,
        onderwerp=kant.kenmerk,
        bron=kant.kenmerk,
    )
