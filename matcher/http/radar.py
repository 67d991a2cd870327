"""The radar list, and the bevraging at a melding."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from convenant.web.afhankelijkheden import json_body
from matcher.diensten.bevragen import ask
from matcher.diensten.radar import Radarvraag, radar_list
from matcher.domein.casus import Casustoestand
from matcher.domein.radar import Radarfilter, Sortering
from matcher.http.afhankelijkheden import KernDep, Lezer, Radar
from matcher.http.cursor import LimietQuery
from matcher.http.radarcursor import RadarcursorQuery, encode_cursor, read_place
from matcher.http.radarmodellen import BevragingInvoer, BevragingUitvoer, RadarUitvoer
from matcher.types import CasusId

router = APIRouter(tags=["Casussen en radar"])

ToestandQuery = Annotated[Casustoestand | None, Query(description="Zonder: alle CASUSSEN die niet zijn afgesloten.")]
NieuwQuery = Annotated[bool | None, Query(description="Alleen met, of alleen zonder iets nieuws.")]
TermijnQuery = Annotated[
    bool | None, Query(description="Alleen met, of alleen zonder termijn die nadert of verstreek.")
]
PartijenQuery = Annotated[
    int, Query(alias="minimaalPartijen", ge=0, le=1000, description="Alleen met minstens zoveel organisaties.")
]
SorteerQuery = Annotated[Sortering | None, Query(description="Zonder: in volgorde van registratie.")]


@router.get(
    "/radar",
    response_model=RadarUitvoer,
    response_model_exclude_unset=True,
    summary="Lijst van CASUSSEN op de radar",
    operation_id="lijstRadar",
)
async def list_radar(
    *,
    aanroeper: Lezer,
    kern: KernDep,
    toestand: ToestandQuery = None,
    nieuw: NieuwQuery = None,
    termijn: TermijnQuery = None,
    minimaal_partijen: PartijenQuery = 0,
    sorteer: SorteerQuery = None,
    na: RadarcursorQuery = None,
    limiet: LimietQuery = 100,
) -> dict[str, Any]:
    """Eigen CASUSSEN, met wat het convenant vandaag van anderen laat zien, en welke termijnen lopen."""
    place = read_place(na, sorteer)
    vraag = Radarvraag(
        toestand=toestand,
        filter=Radarfilter(nieuw=nieuw, termijn=termijn, minimaal_partijen=minimaal_partijen),
        sorteer=sorteer,
        na_id=_id(place) if place and sorteer is None else None,
        na_plaats=place if sorteer else None,
        limiet=limiet,
    )
    found, last = await radar_list(kern, aanroeper, vraag)
    return {"radar": found, "volgende": encode_cursor(last, sorteer) if last else None}


@router.post(
    "/bevragingen",
    status_code=201,
    response_model=BevragingUitvoer,
    response_model_exclude_unset=True,
    dependencies=[Depends(json_body)],
    summary="Doe een BEVRAGING bij een melding",
    operation_id="bevraag",
)
async def bevraag(aanroeper: Radar, kern: KernDep, invoer: BevragingInvoer) -> dict[str, Any]:
    """Welke signalen er over deze personen zijn, voor zover het convenant dat toestaat. Er wordt niets van bewaard."""
    return await ask(kern, aanroeper, invoer.to_vraag(kern))


def _id(place: tuple[int | str, ...]) -> CasusId:
    try:
        return CasusId(UUID(str(place[0])))
    except ValueError:
        # An id that nobody has: the answer is the same as for one of somebody else.
        return CasusId(UUID(int=0))
