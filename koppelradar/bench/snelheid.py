"""How fast persons become tokens: rounds in which all that is compared takes its turn, and what comes out of them.

Seconds are of processor time of one process on one core, so that waiting for other programs does not count; nothing
that is measured waits for anything else. The speed of a core varies all the same, so speeds that are compared are
measured right after each other, on the same persons, and a ratio is the median of the ratios per round. Every round has
persons of its own: nothing can be had from a cache that holds the person.
"""

import gc
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final, Protocol

from client_sdk.persoon import Persoon

RONDEN: Final = 10
MULTIPLICATIONS_PER_TOKEN: Final = 4
"""What the client of a VOPRF cannot do without: blind, unblind, and both weighted sums of the proof."""

HMAC: Final = "hmac"
VOPRF: Final = "voprf"
VOPRF_CRYPTO: Final = "voprf_crypto"
SLEUTELHOUDER: Final = "sleutelhouder"
OPENLINKTOKEN: Final = "openlinktoken"
CLKHASH: Final = "clkhash"
SCALARMULT: Final = "scalarmult"


@dataclass(frozen=True, slots=True)
class Tijd:
    """What was done in how many seconds of processor time.

    `aantal` counts tokens; where there are no persons, points or multiplications.
    """

    personen: int
    aantal: int
    seconden: float

    @property
    def personen_per_s(self) -> float:
        """Persons per second."""
        return self.personen / self.seconden

    @property
    def per_s(self) -> float:
        """Tokens, points or multiplications per second."""
        return self.aantal / self.seconden


Ronde = Mapping[str, Tijd]
"""What each contestant did in one round, by name."""


class Deelnemer(Protocol):
    """Somebody whose work is timed."""

    def run(self, personen: Sequence[Persoon]) -> Mapping[str, Tijd]:
        """Make the tokens of these persons; return one or more figures by name."""


def measure(deelnemers: Sequence[Deelnemer], personen: Sequence[Persoon], *, ronden: int = RONDEN) -> tuple[Ronde, ...]:
    """Return the rounds; the persons are dealt out over them and one round before, which warms up and is not counted.

    Who goes first changes every round. Raises ValueError for fewer persons than rounds need.
    """
    if len(personen) <= ronden:
        raise ValueError("every round needs a person, and the round that warms up too")
    warming, *delen = _parts(personen, ronden + 1)
    _round(deelnemers, warming)
    return tuple(_round(_rotated(deelnemers, ronde), deel) for ronde, deel in enumerate(delen))


def _parts(personen: Sequence[Persoon], aantal: int) -> list[Sequence[Persoon]]:
    return [personen[plaats::aantal] for plaats in range(aantal)]


def _rotated(deelnemers: Sequence[Deelnemer], ronde: int) -> Sequence[Deelnemer]:
    eerste = ronde % len(deelnemers)
    return (*deelnemers[eerste:], *deelnemers[:eerste])


def _round(deelnemers: Sequence[Deelnemer], personen: Sequence[Persoon]) -> Ronde:
    ronde: dict[str, Tijd] = {}
    for deelnemer in deelnemers:
        gc.collect()  # nobody clears away what another left, while the clock runs
        ronde.update(deelnemer.run(personen))
    return ronde


def personen_per_s(ronden: Iterable[Ronde], naam: str) -> float:
    """Return the median over the rounds."""
    return median(ronde[naam].personen_per_s for ronde in ronden)


def per_s(ronden: Iterable[Ronde], naam: str) -> float:
    """Return the median over the rounds, of tokens, points or multiplications."""
    return median(ronde[naam].per_s for ronde in ronden)


def verhoudingen(ronden: Sequence[Ronde]) -> dict[str, float]:
    """Return the medians of the ratios per round.

    `voprf_tegen_scalarmult` is the tokens per second as a part of what four multiplications per token would allow if
    nothing else took time; `voprf_crypto_tegen_scalarmult` the same without name, keys and HKDF.
    """
    return {
        "hmac_personen_tegen_openlinktoken": _personen_ratio(ronden, HMAC, OPENLINKTOKEN),
        "hmac_tokens_tegen_openlinktoken": median(r[HMAC].per_s / r[OPENLINKTOKEN].per_s for r in ronden),
        "hmac_personen_tegen_clkhash": _personen_ratio(ronden, HMAC, CLKHASH),
        "voprf_personen_tegen_openlinktoken": _personen_ratio(ronden, VOPRF, OPENLINKTOKEN),
        "voprf_tegen_scalarmult": _part_of_scalarmult(ronden, VOPRF),
        "voprf_crypto_tegen_scalarmult": _part_of_scalarmult(ronden, VOPRF_CRYPTO),
    }


def _personen_ratio(ronden: Iterable[Ronde], een: str, ander: str) -> float:
    return median(ronde[een].personen_per_s / ronde[ander].personen_per_s for ronde in ronden)


def _part_of_scalarmult(ronden: Iterable[Ronde], naam: str) -> float:
    return median(r[naam].per_s * MULTIPLICATIONS_PER_TOKEN / r[SCALARMULT].per_s for r in ronden)


def result(ronden: Sequence[Ronde]) -> dict[str, object]:
    """Return the figures as they go into JSON: speeds per second, and the ratios between them."""
    speeds = {naam: {"personen_per_s": personen_per_s(ronden, naam)} for naam in (HMAC, VOPRF, OPENLINKTOKEN, CLKHASH)}
    for naam in (HMAC, VOPRF, OPENLINKTOKEN):
        speeds[naam]["tokens_per_s"] = per_s(ronden, naam)
    speeds[VOPRF]["crypto_tokens_per_s"] = per_s(ronden, VOPRF_CRYPTO)
    return {
        **speeds,
        "sleutelhouder_punten_per_s": per_s(ronden, SLEUTELHOUDER),
        "scalarmult_per_s": per_s(ronden, SCALARMULT),
        "verhoudingen": verhoudingen(ronden),
    }
