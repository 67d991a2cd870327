"""The chain of one party: its statements, each naming the one before. Judges order and sequence, no signature."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Final

from convenant.errors import GebrokenKeten, VerklaringGeweigerd
from convenant.model import Partij
from convenant.ondertekening.model import Verklaring
from convenant.ondertekening.types import Verklaringhash, Verklaringsoort, Woord

_AFTER: Final[Mapping[tuple[Woord, Verklaringsoort], Woord]] = MappingProxyType(
    {
        (Woord.GEEN, Verklaringsoort.AANVAARDEN): Woord.AANVAARD,
        (Woord.AFGEWEZEN, Verklaringsoort.AANVAARDEN): Woord.AANVAARD,
        (Woord.OPGEZEGD, Verklaringsoort.AANVAARDEN): Woord.AANVAARD,
        (Woord.GEEN, Verklaringsoort.AFWIJZEN): Woord.AFGEWEZEN,
        (Woord.AANVAARD, Verklaringsoort.OPZEGGEN): Woord.OPGEZEGD,
    }
)
_REFUSALS: Final[Mapping[Verklaringsoort, str]] = MappingProxyType(
    {
        Verklaringsoort.AANVAARDEN: "Deze partij heeft deze versie al aanvaard. Opnieuw aanvaarden is niet nodig.",
        Verklaringsoort.AFWIJZEN: "Afwijzen kan alleen zolang een partij nog niets heeft verklaard. Kies opzeggen.",
        Verklaringsoort.OPZEGGEN: "Deze partij doet niet mee aan deze versie. Er is niets om op te zeggen.",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Keten:
    """What a party said so far. `partij` has its present keys, `hoofd` is the toetreden that a chain may begin with."""

    partij: Partij
    hoofd: Verklaringhash | None = None
    woord: Woord = Woord.GEEN
    aantal: int = 0
    laatste: Verklaringhash | None = None
    op: datetime | None = None

    def extended(self, verklaring: Verklaring) -> "Keten":
        """Return the chain with one statement more. Raises `GebrokenKeten` and `VerklaringGeweigerd`."""
        self._check_follows(verklaring)
        stap = replace(self, aantal=verklaring.nummer, laatste=verklaring.hash, op=verklaring.op)
        if verklaring.sleutel is not None:
            return replace(stap, partij=replace(self.partij, sleutels=(verklaring.sleutel,)))
        if verklaring.soort in _REFUSALS:
            return replace(stap, woord=self._next_word(verklaring.soort))
        return stap

    def _check_follows(self, verklaring: Verklaring) -> None:
        if verklaring.vorige != self.laatste or verklaring.nummer != self.aantal + 1:
            raise broken_chain()
        if self.op is not None and verklaring.op < self.op:
            raise GebrokenKeten(
                "Deze verklaring is eerder gedateerd dan de vorige van dezelfde partij. Zet de klok goed en "
                "onderteken opnieuw."
            )

    def _next_word(self, soort: Verklaringsoort) -> Woord:
        try:
            return _AFTER[self.woord, soort]
        except KeyError:
            raise VerklaringGeweigerd(_REFUSALS[soort]) from None


def broken_chain() -> GebrokenKeten:
    """Return the error for a statement that continues no chain."""
    return GebrokenKeten(
        "Deze verklaring sluit niet aan op de vorige van dezelfde partij: er ontbreekt er een, er is er een "
        "dubbel, of de volgorde klopt niet. Vraag de convenanthouder om de volledige bundel."
    )


def joined(verklaring: Verklaring, partij: Partij) -> Keten:
    """Return the chain that begins with a toetreden; it counts as accepting once the party is admitted.

    Raises `GebrokenKeten` for a toetreden that is not the first statement.
    """
    begin = Keten(partij=partij, hoofd=verklaring.hash)
    return replace(begin.extended(verklaring), woord=Woord.AANVAARD)
