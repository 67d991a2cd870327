"""What one run measured, and what is said of it. Times are in seconds."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MILLI = 1000.0


@dataclass(frozen=True, slots=True)
class Indiening:
    """One submission: when it was due, when its receipt was there, and when the other side heard of the match.

    All three are seconds on one clock. A submission that was sent late because the one before it took long counts
    from when it was due: whoever waits in a queue waits too.
    """

    gepland: float
    ontvangen: float
    gehoord: float

    @property
    def ontvangst_s(self) -> float:
        """Until the receipt: what storing durably takes, the yardstick beside which the rest is held."""
        return self.ontvangen - self.gepland

    @property
    def latentie_s(self) -> float:
        """Until the other organisation had the event in hand."""
        return self.gehoord - self.gepland


def percentiel(waarden: Sequence[float], deel: float) -> float:
    """The smallest value that at least this part of the values does not exceed (nearest rank); 0 < deel <= 1."""
    return sorted(waarden)[math.ceil(deel * len(waarden)) - 1]


def result(indieningen: Sequence[Indiening], *, per_seconde: float) -> Mapping[str, float | int]:
    """The figures of a run by name; times in milliseconds."""
    latenties = [indiening.latentie_s for indiening in indieningen]
    ontvangsten = [indiening.ontvangst_s for indiening in indieningen]
    latentie, ontvangst = percentiel(latenties, 0.5), percentiel(ontvangsten, 0.5)
    return {
        "indieningen": len(indieningen),
        "per_seconde": per_seconde,
        "latentie_mediaan_ms": round(latentie * MILLI, 1),
        "latentie_p99_ms": round(percentiel(latenties, 0.99) * MILLI, 1),
        "latentie_hoogst_ms": round(max(latenties) * MILLI, 1),
        "ontvangst_mediaan_ms": round(ontvangst * MILLI, 1),
        "ontvangst_p99_ms": round(percentiel(ontvangsten, 0.99) * MILLI, 1),
        "verhouding_mediaan": round(latentie / ontvangst, 2),
    }
