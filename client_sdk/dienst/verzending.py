"""Bringing what waits in the register to the matcher, exactly once in effect.

A batch keeps its members, its order and its Idempotency-Key in the register from before the first attempt
until the receipt is written down. Whoever stops in between (a crash, a lost connection, another process)
leaves a batch that the next attempt sends again, byte for byte, under the same key.
"""

import re
import secrets
from collections.abc import Iterator
from typing import Final
from uuid import UUID

from client_sdk.client.sync import MatcherClient
from client_sdk.dienst.model import Verzendverslag
from client_sdk.errors import MatcherOnbereikbaar, VerzoekGeweigerd
from client_sdk.register.model import Idempotentiesleutel, SignaalStatus, Zending
from client_sdk.register.register import Register

_POINTER: Final = re.compile(r"/signalen/(0|[1-9][0-9]{0,3})(?:/.*)?")
# What the matcher says about one signal in the body; anything else is about us, our rights, or the matcher.
_ABOUT_SIGNALS: Final = frozenset({400, 409})
# A batch that may hold one bad signal without the matcher saying which, or that is too large as a whole.
_DIVISIBLE: Final = frozenset({409, 413})


def new_sleutel() -> Idempotentiesleutel:
    """Return a fresh key of 128 random bits for a batch."""
    return Idempotentiesleutel(secrets.token_urlsafe(16))


class Verzending:
    """Sends batches from a register with a client; holds nothing itself."""

    def __init__(self, register: Register, client: MatcherClient) -> None:
        self._register = register
        self._client = client

    def send_pending(self) -> Verzendverslag:
        """Send every batch that waits, oldest first; stop, without an error, when the matcher is away.

        Raises VerzoekGeweigerd when the matcher refuses a batch as a whole, NietIngelogd and
        OngeldigAntwoord; everything that was not received stays in the register.
        """
        before = self._register.counts()
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
        )

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
        if redenen:
            rest = new_sleutel()
            self._register.refuse(redenen, zending=zending.idempotentiesleutel, rest=rest)
            yield rest
            return
        if refusal.status not in _DIVISIBLE or len(zending.inzendingen) == 1:
            raise refusal
        middle = len(zending.inzendingen) // 2
        for part in (zending.inzendingen[:middle], zending.inzendingen[middle:]):
            key = new_sleutel()
            self._register.move((inzending.id for inzending in part), key, zending=zending.idempotentiesleutel)
            yield key


def _refused(zending: Zending, refusal: VerzoekGeweigerd) -> dict[UUID, str]:
    """Return the signals that the refusal points at, with its codes; also a lone signal that conflicts."""
    if refusal.status not in _ABOUT_SIGNALS:
        return {}
    redenen: dict[UUID, str] = {}
    for fout in refusal.fouten:
        found = _POINTER.fullmatch(fout.pad)
        if found and int(found[1]) < len(zending.inzendingen):
            redenen.setdefault(zending.inzendingen[int(found[1])].id, fout.code or refusal.code)
    if not redenen and refusal.status == 409 and len(zending.inzendingen) == 1:  # noqa: PLR2004 -- Conflict
        redenen[zending.inzendingen[0].id] = refusal.code
    return redenen
