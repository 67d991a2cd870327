"""The requests of HTTP interface version 1, built from values."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from client_sdk.client.model import SignaalInzending
from client_sdk.client.transport import Request

MAX_BATCH: Final = 1000
MAX_LIMIET: Final = 1000
MAX_WACHT: Final = 30
TOKEN_PATH: Final = "/v1/token"  # noqa: S105 -- a path

_ASSERTION_TYPE: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_IDEMPOTENCY_KEY: Final = re.compile(r"[A-Za-z0-9_-]{8,64}")
_LONG_POLL_MARGIN: Final = 15.0


def token_request(*, oin: str, assertion: str) -> Request:
    """Return the request for an access token; repeat it only with a fresh assertion."""
    form = {
        "grant_type": "client_credentials",
        "client_id": oin,
        "client_assertion_type": _ASSERTION_TYPE,
        "client_assertion": assertion,
    }
    return Request(
        method="POST",
        path=TOKEN_PATH,
        headers={"Content-Type": "application/x-www-form-urlencoded"},
        content=urlencode(form).encode("ascii"),
        repeatable=True,
    )


def signalen_request(signalen: Sequence[SignaalInzending], *, idempotentiesleutel: str) -> Request:
    """Return the request that submits a batch, all or none.

    The same signals give the same bytes, so that a repetition under the same key is recognised. Raises
    ValueError for an empty batch, one of more than 1000, or an Idempotency-Key outside 8 to 64 of
    `[A-Za-z0-9_-]`.
    """
    if not 1 <= len(signalen) <= MAX_BATCH:
        raise ValueError(f"Een zending bevat 1 tot {MAX_BATCH} signalen.")
    if not _IDEMPOTENCY_KEY.fullmatch(idempotentiesleutel):
        raise ValueError("Een idempotentiesleutel heeft 8 tot 64 tekens uit A-Z, a-z, 0-9, _ en -.")
    body = {"signalen": [signaal_document(signaal) for signaal in signalen]}
    return _post("/v1/signalen", body, {"Idempotency-Key": idempotentiesleutel})


def intrekking_request(signaal: UUID) -> Request:
    """Return the request that withdraws a signal; repeating it gives the same answer."""
    return _post(f"/v1/signalen/{signaal}/intrekkingen", {}, {})


def page_request(collection: str, *, na: str | None, limiet: int) -> Request:
    """Return the request for a page of `signalen` or `matches`; ValueError for a limiet outside 1-1000."""
    query = {"limiet": str(_checked_limiet(limiet))}
    if na is not None:
        query["na"] = na
    return Request(method="GET", path=f"/v1/{collection}", query=query, repeatable=True)


def notificaties_request(*, na: str, wacht: int, limiet: int) -> Request:
    """Return the request for the notifications after `na`; the matcher waits `wacht` (0-30) seconds."""
    if not 0 <= wacht <= MAX_WACHT:
        raise ValueError(f"Wachten kan van 0 tot {MAX_WACHT} seconden.")
    query = {"na": na, "wacht": str(wacht), "limiet": str(_checked_limiet(limiet))}
    return Request(
        method="GET",
        path="/v1/notificaties",
        query=query,
        repeatable=True,
        read_timeout=wacht + _LONG_POLL_MARGIN,
    )


def signaal_document(signaal: SignaalInzending) -> dict[str, Any]:
    """Return the `Signaal` object of the interface."""
    return {
        "id": str(signaal.id),
        "convenant": signaal.convenant,
        "epoche": signaal.epoche,
        "profiel": signaal.profiel,
        "signaalsoort": signaal.signaalsoort,
        "verlooptOp": signaal.verloopt_op.isoformat(),
        "koppeltokens": list(signaal.koppeltokens),
        "referentie": signaal.referentie,
    }


def _checked_limiet(limiet: int) -> int:
    if not 1 <= limiet <= MAX_LIMIET:
        raise ValueError(f"De limiet ligt tussen 1 en {MAX_LIMIET}.")
    return limiet


def _post(path: str, body: Mapping[str, Any], headers: Mapping[str, str]) -> Request:
    content = json.dumps(body, separators=(",", ":"), ensure_ascii=False).encode()
    return Request(
        method="POST",
        path=path,
        headers={"Content-Type": "application/json", **headers},
        content=content,
        repeatable=True,
    )
