"""Bringing what waits in the register to the matcher, exactly once in effect.

A signal without tokens gets them first, in batches as the sleutelhouder takes them. A batch keeps its members, its
order and its Idempotency-Key in the register from before the first attempt until the receipt is written down. Whoever
stops in between (a crash, a lost connection, another process) leaves a batch that the next attempt sends again, byte
for byte, under the same key.
"""

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

from client_sdk.client.sync import MatcherClient
from client_sdk.dienst.inzendingen import Inzendingen
from client_sdk.dienst.model import Verzendverslag
from client_sdk.dienst.tokenisering import MAX_PERSONEN
from client_sdk.dienst.wachten import reden_of, until, wachtzin
from client_sdk.dienst.weigeringen import pointed_at
from client_sdk.errors import BudgetOp, MatcherOnbereikbaar, PlafondBereikt, SleutelhouderFout, VerzoekGeweigerd
from client_sdk.register.model import Idempotentiesleutel, SignaalStatus, Zending
from client_sdk.register.register import Register
from convenant.kalender import local_date
from convenant.types import Epoche

# What the matcher says about one signal in the body; anything else is about us, our rights, or the matcher.
_ABOUT_SIGNALS: Final = frozenset({400, 409})
# A batch that may hold one bad signal without the matcher saying which, or that is too large as a whole.
_DIVISIBLE: Final = frozenset({409, 413})


def new_sleutel() -> Idempotentiesleutel:
    """Return a fresh key of 128 random bits for a batch."""
    return Idempotentiesleutel(secrets.token_urlsafe(16))


class Verzending:
    """Brings signals from a register to the matcher: tokens first, then batches. Holds nothing itself."""

    def __init__(
        self,
        register: Register,
        client: MatcherClient,
        *,
        inzendingen: Inzendingen,
        epochen: Callable[[date], Sequence[Epoche]],
        clock: Callable[[], datetime],
    ) -> None:
        self._register = register
        self._client = client
        self._inzendingen = inzendingen
        self._epochen = epochen
        self._clock = clock

    def send_pending(self) -> Verzendverslag:
        """Make the tokens that are missing and send every batch that waits, oldest first.

        Stops, without an error, when matcher or sleutelhouder is away. Raises VerzoekGeweigerd when the matcher
        refuses a batch as a whole, NietIngelogd and OngeldigAntwoord, SleutelFout when the key of a running epoch is
        missing; everything that was not received stays in the register.
        """
        before = self._register.counts()
        self.tokenise(self._register.untokenised())
        reachable = True
        while reachable and (pending := self._register.pending()):
            reachable = self.send(pending[0])
        after = self._register.counts()

        def grown(status: SignaalStatus) -> int:
            return after.get(status, 0) - before.get(status, 0)

        return Verzendverslag(
            ontvangen=grown(SignaalStatus.ONTVANGEN),
            geweigerd=grown(SignaalStatus.GEWEIGERD),
            wachtend=after.get(SignaalStatus.WACHTEND, 0),
            meldingen=tuple(wachtzin(reden, tot) for reden, tot in self._register.waiting()),
        )

    def deliver(self, signalen: Sequence[UUID]) -> bool:
        """Make the tokens of these signals and send them; return whether sleutelhouder and matcher served us."""
        keys, complete = self._tokenise_all(signalen)
        return all(self.send(sleutel) for sleutel in keys) and complete

    def postpone(self, signalen: Sequence[UUID]) -> None:
        """Let signals wait without trying, for what others wait for already."""
        waiting = (reden for reden in self._register.waiting() if reden[0] is not None)
        reden, tot = next(waiting, (None, None))
        if reden is not None:
            self._register.mark_wachtend(signalen, reden, tot)

    def tokenise(self, signalen: Sequence[UUID]) -> tuple[Idempotentiesleutel, ...]:
        """Make the tokens of signals that have none and return the keys of their batches.

        What the sleutelhouder does not serve waits, and the register says for what. A batch over budget is tried
        in halves, so that what budget there is gets used.
        """
        return self._tokenise_all(signalen)[0]

    def _tokenise_all(self, signalen: Sequence[UUID]) -> tuple[tuple[Idempotentiesleutel, ...], bool]:
        todo, size = list(signalen), MAX_PERSONEN
        keys: list[Idempotentiesleutel] = []
        while todo:
            batch = todo[:size]
            try:
                keys.append(self._tokenise(batch))
            except SleutelhouderFout as error:
                if isinstance(error, BudgetOp) and len(batch) > 1:
                    size = len(batch) // 2
                    continue
                self._register.mark_wachtend(todo, reden_of(error), until(error, self._clock()))
                break
            del todo[: len(batch)]
        return tuple(keys), not todo

    def _tokenise(self, signalen: Sequence[UUID]) -> Idempotentiesleutel:
        vandaag = local_date(self._clock())
        wachtend = self._register.te_tokeniseren(signalen)
        getokend = self._inzendingen.make(wachtend, epochen=self._epochen(vandaag), vandaag=vandaag)
        sleutel = new_sleutel()
        self._register.set_tokens(getokend, sleutel)
        return sleutel

    def send(self, sleutel: Idempotentiesleutel) -> bool:
        """Send one batch, or what remains of it after refusals; return whether the matcher was there."""
        todo = [sleutel]
        while todo:
            zending = self._register.zending(todo[0])
            if not zending.inzendingen:
                todo.pop(0)
                continue
            try:
                self._deliver(zending)
            except MatcherOnbereikbaar:
                return False
            except PlafondBereikt as error:
                if len(zending.inzendingen) == 1:
                    self._register.mark_plafond(until(error, self._clock()))
                    return False
                todo.extend(self._halve(zending))
            except VerzoekGeweigerd as refusal:
                todo.extend(self._divide(zending, refusal))
            todo.pop(0)
        return True

    def _deliver(self, zending: Zending) -> None:
        ontvangsten = self._client.submit_signalen(zending.inzendingen, idempotentiesleutel=zending.idempotentiesleutel)
        withdrawn = self._register.mark_ontvangen(ontvangst.signaal for ontvangst in ontvangsten)
        for signaal in withdrawn:
            self._client.withdraw_signaal(signaal)

    def _divide(self, zending: Zending, refusal: VerzoekGeweigerd) -> Iterator[Idempotentiesleutel]:
        """Set refused signals apart and yield the keys of what can still be sent; raise when nothing can."""
        redenen = _refused(zending, refusal)
        if verouderd := self._outdated(zending, redenen):
            rest = new_sleutel()
            self._register.clear_tokens(verouderd, zending=zending.idempotentiesleutel, rest=rest)
            yield rest
            yield from self.tokenise(verouderd)
            return
        if redenen:
            rest = new_sleutel()
            self._register.refuse(redenen, zending=zending.idempotentiesleutel, rest=rest)
            yield rest
            return
        if refusal.status not in _DIVISIBLE or len(zending.inzendingen) == 1:
            raise refusal
        yield from self._halve(zending)

    def _halve(self, zending: Zending) -> Iterator[Idempotentiesleutel]:
        """Make two batches of one and yield their keys."""
        middle = len(zending.inzendingen) // 2
        for part in (zending.inzendingen[:middle], zending.inzendingen[middle:]):
            key = new_sleutel()
            self._register.move((inzending.id for inzending in part), key, zending=zending.idempotentiesleutel)
            yield key

    def _outdated(self, zending: Zending, refused: Mapping[UUID, str]) -> tuple[UUID, ...]:
        """Return the refused signals whose tokens are not of the epochs of today: they waited too long."""
        epochen = set(self._epochen(local_date(self._clock())))
        return tuple(
            inzending.id
            for inzending in zending.inzendingen
            if inzending.id in refused and {tokens.epoche for tokens in inzending.tokensets} != epochen
        )


def _refused(zending: Zending, refusal: VerzoekGeweigerd) -> dict[UUID, str]:
    """Return the signals that the refusal points at, with its codes; also a lone signal that conflicts."""
    if refusal.status not in _ABOUT_SIGNALS:
        return {}
    redenen: dict[UUID, str] = {}
    for place, fout in pointed_at(refusal, len(zending.inzendingen)):
        redenen.setdefault(zending.inzendingen[place].id, fout.code or refusal.code)
    if not redenen and refusal.status == 409 and len(zending.inzendingen) == 1:  # noqa: PLR2004 -- Conflict
        redenen[zending.inzendingen[0].id] = refusal.code
    return redenen
