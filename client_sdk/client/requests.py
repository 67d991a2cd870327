"""The requests of HTTP interface version 1 of the matcher, built from values."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote, urlencode
from uuid import UUID

from client_sdk.client.koppeling import Epochetokens, Hertokening, Verzegeldekaart
from client_sdk.client.model import SignaalInzending
from client_sdk.client.transport import Request
from convenant.base64url import encode_base64url

MAX_BATCH: Final = 1000
MAX_LIMIET: Final = 1000
MAX_WACHT: Final = 30
TOKEN_PATH: Final = "/v1/token"  # noqa: S105 -- a path

_ASSERTION_TYPE: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_IDEMPOTENCY_KEY: Final = re.compile(r"[A-Za-z0-9_-]{8,64}")
_LONG_POLL_MARGIN: Final = 15.0
_READ_TIMEOUT: Final = 30.0
_TELLING_TIMEOUT: Final = 5.0


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
    _check_batch(len(signalen), idempotentiesleutel)
    body = {"signalen": [signaal_document(signaal) for signaal in signalen]}
    return post("/v1/signalen", body, {"Idempotency-Key": idempotentiesleutel})


def hertokeningen_request(hertokeningen: Sequence[Hertokening], *, idempotentiesleutel: str) -> Request:
    """Return the request that adds tokens of a running epoch to own signals; raises what `signalen_request` raises."""
    _check_batch(len(hertokeningen), idempotentiesleutel)
    body = {"signalen": [_hertokening(hertokening) for hertokening in hertokeningen]}
    return post("/v1/hertokeningen", body, {"Idempotency-Key": idempotentiesleutel})


def wissing_request(convenant: str, epoche: int) -> Request:
    """Return the request that erases the own tokens of an epoch; repeating it finds nothing left."""
    return post(f"/v1/epochen/{epoche}/wissingen", {"convenant": convenant}, {})


def epochen_request(convenant: str) -> Request:
    """Return the request for how the epochs of a convenant stand."""
    return Request(method="GET", path="/v1/epochen", query={"convenant": convenant}, repeatable=True)


def telling_request(convenant: str) -> Request:
    """Return the request for the matcher's statement; not repeatable: it is not worth waiting for."""
    return Request(method="GET", path="/v1/telling", query={"convenant": convenant}, read_timeout=_TELLING_TIMEOUT)


def bevestiging_request(mogelijke_match: UUID, *, acuut: bool) -> Request:
    """Return the request that confirms a possible match."""
    return post(f"/v1/mogelijke-matches/{mogelijke_match}/bevestigingen", {"acuut": acuut}, {})


def afwijzing_request(mogelijke_match: UUID) -> Request:
    """Return the request that rejects a possible match."""
    return post(f"/v1/mogelijke-matches/{mogelijke_match}/afwijzingen", {}, {})


def onjuistmelding_request(match: str, paar: UUID) -> Request:
    """Return the request that separates a pair for good."""
    return post(f"/v1/matches/{quote(match, safe='')}/onjuistmeldingen", {"paar": str(paar)}, {})


def kaartverzoek_request(match: str, paar: UUID) -> Request:
    """Return the request that asks the other side of a pair for its card."""
    return post(f"/v1/matches/{quote(match, safe='')}/kaartverzoeken", {"paar": str(paar)}, {})


def kaartvrijgave_request(match: str, paar: UUID, zegel: bytes) -> Request:
    """Return the request that releases the own card, sealed for who asked."""
    body = {"match": match, "paar": str(paar), "zegel": encode_base64url(zegel)}
    return post("/v1/kaartvrijgaven", body, {})


def intrekking_request(signaal: UUID) -> Request:
    """Return the request that withdraws a signal; repeating it gives the same answer."""
    return post(f"/v1/signalen/{signaal}/intrekkingen", {}, {})


def page_request(collection: str, *, na: str | None, limiet: int, query: Mapping[str, str] | None = None) -> Request:
    """Return the request for a page of a collection, such as `matches`; ValueError for a limiet outside 1-1000."""
    paging = {"limiet": str(_checked_limiet(limiet)), **({} if na is None else {"na": na})}
    return Request(method="GET", path=f"/v1/{collection}", query={**(query or {}), **paging}, repeatable=True)


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
    document: dict[str, Any] = {
        "id": str(signaal.id),
        "convenant": signaal.convenant,
        "profiel": signaal.profiel,
        "signaalsoort": signaal.signaalsoort,
        "verlooptOp": signaal.verloopt_op.isoformat(),
        "tokensets": [tokenset_document(tokens) for tokens in signaal.tokensets],
        "referentie": signaal.referentie,
    }
    return document if signaal.kaart is None else {**document, "kaart": _kaart(signaal.kaart)}


def tokenset_document(tokens: Epochetokens) -> dict[str, Any]:
    """Return the `Tokenset` object of the interface."""
    return {"epoche": tokens.epoche, "koppeltokens": list(tokens.koppeltokens)}


def _kaart(kaart: Verzegeldekaart) -> dict[str, Any]:
    return {
        "versleuteld": encode_base64url(kaart.versleuteld),
        "omslagen": [{"epoche": o.epoche, "waarde": encode_base64url(o.waarde)} for o in kaart.omslagen],
        "zegels": [{"ontvanger": z.ontvanger, "waarde": encode_base64url(z.waarde)} for z in kaart.zegels],
    }


def _hertokening(hertokening: Hertokening) -> dict[str, Any]:
    document = {"id": str(hertokening.signaal), "tokenset": tokenset_document(hertokening.tokens)}
    if hertokening.omslag is None:
        return document
    return {**document, "omslag": encode_base64url(hertokening.omslag)}


def _check_batch(aantal: int, idempotentiesleutel: str) -> None:
    if not 1 <= aantal <= MAX_BATCH:
        raise ValueError(f"Een zending bevat 1 tot {MAX_BATCH} signalen.")
    if not _IDEMPOTENCY_KEY.fullmatch(idempotentiesleutel):
        raise ValueError("Een idempotentiesleutel heeft 8 tot 64 tekens uit A-Z, a-z, 0-9, _ en -.")


def _checked_limiet(limiet: int) -> int:
    if not 1 <= limiet <= MAX_LIMIET:
        raise ValueError(f"De limiet ligt tussen 1 en {MAX_LIMIET}.")
    return limiet


def post(
    path: str,
    body: Mapping[str, Any],
    headers: Mapping[str, str],
    *,
    repeatable: bool = True,
    read_timeout: float = _READ_TIMEOUT,
) -> Request:
    """Return a POST of JSON; one that may be repeated, unless said otherwise. `read_timeout` is in seconds."""
    content = json.dumps(body, separators=(",", ":"), ensure_ascii=False).encode()
    return Request(
        method="POST",
        path=path,
        headers={"Content-Type": "application/json", **headers},
        content=content,
        repeatable=repeatable,
        read_timeout=read_timeout,
    )
