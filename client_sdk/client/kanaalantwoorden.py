"""What answers say about the ways by which we hear of things, read into values."""

from datetime import datetime, time
from typing import Annotated, Any
from uuid import UUID

from pydantic import AwareDatetime, Field

from client_sdk.client.kanalen import DodeLetter, Emailkanaal, Emailwijze, Jwks, Webhook, Webhookstatus
from client_sdk.client.lezer import Document, read
from client_sdk.client.volgorde import SEQUENCE
from client_sdk.errors import OngeldigAntwoord

Volgnummer = Annotated[str, Field(pattern=SEQUENCE)]


class _Webhook(Document):
    id: UUID
    url: str
    status: Webhookstatus
    aangemaakt_op: AwareDatetime
    verwerkt_tot: Volgnummer
    mislukt: int
    dode_letters: int

    def value(self) -> Webhook:
        aangemaakt_op: datetime = self.aangemaakt_op
        return Webhook(
            id=self.id,
            url=self.url,
            status=self.status,
            aangemaakt_op=aangemaakt_op,
            verwerkt_tot=self.verwerkt_tot,
            mislukt=self.mislukt,
            dode_letters=self.dode_letters,
        )


class _Webhooks(Document):
    webhooks: list[_Webhook]


class _Event(Document):
    sequence: Volgnummer


class _DodeLetters(Document):
    dode_letters: list[dict[str, Any]]


class _Emailkanaal(Document):
    aan: bool
    wijze: Emailwijze
    tijdstip: time
    stil_van: time | None = None
    stil_tot: time | None = None


class _Jwks(Document):
    keys: list[dict[str, Any]]


def read_webhook(content: bytes, verwacht: UUID | None = None) -> Webhook:
    """Return a webhook, the one that was asked for; else raises OngeldigAntwoord."""
    webhook = read(_Webhook, content).value()
    if verwacht is not None and webhook.id != verwacht:
        raise OngeldigAntwoord("De matcher gaf een andere webhook dan is gevraagd.")
    return webhook


def read_webhooks(content: bytes) -> tuple[Webhook, ...]:
    """Return the own webhooks. Raises OngeldigAntwoord."""
    return tuple(webhook.value() for webhook in read(_Webhooks, content).webhooks)


def read_dode_letters(content: bytes) -> tuple[DodeLetter, ...]:
    """Return the events that a webhook did not take, in order. Raises OngeldigAntwoord."""
    documents = read(_DodeLetters, content).dode_letters
    try:
        return tuple(DodeLetter(volgnummer=_Event.model_validate(d).sequence, document=d) for d in documents)
    except ValueError:
        raise OngeldigAntwoord("De matcher gaf een dode letter zonder volgnummer.") from None


def read_emailkanaal(content: bytes) -> Emailkanaal:
    """Return how mail is set. Raises OngeldigAntwoord."""
    found = read(_Emailkanaal, content)
    return Emailkanaal(
        aan=found.aan, wijze=found.wijze, tijdstip=found.tijdstip, stil_van=found.stil_van, stil_tot=found.stil_tot
    )


def read_jwks(content: bytes) -> Jwks:
    """Return the public keys of the matcher (RFC 7517). Raises OngeldigAntwoord."""
    return {"keys": read(_Jwks, content).keys}
