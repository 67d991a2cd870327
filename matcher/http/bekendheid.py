"""Asking who knows a person, and answering from the own register."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Path

from convenant.web.afhankelijkheden import json_body
from convenant.web.errors import Invoerfout, OngeldigeInvoer
from matcher.diensten.bekendheid import ask, close_own, read
from matcher.diensten.bekendheidsantwoorden import agree, answer
from matcher.domein.bekendheid import STAP
from matcher.http.afhankelijkheden import Deelnemer, KernDep, Signaleerder
from matcher.http.bekendheidmodellen import (
    AkkoordInvoer,
    AkkoordUitvoer,
    BekendheidsantwoordInvoer,
    BekendheidsantwoordUitvoer,
    BekendheidsstandUitvoer,
    BekendheidsvraagInvoer,
    BekendheidsvraagUitvoer,
    SluitingInvoer,
)
from matcher.types import VraagId

router = APIRouter(tags=["Bekendheidsvragen"])

VraagPad = Annotated[UUID, Path(description="Het id van de BEKENDHEIDSVRAAG.")]


@router.post(
    "/bekendheidsvragen",
    status_code=201,
    response_model=BekendheidsvraagUitvoer,
    dependencies=[Depends(json_body)],
    summary="Stel een BEKENDHEIDSVRAAG",
    operation_id="stelBekendheidsvraag",
)
async def put_vraag(aanroeper: Deelnemer, kern: KernDep, invoer: BekendheidsvraagInvoer) -> dict[str, Any]:
    """Wie kent deze personen? U hoort alleen wie ze kent. Herhalen met hetzelfde id verandert niets."""
    return await ask(kern, aanroeper, invoer.to_stelling(kern))


@router.get(
    "/bekendheidsvragen/{id}",
    response_model=BekendheidsstandUitvoer,
    response_model_exclude_unset=True,
    summary="Bekijk een eigen BEKENDHEIDSVRAAG",
    operation_id="bekijkBekendheidsvraag",
)
async def read_vraag(
    id: VraagPad,  # noqa: A002 - the name in the path
    aanroeper: Deelnemer,
    kern: KernDep,
) -> dict[str, Any]:
    """Wie tot nu toe welke persoon kent, voor zover het convenant dat vandaag toestaat; tot 30 dagen na het sluiten."""
    return await read(kern, aanroeper, VraagId(id))


@router.post(
    "/bekendheidsvragen/{id}/antwoorden",
    status_code=201,
    response_model=BekendheidsantwoordUitvoer,
    dependencies=[Depends(json_body)],
    summary="Beantwoord een BEKENDHEIDSVRAAG",
    operation_id="beantwoordBekendheidsvraag",
)
async def answer_vraag(
    id: VraagPad,  # noqa: A002 - the name in the path
    aanroeper: Signaleerder,
    kern: KernDep,
    invoer: BekendheidsantwoordInvoer,
) -> dict[str, Any]:
    """Wat niet overeenkomt, wordt niet bewaard. Opnieuw antwoorden kan zolang de vraag loopt."""
    if len(invoer.tokens) % STAP:
        fout = Invoerfout("/tokens", "geen-veelvoud", f"Vul aan met willekeurige tokens tot een veelvoud van {STAP}.")
        raise OngeldigeInvoer("Het aantal tokens klopt niet.", fouten=(fout,))
    return await answer(kern, aanroeper, VraagId(id), invoer.hashes(kern))


@router.post(
    "/bekendheidsvragen/{id}/akkoorden",
    status_code=201,
    response_model=AkkoordUitvoer,
    dependencies=[Depends(json_body)],
    summary="Laat weten of een eigen cliënt bekend is",
    operation_id="zegBekend",
)
async def say(
    id: VraagPad,  # noqa: A002 - the name in the path
    aanroeper: Signaleerder,
    kern: KernDep,
    invoer: AkkoordInvoer,
) -> dict[str, Any]:
    """Alleen als uw organisatie na akkoord antwoordt. Een nee zegt de vrager niets."""
    return await agree(kern, aanroeper, VraagId(id), invoer.hash(kern), bekend=invoer.bekend)


@router.post(
    "/bekendheidsvragen/{id}/sluitingen",
    status_code=201,
    response_model=BekendheidsstandUitvoer,
    response_model_exclude_unset=True,
    dependencies=[Depends(json_body)],
    summary="Sluit een eigen BEKENDHEIDSVRAAG",
    operation_id="sluitBekendheidsvraag",
)
async def close_vraag(
    id: VraagPad,  # noqa: A002 - the name in the path
    aanroeper: Deelnemer,
    kern: KernDep,
    invoer: SluitingInvoer,
) -> dict[str, Any]:
    """De tokens van de vraag zijn dan gewist. Herhalen verandert niets."""
    return await close_own(kern, aanroeper, VraagId(id))
