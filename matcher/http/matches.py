"""Matches and notifications, each as far as the convenant grants them."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query

from convenant.types import Oin
from convenant.web.afhankelijkheden import PoortDep
from convenant.web.modellen import Model
from matcher.diensten.inzien import granted_matches, wait_for_notificaties
from matcher.diensten.kern import Kern
from matcher.domein.document import format_moment
from matcher.http.afhankelijkheden import KernDep, Lezer, Ontvanger
from matcher.http.cursor import CursorQuery, LimietQuery
from matcher.http.modellen import MatchesUitvoer, MatchUitvoer, NotificatiesUitvoer
from matcher.http.paarmodellen import (
    KaartGevraagdUitvoer,
    KaartVrijgegevenUitvoer,
    MogelijkeMatchUitvoer,
    PaarberichtUitvoer,
)
from matcher.http.radarberichtmodellen import GezinsmatchUitvoer, RadartrefferUitvoer, TerugkoppelingberichtUitvoer
from matcher.opslag.notificaties import Notificatie
from matcher.types import Notificatiesoort

router = APIRouter(tags=["Matches en notificaties"])

_TYPE = "nl.koppelradar.{}"
_SYSTEEM = "koppelradar-matcher"

_SCHEMAS: Mapping[Notificatiesoort, type[Model]] = {
    Notificatiesoort.MATCH_ONTSTAAN: MatchUitvoer,
    Notificatiesoort.MATCH_UITGEBREID: MatchUitvoer,
    Notificatiesoort.MATCH_GEKROMPEN: MatchUitvoer,
    Notificatiesoort.MATCH_VERVALLEN: MatchUitvoer,
    Notificatiesoort.MATCH_ONJUIST: PaarberichtUitvoer,
    Notificatiesoort.MOGELIJK_ONTSTAAN: MogelijkeMatchUitvoer,
    Notificatiesoort.MOGELIJK_BEVESTIGD: MogelijkeMatchUitvoer,
    Notificatiesoort.MOGELIJK_AFGEWEZEN: MogelijkeMatchUitvoer,
    Notificatiesoort.MOGELIJK_VERVALLEN: MogelijkeMatchUitvoer,
    Notificatiesoort.ACUUT_BEVESTIGD: MogelijkeMatchUitvoer,
    Notificatiesoort.VROEG_INGETROKKEN: PaarberichtUitvoer,
    Notificatiesoort.KAART_GEVRAAGD: KaartGevraagdUitvoer,
    Notificatiesoort.KAART_VRIJGEGEVEN: KaartVrijgegevenUitvoer,
    Notificatiesoort.RADARTREFFER: RadartrefferUitvoer,
    Notificatiesoort.GEZINSMATCH_ONTSTAAN: GezinsmatchUitvoer,
    Notificatiesoort.GEZINSMATCH_VERVALLEN: GezinsmatchUitvoer,
    Notificatiesoort.TERUGKOPPELING: TerugkoppelingberichtUitvoer,
}

SequenceQuery = Annotated[
    str, Query(pattern="^[0-9]{10}$", description="Het hoogste nummer dat u al hebt verwerkt (de 'cursor').")
]
WachtQuery = Annotated[int, Query(ge=0, le=30, description="Hoeveel seconden er op nieuws gewacht mag worden.")]


@router.get(
    "/matches",
    response_model=MatchesUitvoer,
    response_model_exclude_unset=True,
    summary="Lijst van MATCHES",
    operation_id="lijstMatches",
)
async def list_matches(
    aanroeper: Lezer, kern: KernDep, na: CursorQuery = None, limiet: LimietQuery = 100
) -> dict[str, Any]:
    """Lopende MATCHES voor zover het convenant ze vandaag toestaat. Een bladzijde kan korter zijn dan de limiet."""
    found, volgende = await granted_matches(kern, aanroeper, na=na, limiet=limiet)
    return {"matches": found, "volgende": volgende}


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
    events = [_cloud_event(kern, notificatie, poort.basis_url) for notificatie in found]
    return {"notificaties": events, "cursor": events[-1]["sequence"] if events else na}


def _cloud_event(kern: Kern, notificatie: Notificatie, basis_url: str) -> dict[str, Any]:
    beheerder = _beheerder(kern, notificatie)
    return {
        "specversion": "1.0",
        "id": notificatie.id,
        "source": f"urn:nld:oin:{beheerder}:systeem:{_SYSTEEM}",
        "type": _TYPE.format(notificatie.soort.value),
        "subject": notificatie.onderwerp,
        "time": format_moment(notificatie.ontstaan_op),
        "sequence": f"{notificatie.nummer:010d}",
        "datacontenttype": "application/json",
        "dataschema": f"{basis_url}/openapi.json#/components/schemas/{_schema(notificatie)}",
        "data": notificatie.inhoud,
    }


def _schema(notificatie: Notificatie) -> str:
    return _SCHEMAS[notificatie.soort].__name__


def _beheerder(kern: Kern, notificatie: Notificatie) -> Oin:
    return kern.convenanten[notificatie.inhoud["convenant"]].matcher.beheerder
