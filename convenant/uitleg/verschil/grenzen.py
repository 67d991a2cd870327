"""Limits and budgets as they come out for each party, since the first rule that fits is the one that counts."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from convenant.model import Alarm, Convenant, Partij, Plafond, Plafondregel
from convenant.types import Oin
from convenant.uitleg.klassen import wie
from convenant.uitleg.verschil.zinnen import nu
from convenant.uitleg.woorden import budget, plafond

_GEEN: Final = Plafond(per_duizend=0, minstens=0)
LIMIETEN: Final[Mapping[str, Callable[[Plafondregel], Plafond]]] = {
    "Nieuwe signalen": lambda regel: regel.signalen,
    "Mogelijke matches": lambda regel: regel.mogelijke_matches,
    "Bevragingen": lambda regel: regel.bevragingen,
    "Bekendheidsvragen": lambda regel: regel.bekendheidsvragen or _GEEN,
}


def over_grenzen(oud: Convenant, nieuw: Convenant) -> Iterator[str]:
    """Yield what changes in how much parties may submit and ask, parties with one change together."""
    for wat, grens in LIMIETEN.items():
        yield from _per_party(oud, nieuw, f"{wat} per maand", _limit(grens))
    yield from _per_party(oud, nieuw, "Budget bij de sleutelhouder", _budget)
    yield from nu("De sleutelhouder slaat alarm", oud.alarm, nieuw.alarm, alarm_zin)


def alarm_zin(alarm: Alarm | None) -> str:
    """Return when asking looks like guessing."""
    if alarm is None:
        return "nooit"
    return f"meer dan {alarm.factor} punten per signaal in een maand, boven de eerste {alarm.vrij}"


def _limit(grens: Callable[[Plafondregel], Plafond]) -> Callable[[Convenant, Oin], str]:
    def of_party(convenant: Convenant, oin: Oin) -> str:
        regel = convenant.plafondregel_of(oin)
        return plafond(grens(regel)) if regel else "geen"

    return of_party


def _budget(convenant: Convenant, oin: Oin) -> str:
    grens = convenant.budget_of(oin)
    return budget(grens) if grens else "geen"


def _per_party(oud: Convenant, nieuw: Convenant, wat: str, grens: Callable[[Convenant, Oin], str]) -> Iterator[str]:
    per_wijziging: dict[tuple[str, str], list[Partij]] = defaultdict(list)
    for partij in filter(lambda partij: oud.has_partij(partij.oin), nieuw.partijen):
        was, is_nu = grens(oud, partij.oin), grens(nieuw, partij.oin)
        if was != is_nu:
            per_wijziging[was, is_nu].append(partij)
    for (was, is_nu), partijen in per_wijziging.items():
        yield f"{wat} voor {wie(partijen, nieuw.partijen)}: {is_nu} (was {was})."
