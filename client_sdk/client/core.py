"""The calls of the matcher, without I/O: what is asked, and what an answer means."""

import time
from collections.abc import Callable
from typing import Final
from uuid import UUID

from client_sdk.client import answers, matchantwoorden, notificatieantwoorden, requests
from client_sdk.client.bekendheidcalls import BekendheidCore
from client_sdk.client.dienstsoort import MATCHER
from client_sdk.client.gesprek import Aanmelding, Gesprek
from client_sdk.client.kanaalcalls import KanalenCore
from client_sdk.client.koppeling import Epochestand, Hertokening, MogelijkeMatch
from client_sdk.client.model import (
    BEGIN_CURSOR,
    Bladzijde,
    EigenSignaal,
    Intrekking,
    Match,
    Notificatiebladzijde,
    Ontvangst,
    SignaalInzending,
)
from client_sdk.client.opvolgingcalls import OpvolgingCore
from client_sdk.client.radarcalls import RadarCore
from client_sdk.client.retry import Herhaalbeleid
from client_sdk.client.stroom import Stroomstappen, follow
from client_sdk.client.transport import Request, Steps
from client_sdk.types import MedewerkerPseudoniem
from convenant.types import ConvenantId, Epoche

__all__ = ["DEFAULT_LIMIET", "Aanmelding", "MatcherCore"]

DEFAULT_LIMIET: Final = 100


class MatcherCore:
    """Every call as a generator that yields requests and pauses and returns its result.

    All calls raise `MatcherOnbereikbaar`, `NietIngelogd`, `VerzoekGeweigerd` or `OngeldigAntwoord`.
    """

    def __init__(
        self,
        aanmelding: Aanmelding,
        *,
        medewerker: MedewerkerPseudoniem,
        herhaalbeleid: Herhaalbeleid,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._gesprek = Gesprek(
            aanmelding, soort=MATCHER, medewerker=medewerker, herhaalbeleid=herhaalbeleid, monotonic=monotonic
        )
        self._herhaalbeleid = herhaalbeleid
        self.opvolging = OpvolgingCore(self._gesprek)
        self.radar = RadarCore(self._gesprek)
        self.kanalen = KanalenCore(self._gesprek)
        self.bekendheid = BekendheidCore(self._gesprek)

    def submit_signalen(
        self,
        signalen: tuple[SignaalInzending, ...],
        *,
        idempotentiesleutel: str,
        medewerker: MedewerkerPseudoniem | None = None,
    ) -> Steps[tuple[Ontvangst, ...]]:
        """Submit a batch, all or none; return a receipt for every signal, in the same order."""
        request = requests.signalen_request(signalen, idempotentiesleutel=idempotentiesleutel)
        content = yield from self._gesprek.call(request, medewerker)
        return answers.read_ontvangsten(content, tuple(signaal.id for signaal in signalen))

    def withdraw_signaal(self, signaal: UUID, *, medewerker: MedewerkerPseudoniem | None = None) -> Steps[Intrekking]:
        """Withdraw a signal; doing it again gives the same answer."""
        content = yield from self._gesprek.call(requests.intrekking_request(signaal), medewerker)
        return answers.read_intrekking(content, signaal)

    def signalen_page(
        self, *, na: str | None, limiet: int, medewerker: MedewerkerPseudoniem | None = None
    ) -> Steps[Bladzijde[EigenSignaal]]:
        """Return one page of the own signals."""
        request = requests.page_request("signalen", na=na, limiet=limiet)
        content = yield from self._gesprek.call(request, medewerker)
        return answers.advancing(answers.read_signalen(content), na)

    def matches_page(
        self, *, na: str | None, limiet: int, medewerker: MedewerkerPseudoniem | None = None
    ) -> Steps[Bladzijde[Match]]:
        """Return one page of the own matches."""
        request = requests.page_request("matches", na=na, limiet=limiet)
        content = yield from self._gesprek.call(request, medewerker)
        return answers.advancing(matchantwoorden.read_matches(content), na)

    def read_notificaties(
        self,
        *,
        na: str = BEGIN_CURSOR,
        wacht: int = 0,
        limiet: int = DEFAULT_LIMIET,
        medewerker: MedewerkerPseudoniem | None = None,
    ) -> Steps[Notificatiebladzijde]:
        """Return the notifications after `na`."""
        request = requests.notificaties_request(na=na, wacht=wacht, limiet=limiet)
        content = yield from self._gesprek.call(request, medewerker)
        return notificatieantwoorden.read_notificaties(content, na)

    def follow_notificaties(
        self, *, na: str = BEGIN_CURSOR, medewerker: MedewerkerPseudoniem | None = None
    ) -> Stroomstappen:
        """Hand over the notifications after `na` as they come; never ends by itself."""
        return follow(self._gesprek, self._herhaalbeleid, na=na, medewerker=medewerker)

    def hertoken(
        self,
        hertokeningen: tuple[Hertokening, ...],
        *,
        idempotentiesleutel: str,
        medewerker: MedewerkerPseudoniem | None = None,
    ) -> Steps[tuple[UUID, ...]]:
        """Add tokens to own signals; return which have them now, in any order."""
        request = requests.hertokeningen_request(hertokeningen, idempotentiesleutel=idempotentiesleutel)
        content = yield from self._gesprek.call(request, medewerker)
        return answers.read_hertokeningen(content, tuple((h.signaal, h.tokens.epoche) for h in hertokeningen))

    def erase_epoche(
        self, convenant: ConvenantId, epoche: Epoche, *, medewerker: MedewerkerPseudoniem | None = None
    ) -> Steps[int]:
        """Erase the own tokens of an epoch; return of how many signals."""
        content = yield from self._gesprek.call(requests.wissing_request(convenant, epoche), medewerker)
        return answers.read_wissing(content)

    def epochen(
        self, convenant: ConvenantId, *, medewerker: MedewerkerPseudoniem | None = None
    ) -> Steps[tuple[Epochestand, ...]]:
        """Return how the epochs of a convenant stand."""
        content = yield from self._gesprek.call(requests.epochen_request(convenant), medewerker)
        return answers.read_epochen(content)

    def telling(self, convenant: ConvenantId, *, medewerker: MedewerkerPseudoniem | None = None) -> Steps[str]:
        """Return the matcher's signed statement of how much this organisation submitted; tried once."""
        content = yield from self._gesprek.call(requests.telling_request(convenant), medewerker)
        return answers.read_telling(content)

    def mogelijke_matches_page(
        self, *, na: str | None, limiet: int, medewerker: MedewerkerPseudoniem | None = None
    ) -> Steps[Bladzijde[MogelijkeMatch]]:
        """Return one page of the own possible matches."""
        request = requests.page_request("mogelijke-matches", na=na, limiet=limiet)
        content = yield from self._gesprek.call(request, medewerker)
        return answers.advancing(matchantwoorden.read_mogelijke_matches(content), na)

    def confirm_mogelijke_match(
        self, mogelijke_match: UUID, *, acuut: bool, medewerker: MedewerkerPseudoniem | None = None
    ) -> Steps[MogelijkeMatch]:
        """Confirm a possible match; return how it stands now."""
        request = requests.bevestiging_request(mogelijke_match, acuut=acuut)
        content = yield from self._gesprek.call(request, medewerker)
        return matchantwoorden.read_mogelijke_match(content, mogelijke_match)

    def reject_mogelijke_match(
        self, mogelijke_match: UUID, *, medewerker: MedewerkerPseudoniem | None = None
    ) -> Steps[MogelijkeMatch]:
        """Reject a possible match for good; return how it stands now."""
        content = yield from self._gesprek.call(requests.afwijzing_request(mogelijke_match), medewerker)
        return matchantwoorden.read_mogelijke_match(content, mogelijke_match)

    def report_onjuist(self, match: str, paar: UUID, *, medewerker: MedewerkerPseudoniem | None = None) -> Steps[None]:
        """Separate a pair for good."""
        return self._post(requests.onjuistmelding_request(match, paar), medewerker)

    def request_kaart(self, match: str, paar: UUID, *, medewerker: MedewerkerPseudoniem | None = None) -> Steps[None]:
        """Ask the other side of a pair for its card."""
        return self._post(requests.kaartverzoek_request(match, paar), medewerker)

    def release_kaart(
        self, match: str, paar: UUID, zegel: bytes, *, medewerker: MedewerkerPseudoniem | None = None
    ) -> Steps[None]:
        """Hand over the own card, sealed for who asked."""
        return self._post(requests.kaartvrijgave_request(match, paar, zegel), medewerker)

    def _post(self, request: Request, medewerker: MedewerkerPseudoniem | None) -> Steps[None]:
        yield from self._gesprek.call(request, medewerker)
