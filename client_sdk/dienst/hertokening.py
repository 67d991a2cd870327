"""Giving every live signal the tokens of a new epoch, from the register.

How far it is, the register knows: a signal that the matcher confirmed under the epoch is not asked again. Whoever stops
half-way goes on where it stopped; a batch whose confirmation got lost is sent again, which changes nothing.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from client_sdk.client.sync import MatcherClient
from client_sdk.dienst.inzendingen import Inzendingen
from client_sdk.dienst.model import Hertokenverslag, Hertokenvoortgang, OnHertoken
from client_sdk.dienst.tokenisering import MAX_PERSONEN
from client_sdk.dienst.verzending import new_sleutel
from client_sdk.dienst.wachten import reden_of, until, wachtzin
from client_sdk.dienst.weigeringen import pointed_at
from client_sdk.errors import BudgetOp, MatcherOnbereikbaar, SleutelhouderFout, VerzoekGeweigerd
from client_sdk.register.model import Wachtreden
from client_sdk.register.register import Register
from convenant.kalender import local_date
from convenant.types import Epoche

_ABOUT_SIGNALS: Final = frozenset({400, 404, 409})


class Hertokening:
    """One run: of a register, at a matcher, to an epoch."""

    def __init__(
        self,
        register: Register,
        client: MatcherClient,
        *,
        inzendingen: Inzendingen,
        epoche: Epoche,
        clock: Callable[[], datetime],
    ) -> None:
        self._register = register
        self._client = client
        self._inzendingen = inzendingen
        self._epoche = epoche
        self._clock = clock
        self._hertokend = 0
        self._geweigerd: list[UUID] = []
        self._melding: str | None = None

    def erase_others(self) -> int:
        """Erase the own tokens of every other epoch, at the matcher and then here; return of how many signals."""
        convenant = self._inzendingen.convenant.id
        gewist = 0
        for epoche in self._register.epochen(convenant):
            if epoche != self._epoche:
                gewist += self._client.erase_epoche(convenant, epoche)
                self._register.erase_epoche(convenant, epoche)
        return gewist

    def run(self, *, gewist: int = 0, on_progress: OnHertoken | None = None) -> Hertokenverslag:
        """Send the tokens of all signals that lack them; stop, without an error, when nobody serves us now."""
        convenant = self._inzendingen.convenant.id
        todo = list(self._register.without_epoche(convenant, self._epoche))
        total, size = len(todo), MAX_PERSONEN
        while todo and size:
            size = self._step(todo, size)
            if on_progress is not None:
                on_progress(Hertokenvoortgang(gedaan=total - len(todo), totaal=total))
        return Hertokenverslag(
            epoche=self._epoche,
            hertokend=self._hertokend,
            geweigerd=tuple(self._geweigerd),
            zonder_persoon=self._register.unknown_without_epoche(convenant, self._epoche),
            resterend=len(todo),
            gewist=gewist,
            melding=self._melding,
        )

    def _step(self, todo: list[UUID], size: int) -> int:
        """Deal with the first `size` signals and take them off; return the size of the next step, 0 to stop."""
        batch = todo[:size]
        try:
            refused = self._submit(batch)
        except BudgetOp as error:
            if len(batch) > 1:
                return len(batch) // 2
            return self._stop(reden_of(error), until(error, self._clock()))
        except SleutelhouderFout as error:
            return self._stop(reden_of(error), until(error, self._clock()))
        except MatcherOnbereikbaar:
            return self._stop(Wachtreden.MATCHER, None)
        if refused:
            # The rest of the batch was not stored either; it is tried again without these.
            self._geweigerd.extend(refused)
            todo[:] = [signaal for signaal in todo if signaal not in refused]
        else:
            del todo[: len(batch)]
        return size

    def _submit(self, batch: Sequence[UUID]) -> frozenset[UUID]:
        """Send one batch; return which signals the matcher does not take: it stored none of the batch then."""
        signalen = self._register.te_tokeniseren(batch)
        if not signalen:
            return frozenset()
        vandaag = local_date(self._clock())
        hertokeningen, tokensets = self._inzendingen.hertoken(signalen, self._epoche, vandaag=vandaag)
        try:
            self._client.hertoken(hertokeningen, idempotentiesleutel=new_sleutel())
        except VerzoekGeweigerd as refusal:
            refused = _refused(refusal, [hertokening.signaal for hertokening in hertokeningen])
            if not refused:
                raise
            return refused
        self._register.add_epoche(self._epoche, {s: tokenset.kaartsleutel for s, tokenset in tokensets.items()})
        self._register.add_vraagsleutels(
            self._epoche, {s: t.vraagsleutel for s, t in tokensets.items() if t.vraagsleutel is not None}
        )
        self._hertokend += len(hertokeningen)
        return frozenset()

    def _stop(self, reden: Wachtreden, tot: datetime | None) -> int:
        self._melding = wachtzin(reden, tot)
        return 0


def _refused(refusal: VerzoekGeweigerd, signalen: Sequence[UUID]) -> frozenset[UUID]:
    if refusal.status not in _ABOUT_SIGNALS:
        return frozenset()
    return frozenset(signalen[place] for place, _ in pointed_at(refusal, len(signalen)))
