"""Where the points of one request come from: out of an open window first, the rest out of the ordinary budget."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from convenant.model import Budget
from convenant.sleutelhouder.domein.budget import Stand, Tekort, empty_stand, shortages
from convenant.sleutelhouder.domein.venster import Venster


@dataclass(frozen=True, slots=True, kw_only=True)
class Toewijzing:
    """Points per code by where they come from, and what has been used once they are taken.

    `tekorten` are the codes and spans for which there is not enough; unless it is empty nothing may be taken.
    """

    uit_venster: Mapping[str, int]
    uit_budget: Mapping[str, int]
    standen: Mapping[str, Stand]
    tekorten: Sequence[tuple[str, Tekort]]


def allocate(
    aantallen: Mapping[str, int],
    *,
    standen: Mapping[str, Stand],
    budget: Budget,
    venster: Venster | None,
    op: datetime,
) -> Toewijzing:
    """Divide the points of a request, all or none. `standen` are those of `op`; a code without one was never asked."""
    uit_venster = {code: min(aantal, venster.rest(code, op=op)) if venster else 0 for code, aantal in aantallen.items()}
    uit_budget = {code: aantal - uit_venster[code] for code, aantal in aantallen.items()}
    oud = {code: standen.get(code) or empty_stand(op) for code in aantallen}
    return Toewijzing(
        uit_venster=uit_venster,
        uit_budget=uit_budget,
        standen={code: oud[code].add(uit_budget[code], uit_venster=uit_venster[code], op=op) for code in aantallen},
        tekorten=[(code, t) for code in aantallen for t in shortages(oud[code], budget, uit_budget[code], op=op)],
    )
