"""Who is named in an answer, as far as the convenant lets us know it, as values."""

from dataclasses import dataclass

from convenant.types import Oin


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisatie:
    """Another party, as far as the convenant lets us know it."""

    oin: Oin
    naam: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Where the other party can be reached about this match."""

    afdeling: str | None
    telefoon: str | None
    email: str | None
