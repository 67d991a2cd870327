"""What the service takes and gives back, as values. A repr shows no person and no client number."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias
from uuid import UUID

from client_sdk.client.model import Match, Notificatie
from client_sdk.errors import KoppelradarFout
from client_sdk.persoon import Persoon
from client_sdk.register.model import Signaal


@dataclass(frozen=True, slots=True, kw_only=True)
class Indiening:
    """A signal that somebody wants to submit."""

    persoon: Persoon
    clientnummer: str = field(repr=False)
    signaalsoort: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Uitkomst:
    """What became of one `Indiening`; `positie` counts from 0 in the order they were given.

    Either `signaal` is set, or `fout` says why the signal was not made. `bestond_al` when the register had
    one that counts. Whether the matcher has the signal, `signaal.status` says.
    """

    positie: int
    signaal: Signaal | None = None
    bestond_al: bool = False
    fout: KoppelradarFout | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Voortgang:
    """How far a series of submissions is."""

    gelezen: int
    ontvangen: int
    wachtend: int


OnProgress: TypeAlias = Callable[[Voortgang], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verzendverslag:
    """What became of the signals that waited. `wachtend` is how many still do."""

    ontvangen: int
    geweigerd: int
    wachtend: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Clientmatch:
    """A match with the own clients it is about.

    `onbekende_signalen` are own signals that the register does not know: `restore` brings those back.
    """

    match: Match
    clientnummers: tuple[str, ...] = field(repr=False)
    onbekende_signalen: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clientnotificatie:
    """A notification with the own clients it is about."""

    notificatie: Notificatie
    match: Clientmatch


@dataclass(frozen=True, slots=True, kw_only=True)
class Herstelverslag:
    """What `restore` found at the matcher.

    `hersteld` signals were added to the register, `bijgewerkt` had another status here, `onleesbaar` are
    sealed with another organisation key.
    """

    hersteld: int
    bijgewerkt: int
    onleesbaar: int
