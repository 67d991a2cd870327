"""What the service takes and gives back, as values. A repr shows no person and no client number."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias
from uuid import UUID

from client_sdk.client.koppeling import MogelijkeMatch
from client_sdk.client.model import Match, Notificatie
from client_sdk.dienst.bekendheidmodel import BekendPersoon, Clientverzoek
from client_sdk.errors import KoppelradarFout
from client_sdk.kaarten import Contactkaart, Kaartgegevens
from client_sdk.persoon import Persoon
from client_sdk.register.model import Kaartverzoek, Signaal
from convenant.types import Epoche


@dataclass(frozen=True, slots=True, kw_only=True)
class Indiening:
    """A signal that somebody wants to submit."""

    persoon: Persoon
    clientnummer: str = field(repr=False)
    signaalsoort: str
    kaart: Kaartgegevens | None = None
    """Who to call about this signal; None is what the configuration says."""


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
    """What became of the signals that waited. `wachtend` is how many still do, `meldingen` say for what."""

    ontvangen: int
    geweigerd: int
    wachtend: int
    meldingen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hertokenvoortgang:
    """How many of the signals that lacked tokens are dealt with."""

    gedaan: int
    totaal: int


OnHertoken: TypeAlias = Callable[[Hertokenvoortgang], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hertokenverslag:
    """What became of the live signals under a new epoch.

    `geweigerd` are those that the matcher does not take (ended there, for instance), `zonder_persoon` those that this
    register can make no tokens for until the person is entered again, `resterend` those that are still to be done:
    `melding` says why. `gewist` of them lost their tokens of other epochs first.
    """

    epoche: Epoche
    hertokend: int
    geweigerd: tuple[UUID, ...]
    zonder_persoon: tuple[Signaal, ...]
    resterend: int
    gewist: int = 0
    melding: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Partijkaart:
    """The contact card of one party in a match, as far as it opens here.

    `geverifieerd` when its signature holds and it opened with a key that only goes with our client (or, for who has no
    signal of its own in the match, was sealed for us, or was released to us): then the match was not invented.
    `waarschuwing` says that somebody tampered; `uitleg` that there is no card, no key or no proof, which is nobody's
    fault.
    """

    kaart: Contactkaart | None = None
    geverifieerd: bool = False
    waarschuwing: str | None = None
    uitleg: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clientmatch:
    """A match with the own clients it is about.

    `onbekende_signalen` are own signals that the register does not know: `restore` brings those back. `kaarten` has
    one for each of `match.partijen`, in that order.
    """

    match: Match
    clientnummers: tuple[str, ...] = field(repr=False)
    onbekende_signalen: tuple[UUID, ...] = ()
    kaarten: tuple[Partijkaart, ...] = ()

    @property
    def geverifieerd(self) -> bool:
        """Whether the card of every party opened and its signature held."""
        return bool(self.kaarten) and all(kaart.geverifieerd for kaart in self.kaarten)

    @property
    def waarschuwingen(self) -> tuple[str, ...]:
        """What looks like tampering, in sentences for the user."""
        return tuple(kaart.waarschuwing for kaart in self.kaarten if kaart.waarschuwing)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientMogelijkeMatch:
    """A possible match with the own client it is about, None when the register does not know the signal.

    `vergelijking` is one sentence on what coincides.
    """

    mogelijke_match: MogelijkeMatch
    clientnummer: str | None = field(repr=False)
    vergelijking: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clientnotificatie:
    """A notification with the own clients it is about; what it is not about is None.

    `kaartverzoek` is that of somebody who asks for our card, `kaart` a card that somebody released to us. `over` are
    the own clients of the signals that another event names, `casusnummer` is that of the own casus it is about.
    `bekendheidsverzoeken` are own clients of whom somebody of ours has to say yes or no, `bekend` is a person in a
    question of ours whom somebody knows. `melding` says what the SDK did with it, or what is wrong.
    """

    notificatie: Notificatie
    match: Clientmatch | None = None
    mogelijke_match: ClientMogelijkeMatch | None = None
    kaartverzoek: Kaartverzoek | None = None
    kaart: Partijkaart | None = None
    over: tuple[str, ...] = field(default=(), repr=False)
    casusnummer: str | None = field(default=None, repr=False)
    bekendheidsverzoeken: tuple[Clientverzoek, ...] = ()
    bekend: BekendPersoon | None = None
    melding: str | None = None

    @property
    def clientnummers(self) -> tuple[str, ...]:
        """The own clients it is about, as far as the event names their signals or a match of them."""
        if self.match is not None:
            return self.match.clientnummers
        found = self.mogelijke_match
        return (found.clientnummer,) if found is not None and found.clientnummer is not None else self.over


@dataclass(frozen=True, slots=True, kw_only=True)
class Herstelverslag:
    """What `restore` found at the matcher.

    `hersteld` signals were added to the register, `bijgewerkt` had another status here, `onleesbaar` are
    sealed with another organisation key. `casussen` were added as well.
    """

    hersteld: int
    bijgewerkt: int
    onleesbaar: int
    casussen: int = 0
