"""Whether the parties can bear the convenant: who must sign, who can be told apart, who may do how much, who joins."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from convenant._zin import ENTERS_PERSONS, Check, doubles, finding
from convenant.errors import Bevinding
from convenant.model import Convenant, Partij, Toetreding
from convenant.namen import hides_characters, mixes_scripts, skeleton
from convenant.types import Modus, Oin, Rol

_NOT_BY_JOINING: Final = frozenset({Rol.RADAR, Rol.PRIVACY, Rol.BEHEER})


def _convenanthouder_is_required(convenant: Convenant) -> Iterator[Bevinding]:
    # It lets parties in and suspends them: without its signature nobody could.
    if not convenant.has_partij(convenant.convenanthouder):
        yield finding(
            "convenanthouder", "De convenanthouder is geen partij. Zet haar bij 'partijen', met 'vereist: true'."
        )
        if not any(partij.vereist for partij in convenant.partijen):
            yield finding("partijen", "Geen enkele partij is vereist: dan geldt het convenant zonder handtekening.")
        return
    i = [partij.oin for partij in convenant.partijen].index(convenant.convenanthouder)
    if not convenant.partijen[i].vereist:
        yield finding(
            f"partijen.{i}.vereist",
            "Dit is de convenanthouder: zonder haar handtekening geldt het convenant niet. Schrijf hier "
            "'vereist: true'.",
        )


def _names_can_be_told_apart(convenant: Convenant) -> Iterator[Bevinding]:
    for i, partij in enumerate(convenant.partijen):
        if hides_characters(partij.naam):
            yield finding(
                f"partijen.{i}.naam", "In deze naam staan tekens die niemand ziet. Typ haar opnieuw, zonder te plakken."
            )
        if mixes_scripts(partij.naam):
            yield finding(
                f"partijen.{i}.naam",
                "In deze naam staan letters van verschillende schriften door elkaar. Typ haar opnieuw, zonder te "
                "plakken.",
            )
    yield from doubles(
        [(f"partijen.{i}.naam", skeleton(partij.naam)) for i, partij in enumerate(convenant.partijen)],
        "Deze naam lijkt te veel op die van een eerdere partij: lezers houden ze niet uit elkaar. Zet er bijvoorbeeld "
        "de plaats bij.",
    )


def _everybody_has_a_plafond(convenant: Convenant) -> Iterator[Bevinding]:
    for i, partij in enumerate(convenant.partijen):
        if partij.rollen & ENTERS_PERSONS and convenant.plafondregel_of(partij.oin) is None:
            yield finding(f"partijen.{i}", "Voor deze partij is er geen plafond. Voeg een regel toe aan 'plafonds'.")


def _joining_gives_no_supervision(convenant: Convenant) -> Iterator[Bevinding]:
    # Who joins is let in by the convenanthouder alone, and these roles see or steer what everybody else does.
    for i, toetreding in enumerate(convenant.afspraken.toetreding):
        if toetreding.rollen & _NOT_BY_JOINING:
            yield finding(
                f"toetreding.{i}.rollen",
                "Met de rollen radar, privacy en beheer kan niemand toetreden. Haal ze weg; wie zo'n rol krijgt, komt "
                "in een nieuwe versie.",
            )


def _who_joins_can_take_part(convenant: Convenant) -> Iterator[Bevinding]:
    for i, toetreding in enumerate(convenant.afspraken.toetreding):
        nieuwen = _could_join(convenant, toetreding)
        if not all(any(regel.partijen.contains(p) for regel in convenant.afspraken.plafonds) for p in nieuwen):
            yield finding(
                f"toetreding.{i}",
                "Niet iedereen die zo toetreedt, krijgt een plafond. Voeg aan 'plafonds' een regel toe voor deze "
                "sectoren.",
            )
        if convenant.modus is Modus.VOPRF and not all(
            any(regel.partijen.contains(p) for regel in convenant.budgetten) for p in nieuwen
        ):
            yield finding(
                f"toetreding.{i}",
                "Niet iedereen die zo toetreedt, krijgt een budget. Voeg aan 'budgetten' een regel toe voor deze "
                "sectoren.",
            )


def _could_join(convenant: Convenant, toetreding: Toetreding) -> tuple[Partij, ...]:
    """Return a party of each sector with each role that could join and would enter persons; they have no OIN."""
    voorbeeld = convenant.partijen[0]
    return tuple(
        replace(voorbeeld, oin=Oin(""), sector=sector, rollen=frozenset({rol}))
        for sector in toetreding.sectoren
        for rol in toetreding.rollen & ENTERS_PERSONS - _NOT_BY_JOINING
    )


CHECKS: Final[tuple[Check, ...]] = (
    _convenanthouder_is_required,
    _names_can_be_told_apart,
    _everybody_has_a_plafond,
    _joining_gives_no_supervision,
    _who_joins_can_take_part,
)
