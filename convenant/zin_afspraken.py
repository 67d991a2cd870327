"""Whether what the parties agreed beside the deelregels can be kept: succession, informing, terms, escalating."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from convenant._zin import Check, doubles, finding
from convenant.errors import Bevinding
from convenant.model import Convenant, Escalatietrede, Monitoring
from convenant.types import Informatieplicht, Omgeving


def _succession_fits(convenant: Convenant) -> Iterator[Bevinding]:
    opvolging = convenant.afspraken.opvolging
    if convenant.versie == 1 and opvolging is not None:
        yield finding("opvolging", "Versie 1 volgt niets op. Haal 'opvolging' weg, of verbeter 'versie'.")
    elif convenant.versie > 1 and opvolging is None:
        yield finding(
            "opvolging",
            "Vanaf versie 2 hoort hier te staan welke versie vervalt. Voeg 'opvolging' toe, met versie, hash en "
            "lopendeSignalen.",
        )
    elif opvolging is not None and opvolging.versie != convenant.versie - 1:
        yield finding("opvolging.versie", "Een versie volgt op de vorige. Schrijf hier een getal dat één lager is.")


def _doubled_codes(convenant: Convenant) -> Iterator[Bevinding]:
    afspraken = convenant.afspraken
    yield from doubles(
        [(f"termijnen.{i}.code", termijn.code) for i, termijn in enumerate(afspraken.termijnen)],
        "Deze code is al van een eerdere termijn. Kies een andere.",
    )
    yield from doubles(
        [(f"monitoring.{i}.code", monitoring.code) for i, monitoring in enumerate(afspraken.monitoring)],
        "Deze code is al van een eerdere monitoring. Kies een andere.",
    )
    if afspraken.informeren is not None:
        gronden = afspraken.informeren.uitzonderingen
        yield from doubles(
            [(f"informeren.uitzonderingen.{i}.code", grond.code) for i, grond in enumerate(gronden)],
            "Deze code is al van een eerdere grond. Kies een andere.",
        )


def _informing_covers_every_age(convenant: Convenant) -> Iterator[Bevinding]:
    informeren = convenant.afspraken.informeren
    if informeren is None:
        return
    if informeren.trappen[0].vanaf != 0:
        yield finding(
            "informeren.trappen.0.vanaf", "De eerste trap begint bij 0 jaar. Anders is niet gezegd wie dan iets hoort."
        )
    for i, (een, ander) in enumerate(pairwise(informeren.trappen), 1):
        if ander.vanaf <= een.vanaf:
            yield finding(
                f"informeren.trappen.{i}.vanaf", "Elke trap begint bij een hogere leeftijd dan de trap ervoor."
            )


def _duty_to_inform_is_worked_out(convenant: Convenant) -> Iterator[Bevinding]:
    if convenant.omgeving is not Omgeving.PRODUCTIE or convenant.afspraken.informeren is not None:
        return
    if any(soort.betrokkenen_geinformeerd is Informatieplicht.VERPLICHT for soort in convenant.signaalsoorten):
        yield finding(
            "informeren",
            "Bij een signaalsoort is informeren verplicht, maar nergens staat wie geïnformeerd wordt. Voeg "
            "'informeren' toe, met trappen per leeftijd.",
        )


def _monitoring_can_be_done(convenant: Convenant) -> Iterator[Bevinding]:
    longest = max(soort.bewaartermijn_maanden for soort in convenant.signaalsoorten)
    for i, monitoring in enumerate(convenant.afspraken.monitoring):
        yield from _moments_fit(f"monitoring.{i}.momentenMaanden", monitoring, longest)
        if not any(map(monitoring.door.contains, convenant.partijen)):
            yield finding(f"monitoring.{i}.door", "Geen partij hoort bij deze groep: dan monitort niemand.")


def _moments_fit(pad: str, monitoring: Monitoring, longest: int) -> Iterator[Bevinding]:
    momenten = monitoring.momenten_maanden
    if any(ander <= een for een, ander in pairwise(momenten)):
        yield finding(pad, "Zet de momenten in oplopende volgorde, elk moment één keer.")
    # Who monitors asks whether new signals came; by then the ones that led to the handing over are gone as well.
    elif momenten[0] > longest:
        yield finding(
            f"{pad}.0", "Dit eerste moment komt pas als geen enkel signaal nog bewaard wordt. Kijk eerder een keer."
        )


def _ladder_rises(convenant: Convenant) -> Iterator[Bevinding]:
    for i, (een, ander) in enumerate(pairwise(convenant.afspraken.escalatie), 1):
        if ander.na_werkdagen <= een.na_werkdagen:
            yield finding(f"escalatie.{i}.naWerkdagen", "Elke trede komt later dan de trede ervoor.")


def _ladder_leads_to_somebody(convenant: Convenant) -> Iterator[Bevinding]:
    for i, trede in enumerate(convenant.afspraken.escalatie):
        if not any(map(trede.partijen.contains, convenant.partijen)):
            yield finding(f"escalatie.{i}.partijen", "Geen partij hoort bij deze groep: dan komt er niemand bij.")
        elif not _has_functie(convenant, trede):
            yield finding(
                f"escalatie.{i}.functie",
                "Geen van deze partijen noemt deze functie bij 'functies'. Voeg haar daar toe, of kies een functie die "
                "er staat.",
            )


def _has_functie(convenant: Convenant, trede: Escalatietrede) -> bool:
    functie = trede.functie.casefold()
    return any(
        functie in map(str.casefold, partij.functies)
        for partij in convenant.partijen
        if trede.partijen.contains(partij)
    )


CHECKS: Final[tuple[Check, ...]] = (
    _succession_fits,
    _doubled_codes,
    _informing_covers_every_age,
    _duty_to_inform_is_worked_out,
    _monitoring_can_be_done,
    _ladder_rises,
    _ladder_leads_to_somebody,
)
