"""Following up a match, and the terms that run."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Depends, Path

from convenant.types import Oin
from convenant.web.afhankelijkheden import json_body
from matcher.diensten import opvolgen
from matcher.diensten.termijnen import own_termijnen
from matcher.http.afhankelijkheden import Deelnemer, KernDep, Lezer, Signaleerder
from matcher.http.opvolgingmodellen import (
    HulpmeldingInvoer,
    LegeInvoer,
    MomentInvoer,
    OpvolgingUitvoer,
    RegievoorstelInvoer,
    TermijnenUitvoer,
)
from matcher.types import MatchId

router = APIRouter(tags=["Opvolging"])

MatchPad = Annotated[UUID, Path(alias="id", description="Het id van de MATCH.")]
_STAP: dict[str, Any] = {
    "status_code": 201,
    "response_model": OpvolgingUitvoer,
    "response_model_exclude_unset": True,
    "dependencies": [Depends(json_body)],
}


@router.get(
    "/matches/{id}/opvolging",
    response_model=OpvolgingUitvoer,
    response_model_exclude_unset=True,
    summary="Hoe het met de OPVOLGING staat",
    operation_id="leesOpvolging",
)
async def read_opvolging(match: MatchPad, aanroeper: Lezer, kern: KernDep) -> dict[str, Any]:
    """Wie contact opnam, wie regisseur is en welke eigen termijnen lopen, voor zover het convenant dat toestaat."""
    return await opvolgen.own_opvolging(kern, aanroeper, MatchId(match))


@router.post("/matches/{id}/contacten", summary="Leg vast dat er contact is", operation_id="legContactVast", **_STAP)
async def record_contact(
    match: MatchPad, aanroeper: Signaleerder, kern: KernDep, _: Annotated[LegeInvoer, Body()]
) -> dict[str, Any]:
    """De ontvangstbevestiging: de match is opgepakt. Herhalen verandert niets."""
    return await opvolgen.record_contact(kern, aanroeper, MatchId(match))


@router.post(
    "/matches/{id}/regievoorstellen", summary="Stel een REGISSEUR voor", operation_id="stelRegisseurVoor", **_STAP
)
async def propose_regie(
    match: MatchPad, aanroeper: Signaleerder, kern: KernDep, invoer: RegievoorstelInvoer
) -> dict[str, Any]:
    """De eigen organisatie of een andere die u in de match ziet. Is er een regisseur, dan draagt alleen die over."""
    kandidaat = Oin(invoer.kandidaat)
    return await opvolgen.propose_regie(kern, aanroeper, MatchId(match), kandidaat, per=invoer.per)


@router.post("/matches/{id}/regieaanvaardingen", summary="Aanvaard de REGIE", operation_id="aanvaardRegie", **_STAP)
async def accept_regie(
    match: MatchPad, aanroeper: Signaleerder, kern: KernDep, _: Annotated[LegeInvoer, Body()]
) -> dict[str, Any]:
    """Voor wie is voorgesteld. Er is altijd hoogstens één regisseur: wie later komt, krijgt 409."""
    return await opvolgen.accept_regie(kern, aanroeper, MatchId(match))


@router.post("/matches/{id}/regieafwijzingen", summary="Wijs de REGIE af", operation_id="wijsRegieAf", **_STAP)
async def decline_regie(
    match: MatchPad, aanroeper: Signaleerder, kern: KernDep, _: Annotated[LegeInvoer, Body()]
) -> dict[str, Any]:
    """Voor wie is voorgesteld, of heeft toegezegd de regie over te nemen."""
    return await opvolgen.decline_regie(kern, aanroeper, MatchId(match))


@router.post("/matches/{id}/momenten", summary="Spreek het volgende moment af", operation_id="spreekMomentAf", **_STAP)
async def agree_moment(match: MatchPad, aanroeper: Signaleerder, kern: KernDep, invoer: MomentInvoer) -> dict[str, Any]:
    """Vandaag of later. Wie de opvolging had afgesloten, opent haar hiermee weer."""
    return await opvolgen.agree_moment(kern, aanroeper, MatchId(match), invoer.op)


@router.post("/matches/{id}/hulpmeldingen", summary="Meld hoe het met de hulp gaat", operation_id="meldHulp", **_STAP)
async def report_hulp(
    match: MatchPad, aanroeper: Signaleerder, kern: KernDep, invoer: HulpmeldingInvoer
) -> dict[str, Any]:
    """De eigen hulp is gestart, stagneert of is gestopt. Waarom, bespreken de partijen zelf."""
    return await opvolgen.report_hulp(kern, aanroeper, MatchId(match), invoer.hulp)


@router.post("/matches/{id}/afsluitingen", summary="Sluit de OPVOLGING af", operation_id="sluitOpvolgingAf", **_STAP)
async def close_opvolging(
    match: MatchPad, aanroeper: Signaleerder, kern: KernDep, _: Annotated[LegeInvoer, Body()]
) -> dict[str, Any]:
    """Voor de eigen organisatie; de regisseur sluit af voor iedereen die ziet dat hij regisseur is."""
    return await opvolgen.close_opvolging(kern, aanroeper, MatchId(match))


@router.get("/termijnen", response_model=TermijnenUitvoer, summary="Lijst van TERMIJNEN", operation_id="lijstTermijnen")
async def list_termijnen(aanroeper: Deelnemer, kern: KernDep) -> dict[str, Any]:
    """De eigen termijnen die lopen."""
    return {"termijnen": await own_termijnen(kern, aanroeper)}
