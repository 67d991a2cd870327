"""What the register of an organisation holds, as values. A repr shows no client number, token or key."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final, NewType
from uuid import UUID

from client_sdk.client.model import SignaalInzending
from client_sdk.kaarten import EigenKaart
from client_sdk.persoon import Persoon
from client_sdk.types import Kaartsleutel, Vraagsleutel
from convenant.types import ConvenantId, Epoche, Niveau, Oin

Idempotentiesleutel = NewType("Idempotentiesleutel", str)
"""The key under which a batch is sent, and sent again, to the matcher."""


class SignaalStatus(StrEnum):
    """Where a signal is in its life."""

    WACHTEND = "wachtend"
    """Written in the register; the matcher has not confirmed it. `wacht_op` says what it waits for."""
    ONTVANGEN = "ontvangen"
    """The matcher holds it durably."""
    INGETROKKEN = "ingetrokken"
    VERLOPEN = "verlopen"
    GEWEIGERD = "geweigerd"
    """The matcher refused it; `reden` holds its code."""


LOPEND: Final = frozenset({SignaalStatus.WACHTEND, SignaalStatus.ONTVANGEN})
"""The statuses of a signal that counts."""


class Wachtreden(StrEnum):
    """What a signal that waits is waiting for."""

    MATCHER = "matcher"
    """It has its tokens; the matcher has not received it."""
    PLAFOND = "plafond"
    """It has its tokens; the matcher takes no more of us in this month. `wacht_tot` says when the next one begins."""
    SLEUTELHOUDER = "sleutelhouder"
    """The sleutelhouder was away."""
    BUDGET = "budget"
    """The sleutelhouder evaluates no more for us now; `wacht_tot` says until when."""
    ONEERLIJK = "oneerlijke-sleutelhouder"
    """A sleutelhouder answered something that its public keys do not bear out."""
    GEWEIGERD = "sleutelhouder-weigert"
    """The sleutelhouder refuses us, or this epoch or profile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signaal:
    """A signal of the own organisation.

    `clientnummer` is the number in the organisation's own system. `aangemaakt_op` is UTC; from `verloopt_op`
    on, a day in Europe/Amsterdam, the signal no longer counts. `epochen`, in rising order, are those for which it has
    tokens; none before the first. `persoon_bekend` is False after a restore, until the person is entered again.
    `reden` is the code with which the matcher refused it, else None. `wacht_op` and `wacht_tot` (UTC, when it is
    known) say what a signal waits for.
    """

    id: UUID
    clientnummer: str = field(repr=False)
    convenant: ConvenantId
    epochen: tuple[Epoche, ...]
    signaalsoort: str
    status: SignaalStatus
    aangemaakt_op: datetime
    verloopt_op: date
    persoon_bekend: bool
    reden: str | None = None
    wacht_op: Wachtreden | None = None
    wacht_tot: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NieuwSignaal:
    """A signal to be written, before it has tokens; `kaart` goes along with it later."""

    id: UUID
    convenant: ConvenantId
    signaalsoort: str
    verloopt_op: date
    clientnummer: str = field(repr=False)
    persoon: Persoon
    aangemaakt_op: datetime
    kaart: EigenKaart | None = None

    @property
    def signaal(self) -> Signaal:
        """The signal as the register shows it once it is written."""
        return Signaal(
            id=self.id,
            clientnummer=self.clientnummer,
            convenant=self.convenant,
            epochen=(),
            signaalsoort=self.signaalsoort,
            status=SignaalStatus.WACHTEND,
            aangemaakt_op=self.aangemaakt_op,
            verloopt_op=self.verloopt_op,
            persoon_bekend=True,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TeTokeniseren:
    """A signal for which tokens are to be made, with all that goes into them."""

    signaal: Signaal
    persoon: Persoon
    kaart: EigenKaart | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Getokend:
    """A signal as it will be sent, and what stays: its keys per epoch, none where the person bears none."""

    inzending: SignaalInzending
    kaartsleutels: Mapping[Epoche, Kaartsleutel | None]
    vraagsleutels: Mapping[Epoche, Vraagsleutel] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Zending:
    """A batch that waits, in the order and under the key in which it is sent every time."""

    idempotentiesleutel: Idempotentiesleutel
    inzendingen: tuple[SignaalInzending, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paar:
    """A pair of an own signal and another's, as far as we found out ourselves.

    `niveau` is `zeker` once its card opened, which only a signal on the same person can bring about. `jws` is the card
    of the other, of which the signature held when it came in.
    """

    id: UUID
    signaal: UUID
    niveau: Niveau
    match: str
    oin: Oin
    kaartsignaal: UUID
    jws: str = field(repr=False)


class KaartverzoekStatus(StrEnum):
    """What became of somebody's asking for our card."""

    OPEN = "open"
    VRIJGEGEVEN = "vrijgegeven"
    GEWEIGERD = "geweigerd"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kaartverzoek:
    """Another organisation asks for the card of one of our signals; `op` is UTC. `id` is our id of the pair."""

    id: UUID
    signaal: UUID
    match: str
    ontvanger: Oin
    convenant: ConvenantId
    status: KaartverzoekStatus
    op: datetime
