"""Notifications, by whichever way they come, handed over once and in order.

The register remembers the number of the last one that the application is done with: it is when it asks for the next. So
each comes once while the process lives, and the one that it was working on comes again after a crash.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from uuid import UUID

from client_sdk.client.model import Notificatie
from client_sdk.client.sync import MatcherClient
from client_sdk.dienst.koppelingbalie import Koppelingbalie
from client_sdk.dienst.matchersleutels import Matchersleutels
from client_sdk.dienst.model import Clientnotificatie
from client_sdk.errors import OngeldigAntwoord
from client_sdk.register.register import Register
from client_sdk.webhook import Webhookbericht, kid_of, verify_webhook


class Berichtenbalie:
    """Reads the feed from where the register is; for one thread, and one process at a time.

    `first` is done before anything is read: what could not be done when its notification came.
    """

    def __init__(
        self,
        register: Register,
        client: MatcherClient,
        *,
        koppelingen: Koppelingbalie,
        clock: Callable[[], datetime],
        first: Callable[[], None] = lambda: None,
    ) -> None:
        self._register = register
        self._client = client
        self._koppelingen = koppelingen
        self._clock = clock
        self._first = first
        self._sleutels = Matchersleutels(client)

    def read(self, *, wacht: int) -> Iterator[Clientnotificatie]:
        """Yield what was not handed over yet, until there is no more."""
        self._first()
        na = self._register.notificatiecursor()
        while True:
            page = self._client.read_notificaties(na=na, wacht=wacht)
            yield from self._hand_over(page.notificaties)
            if page.cursor == na:
                return
            self._register.advance_notificatiecursor(page.cursor)
            na, wacht = page.cursor, 0

    def follow(self) -> Iterator[Clientnotificatie]:
        """Yield what was not handed over yet, and then whatever comes, for ever."""
        self._first()
        return self._hand_over(self._client.stream_notificaties(self._register.notificatiecursor()))

    def receive_webhook(self, headers: Mapping[str, str], body: bytes, *, webhook: UUID) -> Iterator[Clientnotificatie]:
        """Verify a delivery; return what is to be handed over now."""
        jwks = self._sleutels.jwks(kid_of(headers))
        bericht = verify_webhook(headers, body, jwks=jwks, webhook=webhook, now=self._clock())
        return self._in_order(bericht)

    def _in_order(self, bericht: Webhookbericht) -> Iterator[Clientnotificatie]:
        missing = int(bericht.volgnummer) - int(self._register.notificatiecursor())
        if missing == 1:
            yield from self._hand_over([bericht.notificatie] if bericht.notificatie else [])
            self._register.advance_notificatiecursor(bericht.volgnummer)
        elif missing > 1:
            # The feed has this one too, behind those that we lack.
            yield from self.read(wacht=0)
            if self._register.notificatiecursor() < bericht.volgnummer:
                raise OngeldigAntwoord(
                    "De matcher stuurde een notificatie naar de webhook die hij niet in de lijst geeft. "
                    "Meld dit aan de beheerder."
                )

    def _hand_over(self, notificaties: Iterable[Notificatie]) -> Iterator[Clientnotificatie]:
        for notificatie in notificaties:
            yield self._koppelingen.receive(notificatie)
            self._register.advance_notificatiecursor(notificatie.volgnummer)
