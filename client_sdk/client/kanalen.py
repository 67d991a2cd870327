"""By which ways the own organisation hears of things, as values. A repr shows no token and no event."""

from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum
from typing import Any, TypeAlias
from uuid import UUID

Jwks: TypeAlias = dict[str, Any]
"""A set of public keys (RFC 7517), as parsed JSON."""


class Webhookstatus(StrEnum):
    """Whether events go to a webhook."""

    ACTIEF = "actief"
    WACHT_OP_HANDDRUK = "wacht-op-handdruk"
    GESTOPT = "gestopt"
    """Our own side said 410: nothing is sent any more until it is resumed."""
    OPGESCHORT = "opgeschort"
    """Too much failed; what could not be delivered is a dead letter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """A place of ours to which events are sent; `verwerkt_tot` is the last number that arrived there."""

    id: UUID
    url: str
    status: Webhookstatus
    aangemaakt_op: datetime
    verwerkt_tot: str
    mislukt: int
    dode_letters: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DodeLetter:
    """An event that a webhook did not take; the feed has it as well."""

    volgnummer: str
    document: Any = field(repr=False)


class Emailwijze(StrEnum):
    """When mail goes out: at every event, or once a day."""

    DIRECT = "direct"
    DAGELIJKS = "dagelijks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Emailkanaal:
    """Whether and when content-free mail goes to the contact address in the convenant.

    `tijdstip` is that of the daily mail; between `stil_van` and `stil_tot` nothing goes out, except for what is acute.
    """

    aan: bool
    wijze: Emailwijze = Emailwijze.DIRECT
    tijdstip: time = time(8)
    stil_van: time | None = None
    stil_tot: time | None = None
