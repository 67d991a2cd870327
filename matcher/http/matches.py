"""Matches, as far as the convenant grants them."""

from typing import Any

from fastapi import APIRouter

from matcher.diensten.inzien import granted_matches
from matcher.http.afhankelijkheden import KernDep, Lezer
from matcher.http.cursor import CursorQuery, LimietQuery
from matcher.http.modellen import MatchesUitvoer

router = APIRouter(tags=["Matches en notificaties"])


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
