"""Epochs and the count of what was submitted: what an SDK needs around a change of keys."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query

from convenant.types import ConvenantId, Epoche
from convenant.web.afhankelijkheden import PoortDep, json_body
from matcher.diensten.epochen import erase_own, own_epochen
from matcher.diensten.tellen import signed_telling
from matcher.http.afhankelijkheden import KernDep, Signaleerder
from matcher.http.modellen import EpochenUitvoer, TellingUitvoer, WissingInvoer, WissingUitvoer

router = APIRouter(tags=["Epochen"])

ConvenantQuery = Annotated[str, Query(pattern="^[a-z0-9-]{3,40}$", description="Het id van het convenant.")]


@router.get(
    "/epochen",
    response_model=EpochenUitvoer,
    summary="Lijst van EPOCHEN",
    operation_id="lijstEpochen",
)
async def list_epochen(aanroeper: Signaleerder, kern: KernDep, convenant: ConvenantQuery) -> dict[str, Any]:
    """Hoe het met elke epoche staat, en hoeveel eigen signalen de koppeltokens van de nieuwste nog missen."""
    return {"epochen": await own_epochen(kern, aanroeper, ConvenantId(convenant))}


@router.post(
    "/epochen/{nummer}/wissingen",
    status_code=201,
    response_model=WissingUitvoer,
    dependencies=[Depends(json_body)],
    summary="Wis de eigen koppeltokens van een EPOCHE",
    operation_id="wisKoppeltokens",
)
async def erase_tokens(
    nummer: Annotated[int, Path(ge=1, le=2**31 - 1, description="Het nummer van de EPOCHE.")],
    aanroeper: Signaleerder,
    kern: KernDep,
    invoer: WissingInvoer,
) -> dict[str, Any]:
    """Na een lek. Matches die er al zijn, blijven; nieuwe vindt een signaal pas weer na een hertokening."""
    return {"gewist": await erase_own(kern, aanroeper, ConvenantId(invoer.convenant), Epoche(nummer))}


@router.get(
    "/telling",
    response_model=TellingUitvoer,
    summary="Ondertekende telling van deze maand",
    operation_id="haalTellingOp",
)
async def telling(aanroeper: Signaleerder, kern: KernDep, poort: PoortDep, convenant: ConvenantQuery) -> dict[str, Any]:
    """Voor de sleutelhouder: hoeveel signalen de organisatie deze kalendermaand heeft ingediend."""
    return {"telling": await signed_telling(kern, poort, aanroeper, ConvenantId(convenant))}
