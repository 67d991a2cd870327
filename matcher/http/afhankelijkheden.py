"""What routes ask for: the kern, the caller, and a request in the right media type."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Header, Request

from convenant.types import Rol
from matcher.diensten.inloggen import Poort
from matcher.diensten.kern import Aanroeper, Kern
from matcher.errors import GeenToegang, NietAanvaardbaar, NietIngelogd, VerkeerdMediatype
from matcher.http.modellen import BASE64URL_32, decode
from matcher.types import MedewerkerPseudoniem

_BEARER = "bearer "
_JSON = "application/json"
_FORM = "application/x-www-form-urlencoded"
_ANY_JSON = ("application/json", "application/*", "*/*", "application/problem+json")


async def kern(request: Request) -> Kern:
    """The kern of this application."""
    found: Kern = request.app.state.kern
    return found


async def poort(request: Request) -> Poort:
    """The issuer and checker of access tokens."""
    found: Poort = request.app.state.poort
    return found


async def json_body(request: Request) -> None:
    """Refuse a body that says it is no JSON. Raises VerkeerdMediatype."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _JSON:
        raise VerkeerdMediatype("Stuur de gegevens als JSON, met Content-Type: application/json.")


async def form_body(request: Request) -> None:
    """Refuse a body that says it is no form. Raises VerkeerdMediatype."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        raise VerkeerdMediatype("Stuur de gegevens als formulier: application/x-www-form-urlencoded.")


async def json_answer(request: Request) -> None:
    """Refuse a caller that does not accept JSON. Raises NietAanvaardbaar."""
    accepted = request.headers.get("accept", "*/*").lower()
    if not any(kind in accepted for kind in _ANY_JSON):
        raise NietAanvaardbaar("Dit adres antwoordt met JSON. Gebruik Accept: application/json.")


KernDep = Annotated[Kern, Depends(kern)]
PoortDep = Annotated[Poort, Depends(poort)]


def _caller(*toegelaten: Rol) -> Callable[..., object]:
    async def caller(
        request: Request,
        kern: KernDep,
        poort: PoortDep,
        medewerker: Annotated[
            str,
            Header(
                alias="Koppelradar-Medewerker",
                pattern=BASE64URL_32,
                description="Pseudoniem van wie handelt, alleen herleidbaar voor de eigen organisatie.",
            ),
        ],
    ) -> Aanroeper:
        client, rollen = poort.verify(_bearer(request), op=kern.klok())
        rol = next((rol for rol in toegelaten if rol in rollen), None)
        if rol is None:
            raise GeenToegang("Uw toegangstoken heeft de rol niet die hiervoor nodig is.")
        return Aanroeper(client, MedewerkerPseudoniem(decode(medewerker)), rol.value)

    return caller


Signaleerder = Annotated[Aanroeper, Depends(_caller(Rol.SIGNALEERDER))]
Lezer = Annotated[Aanroeper, Depends(_caller(Rol.SIGNALEERDER, Rol.RADAR))]


def _bearer(request: Request) -> str:
    # The header only: tokens in a query end up in logs, and the profile forbids them.
    value = request.headers.get("authorization", "")
    if not value.lower().startswith(_BEARER):
        raise NietIngelogd("Stuur een toegangstoken mee: Authorization: Bearer ...")
    return value[len(_BEARER) :].strip()
