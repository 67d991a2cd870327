"""Going over to a new epoch, and what has to be asked for it."""

from collections.abc import Callable
from datetime import datetime

from client_sdk.client.sleutelhouder_core import Venster
from client_sdk.dienst.hertokening import Hertokening
from client_sdk.dienst.inzendingen import Inzendingen
from client_sdk.dienst.model import Hertokenverslag, OnHertoken
from client_sdk.dienst.onderdelen import Onderdelen
from client_sdk.errors import ConfiguratieFout
from convenant.kalender import local_date
from convenant.types import Epoche


class Rotatie:
    """Gives the signals of a register the tokens of the newest running epoch."""

    def __init__(
        self,
        onderdelen: Onderdelen,
        *,
        inzendingen: Inzendingen,
        send_pending: Callable[[], object],
        clock: Callable[[], datetime],
    ) -> None:
        self._onderdelen = onderdelen
        self._inzendingen = inzendingen
        self._send_pending = send_pending
        self._clock = clock

    def hertoken(self, *, gelekt: bool, on_progress: OnHertoken | None) -> Hertokenverslag:
        """Give every live signal the tokens of the newest epoch; after a leak, erase those of all others first."""
        register, voorbereider = self._onderdelen.register, self._onderdelen.voorbereider
        vandaag = local_date(self._clock())
        epoche = voorbereider.epochen(vandaag)[0]
        voorbereider.sleutelring.afleiding(epoche)
        register.end_verlopen(vandaag)
        run = Hertokening(
            register, self._onderdelen.client, inzendingen=self._inzendingen, epoche=epoche, clock=self._clock
        )
        gewist = 0
        if gelekt:
            self._require_newer(epoche)
            gewist = run.erase_others()
        self._send_pending()
        return run.run(gewist=gewist, on_progress=on_progress)

    def request_vensters(self, punten: int) -> tuple[Venster, ...]:
        """Ask every sleutelhouder for a bulk window of so many points per code."""
        sleutelhouders = self._onderdelen.sleutelhouders
        if not sleutelhouders:
            raise ConfiguratieFout("Dit convenant heeft geen sleutelhouder; een venster is niet nodig.")
        convenant = self._onderdelen.voorbereider.convenant.id
        return tuple(houder.request_venster(convenant=convenant, punten=punten) for houder in sleutelhouders)

    def _require_newer(self, epoche: Epoche) -> None:
        if epoche == min(periode.nummer for periode in self._onderdelen.voorbereider.convenant.epochen):
            raise ConfiguratieFout(
                "Het convenant heeft nog geen nieuwe epoche om naar over te stappen. Vraag de convenanthouder daarom."
            )
