"""Access tokens, keys, health and readiness."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Form
from sqlalchemy import text

from matcher.domein.assertie import ALGORITMEN
from matcher.http.afhankelijkheden import KernDep, PoortDep, form_body
from matcher.http.modellen import ToestandUitvoer, TokenUitvoer

router = APIRouter()


@router.post(
    "/token",
    response_model=TokenUitvoer,
    dependencies=[Depends(form_body)],
    tags=["Inloggen"],
    summary="Vraag een toegangstoken aan",
    operation_id="vraagTokenAan",
)
async def issue_token(
    *,
    kern: KernDep,
    poort: PoortDep,
    grant_type: Annotated[Literal["client_credentials"], Form()],
    client_id: Annotated[str, Form(pattern="^[0-9A-Z]{20}$", description="Het OIN van de organisatie.")],
    client_assertion_type: Annotated[Literal["urn:ietf:params:oauth:client-assertion-type:jwt-bearer"], Form()],
    client_assertion: Annotated[str, Form(max_length=4096)],
    scope: Annotated[str | None, Form(max_length=200, description="Rollen, gescheiden door spaties.")] = None,
) -> dict[str, Any]:
    """OAuth 2.0 client credentials met private_key_jwt. De sleutels staan in het convenant."""
    return await poort.issue(kern, client_id=client_id, assertion=client_assertion, scope=scope)


@router.get("/jwks", tags=["Inloggen"], summary="Openbare sleutels van de matcher", operation_id="haalSleutelsOp")
async def jwks(poort: PoortDep) -> dict[str, Any]:
    """De sleutels waarmee toegangstokens zijn ondertekend (RFC 7517)."""
    return poort.public_jwks()


# OpenID Connect Discovery fixes this path; it breaks the rule for path segments and stays out of the OpenAPI document.
@router.get("/.well-known/openid-configuration", include_in_schema=False)
async def discovery(poort: PoortDep) -> dict[str, Any]:
    """Where the token endpoint and the keys are (RFC 8414)."""
    return {
        "issuer": poort.basis_url,
        "token_endpoint": poort.token_url,
        "jwks_uri": f"{poort.basis_url}/jwks",
        "grant_types_supported": ["client_credentials"],
        "token_endpoint_auth_methods_supported": ["private_key_jwt"],
        "token_endpoint_auth_signing_alg_values_supported": list(ALGORITMEN),
    }


@router.get(
    "/gezondheid",
    response_model=ToestandUitvoer,
    tags=["Beheer"],
    summary="Leeft de dienst?",
    operation_id="haalGezondheidOp",
)
async def health() -> dict[str, str]:
    """De dienst draait; over de database zegt dit niets."""
    return {"status": "gezond"}


@router.get(
    "/gereedheid",
    response_model=ToestandUitvoer,
    tags=["Beheer"],
    summary="Kan de dienst werken?",
    operation_id="haalGereedheidOp",
)
async def readiness(kern: KernDep) -> dict[str, str]:
    """De dienst draait en de database antwoordt; anders volgt 503."""
    async with kern.database.transaction() as connection:
        await connection.execute(text("SELECT 1"))
    return {"status": "gereed"}
