"""Submitting, listing and withdrawing signals."""

import hashlib
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Depends, Path

from convenant.base64url import encode_base64url
from convenant.web.afhankelijkheden import json_body
from convenant.web.modellen import Model
from matcher.diensten.beeindigen import withdraw
from matcher.diensten.hertokenen import retoken
from matcher.diensten.indienen import submit
from matcher.diensten.inzien import own_signalen
from matcher.diensten.kern import Kern
from matcher.domein.document import format_moment
from matcher.domein.signaal import Signaal
from matcher.http.afhankelijkheden import IdempotencyKey, KernDep, Lezer, Signaleerder
from matcher.http.cursor import CursorQuery, LimietQuery
from matcher.http.modellen import (
    HertokendenUitvoer,
    HertokeningenInvoer,
    IntrekkingInvoer,
    IntrekkingUitvoer,
    OntvangstenUitvoer,
    SignalenInvoer,
    SignalenUitvoer,
)
from matcher.types import SignaalId

router = APIRouter(tags=["Signalen"])


@router.post(
    "/signalen",
    status_code=201,
    response_model=OntvangstenUitvoer,
    dependencies=[Depends(json_body)],
    summary="Dien een of meer SIGNALEN in",
    operation_id="dienSignalenIn",
)
async def submit_signalen(
    aanroeper: Signaleerder,
    kern: KernDep,
    sleutel: IdempotencyKey,
    invoer: SignalenInvoer,
) -> dict[str, Any]:
    """Alles of niets. Na het antwoord zijn de SIGNALEN duurzaam opgeslagen en zijn de matches gevonden."""
    inzendingen = [signaal.to_inzending(kern) for signaal in invoer.signalen]
    return await submit(kern, aanroeper, inzendingen, sleutel=sleutel, verzoek_hash=_digest(kern, invoer))


@router.post(
    "/hertokeningen",
    status_code=201,
    response_model=HertokendenUitvoer,
    dependencies=[Depends(json_body)],
    summary="Geef eigen SIGNALEN koppeltokens van een andere epoche",
    operation_id="hertokenSignalen",
)
async def retoken_signalen(
    aanroeper: Signaleerder, kern: KernDep, sleutel: IdempotencyKey, invoer: HertokeningenInvoer
) -> dict[str, Any]:
    """Alles of niets. Wat de nieuwe koppeltokens vinden, komt bij de bestaande match; herhalen verandert niets."""
    hertokeningen = [signaal.to_hertokening(kern) for signaal in invoer.signalen]
    return await retoken(kern, aanroeper, hertokeningen, sleutel=sleutel, verzoek_hash=_digest(kern, invoer))


@router.get(
    "/signalen",
    response_model=SignalenUitvoer,
    summary="Lijst van eigen SIGNALEN",
    operation_id="lijstSignalen",
)
async def list_signalen(
    aanroeper: Lezer, kern: KernDep, na: CursorQuery = None, limiet: LimietQuery = 100
) -> dict[str, Any]:
    """Alle eigen SIGNALEN, ook beëindigde, in volgorde van binnenkomst."""
    found, volgende = await own_signalen(kern, aanroeper, na=na, limiet=limiet)
    return {"signalen": [_document(signaal) for signaal in found], "volgende": volgende}


@router.post(
    "/signalen/{id}/intrekkingen",
    status_code=201,
    response_model=IntrekkingUitvoer,
    dependencies=[Depends(json_body)],
    summary="Trek een eigen SIGNAAL in",
    operation_id="trekSignaalIn",
)
async def withdraw_signaal(
    id: Annotated[UUID, Path(description="Het id van het SIGNAAL.")],  # noqa: A002 - the name in the path
    aanroeper: Signaleerder,
    kern: KernDep,
    invoer: Annotated[IntrekkingInvoer, Body()],
) -> dict[str, Any]:
    """Het SIGNAAL doet vanaf nu niet meer mee en zijn koppeltokens worden gewist. Herhalen verandert niets."""
    return await withdraw(kern, aanroeper, SignaalId(id))


def _digest(kern: Kern, invoer: Model) -> bytes:
    """What tells two requests apart; peppered, because tokens are in them."""
    return kern.pepper.hash(hashlib.sha256(invoer.model_dump_json().encode()).digest())


def _document(signaal: Signaal) -> dict[str, Any]:
    return {
        "id": signaal.id,
        "convenant": signaal.convenant,
        "convenantversie": signaal.convenantversie,
        "epoche": signaal.epoche,
        "signaalsoort": signaal.signaalsoort,
        "status": signaal.status.value,
        "ingediendOp": format_moment(signaal.ingediend_op),
        "verlooptOp": signaal.verloopt_op.isoformat(),
        "referentie": encode_base64url(signaal.referentie),
    }
