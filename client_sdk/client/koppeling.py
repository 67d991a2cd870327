"""What travels about tokens, possible matches and contact cards, as values; a repr shows no token or sealed card."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from convenant.types import ConvenantId, Epoche, Niveau, Oin


@dataclass(frozen=True, slots=True, kw_only=True)
class Epochetokens:
    """The twelve koppeltokens of one signal in one epoch: base64url texts in slot order."""

    epoche: Epoche
    koppeltokens: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Omslag:
    """The key of a card, wrapped under the kaartsleutel of one epoch (60 bytes)."""

    epoche: Epoche
    waarde: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Zegel:
    """The key of a card, sealed (HPKE) for one receiver."""

    ontvanger: Oin
    waarde: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verzegeldekaart:
    """A contact card as it is sent along with a signal; only who has an omslag's key, or a zegel, opens it."""

    versleuteld: bytes = field(repr=False)
    omslagen: tuple[Omslag, ...]
    zegels: tuple[Zegel, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OntvangenKaart:
    """A contact card as the matcher passes it on; `signaal` and `oin` are what the matcher says of it."""

    signaal: UUID
    oin: Oin
    versleuteld: bytes = field(repr=False)
    omslagen: tuple[Omslag, ...]
    zegels: tuple[Zegel, ...]


class MogelijkeMatchStatus(StrEnum):
    """Where a possible match is; `door-u-bevestigd` waits for the other side."""

    OPEN = "open"
    DOOR_U_BEVESTIGD = "door-u-bevestigd"
    BEVESTIGD = "bevestigd"
    AFGEWEZEN = "afgewezen"
    VERVALLEN = "vervallen"


@dataclass(frozen=True, slots=True, kw_only=True)
class MogelijkeMatch:
    """Two signals of which weaker slots coincide; nothing about the other party is told.

    `sloten` are codes of the profile, in slot order. `eigen_signaal` is None for a privacy officer, who has none.
    """

    id: UUID
    convenant: ConvenantId
    niveau: Niveau
    sloten: tuple[str, ...]
    ontstaan_op: datetime
    eigen_signaal: UUID | None
    status: MogelijkeMatchStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Paarbericht:
    """Word of one pair: it was separated for good, or a privacy officer is asked to look at it.

    `organisaties` are the two OINs, for a privacy officer only.
    """

    match: str
    convenant: ConvenantId
    paar: UUID | None
    organisaties: tuple[Oin, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kaartvraag:
    """Another organisation asks for our card. `niveau` is the word of the matcher: decide nothing on it."""

    match: str
    paar: UUID
    eigen_signaal: UUID
    convenant: ConvenantId
    niveau: Niveau
    ontvanger: Oin


@dataclass(frozen=True, slots=True, kw_only=True)
class Kaartvrijgave:
    """Another organisation released its card to us; `zegel` opens with our own zegelsleutel.

    It is None when the signal behind it ended before we read this.
    """

    match: str
    paar: UUID
    oin: Oin
    convenant: ConvenantId
    zegel: bytes | None = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hertokening:
    """The tokens of another epoch for a signal that the matcher has; `omslag` when its card can be opened with them."""

    signaal: UUID
    tokens: Epochetokens
    omslag: bytes | None = field(default=None, repr=False)


class Epochestatus(StrEnum):
    """Where an epoch is at the matcher."""

    LOOPT = "loopt"
    OVERLAP = "overlap"
    WACHT_OP_HERTOKENING = "wacht-op-hertokening"
    UITGETREDEN = "uitgetreden"
    GELEKT = "gelekt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Epochestand:
    """How an epoch stands; `eigen_signalen_zonder` own live signals lack tokens of the newest running epoch."""

    nummer: Epoche
    status: Epochestatus
    eigen_signalen_zonder: int
