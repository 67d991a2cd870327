"""Evaluations, and the public keys that they are held against."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Query

from convenant.base64url import encode_base64url
from convenant.sleutelhouder.diensten.evalueren import evaluate
from convenant.sleutelhouder.domein.epoche import status_of
from convenant.sleutelhouder.http.afhankelijkheden import KernDep, Vrager
from convenant.sleutelhouder.http.modellen import CONVENANT, EvaluatieInvoer, EvaluatiesUitvoer, SleutelsUitvoer
from convenant.types import ConvenantId
from convenant.web.afhankelijkheden import json_body
from convenant.web.errors import NietGevonden

router = APIRouter(tags=["Evalueren"])

ConvenantQuery = Annotated[str, Query(pattern=CONVENANT, description="Het id van het convenant.")]


@router.post(
    "/evaluaties",
    response_model=EvaluatiesUitvoer,
    dependencies=[Depends(json_body)],
    responses={429: {}},
    summary="Laat geblindeerde punten evalueren",
    operation_id="evalueerPunten",
)
async def evaluate_punten(
    aanroeper: Vrager, kern: KernDep, invoer: Annotated[EvaluatieInvoer, Body()]
) -> dict[str, Any]:
    """Alles of niets, met één bewijs per code. Wat is geëvalueerd telt mee, ook als het antwoord wegraakt."""
    evaluaties = await evaluate(kern, aanroeper, invoer.to_aanvraag())
    return {
        "evaluaties": {
            code: {
                "punten": [encode_base64url(punt) for punt in evaluatie.punten],
                "bewijs": encode_base64url(evaluatie.bewijs),
            }
            for code, evaluatie in evaluaties.items()
        }
    }


@router.get(
    "/sleutels",
    response_model=SleutelsUitvoer,
    summary="Publieke sleutels van een convenant",
    operation_id="haalPubliekeSleutelsOp",
)
async def list_sleutels(kern: KernDep, convenant: ConvenantQuery) -> dict[str, Any]:
    """Vergelijk ze met die in het convenant: die zijn getekend, deze niet."""
    gevonden = kern.convenanten.get(ConvenantId(convenant))
    if gevonden is None:
        raise NietGevonden("Dit convenant is bij deze sleutelhouder niet bekend. Controleer de naam.")
    vandaag = kern.vandaag()
    return {
        "convenant": gevonden.id,
        "sleutelhouder": kern.oin,
        "epochen": [
            {
                "nummer": nummer,
                "status": status_of(gevonden, nummer, gewist=not sleutels.geheim, op=vandaag).value,
                "punten": {code: encode_base64url(punt) for code, punt in sleutels.publiek.items()},
            }
            for nummer, sleutels in sorted(kern.sleutels.get(gevonden.id, {}).items())
        ],
    }
