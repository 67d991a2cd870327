"""Mail through a real mail server on this machine."""

import asyncio
import ssl
from datetime import UTC, datetime
from typing import Any

import pytest

from matcher.uitgaand.post import Postbus, Smtp, SmtpTls
from tests.matcher.postkantoor import open_postkantoor

OP = datetime(2026, 5, 12, 10, tzinfo=UTC)
Contexts = tuple[ssl.SSLContext, ssl.SSLContext]
AAN = "meldpunt@school.example.nl"


def postbus(
    port: int, tls: SmtpTls = SmtpTls.GEEN, *, seconds: float = 5, context: Any = None, **login: str
) -> Postbus:
    smtp = Smtp(host="127.0.0.1", port=port, tls=tls, afzender="koppelradar@matcher.example.nl", **login)
    return Postbus(smtp, seconds=seconds, tls_context=context)


async def test_mail_says_that_there_is_news_and_nothing_else() -> None:
    async with open_postkantoor() as kantoor:
        assert await postbus(kantoor.port).send(AAN, kenmerk="abc", op=OP)
    [mail] = kantoor.mails
    assert kantoor.to == [AAN]
    assert {name: str(value) for name, value in mail.items() if not name.startswith("X-")} == {
        "From": "koppelradar@matcher.example.nl",
        "To": AAN,
        "Subject": "Er is nieuws in Koppelradar",
        "Date": "Tue, 12 May 2026 10:00:00 +0000",
        "Message-ID": "<abc@matcher.example.nl>",
        "Auto-Submitted": "auto-generated",
        "MIME-Version": "1.0",
        "Content-Type": 'text/plain; charset="utf-8"',
        "Content-Transfer-Encoding": "7bit",
    }
    text = mail.get_content().strip()
    assert text == "Er is nieuws in Koppelradar. Open uw eigen systeem om het te lezen."


@pytest.mark.parametrize("refusal", ["550 weg", "450 straks", "421 dicht"])
async def test_an_address_that_is_refused_is_no_success(refusal: str) -> None:
    async with open_postkantoor() as kantoor:
        kantoor.refuses[AAN] = refusal
        assert not await postbus(kantoor.port).send(AAN, kenmerk="abc", op=OP)
    assert kantoor.mails == []


async def test_nobody_listens() -> None:
    async with open_postkantoor() as kantoor:
        port = kantoor.port
    assert not await postbus(port).send(AAN, kenmerk="abc", op=OP)


async def test_a_server_that_says_nothing_is_left() -> None:
    gone = asyncio.Event()

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()
        gone.set()

    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        assert not await postbus(port, seconds=0.2).send(AAN, kenmerk="abc", op=OP)
        await asyncio.wait_for(gone.wait(), 5)


async def test_a_server_without_tls_gets_nothing_when_tls_is_wanted() -> None:
    async with open_postkantoor() as kantoor:
        for tls in (SmtpTls.STARTTLS, SmtpTls.TLS):
            assert not await postbus(kantoor.port, tls, seconds=1).send(AAN, kenmerk="abc", op=OP)
    assert (kantoor.mails, kantoor.tried) == ([], [])


async def test_starttls_verifies_the_server(tls_contexts: Contexts) -> None:
    server, client = tls_contexts
    async with open_postkantoor(tls_context=server, require_starttls=True) as kantoor:
        assert await postbus(kantoor.port, SmtpTls.STARTTLS, context=client).send(AAN, kenmerk="abc", op=OP)
        assert not await postbus(kantoor.port, SmtpTls.STARTTLS).send(AAN, kenmerk="abc", op=OP)
    assert len(kantoor.mails) == 1


async def test_it_logs_in_with_what_the_operator_set(tls_contexts: Contexts) -> None:
    server, client = tls_contexts
    async with open_postkantoor(tls_context=server, require_starttls=True, auth_required=True) as kantoor:
        sender = postbus(kantoor.port, SmtpTls.STARTTLS, context=client, gebruiker="koppelradar", wachtwoord="geheim")
        assert await sender.send(AAN, kenmerk="abc", op=OP)
    assert kantoor.logged_in == [b"koppelradar", b"geheim"]


def test_a_password_is_not_shown() -> None:
    smtp = Smtp(host="h", port=25, tls=SmtpTls.TLS, afzender="a@b.nl", gebruiker="iemand", wachtwoord="geheim")
    assert "geheim" not in repr(smtp)
