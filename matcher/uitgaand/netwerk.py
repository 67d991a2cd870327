"""Connections to addresses that were looked at first, for httpcore.

The name is resolved once, here, and the connection goes to the very address that was judged: a second answer of the
DNS cannot lead it elsewhere. TLS still verifies the name.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, Final, TypeAlias

import httpcore

from convenant.types import Omgeving
from matcher.uitgaand.adres import AdresFout, may_connect

Resolver: TypeAlias = Callable[[str], Awaitable[list[str]]]
"""From the name of a server to its IP addresses, in the order in which to try them. Raises OSError."""

_PER_ADDRESS_SECONDS: Final = 4.0
_MAX_ADDRESSES: Final = 4


async def resolve(host: str) -> list[str]:
    """The addresses of a server by the resolver of this machine."""
    found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class OpenbaarNetwerk(httpcore.AsyncNetworkBackend):
    """Connects to servers of which every address is allowed. Raises AdresFout for another one."""

    def __init__(self, omgeving: Omgeving, resolver: Resolver = resolve) -> None:
        self._omgeving = omgeving
        self._resolver = resolver
        self._backend = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """A connection to the first address of the server that takes one."""
        addresses = await self._allowed(host)
        failure: Exception = httpcore.ConnectError()
        for address in addresses[:_MAX_ADDRESSES]:
            try:
                return await self._backend.connect_tcp(address, port, _PER_ADDRESS_SECONDS, local_address)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as fout:
                failure = fout
        raise failure

    async def sleep(self, seconds: float) -> None:
        """Return after so many seconds."""
        await self._backend.sleep(seconds)

    async def _allowed(self, host: str) -> list[str]:
        addresses = await self._resolver(host)
        # One that is not allowed among others that are is a trap and not an accident.
        if not addresses or not all(self._may_connect(address) for address in addresses):
            raise AdresFout("De server staat niet op het openbare internet.")
        return addresses

    def _may_connect(self, address: str) -> bool:
        return may_connect(ipaddress.ip_address(address), self._omgeving)
