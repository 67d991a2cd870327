"""Answering bekendheidsvragen from the own register.

The answer holds a token of every own client, in an order that says nothing, padded with random ones. Whether and how
we answer, the own signed convenant says, never the matcher. What cannot be answered now is answered the next time the
notifications are read; so is what changed since.
"""

import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from uuid import UUID, uuid4

from client_sdk.client.bekendheid import Bekendheidsverzoekbericht
from client_sdk.client.bekendheidverzoeken import STAP
from client_sdk.client.sync import MatcherClient
from client_sdk.dienst.bekendheidmodel import Beantwoording, Clientverzoek
from client_sdk.dienst.voorbereiding import Voorbereider
from client_sdk.dienst.vraagsleutels import Sleutelbos, Vraagsleutelbron
from client_sdk.errors import MatcherFout, VerzoekGeweigerd
from client_sdk.koppeltokens import vraagtoken
from client_sdk.register.bekendheid import (
    ANSWERED_FOR_GOOD,
    Antwoordstand,
    Bekendheidsverzoek,
    GesteldeVraag,
    VerzoekStatus,
)
from client_sdk.register.register import Register
from client_sdk.types import KEY_BYTES, Vraagtoken
from convenant.kalender import local_date
from convenant.types import Antwoordwijze

_ANSWERED: Final = "Uw systeem heeft geantwoord."
_OVER: Final = "Deze bekendheidsvraag is al voorbij. Er is niets gestuurd."
_NOT_AGREED: Final = (
    "De matcher stelt een vraag die uw convenant niet of anders regelt. Er is niets gestuurd. Meld dit aan de "
    "functionaris gegevensbescherming."
)
_LATER: Final = "Antwoorden lukte nu niet; uw systeem probeert het de volgende keer opnieuw. {}"
# It is not put to us, or it takes no answer any more.
_FOR_GOOD: Final = frozenset({404, 409})


@dataclass(frozen=True, slots=True, kw_only=True)
class Beantwoorder:
    """Answers for one organisation."""

    register: Register
    client: MatcherClient
    voorbereider: Voorbereider
    bron: Vraagsleutelbron
    clock: Callable[[], datetime]

    def receive(self, bericht: Bekendheidsverzoekbericht) -> Beantwoording:
        """Write down a question that is put to us and answer it; what fails is tried again later."""
        if not self._agreed(bericht):
            return Beantwoording(melding=_NOT_AGREED)
        if bericht.uiterlijk < local_date(self.clock()):
            return Beantwoording(melding=_OVER)
        self.register.add_gestelde_vraag(
            GesteldeVraag(
                id=bericht.id,
                convenant=bericht.convenant,
                epoche=bericht.epoche,
                uiterlijk=bericht.uiterlijk,
                wijze=bericht.wijze,
                vrager=bericht.vrager,
            )
        )
        vraag = next(vraag for vraag in self.register.gestelde_vragen() if vraag.id == bericht.id)
        meldingen = self._answer(vraag)
        return Beantwoording(melding=" ".join(meldingen), verzoeken=self.verzoeken(vraag.id))

    def answer_again(self) -> None:
        """Answer every open question that was not answered yet, or of which there is more to say now."""
        for vraag in self.register.gestelde_vragen():
            if vraag.uiterlijk >= local_date(self.clock()):
                self._answer(vraag)

    def verzoeken(self, vraag: UUID | None = None) -> tuple[Clientverzoek, ...]:
        """Return the own clients about whom somebody asks, oldest first; if wanted, in one question."""
        return tuple(self.with_client(verzoek) for verzoek in self.register.bekendheidsverzoeken(vraag=vraag))

    def with_client(self, verzoek: Bekendheidsverzoek) -> Clientverzoek:
        """Return a request with the own client it is about."""
        return Clientverzoek(verzoek=verzoek, clientnummer=self.register.signaal(verzoek.signaal).clientnummer)

    def _agreed(self, bericht: Bekendheidsverzoekbericht) -> bool:
        convenant = self.voorbereider.convenant
        bekendheid = convenant.afspraken.bekendheid
        if bekendheid is None or bericht.convenant != convenant.id:
            return False
        known = bericht.vrager is not None or bericht.wijze is Antwoordwijze.AUTOMATISCH
        return known and bekendheid.wijze_of(convenant.partij(self.voorbereider.oin)) is bericht.wijze

    def _answer(self, vraag: GesteldeVraag) -> tuple[str, ...]:
        """Send what there is to say, if that is more than before; return what was done, in sentences."""
        if vraag.beantwoord == ANSWERED_FOR_GOOD:
            return (_OVER,)
        bos = self.bron.sleutelbos(vraag.epoche)
        eigen = _tokens(vraag, bos)
        stand = Antwoordstand(max((s.volgorde for s in bos.signalen), default=0), len(eigen))
        if vraag.beantwoord.misses(stand):
            try:
                self._send(vraag, eigen)
            except VerzoekGeweigerd as refusal:
                if refusal.status in _FOR_GOOD:
                    self._close(vraag)
                return (str(refusal),)
            except MatcherFout as error:
                return (_LATER.format(error),)
            self.register.mark_beantwoord(vraag.id, stand)
        return (_ANSWERED, *bos.meldingen)

    def _send(self, vraag: GesteldeVraag, eigen: Mapping[Vraagtoken, UUID]) -> None:
        tokens = _padded(eigen)
        nodig = self.client.bekendheid.answer(vraag.id, tokens)
        if vraag.wijze is not Antwoordwijze.NA_AKKOORD:
            return
        for index in nodig:
            signaal = eigen.get(tokens[index])
            if signaal is not None:
                nu = self.clock().astimezone(UTC)
                self.register.add_verzoek(uuid4(), vraag=vraag.id, signaal=signaal, op=nu)

    def _close(self, vraag: GesteldeVraag) -> None:
        self.register.mark_beantwoord(vraag.id, ANSWERED_FOR_GOOD)
        for verzoek in self.register.bekendheidsverzoeken(vraag=vraag.id):
            if verzoek.status is VerzoekStatus.OPEN:
                self.register.set_verzoek(verzoek.id, VerzoekStatus.GESLOTEN)


def _tokens(vraag: GesteldeVraag, bos: Sleutelbos) -> Mapping[Vraagtoken, UUID]:
    """Return the token of every client under this question, with its oldest signal: several can be on one client."""
    eigen: dict[Vraagtoken, UUID] = {}
    for signaal in bos.signalen:
        eigen.setdefault(vraagtoken(bos.sleutels[signaal.signaal], vraag.id), signaal.signaal)
    return eigen


def _padded(eigen: Iterable[Vraagtoken]) -> tuple[Vraagtoken, ...]:
    """Return these among random ones, a multiple of the step; sorted, so that their order says nothing."""
    tokens = list(eigen)
    missing = -len(tokens) % STAP or (0 if tokens else STAP)
    return tuple(sorted([*tokens, *(Vraagtoken(secrets.token_bytes(KEY_BYTES)) for _ in range(missing))]))
