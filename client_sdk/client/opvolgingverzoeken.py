"""The requests about the follow-up of a match and about terms."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import quote

from client_sdk.client.opvolging import Hulp
from client_sdk.client.requests import post
from client_sdk.client.transport import Request
from convenant.types import Oin


def opvolging_request(match: str) -> Request:
    """Return the request for how the follow-up of a match stands."""
    return Request(method="GET", path=_path(match, "opvolging"), repeatable=True)


def contact_request(match: str) -> Request:
    """Return the request that records contact."""
    return _post(match, "contacten", {})


def regievoorstel_request(match: str, kandidaat: Oin, per: date | None) -> Request:
    """Return the request that proposes a regisseur; `per` is the day of a hand-over."""
    body = {"kandidaat": kandidaat}
    return _post(match, "regievoorstellen", body if per is None else {**body, "per": per.isoformat()})


def regieaanvaarding_request(match: str) -> Request:
    """Return the request that accepts the regie."""
    return _post(match, "regieaanvaardingen", {})


def regieafwijzing_request(match: str) -> Request:
    """Return the request that turns the regie down."""
    return _post(match, "regieafwijzingen", {})


def moment_request(match: str, op: date) -> Request:
    """Return the request that agrees the next moment."""
    return _post(match, "momenten", {"op": op.isoformat()})


def hulpmelding_request(match: str, hulp: Hulp) -> Request:
    """Return the request that says how the own help goes."""
    return _post(match, "hulpmeldingen", {"hulp": hulp.value})


def afsluiting_request(match: str) -> Request:
    """Return the request that closes the follow-up for the own organisation."""
    return _post(match, "afsluitingen", {})


def termijnen_request() -> Request:
    """Return the request for the own terms that run."""
    return Request(method="GET", path="/v1/termijnen", repeatable=True)


def _post(match: str, what: str, body: Mapping[str, Any]) -> Request:
    # Repeating any of these changes nothing: the matcher says so in its interface.
    return post(_path(match, what), body, {})


def _path(match: str, what: str) -> str:
    return f"/v1/matches/{quote(match, safe='')}/{what}"
