"""A real mail server on this machine that keeps what it took."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult


@dataclass
class Postkantoor:
    """`refuses` is what it says to an address it does not take."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    to: list[str] = field(default_factory=list)
    tried: list[str] = field(default_factory=list)
    refuses: dict[str, str] = field(default_factory=dict)
    logged_in: list[bytes] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 - the name and the arguments are those of aiosmtpd
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        self.tried.append(address)
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.to += envelope.rcpt_tos
        found = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(found, EmailMessage)
        self.mails.append(found)
        return "250 OK"

    def authenticate(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        self.logged_in += [data.login, data.password]
        return AuthResult(success=True)


@asynccontextmanager
async def open_postkantoor(**options: Any) -> AsyncIterator[Postkantoor]:
    postkantoor = Postkantoor()
    if options.get("auth_required"):
        options["authenticator"] = postkantoor.authenticate
    loop = asyncio.get_running_loop()
    sessions: list[SMTP] = []

    def answer() -> SMTP:
        sessions.append(SMTP(postkantoor, hostname="post.test", loop=loop, **options))
        return sessions[-1]

    server = await loop.create_server(answer, "127.0.0.1", 0)
    postkantoor.port = server.sockets[0].getsockname()[1]
    try:
        yield postkantoor
    finally:
        server.close()
        for session in sessions:
            if session.transport is not None:
                session.transport.close()
        await asyncio.sleep(0)
        await server.wait_closed()
