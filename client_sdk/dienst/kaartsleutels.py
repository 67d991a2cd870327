"""The kaartsleutels of own signals: from the register, and derived again where a restore left them out."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from client_sdk.dienst.tokenisering import Tokeniser, koppelsleutels
from client_sdk.errors import SleutelFout, SleutelhouderFout
from client_sdk.register.register import Register
from client_sdk.types import Kaartsleutel
from convenant.kalender import local_date
from convenant.profielen import NL_1
from convenant.types import Epoche, Niveau

_ZEKER = next(slot.code for slot in NL_1.slots if slot.niveau is Niveau.ZEKER)


class Kaartsleutelbron:
    """Finds the keys that open the cards of who signalled the same person."""

    def __init__(self, register: Register, tokeniser: Tokeniser, clock: Callable[[], datetime]) -> None:
        self._register = register
        self._tokeniser = tokeniser
        self._clock = clock

    def kaartsleutels(self, signaal: UUID, epochen: Sequence[Epoche]) -> Mapping[Epoche, Kaartsleutel]:
        """Return the kaartsleutels of an own signal, by epoch, as far as they can be had now.

        After a restore they are derived from the person, which takes an evaluation, once.
        """
        known = dict(self._register.kaartsleutels(signaal))
        if not known:
            for epoche in self._register.signaal(signaal).epochen:
                if epoche in epochen:
                    known.update(self._derive(signaal, epoche))
        return known

    def _derive(self, signaal: UUID, epoche: Epoche) -> Mapping[Epoche, Kaartsleutel]:
        vandaag = local_date(self._clock())
        personen = self._register.te_tokeniseren([signaal])
        if not personen or _ZEKER not in {sleutel.code for sleutel in koppelsleutels(personen[0], vandaag)}:
            return {}
        try:
            [tokenset] = self._tokeniser.tokensets(personen, epoche, vandaag=vandaag)
        except (SleutelFout, SleutelhouderFout):
            return {}
        self._register.add_epoche(epoche, {signaal: tokenset.kaartsleutel})
        return {} if tokenset.kaartsleutel is None else {epoche: tokenset.kaartsleutel}
