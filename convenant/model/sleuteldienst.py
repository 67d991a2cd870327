"""Who keeps which key, in which period, and how much may be asked of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from convenant.errors import OnbekendeEpoche
from convenant.model.partijen import Partijgroep, PubliekeSleutel
from convenant.types import Epoche, Oin


@dataclass(frozen=True, slots=True, kw_only=True)
class EpochePeriode:
    """The period in which one convenant key, and the OPRF keys that go with it, are in use.

    The next epoch may begin before this one ends: in that overlap signals bear the tokens of both. `gelekt` says that
    keys of it got out: it is in use no longer, whatever its dates.
    """

    nummer: Epoche
    van: date
    tot: date
    gelekt: bool = False

    def contains(self, on: date) -> bool:
        """Return whether the key is in use on that day."""
        return self.van <= on <= self.tot


@dataclass(frozen=True, slots=True, kw_only=True)
class Matcher:
    """Who runs the matcher, and the keys under which it signs what it states."""

    beheerder: Oin
    naam: str
    sleutels: tuple[PubliekeSleutel, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Epochesleutels:
    """The public OPRF keys of one sleutelhouder in one epoch: pairs of a code of the profile and 32 bytes."""

    epoche: Epoche
    punten: tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sleutelhouder:
    """A service that evaluates keys blindly; `url` has no path. Its answers are held against the keys pinned here."""

    oin: Oin
    naam: str
    url: str
    sleutels: tuple[Epochesleutels, ...]

    def publieke_punten(self, epoche: int) -> Mapping[str, bytes]:
        """Return the public keys of an epoch, by code. Raises `OnbekendeEpoche`."""
        for sleutels in self.sleutels:
            if sleutels.epoche == epoche:
                return dict(sleutels.punten)
        raise OnbekendeEpoche("Het convenant noemt voor deze epoche geen sleutels van de sleutelhouder.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sleutelbewaarder:
    """Who makes the convenant key of each epoch, signs it, and seals it for every party: a person or a body."""

    naam: str
    sleutels: tuple[PubliekeSleutel, ...]
    oin: Oin | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """How many points of one code a party may have evaluated, by a sleutelhouder: each is one guess.

    A day and a month are those of Europe/Amsterdam, a minute is any sixty seconds.
    """

    per_minuut: int
    per_dag: int
    per_maand: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Budgetregel:
    """The budget of a group of parties."""

    partijen: Partijgroep
    budget: Budget


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """When asking looks like guessing: more points of a code in a month than `factor` * signals submitted + `vrij`."""

    factor: int
    vrij: int

    def is_raised(self, *, gevraagd: int, ingediend: int) -> bool:
        """Return whether so many points for so many signals, both in one month, are too many."""
        return gevraagd > self.factor * ingediend + self.vrij
