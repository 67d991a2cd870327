"""What the register of an organisation holds, as values. A repr shows no client number."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final, NewType
from uuid import UUID

from client_sdk.client.model import SignaalInzending
from client_sdk.persoon import Persoon
from convenant.types import ConvenantId, Epoche

Idempotentiesleutel = NewType("Idempotentiesleutel", str)
"""The key under which a batch is sent, and sent again, to the matcher."""


class SignaalStatus(StrEnum):
    """Where a signal is in its life."""

    WACHTEND = "wachtend"
    """Written in the register; the matcher has not confirmed it."""
    ONTVANGEN = "ontvangen"
    """The matcher holds it durably."""
    INGETROKKEN = "ingetrokken"
    VERLOPEN = "verlopen"
    GEWEIGERD = "geweigerd"
    """The matcher refused it; `reden` holds its code."""


LOPEND: Final = frozenset({SignaalStatus.WACHTEND, SignaalStatus.ONTVANGEN})
"""The statuses of a signal that counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signaal:
    """A signal of the own organisation.

    `clientnummer` is the number in the organisation's own system. `aangemaakt_op` is UTC; from `verloopt_op`
    on, a day in Europe/Amsterdam, the signal no longer counts. `persoon_bekend` is False after a restore,
    until the person is entered again. `reden` is the code with which the matcher refused it, else None.
    """

    id: UUID
    clientnummer: str = field(repr=False)
    convenant: ConvenantId
    epoche: Epoche
    signaalsoort: str
    status: SignaalStatus
    aangemaakt_op: datetime
    verloopt_op: date
    persoon_bekend: bool
    reden: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NieuwSignaal:
    """A signal to be written: what the matcher gets, and what only the register knows."""

    inzending: SignaalInzending
    clientnummer: str = field(repr=False)
    persoon: Persoon
    aangemaakt_op: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Zending:
    """A batch that waits, in the order and under the key in which it is sent every time."""

    idempotentiesleutel: Idempotentiesleutel
    inzendingen: tuple[SignaalInzending, ...]
