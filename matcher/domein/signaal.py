"""A signal as the matcher knows it: an organisation, a kind, two dates, and tokens that say nothing."""

from dataclasses import dataclass, field
from datetime import date, datetime

from convenant.types import ConvenantId, Epoche, Oin
from matcher.types import MedewerkerPseudoniem, SignaalId, Signaalstatus, TokenHash

SLOT_ZEKER = 0
"""Place of slot `zeker` in every profile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inzending:
    """A signal as it was sent: its form has been checked, the convenant has not been asked yet."""

    id: SignaalId
    convenant: ConvenantId
    epoche: Epoche
    profiel: str
    signaalsoort: str
    verloopt_op: date
    token_hashes: tuple[TokenHash, ...] = field(repr=False)
    referentie: bytes = field(repr=False)

    @property
    def zeker(self) -> TokenHash:
        """The hash in slot `zeker`; a filler when the person could not bear that key."""
        return self.token_hashes[SLOT_ZEKER]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signaal:
    """A stored signal, without its tokens."""

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
