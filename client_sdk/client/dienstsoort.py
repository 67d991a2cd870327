"""The two kinds of service an organisation talks with, and the errors that each gives."""

from dataclasses import dataclass
from typing import Final, Protocol

from client_sdk.errors import (
    BudgetOp,
    EpocheLooptNiet,
    KoppelradarFout,
    MatcherOnbereikbaar,
    NietIngelogd,
    OnbekendProfiel,
    OneerlijkeSleutelhouder,
    OngeldigAntwoord,
    PlafondBereikt,
    SleutelhouderOnbereikbaar,
    SleutelhouderWeigert,
    Veldfout,
    VerzoekGeweigerd,
)

_UNAUTHORIZED: Final = 401
_PLAFOND: Final = "plafond-bereikt"
_BUDGET: Final = "budget-op"
_EPOCHE: Final = frozenset({"epoche-uitgetreden", "epoche-loopt-niet"})
_PROFIEL: Final = "verkeerd-profiel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weigering:
    """An answer that says no, as it was read; the members are those of `VerzoekGeweigerd`."""

    status: int
    code: str
    detail: str
    fouten: tuple[Veldfout, ...]
    kenmerk: str | None
    retry_after: float | None


class Dienstsoort(Protocol):
    """What a conversation has to know of the service it is with: its name in a sentence, and its errors."""

    @property
    def naam(self) -> str:
        """The service, as the subject of a Dutch sentence."""

    @property
    def eindcodes(self) -> frozenset[str]:
        """Problem codes that end the attempts, whatever the status: repeating at once is of no use."""

    def onbereikbaar(self, melding: str, *, retry_after: float | None) -> KoppelradarFout:
        """Return the error for a service that decided nothing."""

    def geweigerd(self, weigering: Weigering) -> KoppelradarFout:
        """Return the error for a service that said no."""

    def ongeldig(self, melding: str) -> KoppelradarFout:
        """Return the error for an answer that does not follow the protocol."""


@dataclass(frozen=True, slots=True)
class Matcherdienst:
    """The matcher."""

    naam: str = "De matcher"
    eindcodes: frozenset[str] = frozenset({_PLAFOND})

    def onbereikbaar(self, melding: str, *, retry_after: float | None) -> KoppelradarFout:
        """Return a MatcherOnbereikbaar."""
        return MatcherOnbereikbaar(melding, retry_after=retry_after)

    def geweigerd(self, weigering: Weigering) -> KoppelradarFout:
        """Return a NietIngelogd for a 401, a PlafondBereikt at a limit of the month, else a VerzoekGeweigerd."""
        if weigering.code == _PLAFOND:
            return PlafondBereikt(weigering.detail, retry_after=weigering.retry_after)
        if weigering.status == _UNAUTHORIZED:
            return NietIngelogd(weigering.detail)
        return VerzoekGeweigerd(
            status=weigering.status,
            code=weigering.code,
            detail=weigering.detail,
            fouten=weigering.fouten,
            kenmerk=weigering.kenmerk,
        )

    def ongeldig(self, melding: str) -> KoppelradarFout:
        """Return an OngeldigAntwoord."""
        return OngeldigAntwoord(melding)


MATCHER: Final = Matcherdienst()


@dataclass(frozen=True, slots=True)
class Sleutelhouderdienst:
    """One sleutelhouder of the convenant."""

    oin: str
    naam: str = "De sleutelhouder"
    eindcodes: frozenset[str] = frozenset({_BUDGET})

    def onbereikbaar(self, melding: str, *, retry_after: float | None) -> KoppelradarFout:
        """Return a SleutelhouderOnbereikbaar."""
        return SleutelhouderOnbereikbaar(melding, retry_after=retry_after)

    def geweigerd(self, weigering: Weigering) -> KoppelradarFout:
        """Return a BudgetOp, EpocheLooptNiet or OnbekendProfiel, or else a SleutelhouderWeigert."""
        if weigering.code == _BUDGET:
            return BudgetOp(weigering.detail, retry_after=weigering.retry_after)
        return _weigert(weigering)(
            status=weigering.status,
            code=weigering.code,
            detail=weigering.detail,
            fouten=weigering.fouten,
            kenmerk=weigering.kenmerk,
        )

    def ongeldig(self, melding: str) -> KoppelradarFout:
        """Return a OneerlijkeSleutelhouder: an honest one follows the protocol."""
        return OneerlijkeSleutelhouder(melding, oin=self.oin)


def _weigert(weigering: Weigering) -> type[SleutelhouderWeigert]:
    codes = {fout.code for fout in weigering.fouten}
    if codes & _EPOCHE:
        return EpocheLooptNiet
    return OnbekendProfiel if _PROFIEL in codes else SleutelhouderWeigert
