"""What one signal sends and keeps."""

from dataclasses import dataclass, field

from client_sdk.types import Kaartsleutel, Koppeltoken, Vraagsleutel
from convenant.types import Epoche


@dataclass(frozen=True, slots=True)
class Tokenset:
    """The tokens of one person in one epoch: twelve to send, in slot order, and the keys that stay.

    A slot without a key holds a filler. Both keys are None for a person who bears no key `zeker`.
    """

    epoche: Epoche
    koppeltokens: tuple[Koppeltoken, ...] = field(repr=False)
    kaartsleutel: Kaartsleutel | None = field(repr=False)
    vraagsleutel: Vraagsleutel | None = field(repr=False)
