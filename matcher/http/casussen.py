"""Casussen: registering, adding to, changing, listing, and telling whoever signalled."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Depends, Path

from convenant.web.afhankelijkheden import json_body
from matcher.diensten.casussen import add_betrokkenen, change_stand, get_casus, own_casussen, register
from matcher.diensten.radar import see_casus
from matcher.diensten.terugkoppelen import give
from matcher.http.afhankelijkheden import KernDep, Lezer, Samensteller
from matcher.http.cursor import CursorQuery, LimietQuery
from matcher.http.radarmodellen import (
    BetrokkenenInvoer,
    CasusInvoer,
    CasussenUitvoer,
    CasusUitvoer,
    InzageInvoer,
    TerugkoppelingInvoer,
    TerugkoppelingUitvoer,
    ToestandInvoer,
)
from matcher.types import CasusId, SignaalId

router = APIRouter(tags=["Casussen en radar"])

CasusPad = Annotated[UUID, Path(description="Het id van de CASUS.")]


@router.post(
    "/casussen",
    status_code=201,
    response_model=CasusUitvoer,
    response_model_exclude_unset=True,
    dependencies=[Depends(json_body)],
    summary="Registreer een CASUS",
    operation_id="registreerCasus",
)
async def register_casus(aanroeper: Samensteller, kern: KernDep, invoer: CasusInvoer) -> dict[str, Any]:
    """De betrokkenen zijn eigen, lopende SIGNALEN. Wat er al over hen is, komt meteen als NOTIFICATIE."""
    return await register(kern, aanroeper, invoer.to_aanmelding())


@router.get(
    "/casussen",
    response_model=CasussenUitvoer,
    response_model_exclude_unset=True,
    summary="Lijst van eigen CASUSSEN",
    operation_id="lijstCasussen",
)
async def list_casussen(
    aanroeper: Lezer, kern: KernDep, na: CursorQuery = None, limiet: LimietQuery = 100
) -> dict[str, Any]:
    """Alle eigen CASUSSEN, ook afgesloten, in volgorde van registratie."""
    found, volgende = await own_casussen(kern, aanroeper, na=na, limiet=limiet)
    return {"casussen": found, "volgende": volgende}


@router.get(
    "/casussen/{id}",
    response_model=CasusUitvoer,
    response_model_exclude_unset=True,
    summary="Haal een eigen CASUS op",
    operation_id="haalCasusOp",
)
async def read_casus(
    id: CasusPad,  # noqa: A002 - the name in the path
    aanroeper: Lezer,
    kern: KernDep,
) -> dict[str, Any]:
    """Hoe de CASUS nu staat."""
    return await get_casus(kern, aanroeper, CasusId(id))


@router.post(
    "/casussen/{id}/betrokkenen",
    status_code=201,
    response_model=CasusUitvoer,
    response_model_exclude_unset=True,
    dependencies=[Depends(json_body)],
    summary="Voeg betrokkenen toe aan een CASUS",
    operation_id="voegBetrokkenenToe",
)
async def add_to_casus(
    id: CasusPad,  # noqa: A002 - the name in the path
    aanroeper: Samensteller,
    kern: KernDep,
    invoer: BetrokkenenInvoer,
) -> dict[str, Any]:
    """Meer eigen, lopende SIGNALEN. Herhalen verandert niets."""
    return await add_betrokkenen(kern, aanroeper, CasusId(id), [SignaalId(each) for each in invoer.signalen])


@router.post(
    "/casussen/{id}/toestanden",
    status_code=201,
    response_model=CasusUitvoer,
    response_model_exclude_unset=True,
    dependencies=[Depends(json_body)],
    summary="Wijzig de toestand van een CASUS",
    operation_id="wijzigToestand",
)
async def change_casus(
    id: CasusPad,  # noqa: A002 - the name in the path
    aanroeper: Samensteller,
    kern: KernDep,
    invoer: ToestandInvoer,
) -> dict[str, Any]:
    """Begint en eindigt termijnen. Na het afsluiten vervallen de gezinsmatches van deze CASUS."""
    return await change_stand(kern, aanroeper, CasusId(id), invoer.to_wijziging())


@router.post(
    "/casussen/{id}/inzagen",
    status_code=201,
    response_model=CasusUitvoer,
    response_model_exclude_unset=True,
    dependencies=[Depends(json_body)],
    summary="Meld dat een CASUS is bekeken",
    operation_id="bekijkCasus",
)
async def see(
    id: CasusPad,  # noqa: A002 - the name in the path
    aanroeper: Samensteller,
    kern: KernDep,
    invoer: Annotated[InzageInvoer, Body()],
) -> dict[str, Any]:
    """Er is nu niets nieuws meer. Een moment van monitoring dat nadert of voorbij is, is hiermee gedaan."""
    return await see_casus(kern, aanroeper, CasusId(id))


@router.post(
    "/casussen/{id}/terugkoppelingen",
    status_code=201,
    response_model=TerugkoppelingUitvoer,
    response_model_exclude_unset=True,
    dependencies=[Depends(json_body)],
    summary="Geef een TERUGKOPPELING aan wie een signaal gaf",
    operation_id="geefTerugkoppeling",
)
async def give_terugkoppeling(
    id: CasusPad,  # noqa: A002 - the name in the path
    aanroeper: Samensteller,
    kern: KernDep,
    invoer: TerugkoppelingInvoer,
) -> dict[str, Any]:
    """Alleen als het convenant dat toestaat. Hetzelfde nog eens zeggen verandert niets."""
    return await give(kern, aanroeper, invoer.to_opdracht(id))
