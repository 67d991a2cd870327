"""Notifications: fetched, or followed as a stream of server-sent events."""

from collections.abc import AsyncIterator, Callable
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query

from convenant.web.afhankelijkheden import PoortDep
from convenant.web.stroom import Stroomantwoord, comment, event
from matcher.diensten.kern import Aanroeper, Kern
from matcher.diensten.ophalen import follow_notificaties, wait_for_notificaties
from matcher.domein.cloudevent import cloud_event
from matcher.domein.notificatie import Notificatie
from matcher.http.afhankelijkheden import KernDep, Ontvanger, ToegangDep
from matcher.http.cursor import LimietQuery
from matcher.http.modellen import NotificatiesUitvoer, NotificatieUitvoer

router = APIRouter(tags=["Matches en notificaties"])

_HARTSLAG_SECONDS = 15.0
_SEQUENCE = "^[0-9]{10}$"

SequenceQuery = Annotated[
    str, Query(pattern=_SEQUENCE, description="Het hoogste nummer dat u al hebt verwerkt (de 'cursor').")
]
LastEventId = Annotated[
    str | None,
    Header(
        alias="Last-Event-ID",
        pattern=_SEQUENCE,
        description="Het nummer van de laatste NOTIFICATIE die aankwam. Gaat voor 'na'.",
    ),
]
WachtQuery = Annotated[int, Query(ge=0, le=30, description="Hoeveel seconden er op nieuws gewacht mag worden.")]


@router.get(
    "/notificaties",
    response_model=NotificatiesUitvoer,
    response_model_exclude_unset=True,
    summary="Haal NOTIFICATIES op",
    operation_id="haalNotificatiesOp",
)
async def read_notificaties(
    *,
    aanroeper: Ontvanger,
    kern: KernDep,
    poort: PoortDep,
    na: SequenceQuery = "0000000000",
    wacht: WachtQuery = 0,
    limiet: LimietQuery = 100,
) -> dict[str, Any]:
    """NOTIFICATIES na het genoemde nummer, op volgorde en zonder gaten; zo nodig wordt op de eerste gewacht."""
    found = await wait_for_notificaties(kern, aanroeper, na=int(na), limiet=limiet, wacht=wacht)
    events = [event_of(kern, notificatie, poort.basis_url) for notificatie in found]
    return {"notificaties": events, "cursor": events[-1]["sequence"] if events else na}


@router.get(
    "/notificaties/stroom",
    response_class=Stroomantwoord,
    summary="Volg NOTIFICATIES",
    operation_id="volgNotificaties",
    responses={
        200: {
            "description": "Server-sent events: 'id' is het nummer, 'event' het type, 'data' de NOTIFICATIE als JSON.",
            "content": {"text/event-stream": {"schema": {"type": "string"}}},
        }
    },
)
async def follow(
    *,
    aanroeper: Ontvanger,
    toegang: ToegangDep,
    kern: KernDep,
    poort: PoortDep,
    na: SequenceQuery = "0000000000",
    last_event_id: LastEventId = None,
) -> Stroomantwoord:
    """NOTIFICATIES na het genoemde nummer zodra ze er zijn, tot het toegangstoken verloopt. Ga daarna verder met het
    laatste nummer en een nieuw token.
    """  # noqa: D205 - one paragraph in the published description
    return Stroomantwoord(_lines(kern, aanroeper, int(last_event_id or na), toegang, poort.basis_url))


async def _lines(
    kern: Kern, aanroeper: Aanroeper, na: int, toegang: Callable[[], None], basis_url: str
) -> AsyncIterator[bytes]:
    batches = follow_notificaties(kern, aanroeper, na=na, toegang=toegang, hartslag=_HARTSLAG_SECONDS)
    async for batch in batches:
        yield b"".join(_line(kern, notificatie, basis_url) for notificatie in batch) or comment("hartslag")


def _line(kern: Kern, notificatie: Notificatie, basis_url: str) -> bytes:
    document = event_of(kern, notificatie, basis_url)
    # Through the published model, as when it is fetched.
    data = NotificatieUitvoer.model_validate(document).model_dump_json(by_alias=True, exclude_unset=True)
    return event(id_=document["sequence"], soort=document["type"], data=data)


def event_of(kern: Kern, notificatie: Notificatie, basis_url: str) -> dict[str, Any]:
    """The event as it travels, ready for JSON."""
    beheerder = kern.convenanten[notificatie.inhoud["convenant"]].matcher.beheerder
    return cloud_event(notificatie, beheerder=beheerder, basis_url=basis_url)
