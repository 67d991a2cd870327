"""Access tokens, keys, health and readiness: the same for every service."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Form

from convenant.web.afhankelijkheden import DienstDep, PoortDep, form_body
from convenant.web.assertie import ALGORITMEN
from convenant.web.modellen import ToestandUitvoer, TokenUitvoer


def create_router(naam: str) -> APIRouter:
    """The routes of a service that its callers know under this name, such as "matcher"."""
    router = APIRouter()
    router.post(
        "/token",
        response_model=TokenUitvoer,
        dependencies=[Depends(form_body)],
        tags=["Inloggen"],
        summary="Vraag een toegangstoken aan",
        operation_id="vraagTokenAan",
    )(issue_token)
    router.get("/jwks", tags=["Inloggen"], summary=f"Openbare sleutels van de {naam}", operation_id="haalSleutelsOp")(
        jwks
    )
    # OpenID Connect Discovery fixes this path; it breaks the rule for path segments and stays out of the description.
    router.get("/.well-known/openid-configuration", include_in_schema=False)(discovery)
    _add_beheer(router)
    return router


def _add_beheer(router: APIRouter) -> None:
    for path, handler, summary, operation_id in (
        ("/gezondheid", health, "Leeft de dienst?", "haalGezondheidOp"),
        ("/gereedheid", readiness, "Kan de dienst werken?", "haalGereedheidOp"),
    ):
        router.get(path, response_model=ToestandUitvoer, tags=["Beheer"], summary=summary, operation_id=operation_id)(
            handler
        )


async def issue_token(
    *,
    dienst: DienstDep,
    poort: PoortDep,
    grant_type: Annotated[Literal["client_credentials"], Form()],
    client_id: Annotated[str, Form(pattern="^[0-9A-Z]{20}$", description="Het OIN van de organisatie.")],
    client_assertion_type: Annotated[Literal["urn:ietf:params:oauth:client-assertion-type:jwt-bearer"], Form()],
    client_assertion: Annotated[str, Form(max_length=4096)],
    scope: Annotated[str | None, Form(max_length=200, description="Rollen, gescheiden door spaties.")] = None,
) -> dict[str, Any]:
    """OAuth 2.0 client credentials met private_key_jwt. De sleutels staan in het convenant."""
    return await poort.issue(dienst, client_id=client_id, assertion=client_assertion, scope=scope)


async def jwks(poort: PoortDep) -> dict[str, Any]:
    """De sleutels waarmee toegangstokens zijn ondertekend (RFC 7517)."""
    return poort.public_jwks()


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


async def health() -> dict[str, str]:
    """De dienst draait; over de database zegt dit niets."""
    return {"status": "gezond"}


async def readiness(dienst: DienstDep) -> dict[str, str]:
    """De dienst draait en de database antwoordt; anders volgt 503."""
    await dienst.require_database()
    return {"status": "gereed"}
