"""Possible matches, matches that are wrong, and cards that are asked for and released."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Depends, Path

from convenant.web.afhankelijkheden import json_body
from convenant.web.modellen import decode
from matcher.diensten.kaarten import ask_kaart, release_kaart
from matcher.diensten.mogelijk import confirm_mogelijk, own_mogelijke, reject_mogelijk
from matcher.diensten.onjuist import report_wrong
from matcher.http.afhankelijkheden import KernDep, Lezer, Signaleerder
from matcher.http.cursor import CursorQuery, LimietQuery
from matcher.http.paarmodellen import (
    AfwijzingInvoer,
    BevestigingInvoer,
    KaartverzoekUitvoer,
    KaartvrijgaveInvoer,
    KaartvrijgaveUitvoer,
    MogelijkeMatchesUitvoer,
    MogelijkeMatchUitvoer,
    OnjuistmeldingUitvoer,
    PaarInvoer,
)
from matcher.types import MatchId, Paarkenmerk

router = APIRouter(tags=["Matches en notificaties"])

MogelijkeId = Annotated[UUID, Path(description="Het id van de MOGELIJKE MATCH.")]
MatchPad = Annotated[UUID, Path(description="Het id van de MATCH.")]


@router.get(
    "/mogelijke-matches",
    response_model=MogelijkeMatchesUitvoer,
    response_model_exclude_unset=True,
    summary="Lijst van MOGELIJKE MATCHES",
    operation_id="lijstMogelijkeMatches",
)
async def list_mogelijke(
    aanroeper: Signaleerder, kern: KernDep, na: CursorQuery = None, limiet: LimietQuery = 100
) -> dict[str, Any]:
    """Van eigen signalen die meetellen, voor zover beide kanten het volgens het convenant mogen weten."""
    found, volgende = await own_mogelijke(kern, aanroeper, na=na, limiet=limiet)
    return {"mogelijkeMatches": found, "volgende": volgende}


@router.post(
    "/mogelijke-matches/{id}/bevestigingen",
    status_code=201,
    response_model=MogelijkeMatchUitvoer,
    response_model_exclude_unset=True,
    dependencies=[Depends(json_body)],
    summary="Bevestig een MOGELIJKE MATCH",
    operation_id="bevestigMogelijkeMatch",
)
async def confirm(
    id: MogelijkeId,  # noqa: A002 - the name in the path
    aanroeper: Signaleerder,
    kern: KernDep,
    invoer: Annotated[BevestigingInvoer, Body()],
) -> dict[str, Any]:
    """Bevestigen beide kanten, dan is het een MATCH. Bij acuut gevaar kan het convenant één kant genoeg laten zijn."""
    return await confirm_mogelijk(kern, aanroeper, Paarkenmerk(id), acuut=invoer.acuut)


@router.post(
    "/mogelijke-matches/{id}/afwijzingen",
    status_code=201,
    response_model=MogelijkeMatchUitvoer,
    response_model_exclude_unset=True,
    dependencies=[Depends(json_body)],
    summary="Wijs een MOGELIJKE MATCH af",
    operation_id="wijsMogelijkeMatchAf",
)
async def reject(
    id: MogelijkeId,  # noqa: A002 - the name in the path
    aanroeper: Signaleerder,
    kern: KernDep,
    invoer: Annotated[AfwijzingInvoer, Body()],
) -> dict[str, Any]:
    """Het zijn twee personen. Een afwijzing geldt voorgoed; herhalen verandert niets."""
    return await reject_mogelijk(kern, aanroeper, Paarkenmerk(id))


@router.post(
    "/matches/{id}/onjuistmeldingen",
    status_code=201,
    response_model=OnjuistmeldingUitvoer,
    dependencies=[Depends(json_body)],
    summary="Meld dat een paar in een MATCH onjuist is",
    operation_id="meldMatchOnjuist",
)
async def report_match_wrong(
    id: MatchPad,  # noqa: A002 - the name in the path
    aanroeper: Signaleerder,
    kern: KernDep,
    invoer: PaarInvoer,
) -> dict[str, Any]:
    """Scheidt dit paar voorgoed. De andere organisatie en de FG horen het."""
    return await report_wrong(kern, aanroeper, MatchId(id), Paarkenmerk(invoer.paar))


@router.post(
    "/matches/{id}/kaartverzoeken",
    status_code=201,
    response_model=KaartverzoekUitvoer,
    dependencies=[Depends(json_body)],
    summary="Vraag om de contactkaart van de ander",
    operation_id="vraagKaart",
)
async def request_kaart(
    id: MatchPad,  # noqa: A002 - the name in the path
    aanroeper: Lezer,
    kern: KernDep,
    invoer: PaarInvoer,
) -> dict[str, Any]:
    """Alleen als het convenant u de kaart in dit paar laat zien; de ander hoort dat u erom vraagt."""
    return await ask_kaart(kern, aanroeper, MatchId(id), Paarkenmerk(invoer.paar))


@router.post(
    "/kaartvrijgaven",
    status_code=201,
    response_model=KaartvrijgaveUitvoer,
    dependencies=[Depends(json_body)],
    summary="Geef de eigen contactkaart vrij",
    operation_id="geefKaartVrij",
)
async def release(aanroeper: Signaleerder, kern: KernDep, invoer: KaartvrijgaveInvoer) -> dict[str, Any]:
    """De kaart is verzegeld voor wie erom vroeg; een verzoek kan één keer worden beantwoord."""
    match, paar = MatchId(invoer.match), Paarkenmerk(invoer.paar)
    return await release_kaart(kern, aanroeper, match, paar, decode(invoer.zegel))
