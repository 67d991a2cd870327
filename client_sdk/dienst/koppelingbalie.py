"""Matches, possible matches and notifications, put beside the own clients they are about."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from client_sdk.client.bekendheid import Bekendheidsantwoordbericht, Bekendheidsverzoekbericht
from client_sdk.client.koppeling import (
    Kaartvraag,
    Kaartvrijgave,
    MogelijkeMatch,
    MogelijkeMatchStatus,
    Paarbericht,
)
from client_sdk.client.model import Match, Notificatie, NotificatieSoort
from client_sdk.configuratie import Kaartvrijgavebeleid
from client_sdk.dienst.bekendheidsbalie import Bekendheidsbalie
from client_sdk.dienst.berichtlezer import own_casus, own_clients
from client_sdk.dienst.kaartbalie import Kaartbalie
from client_sdk.dienst.kaartlezer import LET_OP, Kaartlezer
from client_sdk.dienst.kaartsleutels import Kaartsleutelbron
from client_sdk.dienst.model import Clientmatch, ClientMogelijkeMatch, Clientnotificatie
from client_sdk.dienst.onderdelen import Onderdelen
from client_sdk.errors import KaartFout, MatcherFout
from client_sdk.register.model import Kaartverzoek, KaartverzoekStatus
from client_sdk.vergelijking import niveau_of, vergelijking

_OVER = frozenset({MogelijkeMatchStatus.AFGEWEZEN, MogelijkeMatchStatus.VERVALLEN})


class Koppelingbalie:
    """Reads what comes from the matcher with what the register knows."""

    def __init__(self, onderdelen: Onderdelen, *, clock: Callable[[], datetime]) -> None:
        self._register = onderdelen.register
        self._client = onderdelen.client
        self._vrijgave = onderdelen.vrijgave
        self.bekendheid = Bekendheidsbalie(onderdelen, clock=clock)
        self.kaartbalie = Kaartbalie(
            register=onderdelen.register,
            client=onderdelen.client,
            voorbereider=onderdelen.voorbereider,
            zegelsleutel=onderdelen.zegelsleutel,
            clock=clock,
        )
        self._kaartlezer = Kaartlezer(
            onderdelen.register,
            convenant=onderdelen.voorbereider.convenant,
            oin=onderdelen.voorbereider.oin,
            bron=Kaartsleutelbron(onderdelen.register, onderdelen.tokeniser, clock),
            zegelsleutel=onderdelen.zegelsleutel,
        )

    def with_clients(self, match: Match) -> Clientmatch:
        """Return a match with the own clients it is about and the cards that open."""
        known = {signaal: self._register.find(signaal) for signaal in match.eigen_signalen}
        clients = {signaal.clientnummer for signaal in known.values() if signaal is not None}
        return Clientmatch(
            match=match,
            clientnummers=tuple(sorted(clients)),
            onbekende_signalen=tuple(id_ for id_, signaal in known.items() if signaal is None),
            kaarten=self._kaartlezer.read(match),
        )

    def mogelijke_match(self, found: MogelijkeMatch) -> ClientMogelijkeMatch:
        """Return a possible match with the own client it is about."""
        signaal = self._register.find(found.eigen_signaal) if found.eigen_signaal else None
        return ClientMogelijkeMatch(
            mogelijke_match=found,
            clientnummer=signaal.clientnummer if signaal else None,
            vergelijking=vergelijking(found.sloten),
        )

    def confirm(self, mogelijke_match: UUID, *, acuut: bool) -> ClientMogelijkeMatch:
        """Confirm a possible match, and remember that we did: cards are released on nobody else's word."""
        found = self._client.confirm_mogelijke_match(mogelijke_match, acuut=acuut)
        if found.eigen_signaal is not None and found.status not in _OVER:
            self._register.add_bevestiging(mogelijke_match, signaal=found.eigen_signaal, niveau=niveau_of(found.sloten))
        return self.mogelijke_match(found)

    def reject(self, mogelijke_match: UUID) -> ClientMogelijkeMatch:
        """Reject a possible match for good."""
        found = self._client.reject_mogelijke_match(mogelijke_match)
        self._register.remove_bevestiging(mogelijke_match)
        return self.mogelijke_match(found)

    def receive(self, notificatie: Notificatie) -> Clientnotificatie:
        """Return a notification with what it is about here, and do what it asks for."""
        match notificatie.inhoud:
            case Match() as match:
                return Clientnotificatie(notificatie=notificatie, match=self.with_clients(match))
            case MogelijkeMatch() as found:
                if found.status in _OVER:
                    self._register.remove_bevestiging(found.id)
                return Clientnotificatie(notificatie=notificatie, mogelijke_match=self.mogelijke_match(found))
            case Paarbericht(paar=paar):
                if paar is not None and notificatie.soort is NotificatieSoort.MATCH_ONJUIST:
                    self._register.remove_paar(paar)
                return Clientnotificatie(notificatie=notificatie)
            case Kaartvraag() as vraag:
                return self._receive_vraag(notificatie, vraag)
            case Kaartvrijgave() as vrijgave:
                kaart = self.kaartbalie.accept(vrijgave, self._own_signal(vrijgave.paar))
                return Clientnotificatie(
                    notificatie=notificatie, kaart=kaart, melding=kaart.waarschuwing or kaart.uitleg
                )
            case _:
                return self._receive_other(notificatie)

    def _receive_other(self, notificatie: Notificatie) -> Clientnotificatie:
        match notificatie.inhoud:
            case Bekendheidsverzoekbericht() as bericht:
                done = self.bekendheid.beantwoorder.receive(bericht)
                return Clientnotificatie(
                    notificatie=notificatie, bekendheidsverzoeken=done.verzoeken, melding=done.melding
                )
            case Bekendheidsantwoordbericht() as bericht:
                return Clientnotificatie(notificatie=notificatie, bekend=self.bekendheid.bekend(bericht))
            case inhoud:
                return Clientnotificatie(
                    notificatie=notificatie,
                    over=own_clients(self._register, inhoud),
                    casusnummer=own_casus(self._register, inhoud),
                )

    def _receive_vraag(self, notificatie: Notificatie, vraag: Kaartvraag) -> Clientnotificatie:
        verzoek = self.kaartbalie.receive(vraag, op=notificatie.tijd)
        if verzoek is None:
            return Clientnotificatie(
                notificatie=notificatie,
                melding=f"Er is om een kaart gevraagd bij een signaal dat uw register niet kent. {LET_OP}",
            )
        melding = None
        if self._vrijgave is Kaartvrijgavebeleid.AUTOMATISCH and verzoek.status is KaartverzoekStatus.OPEN:
            verzoek, melding = self._release(verzoek)
        return Clientnotificatie(notificatie=notificatie, kaartverzoek=verzoek, melding=melding)

    def _release(self, verzoek: Kaartverzoek) -> tuple[Kaartverzoek, str | None]:
        """Try to release a card at once; what fails stays open, for a person to look at."""
        try:
            return self.kaartbalie.release(verzoek.id), None
        except (KaartFout, MatcherFout) as error:
            return verzoek, str(error)

    def _own_signal(self, paar: UUID) -> UUID | None:
        """Return the own signal of a pair: from the register, or else from the matches as the matcher shows them."""
        known = self._register.paar(paar)
        if known is not None:
            return known.signaal
        for match in self._client.list_matches():
            if any(partij.paar == paar for partij in match.partijen):
                return next((signaal for signaal in match.eigen_signalen if self._register.find(signaal)), None)
        return None
