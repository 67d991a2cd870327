"""Every notification once and in order, whatever a feed repeats; no I/O.

The numbers of a receiver have no gaps. So the next one is the last plus one; a lower one is a repetition; a higher one
means that something is missing, which must never go by unseen.
"""

from collections import OrderedDict
from typing import Final

from client_sdk.errors import OngeldigAntwoord

SEQUENCE: Final = r"^[0-9]{10}$"
_REMEMBERED: Final = 1000
_GAP: Final = "In de notificaties van de matcher ontbreekt een nummer. Meld dit aan de beheerder."
_BACK: Final = "De matcher gaf een nummer dat al geweest is opnieuw uit. Meld dit aan de beheerder."


class Volgorde:
    """Watches the order of one feed. `cursor` is the number of the last one that was let through.

    After the cursor of ten zeros the first may have any number: a matcher does not keep notifications for ever.
    """

    def __init__(self, cursor: str) -> None:
        self.cursor = cursor
        self._before = int(cursor)
        self._seen: OrderedDict[int, str] = OrderedDict()

    def accepts(self, volgnummer: str, id_: str) -> bool:
        """Return whether this one is next; False for a repetition.

        Raises OngeldigAntwoord when one is missing before it, or when its number was another one's before: then the
        feed of this matcher was set back, and going on would skip what comes under the old numbers.
        """
        nummer, last = int(volgnummer), int(self.cursor)
        if nummer > 0 and last in {0, nummer - 1}:
            return self._pass(volgnummer, id_)
        if nummer > last:
            raise OngeldigAntwoord(_GAP)
        if nummer > self._before and self._seen.get(nummer) != id_:
            raise OngeldigAntwoord(_BACK)
        return False

    def _pass(self, volgnummer: str, id_: str) -> bool:
        self.cursor = volgnummer
        self._seen[int(volgnummer)] = id_
        if len(self._seen) > _REMEMBERED:
            self._before, _ = self._seen.popitem(last=False)
        return True
