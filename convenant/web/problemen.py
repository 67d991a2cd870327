"""Every error as application/problem+json (RFC 9457), in Dutch, without any value that was sent."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.routing import Match

from convenant.web.errors import Invoerfout, NietGevonden, OngeldigeInvoer, VerzoekFout

MEDIATYPE = "application/problem+json"
_TOKEN_PATH = "/token"  # noqa: S105 - a path

_MELDINGEN = {
    "missing": "Dit veld ontbreekt. Vul het in.",
    "extra_forbidden": "Hierin staat een veld dat niet bestaat. Laat het weg.",
    "json_invalid": "Dit is geen geldige JSON.",
    "string_pattern_mismatch": "De vorm van deze waarde klopt niet.",
    "string_type": "Dit moet tekst zijn.",
    "uuid_parsing": "Dit is geen UUID.",
    "uuid_type": "Dit is geen UUID.",
    "int_type": "Dit moet een geheel getal zijn.",
    "int_parsing": "Dit moet een geheel getal zijn.",
    "list_type": "Dit moet een lijst zijn.",
    "model_attributes_type": "Dit moet een object zijn.",
    "too_short": "Deze lijst is te kort.",
    "too_long": "Deze lijst is te lang.",
    "greater_than_equal": "Dit getal is te klein.",
    "less_than_equal": "Dit getal is te groot.",
    "onbekende_code": "Hierin staat een code die het profiel niet heeft. Laat haar weg.",
    "date_format": "Schrijf de datum als JJJJ-MM-DD.",
}
_ANDERS = "Deze waarde klopt niet."

_log = structlog.get_logger("convenant.web")

_METHODS = ("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT")
_STATUS_CODES = {
    400: ("ongeldige-invoer", "De invoer klopt niet", "Het verzoek is niet te lezen. Controleer de vorm."),
    405: (
        "methode-niet-toegestaan",
        "Deze methode kan hier niet",
        "Gebruik een van de methoden uit de kop 'Allow'.",
    ),
}


def install(app: FastAPI) -> None:
    """Answer every error of this app with a problem document."""
    app.add_exception_handler(VerzoekFout, _on_verzoek_fout)
    app.add_exception_handler(RequestValidationError, _on_validation_error)
    app.add_exception_handler(HTTPException, _on_http_exception)
    app.add_exception_handler(Exception, _on_exception)


def problem(fout: VerzoekFout, *, token_endpoint: bool = False) -> JSONResponse:
    """The problem document of an error; at the token endpoint also with the members of RFC 6749, section 5.2."""
    document = _document(fout.status, fout.code, fout.titel, fout.detail)
    if fout.fouten:
        document["fouten"] = [{"pad": f.pad, "code": f.code, "melding": f.melding} for f in fout.fouten]
    if token_endpoint:
        document |= {"error": fout.error, "error_description": fout.titel}
    return JSONResponse(document, fout.status, _headers(fout), MEDIATYPE)


def internal_error(fout: Exception) -> JSONResponse:
    """The answer to an error of ours, logged under the same reference with its type and place, never its message."""
    detail = (
        "De fout ligt bij de dienst. Probeer het later opnieuw, of noem het nummer bij 'instance' aan de beheerder."
    )
    document = _document(500, "interne-fout", VerzoekFout.titel, detail)
    # Starlette asks the handler of every application that the error passes; it is one error, logged once.
    if document["title"] not in getattr(fout, "__notes__", ()):
        fout.add_note(document["title"])
        _log.error("interne fout", soort=type(fout).__name__, plaats=place_of(fout), instance=document["instance"])
    return JSONResponse(document, 500, None, MEDIATYPE)


def pointer(location: Sequence[str | int]) -> str:
    """A JSON pointer (RFC 6901) to a place in the body; the bare name for a header or query key."""
    where, *path = location
    if where != "body":
        return str(path[0]) if path else str(where)
    return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in path)


def _document(status: int, code: str, titel: str, detail: str) -> dict[str, Any]:
    return {
        "type": f"urn:problem-type:koppelradar:{code}",
        "title": titel,
        "status": status,
        "detail": detail,
        "instance": f"urn:uuid:{uuid4()}",
    }


def _headers(fout: VerzoekFout) -> Mapping[str, str]:
    headers = {}
    if fout.retry_after is not None:
        headers["Retry-After"] = str(fout.retry_after)
    if fout.status == 401:  # noqa: PLR2004
        headers["WWW-Authenticate"] = f'Bearer error="{fout.error}"'
    return headers


async def _on_verzoek_fout(request: Request, fout: Exception) -> JSONResponse:
    assert isinstance(fout, VerzoekFout)  # noqa: S101 - registered for this type only
    return problem(fout, token_endpoint=request.url.path.endswith(_TOKEN_PATH))


async def _on_validation_error(request: Request, fout: Exception) -> JSONResponse:
    assert isinstance(fout, RequestValidationError)  # noqa: S101 - registered for this type only
    fouten = tuple(_finding(error) for error in fout.errors())
    invoer = OngeldigeInvoer("Verbeter wat bij 'fouten' staat en stuur het verzoek opnieuw.", fouten=fouten)
    return problem(invoer, token_endpoint=request.url.path.endswith(_TOKEN_PATH))


def _finding(error: Mapping[str, Any]) -> Invoerfout:
    # Only the kind and the place: `input`, `msg` and `ctx` can hold what was sent.
    kind = str(error["type"])
    location = error["loc"]
    if kind == "json_invalid":
        location = location[:1]
    elif kind == "extra_forbidden":
        location = location[:-1]  # the last part is a name that the caller made up
    return Invoerfout(pointer(location), kind.replace("_", "-"), _MELDINGEN.get(kind, _ANDERS))


async def _on_http_exception(request: Request, fout: Exception) -> JSONResponse:
    assert isinstance(fout, HTTPException)  # noqa: S101 - registered for this type only
    if fout.status_code == 404:  # noqa: PLR2004
        return problem(NietGevonden("Dit adres bestaat niet. Kijk in /v1/openapi.json welke er zijn."))
    code, titel, detail = _STATUS_CODES.get(fout.status_code, _STATUS_CODES[400])
    headers = {"Allow": _allowed(request)} if fout.status_code == 405 else fout.headers  # noqa: PLR2004
    return JSONResponse(_document(fout.status_code, code, titel, detail), fout.status_code, headers, MEDIATYPE)


def _allowed(request: Request) -> str:
    # Starlette names the methods of the first route with this path only; RFC 9110 section 10.2.1 wants them all.
    def works(method: str) -> bool:
        scope = {**request.scope, "method": method}
        return any(route.matches(scope)[0] is Match.FULL for route in request.app.routes)

    return ", ".join(filter(works, _METHODS))


async def _on_exception(_: Request, fout: Exception) -> JSONResponse:
    return internal_error(fout)


def place_of(fout: BaseException) -> str:
    """Function and line where an error arose; never its text, which can hold what was sent."""
    trace = fout.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_qualname}:{trace.tb_lineno}" if trace else "-"
