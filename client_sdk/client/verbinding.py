"""A connection that stays open to be read from, in the two shells; at most one at a time."""

from collections.abc import AsyncIterator, Iterator
from typing import Self

import httpx

from client_sdk.client.http import failed, to_httpx, to_response
from client_sdk.client.stroom import Chunk
from client_sdk.client.transport import ConnectionFailed, Request, Response

_OK = 200
_ENDED = ConnectionFailed(EOFError("the stream ended"))


class Verbinding:
    """Opens a stream and reads it. A context manager: leaving it closes what is open."""

    def __init__(self, http: httpx.Client) -> None:
        self._http = http
        self._response: httpx.Response | None = None
        self._chunks: Iterator[bytes] = iter(())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def open(self, request: Request) -> Response | ConnectionFailed:
        """Send a request in place of the one before; an answer with another status than 200 is read to its end."""
        self.close()
        try:
            self._response = self._http.send(to_httpx(self._http, request), stream=True)
            if self._response.status_code != _OK:
                self._response.read()
                return to_response(self._response)
        except httpx.RequestError as error:
            self.close()
            return failed(error)
        self._chunks = self._response.iter_bytes()
        return _opened(self._response)

    def read(self) -> Chunk | ConnectionFailed:
        """Return the next bytes, or that the stream ended."""
        try:
            return Chunk(next(self._chunks))
        except StopIteration:
            outcome = _ENDED
        except httpx.RequestError as error:
            outcome = failed(error)
        self.close()
        return outcome

    def close(self) -> None:
        """Close what is open."""
        self._chunks = iter(())
        if self._response is not None:
            self._response.close()
            self._response = None


class AsyncVerbinding:
    """`Verbinding` for asyncio."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http
        self._response: httpx.Response | None = None
        self._chunks: AsyncIterator[bytes] | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def open(self, request: Request) -> Response | ConnectionFailed:
        """Send a request in place of the one before; an answer with another status than 200 is read to its end."""
        await self.close()
        try:
            self._response = await self._http.send(to_httpx(self._http, request), stream=True)
            if self._response.status_code != _OK:
                await self._response.aread()
                return to_response(self._response)
        except httpx.RequestError as error:
            await self.close()
            return failed(error)
        self._chunks = self._response.aiter_bytes()
        return _opened(self._response)

    async def read(self) -> Chunk | ConnectionFailed:
        """Return the next bytes, or that the stream ended."""
        outcome = _ENDED
        try:
            if self._chunks is not None:
                return Chunk(await anext(self._chunks))
        except StopAsyncIteration:
            pass
        except httpx.RequestError as error:
            outcome = failed(error)
        await self.close()
        return outcome

    async def close(self) -> None:
        """Close what is open."""
        self._chunks = None
        if self._response is not None:
            await self._response.aclose()
            self._response = None


def _opened(response: httpx.Response) -> Response:
    headers = {name.lower(): value for name, value in response.headers.items()}
    return Response(status=response.status_code, headers=headers, content=b"")
