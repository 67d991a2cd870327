"""A contact card as the matcher holds it: ciphertext, and the card key wrapped for whoever may open it.

The matcher can open nothing of it. `docs/architecture.md` has the sizes, which are fixed so that they tell nothing.
"""

from dataclasses import dataclass, field

from convenant.types import Epoche, Oin


@dataclass(frozen=True, slots=True)
class Omslag:
    """The card key under the kaartsleutel of one epoch; random bytes when the person bears no key `zeker`."""

    epoche: Epoche
    waarde: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Zegel:
    """The card key, sealed (HPKE) for one receiver."""

    ontvanger: Oin
    waarde: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Kaart:
    """The card of one signal."""

    versleuteld: bytes = field(repr=False)
    omslagen: tuple[Omslag, ...]
    zegels: tuple[Zegel, ...]


@dataclass(frozen=True, slots=True)
class Kaartverwijzing:
    """Which card a receiver may have. The card itself is added when it is read, as long as it exists.

    `direct` says that receiver and sender share slot `zeker`: only then can an omslag be opened.
    """

    signaal: str
    oin: Oin
    direct: bool
