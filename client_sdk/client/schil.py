"""The two shells around a conversation: the only places that do I/O or wait."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from types import TracebackType
from typing import Self, TypeVar

import httpx

from client_sdk.client.http import client_settings, failed, to_httpx, to_response
from client_sdk.client.model import Bladzijde, Notificatie
from client_sdk.client.stroom import Lezen, Openen, Overhandigen, Stroomstappen, Stroomuitkomst
from client_sdk.client.transport import ConnectionFailed, Pause, Request, Response, Steps
from client_sdk.client.verbinding import AsyncVerbinding, Verbinding

_T = TypeVar("_T")


class Schil:
    """Carries out conversations and waits for them. A context manager; not for several threads at once."""

    def __init__(
        self, url: str, *, transport: httpx.BaseTransport | None, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._http = httpx.Client(transport=transport, **client_settings(url))
        self._sleep = sleep

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _pages(self, page: Callable[[str | None], Steps[Bladzijde[_T]]]) -> Iterator[_T]:
        na: str | None = None
        while True:
            bladzijde = self._run(page(na))
            yield from bladzijde.regels
            na = bladzijde.volgende
            if na is None:
                return

    def _run(self, steps: Steps[_T]) -> _T:
        outcome: Response | ConnectionFailed | None = None
        while True:
            try:
                step = steps.send(outcome)
            except StopIteration as stop:
                result: _T = stop.value
                return result
            if isinstance(step, Pause):
                self._sleep(step.seconds)
                outcome = None
            else:
                outcome = self._exchange(step)

    def _follow(self, steps: Stroomstappen) -> Iterator[Notificatie]:
        outcome: Stroomuitkomst = None
        with Verbinding(self._http) as verbinding:
            while True:
                step = steps.send(outcome)
                outcome = None
                match step:
                    case Overhandigen(notificatie):
                        yield notificatie
                    case Pause(seconds):
                        self._sleep(seconds)
                    case Openen(request):
                        outcome = verbinding.open(request)
                    case Lezen():
                        outcome = verbinding.read()
                    case Request():
                        outcome = self._exchange(step)

    def _exchange(self, request: Request) -> Response | ConnectionFailed:
        try:
            return to_response(self._http.send(to_httpx(self._http, request)))
        except httpx.RequestError as error:
            return failed(error)


class AsyncSchil:
    """`Schil` for asyncio: an asynchronous context manager; calls may overlap."""

    def __init__(
        self,
        url: str,
        *,
        transport: httpx.AsyncBaseTransport | None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._http = httpx.AsyncClient(transport=transport, **client_settings(url))
        self._sleep = sleep

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def _pages(self, page: Callable[[str | None], Steps[Bladzijde[_T]]]) -> AsyncIterator[_T]:
        na: str | None = None
        while True:
            bladzijde = await self._run(page(na))
            for regel in bladzijde.regels:
                yield regel
            na = bladzijde.volgende
            if na is None:
                return

    async def _run(self, steps: Steps[_T]) -> _T:
        outcome: Response | ConnectionFailed | None = None
        while True:
            try:
                step = steps.send(outcome)
            except StopIteration as stop:
                result: _T = stop.value
                return result
            if isinstance(step, Pause):
                await self._sleep(step.seconds)
                outcome = None
            else:
                outcome = await self._exchange(step)

    async def _follow(self, steps: Stroomstappen) -> AsyncIterator[Notificatie]:
        outcome: Stroomuitkomst = None
        async with AsyncVerbinding(self._http) as verbinding:
            while True:
                step = steps.send(outcome)
                outcome = None
                match step:
                    case Overhandigen(notificatie):
                        yield notificatie
                    case Pause(seconds):
                        await self._sleep(seconds)
                    case Openen(request):
                        outcome = await verbinding.open(request)
                    case Lezen():
                        outcome = await verbinding.read()
                    case Request():
                        outcome = await self._exchange(step)

    async def _exchange(self, request: Request) -> Response | ConnectionFailed:
        try:
            return to_response(await self._http.send(to_httpx(self._http, request)))
        except httpx.RequestError as error:
            return failed(error)
