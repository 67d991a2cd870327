"""Budgets and bulk windows of the caller, and alarms for a privacy officer."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Query

from convenant.model import Budget
from convenant.sleutelhouder.diensten import vensters
from convenant.sleutelhouder.diensten.inzien import alarmen_for, budget_of
from convenant.sleutelhouder.domein.budget import Stand
from convenant.sleutelhouder.domein.venster import Venster
from convenant.sleutelhouder.http.afhankelijkheden import KernDep, Privacy, Vrager
from convenant.sleutelhouder.http.evaluaties import ConvenantQuery
from convenant.sleutelhouder.http.modellen import (
    AlarmenUitvoer,
    BudgetUitvoer,
    VensterInvoer,
    VenstersUitvoer,
    VensterUitvoer,
)
from convenant.web.afhankelijkheden import json_body

router = APIRouter()


@router.get(
    "/budget",
    response_model=BudgetUitvoer,
    tags=["Budget"],
    summary="Eigen verbruik en grenzen",
    operation_id="haalBudgetOp",
)
async def read_budget(aanroeper: Vrager, kern: KernDep, convenant: ConvenantQuery) -> dict[str, Any]:
    """Per code wat deze minuut, vandaag en deze maand is gevraagd, en hoeveel er mag."""
    gevonden, stand = await budget_of(kern, aanroeper, convenant)
    return {
        "convenant": gevonden.id,
        "codes": [_code_document(code, gebruikt, stand.budget) for code, gebruikt in stand.standen.items()],
        "venster": venster_document(stand.venster, op=kern.klok()) if stand.venster else None,
    }


@router.post(
    "/vensters",
    status_code=201,
    response_model=VensterUitvoer,
    dependencies=[Depends(json_body)],
    tags=["Budget"],
    summary="Vraag een VENSTER aan",
    operation_id="vraagVensterAan",
)
async def request_venster(aanroeper: Vrager, kern: KernDep, invoer: Annotated[VensterInvoer, Body()]) -> dict[str, Any]:
    """Het VENSTER gaat open als twee beheerders van de sleutelhouder het hebben goedgekeurd."""
    venster = await vensters.request(kern, aanroeper, invoer.convenant, invoer.punten)
    return venster_document(venster, op=kern.klok())


@router.get(
    "/vensters",
    response_model=VenstersUitvoer,
    tags=["Budget"],
    summary="Lijst van eigen VENSTERS",
    operation_id="lijstVensters",
)
async def list_vensters(aanroeper: Vrager, kern: KernDep) -> dict[str, Any]:
    """Ook wat verlopen is; de oudste eerst."""
    op = kern.klok()
    return {"vensters": [venster_document(venster, op=op) for venster in await vensters.own(kern, aanroeper)]}


@router.get(
    "/alarmen",
    response_model=AlarmenUitvoer,
    tags=["Alarmen"],
    summary="Lijst van alarmen",
    operation_id="lijstAlarmen",
)
async def list_alarmen(
    aanroeper: Privacy,
    kern: KernDep,
    limiet: Annotated[int, Query(ge=1, le=1000, description="Hoeveel er hoogstens in het antwoord staan.")] = 100,
) -> dict[str, Any]:
    """De alarmen van de convenanten waarin u toeziet op privacy, de nieuwste eerst."""
    gevonden = await alarmen_for(kern, aanroeper, limiet=limiet)
    return {
        "alarmen": [
            {
                "convenant": melding.convenant,
                "organisatie": melding.organisatie,
                "code": melding.code,
                "maand": f"{melding.maand:%Y-%m}",
                "stap": melding.stap,
                "gevraagd": melding.gevraagd,
                "uitVenster": melding.uit_venster,
                "ingediend": melding.ingediend,
                "ontstaanOp": melding.op,
            }
            for melding in gevonden
        ]
    }


def venster_document(venster: Venster, *, op: datetime) -> dict[str, Any]:
    """The window as it travels. Who approved it stays with the sleutelhouder."""
    return {
        "id": venster.id,
        "convenant": venster.convenant,
        "status": venster.status(op).value,
        "punten": venster.punten,
        "aangevraagdOp": venster.aangevraagd_op,
        "opentOp": venster.van,
        "sluitOp": venster.tot,
        "gebruikt": dict(venster.gebruikt),
    }


def _code_document(code: str, stand: Stand, budget: Budget) -> dict[str, Any]:
    return {
        "code": code,
        "minuut": {"gebruikt": stand.minuut_aantal, "limiet": budget.per_minuut},
        "dag": {"gebruikt": stand.dag_aantal, "limiet": budget.per_dag},
        "maand": {"gebruikt": stand.maand_aantal, "limiet": budget.per_maand},
    }
