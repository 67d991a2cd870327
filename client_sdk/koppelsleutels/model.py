"""What a slot is derived from."""

from dataclasses import dataclass, field

from convenant.types import Niveau


@dataclass(frozen=True, slots=True)
class Koppelsleutel:
    """What a slot is derived from. `invoer` (a-z, digits, hyphen, U+001F) is personal data; `repr` leaves it out."""

    code: str
    niveau: Niveau
    invoer: str = field(repr=False)
