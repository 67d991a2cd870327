"""Asking which signals there are on persons, without writing anything of them down."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from client_sdk.client.radar import Bevraagdepersoon
from client_sdk.client.radarverzoeken import MAX_PERSONEN
from client_sdk.dienst.inzendingen import epochetokens
from client_sdk.dienst.tokenisering import Tokeniser
from client_sdk.dienst.voorbereiding import Voorbereider
from client_sdk.errors import InvoerFout
from client_sdk.persoon import Persoon
from client_sdk.register.model import Signaal, SignaalStatus, TeTokeniseren
from convenant.kalender import local_date
from convenant.types import Epoche


@dataclass(frozen=True, slots=True, kw_only=True)
class Bevrager:
    """Makes the tokens of a bevraging. They count for the budget at the sleutelhouder, as those of a signal do."""

    voorbereider: Voorbereider
    tokeniser: Tokeniser
    clock: Callable[[], datetime]

    def prepare(self, personen: Sequence[Persoon], reden: str) -> tuple[Bevraagdepersoon, ...]:
        """Return what is asked about 1 to 20 persons.

        Raises InvoerFout for another number, or a reason that the convenant does not name; OngeldigPersoon;
        ConfiguratieFout when the convenant is not in force; SleutelFout and SleutelhouderFout.
        """
        self._check(personen, reden)
        nu = self.clock()
        wachtend = [self._transient(persoon, nu) for persoon in personen]
        vandaag = local_date(nu)
        per_epoche = [self.tokeniser.tokensets(wachtend, epoche, vandaag=vandaag) for epoche in self._epochen(nu)]
        return tuple(
            Bevraagdepersoon(tokensets=tuple(epochetokens(tokenset) for tokenset in tokensets))
            for tokensets in zip(*per_epoche, strict=True)
        )

    def _check(self, personen: Sequence[Persoon], reden: str) -> None:
        if not 1 <= len(personen) <= MAX_PERSONEN:
            raise InvoerFout(f"Een bevraging gaat over 1 tot {MAX_PERSONEN} personen.")
        bevraging = self.voorbereider.convenant.afspraken.bevraging
        if bevraging is None:
            raise InvoerFout("Dit convenant kent geen bevragingen.")
        if not bevraging.has_reden(reden):
            redenen = ", ".join(een.code for een in bevraging.redenen)
            raise InvoerFout(f"Dit convenant kent deze reden niet. Kies uit: {redenen}.")

    def _epochen(self, nu: datetime) -> Sequence[Epoche]:
        return self.voorbereider.epochen(local_date(nu))

    def _transient(self, persoon: Persoon, nu: datetime) -> TeTokeniseren:
        """Return the person as one for whom tokens are made, under a client number that nobody has.

        The fillers hang on it: with a real one they would show that we have a signal on the same client.
        """
        signaal = Signaal(
            id=uuid4(),
            clientnummer=secrets.token_hex(16),
            convenant=self.voorbereider.convenant.id,
            epochen=(),
            signaalsoort="",
            status=SignaalStatus.WACHTEND,
            aangemaakt_op=nu.astimezone(UTC),
            verloopt_op=local_date(nu),
            persoon_bekend=True,
        )
        return TeTokeniseren(signaal=signaal, persoon=persoon, kaart=None)
