"""Mail that says that there is news, through the mail server of the operator. It says nothing about the news."""

import asyncio
import ssl
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from enum import StrEnum, unique
from typing import Final

import aiosmtplib

ONDERWERP: Final = "Er is nieuws in Koppelradar"
TEKST: Final = "Er is nieuws in Koppelradar. Open uw eigen systeem om het te lezen.\n"
_SECONDS: Final = 30.0


@unique
class SmtpTls(StrEnum):
    """How the connection to the mail server is protected."""

    STARTTLS = "starttls"
    TLS = "tls"
    GEEN = "geen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Smtp:
    """A mail server, and the address that mail comes from."""

    host: str
    port: int
    tls: SmtpTls
    afzender: str
    gebruiker: str | None = field(default=None, repr=False)
    wachtwoord: str | None = field(default=None, repr=False)


class Postbus:
    """Sends, each time over a connection of its own. `tls_context` is that of the machine unless given."""

    def __init__(self, smtp: Smtp, *, tls_context: ssl.SSLContext | None = None, seconds: float = _SECONDS) -> None:
        self._smtp = smtp
        self._tls_context = tls_context
        self._seconds = seconds

    async def send(self, aan: str, *, kenmerk: str, op: datetime) -> bool:
        """Whether the mail server took the mail to this address. The same `kenmerk` is the same mail."""
        smtp = self._smtp
        try:
            async with asyncio.timeout(self._seconds):
                await aiosmtplib.send(
                    self._message(aan, kenmerk, op),
                    hostname=smtp.host,
                    port=smtp.port,
                    username=smtp.gebruiker,
                    password=smtp.wachtwoord,
                    use_tls=smtp.tls is SmtpTls.TLS,
                    # Not None, which would send without protection to a server that offers none.
                    start_tls=smtp.tls is SmtpTls.STARTTLS,
                    tls_context=self._tls_context,
                    timeout=self._seconds,
                )
        except (aiosmtplib.SMTPException, OSError, TimeoutError, ValueError):
            return False
        return True

    def _message(self, aan: str, kenmerk: str, op: datetime) -> EmailMessage:
        message = EmailMessage()
        message["From"] = self._smtp.afzender
        message["To"] = aan
        message["Subject"] = ONDERWERP
        message["Date"] = format_datetime(op)
        message["Message-ID"] = f"<{kenmerk}@{self._smtp.afzender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(TEKST)
        return message
