"""Submitting signals: one, or a series; in the register before anything is sent."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from itertools import islice
from typing import Final

from client_sdk.dienst.inzendingen import Inzendingen
from client_sdk.dienst.model import Indiening, OnProgress, Uitkomst, Verzendverslag, Voortgang
from client_sdk.dienst.onderdelen import Onderdelen
from client_sdk.dienst.verzending import Verzending
from client_sdk.errors import InvoerFout, KaartOngeldig, LeeftijdsgrensFout
from client_sdk.register.model import NieuwSignaal, Signaal, SignaalStatus
from convenant.kalender import local_date

_BATCH: Final = 1000


class Indienbalie:
    """Writes signals in the register and has them sent."""

    def __init__(self, onderdelen: Onderdelen, *, inzendingen: Inzendingen, clock: Callable[[], datetime]) -> None:
        self._register = onderdelen.register
        self._voorbereider = onderdelen.voorbereider
        self._verzending = Verzending(
            onderdelen.register,
            onderdelen.client,
            inzendingen=inzendingen,
            epochen=onderdelen.voorbereider.epochen,
            clock=clock,
        )
        self._clock = clock

    def check(self, indiening: Indiening) -> None:
        """Raise what `submit` raises before it writes anything; writes nothing."""
        self._voorbereider.prepare(indiening, nu=self._clock())

    def submit(self, indiening: Indiening) -> Signaal:
        """Write a signal, send it, and return what became of it."""
        nieuw = self._voorbereider.prepare(indiening, nu=self._clock())
        self._register.end_verlopen(self._today())
        inschrijving = self._register.add([nieuw])[0]
        if not inschrijving.bestond_al:
            self._verzending.deliver([inschrijving.signaal.id])
        return self._register.signaal(inschrijving.signaal.id)

    def submit_many(
        self, indieningen: Iterable[Indiening], *, on_progress: OnProgress | None = None
    ) -> tuple[Uitkomst, ...]:
        """Submit a series in batches of at most 1000, reading it as it goes; return an outcome for each."""
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
        """Make the tokens that are missing and send what waits in the register."""
        return self._verzending.send_pending()

    def _submit_batch(self, batch: list[Indiening], start: int, *, reachable: bool) -> tuple[list[Uitkomst], bool]:
        uitkomsten: list[Uitkomst] = []
        nieuwe: list[tuple[int, NieuwSignaal]] = []
        for positie, indiening in enumerate(batch, start):
            try:
                nieuwe.append((positie, self._voorbereider.prepare(indiening, nu=self._clock())))
            except (InvoerFout, LeeftijdsgrensFout, KaartOngeldig) as error:
                uitkomsten.append(Uitkomst(positie=positie, fout=error))
        inschrijvingen = self._register.add([nieuw for _, nieuw in nieuwe])
        nieuw = [inschrijving.signaal.id for inschrijving in inschrijvingen if not inschrijving.bestond_al]
        if reachable and nieuw:
            reachable = self._verzending.deliver(nieuw)
        elif nieuw:
            self._verzending.postpone(nieuw)
        for (positie, _), inschrijving in zip(nieuwe, inschrijvingen, strict=True):
            signaal = self._register.signaal(inschrijving.signaal.id)
            uitkomsten.append(Uitkomst(positie=positie, signaal=signaal, bestond_al=inschrijving.bestond_al))
        return sorted(uitkomsten, key=lambda uitkomst: uitkomst.positie), reachable

    def _today(self) -> date:
        return local_date(self._clock())


def _progress(uitkomsten: list[Uitkomst]) -> Voortgang:
    statuses = [uitkomst.signaal.status for uitkomst in uitkomsten if uitkomst.signaal is not None]
    return Voortgang(
        gelezen=len(uitkomsten),
        ontvangen=statuses.count(SignaalStatus.ONTVANGEN),
        wachtend=statuses.count(SignaalStatus.WACHTEND),
    )
