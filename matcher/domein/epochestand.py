"""Where an epoch is in its life, as the matcher sees it."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from convenant.model import Convenant, EpochePeriode
from convenant.types import Epoche


class Epochestand(StrEnum):
    """In the order in which an epoch goes through them; a leak can come at any moment."""

    LOOPT = "loopt"
    OVERLAP = "overlap"
    WACHT_OP_HERTOKENING = "wacht-op-hertokening"
    UITGETREDEN = "uitgetreden"
    GELEKT = "gelekt"


def stand_of(periode: EpochePeriode, convenant: Convenant, *, erased: Collection[Epoche], vandaag: date) -> Epochestand:
    """How an epoch that began stands today. `erased` are those whose tokens are gone."""
    if periode.gelekt:
        return Epochestand.GELEKT
    if periode.contains(vandaag):
        newest = convenant.running_epochen(vandaag)[0]
        return Epochestand.LOOPT if periode.nummer == newest.nummer else Epochestand.OVERLAP
    if periode.van > vandaag:
        return Epochestand.LOOPT
    return Epochestand.UITGETREDEN if periode.nummer in erased else Epochestand.WACHT_OP_HERTOKENING
