"""A signal as the matcher knows it: an organisation, a kind, two dates, and tokens that say nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from convenant.types import ConvenantId, Epoche, Oin
from matcher.domein.kaart import Kaart
from matcher.types import MedewerkerPseudoniem, SignaalId, Signaalstatus, TokenHash

SLOT_ZEKER = 0
"""Place of slot `zeker` in every profile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokenset:
    """The twelve tokens of one person under the key of one epoch, in slot order.

    Slot `zeker` holds a filler when the person could not bear that key.
    """

    epoche: Epoche
    hashes: tuple[TokenHash, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inzending:
    """A signal as it was sent: its form has been checked, the convenant has not been asked yet."""

    id: SignaalId
    convenant: ConvenantId
    profiel: str
    signaalsoort: str
    verloopt_op: date
    tokensets: tuple[Tokenset, ...]
    referentie: bytes = field(repr=False)
    kaart: Kaart | None = field(default=None, repr=False)

    @property
    def epoche(self) -> Epoche:
        """The newest epoch under which it bears tokens."""
        return max(tokenset.epoche for tokenset in self.tokensets)

    def hashes(self) -> Iterator[TokenHash]:
        """Every token hash, of all epochs."""
        for tokenset in self.tokensets:
            yield from tokenset.hashes


@dataclass(frozen=True, slots=True, kw_only=True)
class Hertokening:
    """Tokens of another epoch for a signal that was submitted before; for its card, the key under that epoch."""

    signaal: SignaalId
    tokenset: Tokenset
    omslag: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signaal:
    """A stored signal, without its tokens. `epoche` is the newest one under which it was given tokens."""

    id: SignaalId
    convenant: ConvenantId
    convenantversie: int
    epoche: Epoche
    organisatie: Oin
    signaalsoort: str
    medewerker: MedewerkerPseudoniem = field(repr=False)
    status: Signaalstatus
    ingediend_op: datetime
    verloopt_op: date
    beeindigd_op: datetime | None = None
    referentie: bytes = field(repr=False, default=b"")

    def is_live(self, vandaag: date) -> bool:
        """Whether it may still match (guarantee 8): active, and its last day has not come."""
        return self.status is Signaalstatus.ACTIEF and self.verloopt_op > vandaag
