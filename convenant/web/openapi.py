"""The published description of the interface, as the NL API Design Rules want it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from convenant.web.modellen import Probleem
from convenant.web.problemen import MEDIATYPE

CONTACT = {
    "name": "Team Koppelradar",
    "url": "https://koppelradar.example.nl/contact",
    "email": "team@koppelradar.example.nl",
}
_PROBLEMS = {
    "400": "De invoer klopt niet.",
    "401": "Niet ingelogd.",
    "403": "Geen toegang.",
    "404": "Niet gevonden.",
    "405": "Methode niet toegestaan.",
    "406": "Mediatype wordt niet geleverd.",
    "409": "Conflict met wat er al is.",
    "413": "Het verzoek is te groot.",
    "415": "Verkeerd mediatype.",
    "429": "Het budget of het plafond is bereikt; zie Retry-After.",
    "500": "Interne fout.",
    "503": "Tijdelijk niet beschikbaar; zie Retry-After.",
}
_ALWAYS = ("400", "404", "405", "406", "500", "503")
_WITH_TOKEN = ("401", "403")
_WITH_BODY = ("401", "409", "413", "415")


@dataclass(frozen=True, slots=True, kw_only=True)
class Beschrijving:
    """How a service presents its interface. `versie` is the semantic version of the interface, not of the software."""

    titel: str
    tekst: str
    tags: Sequence[Mapping[str, str]]
    versie: str


def build_openapi(app: FastAPI, beschrijving: Beschrijving, *, server: str) -> dict[str, Any]:
    """The OpenAPI 3.1 document of version 1. `server` is the base URL as callers see it, or a path relative to it."""
    document = get_openapi(
        title=beschrijving.titel,
        version=beschrijving.versie,
        openapi_version="3.1.0",
        description=beschrijving.tekst,
        contact=CONTACT,
        license_info={
            "name": "EUPL-1.2",
            "url": "https://joinup.ec.europa.eu/collection/eupl/eupl-text-eupl-12",
        },
        routes=app.routes,
        tags=[dict(tag) for tag in beschrijving.tags],
        servers=[{"url": server}],
    )
    schemas = document["components"]["schemas"]
    # FastAPI promises 422 everywhere; we answer 400 with a problem document.
    schemas.pop("HTTPValidationError", None)
    schemas.pop("ValidationError", None)
    schemas["Probleem"] = Probleem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(schemas["Probleem"].pop("$defs", {}))
    document["components"]["securitySchemes"] = {"toegangstoken": {"type": "http", "scheme": "bearer"}}
    document["components"]["headers"] = {"API-Version": _version_header(beschrijving.versie)}
    for path in document["paths"].values():
        for operation in path.values():
            _complete(operation)
    return document


def _version_header(versie: str) -> dict[str, Any]:
    return {
        "description": "Volledig versienummer van de API.",
        "schema": {"type": "string", "examples": [versie]},
    }


def _complete(operation: dict[str, Any]) -> None:
    operation["responses"].pop("422", None)
    # What a route declares beyond these, it declares by its code alone.
    codes = {*_ALWAYS, *(code for code in operation["responses"] if code in _PROBLEMS)}
    if _needs_token(operation):
        operation["security"] = [{"toegangstoken": []}]
        codes |= set(_WITH_TOKEN)
    if "requestBody" in operation:
        codes |= set(_WITH_BODY)
    for code in sorted(codes):
        operation["responses"][code] = _problem_response(code)
    for response in operation["responses"].values():
        response.setdefault("headers", {})["API-Version"] = {"$ref": "#/components/headers/API-Version"}


def _needs_token(operation: dict[str, Any]) -> bool:
    return any(parameter["name"] == "Koppelradar-Medewerker" for parameter in operation.get("parameters", ()))


def _problem_response(code: str) -> dict[str, Any]:
    return {
        "description": _PROBLEMS[code],
        "content": {MEDIATYPE: {"schema": {"$ref": "#/components/schemas/Probleem"}}},
    }
