"""Signed convenanten: taken in while the matcher runs, and shown to their parties."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path

from convenant.ondertekening import Bundel, Slottekst, Verklaringtekst
from convenant.types import ConvenantId
from convenant.web.afhankelijkheden import json_body
from matcher.diensten.convenanten import bundel_of, is_geldend, own_versies, take_bundel, take_verklaring
from matcher.http.afhankelijkheden import Beheerder, Deelnemer, KernDep
from matcher.http.convenantmodellen import (
    BundelInvoer,
    BundelUitvoer,
    ConvenantenUitvoer,
    ConvenantUitvoer,
    VerklaringInvoer,
    to_document,
)

router = APIRouter(tags=["Convenanten"])

_Id = Annotated[str, Path(pattern="^[a-z0-9-]{3,40}$", description="Het id van het CONVENANT.")]
_Versie = Annotated[int, Path(ge=1, le=1_000_000, description="Het nummer van de versie.")]


@router.post(
    "/convenanten",
    status_code=201,
    response_model=ConvenantUitvoer,
    dependencies=[Depends(json_body)],
    summary="Lees een ondertekend CONVENANT in",
    operation_id="leesConvenantIn",
)
async def take_convenant(aanroeper: Beheerder, kern: KernDep, invoer: BundelInvoer) -> dict[str, Any]:
    """Een volgende versie, of meer verklaringen over een bekende. Geldt meteen; herhalen verandert niets."""
    bundel = Bundel(
        document=invoer.document,
        verklaringen=tuple(map(Verklaringtekst, invoer.verklaringen)),
        slot=Slottekst(invoer.slot),
    )
    taken = await take_bundel(kern, aanroeper, bundel)
    return to_document(taken, taken.stand, geldt=is_geldend(kern, taken))


@router.post(
    "/convenanten/{id}/verklaringen",
    status_code=201,
    response_model=ConvenantUitvoer,
    dependencies=[Depends(json_body)],
    summary="Voeg een verklaring toe aan een CONVENANT",
    operation_id="voegVerklaringToe",
)
async def add_verklaring(
    id: _Id,  # noqa: A002 - the name in the path
    aanroeper: Deelnemer,
    kern: KernDep,
    invoer: VerklaringInvoer,
) -> dict[str, Any]:
    """Aanvaarden, opzeggen, toetreden, schorsen en wat er verder is: het geldt meteen."""
    taken = await take_verklaring(kern, aanroeper, ConvenantId(id), invoer.versie, Verklaringtekst(invoer.verklaring))
    return to_document(taken, taken.stand, geldt=is_geldend(kern, taken))


@router.get(
    "/convenanten",
    response_model=ConvenantenUitvoer,
    summary="Lijst van CONVENANTEN waarin de organisatie voorkomt",
    operation_id="lijstConvenanten",
)
async def list_convenanten(aanroeper: Deelnemer, kern: KernDep) -> dict[str, Any]:
    """Elke versie, met wie meedoet en wie nog moet tekenen."""
    found = await own_versies(kern, aanroeper)
    return {"convenanten": [to_document(versie, stand, geldt=geldt) for versie, stand, geldt in found]}


@router.get(
    "/convenanten/{id}/versies/{versie}",
    response_model=BundelUitvoer,
    summary="Haal een versie van een CONVENANT op",
    operation_id="haalConvenantOp",
)
async def get_convenant(
    id: _Id,  # noqa: A002 - the name in the path
    versie: _Versie,
    aanroeper: Deelnemer,
    kern: KernDep,
) -> dict[str, Any]:
    """De tekst en alle verklaringen die de matcher kent."""
    found = await bundel_of(kern, aanroeper, ConvenantId(id), versie)
    return {
        "bundelversie": 1,
        "document": found.bundel.document,
        "verklaringen": list(found.bundel.verklaringen),
        "slot": None,
    }
