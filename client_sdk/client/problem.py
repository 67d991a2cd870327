"""Answers that say no (RFC 9457), turned into the errors of the SDK."""

import json
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from client_sdk.client.dienstsoort import MATCHER, Dienstsoort, Weigering
from client_sdk.client.transport import Response
from client_sdk.errors import KoppelradarFout, Veldfout

_TYPE_PREFIX = "urn:problem-type:koppelradar:"
_NO_DETAIL = "{} weigerde het verzoek en gaf geen uitleg."


def retry_after(response: Response) -> float | None:
    """Return the seconds that Retry-After asks for (RFC 9110, 10.2.3), or None when there is none to read."""
    value = response.headers.get("retry-after", "").strip()
    if not value:
        return None
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    if moment.tzinfo is None:
        return None
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def unavailable(response: Response, soort: Dienstsoort = MATCHER) -> KoppelradarFout:
    """Return the error for a service that cannot serve us now."""
    return soort.onbereikbaar(
        f"{soort.naam} kan dit verzoek nu niet verwerken. Probeer het later opnieuw.",
        retry_after=retry_after(response),
    )


def error_of(response: Response, soort: Dienstsoort = MATCHER) -> KoppelradarFout:
    """Return the error that stands for a response outside 2xx; it is not raised here.

    A server error is one of `onbereikbaar`: nothing was decided. A redirect is one of `ongeldig`, because a
    conversation that carries credentials follows none.
    """
    if response.status >= 500:  # noqa: PLR2004 -- the class of server errors
        return unavailable(response, soort)
    if response.status < 400:  # noqa: PLR2004 -- anything below is no refusal
        return soort.ongeldig(f"{soort.naam} gaf een onverwacht antwoord (HTTP-status {response.status}).")
    return soort.geweigerd(_weigering(response, soort))


def code_of(response: Response) -> str:
    """Return the last part of the problem type; empty when the answer is no problem document of ours."""
    return _text(_document(response), "type").removeprefix(_TYPE_PREFIX)


def _weigering(response: Response, soort: Dienstsoort) -> Weigering:
    document = _document(response)
    return Weigering(
        status=response.status,
        code=code_of(response) or f"http-{response.status}",
        detail=_text(document, "detail") or _NO_DETAIL.format(soort.naam),
        fouten=_veldfouten(document.get("fouten")),
        kenmerk=_text(document, "instance") or None,
        retry_after=retry_after(response),
    )


def _document(response: Response) -> dict[str, Any]:
    """Return the problem document, or an empty one: a proxy in between answers in HTML."""
    try:
        document = json.loads(response.content)
    except (ValueError, RecursionError):
        return {}
    return document if isinstance(document, dict) else {}


def _text(document: dict[str, Any], member: str) -> str:
    value = document.get(member)
    return value if isinstance(value, str) else ""


def _veldfouten(fouten: Any) -> tuple[Veldfout, ...]:
    if not isinstance(fouten, list):
        return ()
    return tuple(
        Veldfout(pad=_text(fout, "pad"), code=_text(fout, "code"), melding=_text(fout, "melding"))
        for fout in fouten
        if isinstance(fout, dict)
    )
