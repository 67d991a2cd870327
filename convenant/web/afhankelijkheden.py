"""What routes ask for: the service, the caller, and a request in the right media type."""

from typing import Annotated

from fastapi import Depends, Header, Request

from convenant.types import Rol
from convenant.web.assertie import rollen_of
from convenant.web.dienst import Dienst
from convenant.web.errors import GeenToegang, NietAanvaardbaar, NietIngelogd, VerkeerdMediatype
from convenant.web.modellen import BASE64URL_32
from convenant.web.poort import Poort
from convenant.web.stroom import Stroomantwoord
from convenant.web.types import Client

_BEARER = "bearer "
_JSON = "application/json"
_FORM = "application/x-www-form-urlencoded"
_ANY_JSON = ("application/json", "application/*", "*/*", "application/problem+json")

MedewerkerKop = Annotated[
    str,
    Header(
        alias="Koppelradar-Medewerker",
        pattern=BASE64URL_32,
        description="Pseudoniem van wie handelt, alleen herleidbaar voor de eigen organisatie.",
    ),
]
"""Every call with an access token says under which pseudonym somebody acts."""


async def dienst(request: Request) -> Dienst:
    """The service that this application is the face of."""
    found: Dienst = request.app.state.kern
    return found


async def poort(request: Request) -> Poort:
    """The issuer and checker of access tokens."""
    found: Poort = request.app.state.poort
    return found


DienstDep = Annotated[Dienst, Depends(dienst)]
PoortDep = Annotated[Poort, Depends(poort)]


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
    if not any(kind in accepted for kind in (*_ANY_JSON, *_own_kinds(request))):
        raise NietAanvaardbaar("Dit adres antwoordt met JSON. Gebruik Accept: application/json.")


def _own_kinds(request: Request) -> tuple[str, ...]:
    """What this route answers with beside JSON, which its errors always are."""
    response_class = getattr(request.scope.get("route"), "response_class", None)
    return (Stroomantwoord.media_type,) if response_class is Stroomantwoord else ()


async def authorise(request: Request, dienst: Dienst, poort: Poort, *toegelaten: Rol) -> tuple[Client, Rol]:
    """The organisation that the access token proves, and the first of these roles that it has.

    Raises NietIngelogd without a valid token, GeenToegang when it has none of the roles, and TijdelijkNietBeschikbaar.
    """
    # Nobody without a token makes us look.
    poort.verify(_bearer(request), op=poort.op(dienst))
    # A token outlives a suspension by some minutes; what the convenant says now counts, also when another process took
    # it in a moment ago.
    await dienst.refresh()
    return require_rol(request, dienst, poort, *toegelaten)


def require_rol(request: Request, dienst: Dienst, poort: Poort, *toegelaten: Rol) -> tuple[Client, Rol]:
    """The same, as far as this process knows what was signed; for a caller that stays and is looked at again.

    Raises NietIngelogd and GeenToegang.
    """
    client, granted = poort.verify(_bearer(request), op=poort.op(dienst))
    rollen = granted & rollen_of(client, dienst.convenanten.values())
    rol = next((rol for rol in toegelaten if rol in rollen), None)
    if rol is None:
        raise GeenToegang("Uw organisatie heeft in het convenant de rol niet die hiervoor nodig is.")
    return client, rol


def _bearer(request: Request) -> str:
    # The header only: tokens in a query end up in logs, and the profile forbids them.
    value = request.headers.get("authorization", "")
    if not value.lower().startswith(_BEARER):
        raise NietIngelogd("Stuur een toegangstoken mee: Authorization: Bearer ...")
    return value[len(_BEARER) :].strip()
