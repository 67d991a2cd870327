"""Register and matcher together: what an organisation's own system calls."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import islice
from types import TracebackType
from typing import Final, Self
from uuid import UUID

from client_sdk.client.core import Aanmelding
from client_sdk.client.model import Match, Notificatie
from client_sdk.client.retry import Herhaalbeleid
from client_sdk.client.sync import MatcherClient
from client_sdk.configuratie import Configuratie
from client_sdk.dienst.herstel import restore_register
from client_sdk.dienst.model import (
    Clientmatch,
    Clientnotificatie,
    Herstelverslag,
    Indiening,
    OnProgress,
    Uitkomst,
    Verzendverslag,
    Voortgang,
)
from client_sdk.dienst.verzending import Verzending, new_sleutel
from client_sdk.dienst.voorbereiding import NEDERLAND, Voorbereider, load_voorbereider
from client_sdk.errors import InvoerFout, LeeftijdsgrensFout, VerzoekGeweigerd
from client_sdk.medewerker import medewerker_pseudoniem
from client_sdk.persoon import Persoon
from client_sdk.register.model import NieuwSignaal, Signaal, SignaalStatus
from client_sdk.register.register import Register
from client_sdk.sleutels import RegisterSleutel, read_ondertekensleutel, read_sleutel

_BATCH: Final = 1000
_NOT_FOUND: Final = 404


def _now() -> datetime:
    return datetime.now(UTC)


class Koppelradar:
    """The SDK of one organisation, for one account. A context manager, for one thread.

    What is submitted is in the register before it is sent. Whenever the matcher is away it waits there, and
    `send_pending` (or the next `submit_many`) sends it. Everything raises `RegisterFout` for trouble with the
    register; what talks with the matcher raises `MatcherFout`, except where it says that a signal waits
    instead.
    """

    def __init__(
        self,
        *,
        register: Register,
        client: MatcherClient,
        voorbereider: Voorbereider,
        clock: Callable[[], datetime] = _now,
    ) -> None:
        self._register = register
        self._client = client
        self._voorbereider = voorbereider
        self._verzending = Verzending(register, client)
        self._clock = clock

    @classmethod
    def open(
        cls,
        configuratie: Configuratie,
        *,
        account: str,
        herhaalbeleid: Herhaalbeleid | None = None,
    ) -> Self:
        """Open the register and prepare the client; nothing is sent yet.

        `account` is the professional's account name: only a pseudonym of it reaches the matcher. Raises
        ConfiguratieFout, SleutelFout, RegisterFout, and InvoerFout for an empty account.
        """
        voorbereider = load_voorbereider(configuratie)
        medewerker = medewerker_pseudoniem(voorbereider.organisatiesleutel, account)
        aanmelding = Aanmelding(
            url=configuratie.matcher_url,
            oin=configuratie.oin,
            ondertekensleutel=read_ondertekensleutel(configuratie.ondertekensleutel),
        )
        register = Register.open(configuratie.register, read_sleutel(configuratie.registersleutel, RegisterSleutel))
        client = MatcherClient(aanmelding, medewerker=medewerker, herhaalbeleid=herhaalbeleid)
        return cls(register=register, client=client, voorbereider=voorbereider)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the register and the connections."""
        self._client.close()
        self._register.close()

    @property
    def register(self) -> Register:
        """The register, for its own administration (access, backup); close it through this service."""
        return self._register

    # Submitting

    def submit(self, persoon: Persoon, *, clientnummer: str, signaalsoort: str) -> Signaal:
        """Write a signal in the register, send it, and return what became of it.

        `status` of the result is `ontvangen` when the matcher holds it durably, `wachtend` when the matcher
        was away (nothing is lost), `geweigerd` when the matcher refused this signal. A signal for the same
        client and kind that still counts is returned instead of made twice.

        Raises OngeldigPersoon, InvoerFout or LeeftijdsgrensFout before anything is written. Raises
        VerzoekGeweigerd, NietIngelogd or OngeldigAntwoord when the matcher is there but does not serve this
        organisation: the signal is in the register then and waits.
        """
        indiening = Indiening(persoon=persoon, clientnummer=clientnummer, signaalsoort=signaalsoort)
        nieuw = self._voorbereider.prepare(indiening, nu=self._clock())
        self._register.end_verlopen(self._today())
        sleutel = new_sleutel()
        inschrijving = self._register.add([nieuw], sleutel)[0]
        if inschrijving.bestond_al:
            return inschrijving.signaal
        self._verzending.send(sleutel)
        return self._register.signaal(inschrijving.signaal.id)

    def submit_many(
        self, indieningen: Iterable[Indiening], *, on_progress: OnProgress | None = None
    ) -> tuple[Uitkomst, ...]:
        """Submit a series in batches of at most 1000, reading it as it goes; return an outcome for each.

        What cannot be made into a signal becomes an outcome with a `fout`; the rest goes on. Stopped
        half-way, the same series can be given again: nothing is submitted twice. `on_progress` is called
        after every batch. Raises what `submit` raises about the matcher.
        """
        reachable = self.send_pending().wachtend == 0
        self._register.end_verlopen(self._today())
        uitkomsten: list[Uitkomst] = []
        source = iter(indieningen)
        while batch := list(islice(source, _BATCH)):
            outcome, reachable = self._submit_batch(batch, len(uitkomsten), reachable=reachable)
            uitkomsten.extend(outcome)
            if on_progress is not None:
                on_progress(_progress(uitkomsten))
        return tuple(uitkomsten)

    def send_pending(self) -> Verzendverslag:
        """Send what waits in the register; not reaching the matcher is no error but shows in `wachtend`.

        Raises VerzoekGeweigerd, NietIngelogd or OngeldigAntwoord; nothing is lost then.
        """
        return self._verzending.send_pending()

    def withdraw(self, signaal: UUID) -> Signaal:
        """Withdraw a signal at the matcher, then in the register, and return it; also one that still waits.

        A signal that ended already is returned as it is. Raises OnbekendSignaal, and MatcherOnbereikbaar when
        the matcher is away: the signal is not withdrawn then.
        """
        huidig = self._register.signaal(signaal)
        if huidig.status not in {SignaalStatus.WACHTEND, SignaalStatus.ONTVANGEN}:
            return huidig
        try:
            self._client.withdraw_signaal(signaal)
        except VerzoekGeweigerd as refusal:
            # Not found is right for a signal that was never sent.
            if refusal.status != _NOT_FOUND or huidig.status is not SignaalStatus.WACHTEND:
                raise
        self._register.mark_ingetrokken(signaal, rest=new_sleutel())
        return self._register.signaal(signaal)

    # Looking

    def signalen(self) -> tuple[Signaal, ...]:
        """Return the own signals as the register knows them, oldest first; asks the matcher nothing."""
        self._register.end_verlopen(self._today())
        return self._register.signalen()

    def matches(self) -> Iterator[Clientmatch]:
        """Yield the matches of today, each with the own clients it is about."""
        return (self._with_clients(match) for match in self._client.list_matches())

    def notificaties(self, *, wacht: int = 0) -> Iterator[Clientnotificatie]:
        """Yield the notifications that were not handed over yet, in order; end when there are no more.

        Waits at most `wacht` (0-30) seconds for the first. A page counts as handed over when the caller asks
        for what comes after it: who stops before that gets the page again. So every notification comes at
        least once, and `id` tells a repetition.
        """
        na = self._register.notificatiecursor()
        while True:
            page = self._client.read_notificaties(na=na, wacht=wacht)
            for notificatie in page.notificaties:
                yield self._notificatie(notificatie)
            if page.cursor == na:
                return
            self._register.advance_notificatiecursor(page.cursor)
            na, wacht = page.cursor, 0

    def restore(self) -> Herstelverslag:
        """Bring the register in line with the matcher: rebuild what was lost, correct what differs.

        The client numbers come back from the sealed references. The persons do not: submitting or importing
        them again fills them in, without submitting twice.
        """
        return restore_register(self._register, self._client, organisatiesleutel=self._voorbereider.organisatiesleutel)

    def refill(self, clientnummer: str, persoon: Persoon) -> int:
        """Fill in the person of this client's restored signals; return how many lacked one."""
        return self._register.refill(clientnummer, persoon)

    def _submit_batch(self, batch: list[Indiening], start: int, *, reachable: bool) -> tuple[list[Uitkomst], bool]:
        uitkomsten: list[Uitkomst] = []
        nieuwe: list[tuple[int, NieuwSignaal]] = []
        for positie, indiening in enumerate(batch, start):
            try:
                nieuwe.append((positie, self._voorbereider.prepare(indiening, nu=self._clock())))
            except (InvoerFout, LeeftijdsgrensFout) as error:
                uitkomsten.append(Uitkomst(positie=positie, fout=error))
        sleutel = new_sleutel()
        inschrijvingen = self._register.add([nieuw for _, nieuw in nieuwe], sleutel)
        if reachable:
            reachable = self._verzending.send(sleutel)
        for (positie, _), inschrijving in zip(nieuwe, inschrijvingen, strict=True):
            signaal = self._register.signaal(inschrijving.signaal.id)
            uitkomsten.append(Uitkomst(positie=positie, signaal=signaal, bestond_al=inschrijving.bestond_al))
        return sorted(uitkomsten, key=lambda uitkomst: uitkomst.positie), reachable

    def _notificatie(self, notificatie: Notificatie) -> Clientnotificatie:
        return Clientnotificatie(notificatie=notificatie, match=self._with_clients(notificatie.match))

    def _with_clients(self, match: Match) -> Clientmatch:
        known = {signaal: self._register.find(signaal) for signaal in match.eigen_signalen}
        clients = {signaal.clientnummer for signaal in known.values() if signaal is not None}
        return Clientmatch(
            match=match,
            clientnummers=tuple(sorted(clients)),
            onbekende_signalen=tuple(id_ for id_, signaal in known.items() if signaal is None),
        )

    def _today(self) -> date:
        return self._clock().astimezone(NEDERLAND).date()


def _progress(uitkomsten: list[Uitkomst]) -> Voortgang:
    statuses = [uitkomst.signaal.status for uitkomst in uitkomsten if uitkomst.signaal is not None]
    return Voortgang(
        gelezen=len(uitkomsten),
        ontvangen=statuses.count(SignaalStatus.ONTVANGEN),
        wachtend=statuses.count(SignaalStatus.WACHTEND),
    )
