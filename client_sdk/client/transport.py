"""Requests, answers and pauses as values: the conversation with the matcher is written without I/O.

A conversation is a generator that yields a `Request` or a `Pause` and is sent a `Response` or a
`ConnectionFailed` back. `MatcherClient` and `AsyncMatcherClient` are the two shells that carry it out; every
rule about tokens, retries and answers is written once, below them.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias, TypeVar

from client_sdk.client.model import Bladzijde

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One HTTP request; `path` starts with /v1.

    `repeatable` says that sending it twice has the effect of sending it once (RFC 9110, 9.2.2, or an
    Idempotency-Key). It is False unless said otherwise: a request that nobody thought about must not be
    repeated. `read_timeout` is in seconds. Headers and content hold credentials and tokens and stay out of
    the repr.
    """

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    content: bytes | None = field(default=None, repr=False)
    repeatable: bool = False
    read_timeout: float = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """One HTTP response, read to its end; header names are in lower case."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class ConnectionFailed:
    """No (complete) response came; whether the request arrived is not known."""

    cause: Exception


@dataclass(frozen=True, slots=True)
class Pause:
    """Wait this many seconds before going on."""

    seconds: float


Steps: TypeAlias = Generator[Request | Pause, Response | ConnectionFailed | None, T]
"""A conversation that ends in a T. A `Pause` is answered with None."""


class Run(Protocol):
    """Carries out a conversation and waits for it."""

    def __call__(self, steps: Steps[T]) -> T:
        """Return what the conversation ends in."""


class AsyncRun(Protocol):
    """Carries out a conversation in an event loop."""

    def __call__(self, steps: Steps[T]) -> Awaitable[T]:
        """Return what the conversation ends in."""


class Pages(Protocol):
    """Reads a list to its end, page by page."""

    def __call__(self, page: Callable[[str | None], Steps[Bladzijde[T]]]) -> Iterator[T]:
        """Yield what is on the pages."""


class AsyncPages(Protocol):
    """Reads a list to its end, page by page, in an event loop."""

    def __call__(self, page: Callable[[str | None], Steps[Bladzijde[T]]]) -> AsyncIterator[T]:
        """Yield what is on the pages."""
