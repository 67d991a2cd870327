"""Sending to webhooks: the handshake of the CloudEvents webhook specification, and events.

Nothing that the other side does raises: an answer that did not come is an answer without a status.
"""

import asyncio
import ssl
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Final

import httpcore

from convenant.types import Omgeving
from matcher.domein.webhook import Antwoord
from matcher.uitgaand.adres import AdresFout, Doel, parse_url
from matcher.uitgaand.koppen import parse_rate, parse_retry_after
from matcher.uitgaand.netwerk import OpenbaarNetwerk, Resolver, resolve

MEDIATYPE: Final = "application/cloudevents+json; charset=utf-8"
_SECONDS: Final = 10.0
_MAX_ANSWER_BYTES: Final = 4096
_ANSWER_SECONDS: Final = 2.0
_AGREED: Final = frozenset({HTTPStatus.OK, HTTPStatus.NO_CONTENT})
_FAILURES: Final = (
    httpcore.NetworkError,
    httpcore.TimeoutException,
    httpcore.ProtocolError,
    httpcore.ConnectionNotAvailable,
    AdresFout,
    OSError,
    TimeoutError,
    UnicodeError,
)
_NOTHING: Final = Antwoord(status=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Zending:
    """An event on its way: the bytes of the body, and what proves where they come from."""

    url: str = field(repr=False)
    body: bytes = field(repr=False)
    bearer: str = field(repr=False)
    handtekening: tuple[str, str] = field(repr=False)


class Webhookzender:
    """Sends, each time over a connection of its own; `origin` is the host name by which the matcher is known.

    `klok` is for what webhooks say about time; `ssl_context` is that of the machine unless given.
    """

    def __init__(
        self,
        *,
        omgeving: Omgeving,
        origin: str,
        klok: Callable[[], datetime],
        resolver: Resolver = resolve,
        ssl_context: ssl.SSLContext | None = None,
        seconds: float = _SECONDS,
    ) -> None:
        self._omgeving = omgeving
        self._origin = origin
        self._klok = klok
        self._seconds = seconds
        self._ssl_context = ssl_context or ssl.create_default_context()
        self._netwerk = OpenbaarNetwerk(omgeving, resolver)

    async def send(self, zending: Zending) -> Antwoord:
        """What came back for an event. The event may have arrived also when nothing came back."""
        name, value = zending.handtekening
        headers = {"Content-Type": MEDIATYPE, "Authorization": f"Bearer {zending.bearer}", name: value}
        antwoord, _ = await self._call("POST", zending.url, headers, zending.body)
        return antwoord

    async def shake_hands(self, url: str) -> Antwoord | None:
        """What came back when the webhook was asked whether our events are welcome; None when it did not say so."""
        antwoord, headers = await self._call("OPTIONS", url, {"WebHook-Request-Origin": self._origin}, None)
        if antwoord.status not in _AGREED:
            return antwoord
        allowed = headers.get("webhook-allowed-origin", "").strip().lower()
        return antwoord if allowed in {"*", self._origin.lower()} else None

    async def _call(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | None
    ) -> tuple[Antwoord, dict[str, str]]:
        with suppress(*_FAILURES):
            doel = parse_url(url, self._omgeving)
            async with asyncio.timeout(self._seconds):
                status, found = await self._exchange(method, doel, headers, body)
            wacht = parse_retry_after(found.get("retry-after"), op=self._klok())
            rate = parse_rate(found.get("webhook-allowed-rate"))
            return Antwoord(status=status, retry_after=wacht, per_minuut=rate), found
        return _NOTHING, {}

    async def _exchange(
        self, method: str, doel: Doel, headers: Mapping[str, str], body: bytes | None
    ) -> tuple[int, dict[str, str]]:
        url = httpcore.URL(
            scheme=doel.scheme.encode(), host=doel.host.encode(), port=doel.port, target=doel.target.encode()
        )
        sent = {"Host": doel.authority, "User-Agent": "Koppelradar", "Connection": "close", **headers}
        async with (
            httpcore.AsyncConnectionPool(
                ssl_context=self._ssl_context, network_backend=self._netwerk, max_keepalive_connections=0
            ) as pool,
            pool.stream(method, url, headers=list(sent.items()), content=body) as answer,
        ):
            await _read_some(answer)
            return answer.status, {
                name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.headers
            }


async def _read_some(answer: httpcore.Response) -> None:
    """Let the other side finish what it has to say, within bounds: the status is what counts, and that is there."""
    size = 0
    with suppress(httpcore.NetworkError, httpcore.ProtocolError, TimeoutError):
        async with asyncio.timeout(_ANSWER_SECONDS):
            async for part in answer.aiter_stream():
                size += len(part)
                if size >= _MAX_ANSWER_BYTES:
                    return
