"""Both shells of the client, against answers that a test writes down."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

import httpx
import pytest

from client_sdk.client import Aanmelding, AsyncMatcherClient, Herhaalbeleid, MatcherClient
from client_sdk.sleutels import Ondertekensleutel
from client_sdk.types import MedewerkerPseudoniem
from convenant.types import Oin


@dataclass
class Tegenover:
    """Answers requests as a test says; `replies` are used up in order, the last one stays."""

    replies: list[tuple[int, Any]] = field(default_factory=list)
    requests: list[httpx.Request] = field(default_factory=list)

    def reply(self, *replies: tuple[int, Any]) -> None:
        self.replies = list(replies)
        self.requests.clear()

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/v1/token":
            return httpx.Response(200, json={"access_token": "t", "token_type": "Bearer", "expires_in": 300})
        self.requests.append(request)
        status, document = self.replies[0] if len(self.replies) == 1 else self.replies.pop(0)
        return httpx.Response(status, json=document) if status != 204 else httpx.Response(204)


@dataclass
class Schillen:
    """Makes one call with the blocking and with the asynchronous client; both must do the same."""

    tegenover: Tegenover

    def __call__(self, path: str, *args: Any, **kwargs: Any) -> Any:
        replies = list(self.tegenover.replies)
        with self.sync() as client:
            result = _listed(_find(client, path)(*args, **kwargs))
        [*requests] = self.tegenover.requests
        self.tegenover.reply(*replies)
        assert asyncio.run(self._asynchronous(path, args, kwargs)) == result
        assert [_seen(r) for r in self.tegenover.requests] == [_seen(r) for r in requests]
        return result

    def sync(self) -> MatcherClient:
        return MatcherClient(
            _aanmelding(),
            medewerker=MedewerkerPseudoniem(bytes(32)),
            herhaalbeleid=Herhaalbeleid(pogingen=1),
            transport=httpx.MockTransport(self.tegenover),
        )

    async def _asynchronous(self, path: str, args: Any, kwargs: Any) -> Any:
        async with AsyncMatcherClient(
            _aanmelding(),
            medewerker=MedewerkerPseudoniem(bytes(32)),
            herhaalbeleid=Herhaalbeleid(pogingen=1),
            transport=httpx.MockTransport(self.tegenover),
        ) as client:
            result = _find(client, path)(*args, **kwargs)
            return [item async for item in result] if isinstance(result, AsyncIterator) else await result

    @property
    def request(self) -> httpx.Request:
        [request] = self.tegenover.requests
        return request

    @property
    def body(self) -> Any:
        return json.loads(self.request.content)


def _aanmelding() -> Aanmelding:
    return Aanmelding(
        url="https://matcher.example",
        oin=Oin("00000099000000021000"),
        ondertekensleutel=Ondertekensleutel.generate(),
    )


def _find(client: Any, path: str) -> Callable[..., Any]:
    found: Callable[..., Any] = reduce(getattr, path.split("."), client)
    return found


def _listed(result: Any) -> Any:
    return list(result) if isinstance(result, Iterator) else result


def _seen(request: httpx.Request) -> tuple[str, str, bytes]:
    return request.method, str(request.url), request.content


@pytest.fixture
def tegenover() -> Tegenover:
    return Tegenover()


@pytest.fixture
def beide(tegenover: Tegenover) -> Schillen:
    return Schillen(tegenover)
