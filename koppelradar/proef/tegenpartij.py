"""The other party of the sandbox: a process of its own that signals, listens and answers like any organisation.

python -m koppelradar.proef.tegenpartij CONFIGURATIE
"""

import sys
import time
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

import structlog

from client_sdk.client.model import NotificatieSoort
from client_sdk.configuratie import load_configuratie
from client_sdk.dienst import Clientnotificatie, Koppelradar
from client_sdk.errors import MatcherFout
from client_sdk.register.model import LOPEND
from koppelradar.proef.testpersonen import TESTPERSONEN, Gedrag, Testpersoon

SIGNAALSOORT = "zorg-om-kind"
PAUZE_SECONDEN = 10.0
"""How long the other party thinks before it signals later, withdraws, or comes back."""

_WACHT_SECONDEN = 2
_log = structlog.get_logger("koppelradar.proef")


class Tegenpartij:
    """Knows the test persons and plays its part; `step` does one round of it."""

    def __init__(self, radar: Koppelradar, *, pauze: float = PAUZE_SECONDEN) -> None:
        self._radar = radar
        self._pauze = pauze
        self._plan: list[tuple[float, Testpersoon]] = []
        self._weg: list[tuple[float, Testpersoon]] = []

    def begin(self, nu: float) -> None:
        """Signal who is known from the start; plan the others."""
        for testpersoon in TESTPERSONEN:
            later = self._pauze if testpersoon.gedrag is Gedrag.LATER else 0.0
            self._plan.append((nu + later, testpersoon))

    def step(self, nu: float) -> None:
        """Do what is due at moment `nu` (monotonic seconds), then listen for a short while."""
        self._radar.send_pending()
        for due in _due(self._plan, nu):
            self._submit(due[1])
            self._plan.remove(due)
        for due in _due(self._weg, nu):
            self._withdraw(due[1])
            self._plan.append((nu + self._pauze, due[1]))
            self._weg.remove(due)
        for notificatie in self._radar.notificaties(wacht=_WACHT_SECONDEN):
            self._answer(notificatie, nu)

    def _answer(self, notificatie: Clientnotificatie, nu: float) -> None:
        soort = notificatie.notificatie.soort
        _log.info("notificatie", soort=soort.value)
        if soort is not NotificatieSoort.MATCH_ONTSTAAN:
            return
        for testpersoon in TESTPERSONEN:
            if testpersoon.gedrag is Gedrag.TREKT_IN and testpersoon.clientnummer in notificatie.clientnummers:
                self._weg.append((nu + self._pauze, testpersoon))

    def _submit(self, testpersoon: Testpersoon) -> None:
        self._radar.submit(testpersoon.persoon, clientnummer=testpersoon.clientnummer, signaalsoort=SIGNAALSOORT)
        _log.info("signaal ingediend")

    def _withdraw(self, testpersoon: Testpersoon) -> None:
        for id_ in self._running(testpersoon):
            self._radar.withdraw(id_)
            _log.info("signaal ingetrokken")

    def _running(self, testpersoon: Testpersoon) -> Iterable[UUID]:
        return [
            signaal.id
            for signaal in self._radar.signalen()
            if signaal.clientnummer == testpersoon.clientnummer and signaal.status in LOPEND
        ]


def _due(plan: list[tuple[float, Testpersoon]], nu: float) -> list[tuple[float, Testpersoon]]:
    """What is due; it stays in the plan until it is done, because the matcher can be away."""
    return [(moment, testpersoon) for moment, testpersoon in plan if moment <= nu]


def main(configuratie: Path) -> None:
    """Play until the process is stopped; when the matcher is away, try again."""
    with Koppelradar.open(load_configuratie(configuratie), account="tegenpartij") as radar:
        tegenpartij = Tegenpartij(radar)
        tegenpartij.begin(time.monotonic())
        while True:
            try:
                tegenpartij.step(time.monotonic())
            except MatcherFout as fout:
                _log.warning("matcher antwoordt niet", soort=type(fout).__name__)
                time.sleep(_WACHT_SECONDEN)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
