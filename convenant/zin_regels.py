"""Whether the deelregels, worked out among the parties, rest on their grondslag and reach somebody.

A convenant that names an OIN nobody has should not come here: a rule without parties has consequences that only
distract from the wrong OIN.
"""

from collections.abc import Iterator
from typing import Final

from convenant._bereik import Bereik, bereik_of
from convenant._zin import Check, finding
from convenant.errors import Bevinding
from convenant.model import Berichtregel, Convenant, Deelregel, Grondslag, Partij, Partijgroep, Wederkerig
from convenant.types import Gebeurtenis, Oin, Rol, Veld


def groups_of(pad: str, regel: Deelregel) -> Iterator[tuple[str, Partijgroep]]:
    """Yield the groups of a deelregel at that path, with their own paths."""
    if isinstance(regel.richting, Wederkerig):
        een, ander = regel.richting.tussen
        yield f"{pad}.tussen.0", een
        yield f"{pad}.tussen.1", ander
    else:
        yield f"{pad}.ontvanger", regel.richting.ontvanger
        yield f"{pad}.over", regel.richting.over


def _grondslag_covers_the_soorten(convenant: Convenant) -> Iterator[Bevinding]:
    for i, regel in enumerate(convenant.deelregels):
        grondslag = convenant.grondslag(regel.grondslag)
        if grondslag is None:
            continue
        if any(convenant.has_signaalsoort(soort) for soort in regel.signaalsoorten - grondslag.signaalsoorten):
            yield finding(
                f"deelregels.{i}.signaalsoorten",
                "De grondslag van deze regel geldt niet voor al deze signaalsoorten. Haal soorten weg, of verdeel ze "
                "over regels met elk een eigen grondslag.",
            )


def _grondslag_covers_the_receivers(convenant: Convenant) -> Iterator[Bevinding]:
    for i, bereik in enumerate(bereik_of(convenant)):
        grondslag = convenant.grondslag(bereik.regel.grondslag)
        if grondslag is None:
            continue
        uncovered = _uncovered(convenant, bereik, grondslag)
        groups = dict(groups_of(f"deelregels.{i}", bereik.regel))
        # Who is in `over` alone learns nothing, so that no law has to carry it.
        groups.pop(f"deelregels.{i}.over", None)
        for pad, groep in groups.items():
            if any(map(groep.contains, uncovered)):
                yield finding(
                    pad,
                    "De grondslag van deze regel geldt niet voor iedereen die hier iets te horen krijgt. Kies een "
                    "kleinere groep of een andere grondslag.",
                )


def _uncovered(convenant: Convenant, bereik: Bereik, grondslag: Grondslag) -> tuple[Partij, ...]:
    ontvangers = map(convenant.partij, bereik.hoort)
    return tuple(partij for partij in ontvangers if not grondslag.ontvangers.contains(partij))


def _everybody_is_reached(convenant: Convenant) -> Iterator[Bevinding]:
    """Yield parties for which the system does nothing.

    A radar has to be able to learn something. A signaleerder has to be able to learn something or be told about: its
    signals would lead to nothing otherwise, and then they may not be collected. Other roles need no rule.
    """
    bereik = bereik_of(convenant)
    hoort = frozenset[Oin]().union(*(regel.hoort for regel in bereik))
    gehoord = frozenset[Oin]().union(*(regel.gehoord for regel in bereik))
    for i, partij in enumerate(convenant.partijen):
        if Rol.RADAR in partij.rollen and partij.oin not in hoort:
            yield finding(
                f"partijen.{i}.rollen",
                "Deze partij heeft de rol radar, maar geen deelregel laat haar iets horen. Voeg een deelregel toe, of "
                "haal de rol weg.",
            )
        elif Rol.SIGNALEERDER in partij.rollen and partij.oin not in hoort | gehoord:
            yield finding(
                f"partijen.{i}.rollen",
                "Met de signalen van deze partij gebeurt niets: zij hoort niets en niemand hoort van haar. Noem haar "
                "in een deelregel over signalen die zij mag indienen, of haal de rol signaleerder weg.",
            )


def _berichten_hold_what_is_granted(convenant: Convenant) -> Iterator[Bevinding]:
    bereik = bereik_of(convenant)
    for i, bericht in enumerate(convenant.afspraken.berichten):
        for gebeurtenis in sorted(bericht.gebeurtenissen):
            granted = _granted(convenant, bericht, gebeurtenis, bereik)
            for veld in sorted(bericht.velden - granted):
                yield finding(
                    f"berichten.{i}.velden",
                    f"Geen deelregel verleent '{veld}' bij '{gebeurtenis}' aan deze groep. Haal het veld weg, of maak "
                    "voor elke gebeurtenis een eigen regel.",
                )


def _granted(
    convenant: Convenant, bericht: Berichtregel, gebeurtenis: Gebeurtenis, bereik: tuple[Bereik, ...]
) -> frozenset[Veld]:
    """Return what somebody in the group can be told on the event; for a group without parties yet, anybody."""
    leden = {partij.oin for partij in convenant.partijen if bericht.ontvangers.contains(partij)}
    granting = (
        b.regel.velden
        for b in bereik
        if gebeurtenis in b.regel.gebeurtenissen and (b.hoort & leden if leden else b.hoort)
    )
    return frozenset[Veld]().union(*granting)


CHECKS: Final[tuple[Check, ...]] = (
    _grondslag_covers_the_soorten,
    _grondslag_covers_the_receivers,
    _everybody_is_reached,
    _berichten_hold_what_is_granted,
)
