"""The vraagsleutels of all own clients: from the register, and made where a signal is older than they are.

Who answers with less than it has would say "unknown" of somebody it knows, so what is lacking is said in words.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from client_sdk.dienst.tokenisering import MAX_PERSONEN, Tokeniser, zeker_of
from client_sdk.dienst.voorbereiding import Voorbereider
from client_sdk.errors import BudgetOp, SleutelFout, SleutelhouderFout
from client_sdk.register.model import TeTokeniseren
from client_sdk.register.register import Register
from client_sdk.register.vraagsleutels import Ontvangen
from client_sdk.types import Vraagsleutel
from convenant.kalender import local_date
from convenant.types import Epoche

_UNKNOWN: Final = (
    "Van {} signalen kent uw register de persoon niet; daarvan is niet nagegaan of ernaar gevraagd wordt. "
    "Voer die personen opnieuw in."
)
_NOT_YET: Final = "Van {} signalen is nog niet nagegaan of ernaar gevraagd wordt; dat gebeurt de volgende keer. {}"


@dataclass(frozen=True, slots=True)
class Sleutelbos:
    """What an answer is made of: the own signals of which there is a key, and what is lacking, in sentences."""

    signalen: tuple[Ontvangen, ...]
    sleutels: Mapping[UUID, Vraagsleutel]
    meldingen: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vraagsleutelbron:
    """Finds the vraagsleutels of one organisation. One that has to be made takes one point of slot `zeker`, once."""

    register: Register
    voorbereider: Voorbereider
    tokeniser: Tokeniser
    clock: Callable[[], datetime]

    def sleutelbos(self, epoche: Epoche) -> Sleutelbos:
        """Return the keys of all live signals of kinds that we may submit, as far as they can be had now."""
        vandaag = local_date(self.clock())
        self.register.end_verlopen(vandaag)
        convenant, oin = self.voorbereider.convenant, self.voorbereider.oin
        signalen = [s for s in self.register.ontvangen(convenant.id) if convenant.may_submit(oin, s.signaalsoort)]
        known = self.register.vraagsleutels(epoche)
        meldingen = self._complete([s.signaal for s in signalen if s.signaal not in known], epoche, vandaag)
        sleutels = self.register.vraagsleutels(epoche)
        return Sleutelbos(tuple(s for s in signalen if s.signaal in sleutels), sleutels, meldingen)

    def _complete(self, lacking: Sequence[UUID], epoche: Epoche, vandaag: date) -> tuple[str, ...]:
        """Make what is lacking; return what could not be made, in sentences."""
        if not lacking:
            return ()
        personen = self.register.te_tokeniseren(lacking)
        unknown = len(lacking) - len(personen)
        todo = [een for een in personen if zeker_of(een.persoon, vandaag) is not None]
        late = self._make(todo, epoche, vandaag)
        return (*([_UNKNOWN.format(unknown)] if unknown else []), *([late] if late else []))

    def _make(self, personen: Sequence[TeTokeniseren], epoche: Epoche, vandaag: date) -> str | None:
        todo, size = list(personen), MAX_PERSONEN
        while todo:
            batch = todo[:size]
            try:
                made = self.tokeniser.vraagsleutels([een.persoon for een in batch], epoche, vandaag=vandaag)
            except (SleutelFout, SleutelhouderFout) as error:
                if isinstance(error, BudgetOp) and len(batch) > 1:
                    size = len(batch) // 2
                    continue
                return _NOT_YET.format(len(todo), error)
            pairs = zip(batch, made, strict=True)
            self.register.add_vraagsleutels(epoche, {e.signaal.id: sleutel for e, sleutel in pairs if sleutel})
            del todo[: len(batch)]
        return None
