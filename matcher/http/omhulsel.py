"""The outermost layer: headers on every answer, also of errors; a bound on bodies; one log line per request.

It is plain ASGI, because answers to unhandled errors do not pass through Starlette's middleware.
"""

import time

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from matcher.errors import TeGroot
from matcher.http.problemen import internal_error, problem

API_VERSIE = "1.0.0"
"""Semantic version of the HTTP interface, not of the software."""

MAX_BODY_BYTES = 2 * 1024 * 1024
"""A batch of a thousand signals is about 1.1 MB."""

_OPEN_PATHS = frozenset({"/v1/openapi.json", "/v1/jwks", "/v1/.well-known/openid-configuration"})
_HEADERS = (
    (b"api-version", API_VERSIE.encode()),
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"feature-policy", b"'none'"),
    (b"referrer-policy", b"no-referrer"),
    (b"strict-transport-security", b"max-age=31536000"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
)
_log = structlog.get_logger("matcher.http")


class Omhulsel:
    """Wraps the whole application."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection; everything but HTTP passes through."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        answer = _Answer(scope, send)
        await self._handle(scope, receive, answer)
        _log.info(
            "verzoek",
            methode=scope["method"],
            route=_route(scope),
            status=answer.status,
            ms=round((time.perf_counter() - started) * 1000),
        )

    async def _handle(self, scope: Scope, receive: Receive, answer: "_Answer") -> None:
        body = await _read_body(receive)
        if body is None:
            fout = TeGroot("Stuur hoogstens duizend signalen per verzoek.")
            await problem(fout)(scope, receive, answer.send)
            return
        try:
            await self._app(scope, _Replay(body, receive), answer.send)
        except Exception as fout:
            response = internal_error(fout)
            if not answer.started:
                await response(scope, receive, answer.send)


class _Answer:
    """Adds the headers to the answer that passes by, and remembers its status."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._open = scope["path"] in _OPEN_PATHS
        self._send = send
        self.status = 0

    @property
    def started(self) -> bool:
        return self.status != 0

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = [*message.get("headers", ()), *_HEADERS]
            if self._open:
                headers.append((b"access-control-allow-origin", b"*"))
            message = {**message, "headers": headers}
        await self._send(message)


class _Replay:
    """Gives the body that was read already, then whatever else comes in."""

    def __init__(self, body: bytes, receive: Receive) -> None:
        self._message: Message | None = {"type": "http.request", "body": body, "more_body": False}
        self._receive = receive

    async def __call__(self) -> Message:
        message, self._message = self._message, None
        return message if message is not None else await self._receive()


async def _read_body(receive: Receive) -> bytes | None:
    parts: list[bytes] = []
    size = 0
    more = True
    while more:
        message = await receive()
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > MAX_BODY_BYTES:
            return None
        more = message.get("more_body", False)
    return b"".join(parts)


def _route(scope: Scope) -> str:
    # The template and not the path: a path is what a caller makes of it.
    route = scope.get("route")
    return str(getattr(route, "path", "-"))
