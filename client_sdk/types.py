"""The kinds of bytes in the SDK, kept apart by type, and the labels that keep them apart in cryptography.

Two values of 32 bytes look alike; what may be done with them differs. Secrets are classes, so that a stray
`repr`, log line or traceback shows nothing. Values that are meant to leave the SDK are `NewType`s over bytes.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Final, NewType, TypeAlias

KEY_BYTES: Final = 32

GemaskeerdeInvoer = NewType("GemaskeerdeInvoer", bytes)
"""A linkage key under the convenant key (x): 32 bytes. Who holds that key can guess it: for blinding, never to send."""

Koppeltoken = NewType("Koppeltoken", bytes)
"""32 bytes that the matcher compares for equality. Pseudonymous personal data: never log it."""

Vraagtoken = NewType("Vraagtoken", bytes)
"""32 bytes that stand for one person in one bekendheidsvraag; in every other question it is another value."""

Referentie = NewType("Referentie", bytes)
"""A client number sealed by the organisation for itself; 156 bytes, opaque to the matcher."""

MedewerkerPseudoniem = NewType("MedewerkerPseudoniem", bytes)
"""32 bytes that stand for one account at one organisation."""

Medewerker: TypeAlias = MedewerkerPseudoniem | None
"""On whose behalf a call is made; None is that of the client."""


class Label(bytes, Enum):
    """Domain separation: each use of a key has a label of its own.

    Changing one changes every value derived under it, so a new meaning gets a new version, never an old
    label.
    """

    KOPPELSLEUTEL_NL_1 = b"koppelradar/nl-1/"
    KOPPELTOKEN = b"koppeltoken/"
    KAARTSLEUTEL = b"kaartsleutel/"
    VRAAGSLEUTEL = b"vraagsleutel/"
    BEKENDHEID_NL_1 = b"bekendheid/nl-1"
    VULLING = b"koppelradar/vulling/v1"
    REFERENTIE = b"koppelradar/referentie/v1"
    CASUSNUMMER = b"koppelradar/casusnummer/v1"
    MEDEWERKER = b"koppelradar/medewerker/v1"


@dataclass(frozen=True, slots=True, repr=False)
class Geheim:
    """Thirty-two secret bytes that show themselves only through `reveal`.

    Raises ValueError for another length. The bytes are not wiped from memory: Python cannot promise that.
    """

    _waarde: bytes

    def __post_init__(self) -> None:
        if len(self._waarde) != KEY_BYTES:
            raise ValueError(f"{type(self).__name__} bestaat uit {KEY_BYTES} bytes.")

    def __repr__(self) -> str:
        return f"{type(self).__name__}(***)"

    def reveal(self) -> bytes:
        """Return the secret bytes, for the one call that needs them."""
        return self._waarde


class ConvenantSleutel(Geheim):
    """K: the key all parties of a convenant share during one epoch."""

    __slots__ = ()


class OrganisatieSleutel(Geheim):
    """The organisation's own key, shared with nobody: fillers, references and pseudonyms of its staff."""

    __slots__ = ()


class RegisterSleutel(Geheim):
    """The key that encrypts the organisation's register."""

    __slots__ = ()


class Kaartsleutel(Geheim):
    """What everybody who signalled the same person in slot `zeker` derives, and nobody sends: opens contact cards."""

    __slots__ = ()


class Vraagsleutel(Geheim):
    """What everybody who entered the same person derives, and nobody sends: gives the Vraagtoken of each question."""

    __slots__ = ()


class Kaartgeheim(Geheim):
    """The fresh key of one contact card; travels only in an omslag or a zegel."""

    __slots__ = ()
