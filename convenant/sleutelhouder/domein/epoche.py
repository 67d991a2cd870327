"""The keys of one epoch, and whether they may be used."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from convenant.model import Convenant
from convenant.sleutelhouder.types import Epochestatus
from convenant.types import Epoche
from convenant.voprf import OprfSleutel


@dataclass(frozen=True, slots=True)
class Epochesleutels:
    """The keys by code. `geheim` is empty once they were erased; public points stay for whoever checks old proofs."""

    publiek: Mapping[str, bytes]
    geheim: Mapping[str, OprfSleutel] = field(repr=False)


def status_of(convenant: Convenant, nummer: Epoche, *, gewist: bool, op: date) -> Epochestatus:
    """Where the keys of an epoch are in their life on a day.

    The convenant decides: its newest running epoch is `actief`, the one that still runs beside it `overlap`. An epoch
    that is over or leaked is `uitgetreden`, and so is one whose keys were erased, whatever its dates.
    """
    periode = next((periode for periode in convenant.epochen if periode.nummer == nummer), None)
    if periode is None:
        return Epochestatus.UITGETREDEN if gewist else Epochestatus.GEMAAKT
    if gewist or periode.gelekt or periode.tot < op:
        return Epochestatus.UITGETREDEN
    if op < periode.van:
        return Epochestatus.GEMAAKT
    return Epochestatus.ACTIEF if periode == convenant.running_epochen(op)[0] else Epochestatus.OVERLAP
