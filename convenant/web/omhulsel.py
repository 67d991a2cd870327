"""The outermost layer: headers on every answer, also of errors; a bound on bodies; one log line per request.

It is plain ASGI, because answers to unhandled errors do not pass through Starlette's middleware.
"""

import time
from collections.abc import Collection
from dataclasses import dataclass

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from convenant.web.errors import TeGroot
from convenant.web.problemen import internal_error, problem

OPEN_PATHS = frozenset({"/v1/openapi.json", "/v1/jwks", "/v1/.well-known/openid-configuration"})
"""What every service publishes for everybody, also for pages of other origins."""

_HEADERS = (
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"feature-policy", b"'none'"),
    (b"referrer-policy", b"no-referrer"),
    (b"strict-transport-security", b"max-age=31536000"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
)
_log = structlog.get_logger("convenant.web")


@dataclass(frozen=True, slots=True, kw_only=True)
class Grenzen:
    """What one service allows: the largest body, what to say to a larger one, and which paths are for everybody."""

    versie: str
    max_body_bytes: int
    te_groot: str
    open_paths: Collection[str] = OPEN_PATHS


class Omhulsel:
    """Wraps the whole application."""

    def __init__(self, app: ASGIApp, grenzen: Grenzen) -> None:
        self._app = app
        self._grenzen = grenzen

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection; everything but HTTP passes through."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        answer = _Answer(scope, send, self._grenzen)
        await self._handle(scope, receive, answer)
        _log.info(
            "verzoek",
            methode=scope["method"],
            route=_route(scope),
            status=answer.status,
            ms=round((time.perf_counter() - started) * 1000),
        )

    async def _handle(self, scope: Scope, receive: Receive, answer: "_Answer") -> None:
        body = await _read_body(receive, self._grenzen.max_body_bytes)
        if body is None:
            await problem(TeGroot(self._grenzen.te_groot))(scope, receive, answer.send)
            return
        try:
            await self._app(scope, _Replay(body, receive), answer.send)
        except Exception as fout:
            response = internal_error(fout)
            if not answer.started:
                await response(scope, receive, answer.send)


class _Answer:
    """Adds the headers to the answer that passes by, and remembers its status."""

    def __init__(self, scope: Scope, send: Send, grenzen: Grenzen) -> None:
        self._headers = [(b"api-version", grenzen.versie.encode()), *_HEADERS]
        if scope["path"] in grenzen.open_paths:
            self._headers.append((b"access-control-allow-origin", b"*"))
        self._send = send
        self.status = 0

    @property
    def started(self) -> bool:
        return self.status != 0

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message = {**message, "headers": [*message.get("headers", ()), *self._headers]}
        await self._send(message)


class _Replay:
    """Gives the body that was read already, then whatever else comes in."""

    def __init__(self, body: bytes, receive: Receive) -> None:
        self._message: Message | None = {"type": "http.request", "body": body, "more_body": False}
        self._receive = receive

    async def __call__(self) -> Message:
        message, self._message = self._message, None
        return message if message is not None else await self._receive()


async def _read_body(receive: Receive, limit: int) -> bytes | None:
    parts: list[bytes] = []
    size = 0
    more = True
    while more:
        message = await receive()
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > limit:
            return None
        more = message.get("more_body", False)
    return b"".join(parts)


def _route(scope: Scope) -> str:
    # The template and not the path: a path is what a caller makes of it.
    route = scope.get("route")
    return str(getattr(route, "path", "-"))
