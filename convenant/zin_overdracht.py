"""Whether the agreements on handing over give one answer in each case, and one that can be kept."""

from collections.abc import Iterator
from typing import Final

from convenant._zin import Check, finding
from convenant.errors import Bevinding
from convenant.model import Convenant, Overdrachtsafspraak, Termijn
from convenant.overdracht import gemeente_key, ontvangers_of, specificity
from convenant.types import Eenheid

_WERKDAGEN_PER_WEEK: Final = 5
_DAYS_PER_WEEK: Final = 7
_WEEKEND: Final = 2
_SHORTEST_MONTH: Final = 28
_LONGEST_MONTH: Final = 31


def _references(convenant: Convenant) -> Iterator[Bevinding]:
    afspraken = convenant.afspraken
    termijnen = {termijn.code for termijn in afspraken.termijnen}
    monitoring = {monitoring.code for monitoring in afspraken.monitoring}
    for i, afspraak in enumerate(afspraken.overdracht):
        for veld, code in (("termijn", afspraak.termijn), ("ontvangstbevestiging", afspraak.ontvangstbevestiging)):
            if code not in termijnen:
                yield finding(f"overdracht.{i}.{veld}", "Deze code staat niet in de lijst termijnen.")
        if afspraak.monitoring is not None and afspraak.monitoring not in monitoring:
            yield finding(f"overdracht.{i}.monitoring", "Deze code staat niet in de lijst monitoring.")
        if convenant.grondslag(afspraak.grondslag) is None:
            yield finding(f"overdracht.{i}.grondslag", "Deze grondslag staat niet in de lijst grondslagen.")


def _somebody_takes_over(convenant: Convenant) -> Iterator[Bevinding]:
    for i, afspraak in enumerate(convenant.afspraken.overdracht):
        groep = afspraak.ontvangers
        if groep is None:
            continue
        if not any(map(groep.contains, convenant.partijen)):
            yield finding(f"overdracht.{i}.ontvangers", "Geen partij hoort bij deze groep: dan neemt niemand over.")
        elif not all(ontvangers_of(convenant, afspraak, gemeente) for gemeente in afspraak.gemeenten):
            yield finding(
                f"overdracht.{i}.gemeenten",
                "In een van deze gemeenten werkt niemand van 'ontvangers'. Kijk na hoe de gemeente bij die partijen "
                "gespeld is, of kies andere ontvangers.",
            )


def _receipt_comes_in_time(convenant: Convenant) -> Iterator[Bevinding]:
    """Yield agreements in which confirming takes surely longer than handing over, and longer than a week.

    Until the receipt is confirmed nobody knows whether somebody takes care. A week is always fine: where handing over
    is a matter of a day, the receiver may still have a weekly meeting.
    """
    termijnen = {termijn.code: termijn for termijn in convenant.afspraken.termijnen}
    for i, afspraak in enumerate(convenant.afspraken.overdracht):
        termijn, bevestiging = termijnen.get(afspraak.termijn), termijnen.get(afspraak.ontvangstbevestiging)
        if termijn is None or bevestiging is None:
            continue
        if _is_longer(bevestiging, termijn) and _shortest(bevestiging) > _DAYS_PER_WEEK:
            yield finding(
                f"overdracht.{i}.ontvangstbevestiging",
                "De bevestiging mag langer duren dan de overdracht: te lang weet niemand of de melding is overgenomen. "
                "Kies een termijn van ten hoogste een week, of niet langer dan bij 'termijn'.",
            )


def _is_longer(een: Termijn, ander: Termijn) -> bool:
    """Return whether one term is longer on whatever day they begin; holidays are left out of it."""
    if een.eenheid is ander.eenheid:
        return een.aantal > ander.aantal
    return _shortest(een) > _longest(ander)


def _shortest(termijn: Termijn) -> int:
    """Return the least number of days that the term can take: from a Sunday, or over February."""
    weekends = (termijn.aantal - 1) // _WERKDAGEN_PER_WEEK
    return _days(termijn, weekends=weekends, month=_SHORTEST_MONTH)


def _longest(termijn: Termijn) -> int:
    weekends = (termijn.aantal - 1) // _WERKDAGEN_PER_WEEK + 1
    return _days(termijn, weekends=weekends, month=_LONGEST_MONTH)


def _days(termijn: Termijn, *, weekends: int, month: int) -> int:
    match termijn.eenheid:
        case Eenheid.WERKDAGEN:
            return termijn.aantal + weekends * _WEEKEND
        case Eenheid.DAGEN:
            return termijn.aantal
        case Eenheid.WEKEN:
            return termijn.aantal * _DAYS_PER_WEEK
        case Eenheid.MAANDEN:
            return termijn.aantal * month


def _one_answer_in_each_case(convenant: Convenant) -> Iterator[Bevinding]:
    eerder: list[Overdrachtsafspraak] = []
    for i, afspraak in enumerate(convenant.afspraken.overdracht):
        zelfde = [ander for ander in eerder if _fit_one_case(ander, afspraak)]
        yield from _ambiguities(f"overdracht.{i}", afspraak, zelfde)
        eerder.append(afspraak)


def _ambiguities(pad: str, afspraak: Overdrachtsafspraak, zelfde: list[Overdrachtsafspraak]) -> Iterator[Bevinding]:
    if zelfde:
        yield finding(
            pad,
            "Deze afspraak en een eerdere passen op dezelfde melding. Maak er een preciezer, met 'gemeenten' of "
            "'hulpBetrokken', of verdeel doelgroepen, zwaarten en momenten.",
        )
    for veld, hier, daar in (
        ("gedeeld", afspraak.gedeeld, [ander.niet_gedeeld for ander in zelfde]),
        ("nietGedeeld", afspraak.niet_gedeeld, [ander.gedeeld for ander in zelfde]),
    ):
        if not all(map(hier.isdisjoint, daar)):
            yield finding(
                f"{pad}.{veld}", "Een eerdere afspraak over dezelfde melding zegt hierover het omgekeerde. Kies één."
            )


def _fit_one_case(een: Overdrachtsafspraak, ander: Overdrachtsafspraak) -> bool:
    """Return whether some case fits both while neither says more of the case than the other."""
    return (
        specificity(een) == specificity(ander)
        and een.hulp_betrokken is ander.hulp_betrokken
        and not een.doelgroepen.isdisjoint(ander.doelgroepen)
        and not een.zwaarten.isdisjoint(ander.zwaarten)
        and not een.momenten.isdisjoint(ander.momenten)
        and _share_a_gemeente(een, ander)
    )


def _share_a_gemeente(een: Overdrachtsafspraak, ander: Overdrachtsafspraak) -> bool:
    if not een.gemeenten:
        return True
    return not set(map(gemeente_key, een.gemeenten)).isdisjoint(map(gemeente_key, ander.gemeenten))


CHECKS: Final[tuple[Check, ...]] = (
    _references,
    _somebody_takes_over,
    _receipt_comes_in_time,
    _one_answer_in_each_case,
)
