"""Register and matcher together: what an organisation's own system calls."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from types import TracebackType
from typing import Final, Self
from uuid import UUID

from client_sdk.canoniek import canoniseer
from client_sdk.client.retry import Herhaalbeleid
from client_sdk.client.sleutelhouder_core import Venster
from client_sdk.configuratie import Configuratie
from client_sdk.dienst.berichtenbalie import Berichtenbalie
from client_sdk.dienst.herstel import restore_register
from client_sdk.dienst.indienbalie import Indienbalie
from client_sdk.dienst.inzendingen import make_inzendingen
from client_sdk.dienst.koppelingbalie import Koppelingbalie
from client_sdk.dienst.model import (
    Clientmatch,
    ClientMogelijkeMatch,
    Clientnotificatie,
    Herstelverslag,
    Hertokenverslag,
    Indiening,
    OnHertoken,
    OnProgress,
    Uitkomst,
    Verzendverslag,
)
from client_sdk.dienst.onderdelen import Onderdelen, open_onderdelen
from client_sdk.dienst.opvolgbalie import Opvolgbalie
from client_sdk.dienst.radarbalie import Radarbalie
from client_sdk.dienst.rotatie import Rotatie
from client_sdk.dienst.verzending import new_sleutel
from client_sdk.errors import VerzoekGeweigerd
from client_sdk.kaarten import Kaartgegevens
from client_sdk.persoon import Persoon
from client_sdk.register.model import Kaartverzoek, Signaal, SignaalStatus
from client_sdk.register.register import Register
from convenant.kalender import local_date

_NOT_FOUND: Final = 404


def _now() -> datetime:
    return datetime.now(UTC)


class Koppelradar:
    """The SDK of one organisation, for one account. A context manager, for one thread.

    What is submitted is in the register before it is sent. Whenever the matcher or a sleutelhouder is away, or the
    sleutelhouder evaluates no more for us, it waits there, and `send_pending` (or the next `submit_many`) sends it.
    Everything raises `RegisterFout` for trouble with the register; what talks with the matcher raises `MatcherFout`,
    except where it says that a signal waits instead.

    `radar` is about casussen, `opvolging` about what becomes of a match, `kanalen` about webhooks and mail,
    `bekendheid` about asking who knows a person.
    """

    def __init__(self, onderdelen: Onderdelen, *, clock: Callable[[], datetime] = _now) -> None:
        self._register = onderdelen.register
        self._client = onderdelen.client
        self._voorbereider = onderdelen.voorbereider
        self._onderdelen = onderdelen
        self._clock = clock
        inzendingen = make_inzendingen(onderdelen)
        self._indienbalie = Indienbalie(onderdelen, inzendingen=inzendingen, clock=self._nu)
        self._rotatie = Rotatie(
            onderdelen, inzendingen=inzendingen, send_pending=self._indienbalie.send_pending, clock=self._nu
        )
        self._koppelingen = Koppelingbalie(onderdelen, clock=self._nu)
        self.bekendheid: Final = self._koppelingen.bekendheid
        first = self.bekendheid.beantwoorder.answer_again
        self._berichten = Berichtenbalie(
            self._register, self._client, koppelingen=self._koppelingen, clock=self._nu, first=first
        )
        self.radar: Final = Radarbalie(onderdelen, indienbalie=self._indienbalie, clock=self._nu)
        self.opvolging: Final = Opvolgbalie(self._client)
        self.kanalen: Final = self._client.kanalen

    @classmethod
    def open(
        cls,
        configuratie: Configuratie,
        *,
        account: str,
        herhaalbeleid: Herhaalbeleid | None = None,
    ) -> Self:
        """Open the register and prepare the clients; nothing is sent yet.

        `account` is the professional's account name: only a pseudonym of it reaches the matcher. Raises
        ConfiguratieFout, SleutelFout, RegisterFout, and InvoerFout for an empty account.
        """
        return cls(open_onderdelen(configuratie, account=account, herhaalbeleid=herhaalbeleid))

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
        self._onderdelen.close()

    @property
    def register(self) -> Register:
        """The register, for its own administration (access, backup); close it through this service."""
        return self._register

    # Submitting

    def submit(
        self, persoon: Persoon, *, clientnummer: str, signaalsoort: str, kaart: Kaartgegevens | None = None
    ) -> Signaal:
        """Write a signal in the register, send it, and return what became of it.

        `status` of the result is `ontvangen` when the matcher holds it durably, `wachtend` when the matcher was away
        or a sleutelhouder gave no tokens (nothing is lost; `wacht_op` and `wacht_tot` say what it waits for),
        `geweigerd` when the matcher refused this signal. A signal for the same client and kind that still counts is
        returned instead of made twice. `kaart` says who to call about this signal, instead of the configuration.

        Raises OngeldigPersoon, InvoerFout, LeeftijdsgrensFout, KaartOngeldig, ConfiguratieFout or SleutelFout before
        anything is written. Raises VerzoekGeweigerd, NietIngelogd or OngeldigAntwoord when the matcher is there but
        does not serve this organisation: the signal is in the register then and waits.
        """
        return self._indienbalie.submit(
            Indiening(persoon=persoon, clientnummer=clientnummer, signaalsoort=signaalsoort, kaart=kaart)
        )

    def submit_many(
        self, indieningen: Iterable[Indiening], *, on_progress: OnProgress | None = None
    ) -> tuple[Uitkomst, ...]:
        """Submit a series in batches of at most 1000, reading it as it goes; return an outcome for each.

        What cannot be made into a signal becomes an outcome with a `fout`; the rest goes on. Stopped
        half-way, the same series can be given again: nothing is submitted twice. `on_progress` is called
        after every batch. Raises what `submit` raises about the matcher.
        """
        return self._indienbalie.submit_many(indieningen, on_progress=on_progress)

    def send_pending(self) -> Verzendverslag:
        """Make the tokens that are missing and send what waits in the register.

        Not reaching the matcher, or getting no tokens, is no error but shows in `wachtend` and `meldingen`. Raises
        VerzoekGeweigerd, NietIngelogd, OngeldigAntwoord, or SleutelFout when the key of a running epoch is missing;
        nothing is lost then.
        """
        return self._indienbalie.send_pending()

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
        """Yield the matches of today, each with the own clients it is about and the contact cards that open."""
        return (self._koppelingen.with_clients(match) for match in self._client.list_matches())

    def notificaties(self, *, wacht: int = 0) -> Iterator[Clientnotificatie]:
        """Yield the notifications that were not handed over yet, in order; end when there are no more.

        Waits at most `wacht` (0-30) seconds for the first. A notification counts as handed over when the caller asks
        for the one after it. So each comes exactly once and in order as long as this process lives and goes on asking;
        who stops, or crashes, before that gets the last one again: at least once, and `id` tells a repetition.

        Raises OngeldigAntwoord when a number is missing in the feed, or was given out twice: nothing is skipped then.
        """
        return self._berichten.read(wacht=wacht)

    def volg(self) -> Iterator[Clientnotificatie]:
        """Yield the notifications that were not handed over yet and then those that come, at once; never ends.

        Reads a stream of server-sent events, or else asks again and again, and goes on trying while the matcher is
        away. Hands over as `notificaties` does, and raises what that raises.
        """
        return self._berichten.follow()

    def ontvang_webhook(self, headers: Mapping[str, str], body: bytes, *, webhook: UUID) -> Iterator[Clientnotificatie]:
        """Verify a delivery at our webhook, and yield what is to be handed over now, in order.

        That is the notification in it; nothing, when it came before; all that is missing first, from the feed, when it
        came too early. Answer the request when the iterator has ended, with 204: what the matcher gets no answer to
        comes again, and so should what raised MatcherOnbereikbaar (answer that with 503). Hands over as `notificaties`
        does; give deliveries one by one, in one process.

        Raises WebhookOngeldig (answer with 401) when the matcher did not sign it for this webhook, OngeldigAntwoord.
        """
        return self._berichten.receive_webhook(headers, body, webhook=webhook)

    def restore(self) -> Herstelverslag:
        """Bring the register in line with the matcher: rebuild what was lost, correct what differs.

        The client numbers come back from the sealed references. The persons do not: submitting or importing
        them again fills them in, without submitting twice.
        """
        verslag = restore_register(
            self._register, self._client, organisatiesleutel=self._voorbereider.organisatiesleutel
        )
        return replace(verslag, casussen=self.radar.restore())

    def refill(self, clientnummer: str, persoon: Persoon) -> int:
        """Fill in the person of this client's restored signals; return how many lacked one.

        Raises OngeldigPersoon for a person of whom no tokens could be made.
        """
        canoniseer(persoon, vandaag=self._today())
        return self._register.refill(clientnummer, persoon)

    # Possible matches, cards, rotation

    def mogelijke_matches(self) -> Iterator[ClientMogelijkeMatch]:
        """Yield the possible matches of today, each with the own client and what coincides, in words."""
        return (self._koppelingen.mogelijke_match(found) for found in self._client.list_mogelijke_matches())

    def bevestig(self, mogelijke_match: UUID, *, acuut: bool = False) -> ClientMogelijkeMatch:
        """Confirm that a possible match is about the same person; return how it stands now.

        After both sides confirmed it becomes a match. `acuut` asks not to wait for the other side, where the convenant
        allows that in acute danger; it is reviewed afterwards. Raises VerzoekGeweigerd for what is not one's own.
        """
        return self._koppelingen.confirm(mogelijke_match, acuut=acuut)

    def wijs_af(self, mogelijke_match: UUID) -> ClientMogelijkeMatch:
        """Say that a possible match is about two persons; these signals are never put together again."""
        return self._koppelingen.reject(mogelijke_match)

    def meld_onjuist(self, match: str, paar: UUID) -> None:
        """Separate a pair of a match for good, also one at level zeker; the privacy officers are told."""
        self._client.report_onjuist(match, paar)
        self._register.remove_paar(paar)

    def vraag_kaart(self, match: str, paar: UUID) -> None:
        """Ask the other side of a pair for its contact card; it comes as a notification when it is released."""
        self._client.request_kaart(match, paar)

    def kaartverzoeken(self) -> Sequence[Kaartverzoek]:
        """Return who asked for our contact cards, oldest first; asks the matcher nothing."""
        return self._register.kaartverzoeken()

    def geef_kaart_vrij(self, paar: UUID) -> Kaartverzoek:
        """Release our card to who asked for it, sealed for it alone.

        Raises KaartNietVrij when our own convenant does not grant it at the level at which this register knows the
        pair; and MatcherFout.
        """
        return self._koppelingen.kaartbalie.release(paar)

    def weiger_kaart(self, paar: UUID) -> Kaartverzoek:
        """Say no to who asked for our card; the other side is not told. Raises KaartNietVrij when nobody asked."""
        return self._koppelingen.kaartbalie.refuse(paar)

    def hertoken(self, *, gelekt: bool = False, on_progress: OnHertoken | None = None) -> Hertokenverslag:
        """Give every live signal of the register the tokens of the newest running epoch.

        Can be stopped and repeated. `gelekt` first erases the tokens of all other epochs at the matcher. Raises
        ConfiguratieFout when there is no newer epoch to go to after a leak, SleutelFout when its key is missing,
        VerzoekGeweigerd, NietIngelogd or OngeldigAntwoord.
        """
        return self._rotatie.hertoken(gelekt=gelekt, on_progress=on_progress)

    def vraag_vensters(self, punten: int) -> tuple[Venster, ...]:
        """Ask every sleutelhouder for a bulk window: so many points per code, to tokenise a whole register once.

        Each opens when two operators of that sleutelhouder approved it. Raises ConfiguratieFout in mode hmac, where
        there is no sleutelhouder, and SleutelhouderFout.
        """
        return self._rotatie.request_vensters(punten)

    def _nu(self) -> datetime:
        return self._clock()

    def _today(self) -> date:
        return local_date(self._clock())
