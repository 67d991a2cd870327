"""A real HTTP server on this machine that a webhook of a test points at: it keeps what came in, and answers as told."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

WELCOME = b"HTTP/1.1 200 OK\r\nWebHook-Allowed-Origin: matcher.test\r\nContent-Length: 0\r\n\r\n"


def reply(status: int, **headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status} X", "Content-Length: 0", *(f"{k.replace('_', '-')}: {v}" for k, v in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


@dataclass
class Verzoek:
    method: str
    target: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Luisteraar:
    """`answer` is what it says to the next deliveries; the handshake is agreed to unless `welcome` says otherwise."""

    port: int = 0
    answer: Callable[[Verzoek], bytes] = lambda _: reply(204)
    welcome: bytes = WELCOME
    came_in: list[Verzoek] = field(default_factory=list)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    connections: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook?a=b"

    @property
    def deliveries(self) -> list[Verzoek]:
        return [verzoek for verzoek in self.came_in if verzoek.method == "POST"]

    def says(self, status: int, **headers: str) -> None:
        self.answer = lambda _: reply(status, **headers)

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            verzoek = await _read(reader)
            self.came_in.append(verzoek)
            await self.gate.wait()
            writer.write(self.welcome if verzoek.method == "OPTIONS" else self.answer(verzoek))
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def listening(context: ssl.SSLContext | None = None) -> AsyncIterator[Luisteraar]:
    luisteraar = Luisteraar()
    luisteraar.gate.set()
    server = await asyncio.start_server(luisteraar.handle, "127.0.0.1", 0, ssl=context)
    luisteraar.port = server.sockets[0].getsockname()[1]
    try:
        yield luisteraar
    finally:
        luisteraar.gate.set()
        server.close()
        await server.wait_closed()


async def _read(reader: asyncio.StreamReader) -> Verzoek:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.strip().split("\r\n")
    method, target, _ = first.split(" ")
    headers: dict[str, Any] = dict(line.split(": ", 1) for line in lines)
    length = int({k.lower(): v for k, v in headers.items()}.get("content-length", 0))
    return Verzoek(method, target, headers, await reader.readexactly(length))
