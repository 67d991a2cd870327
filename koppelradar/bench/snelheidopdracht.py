"""The command `snelheid`: who is measured, on which persons, and how the figures are shown."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, Final

import typer

from koppelradar.bench.ruw import write_ruw
from koppelradar.bench.snelheid import (
    CLKHASH,
    HMAC,
    OPENLINKTOKEN,
    SCALARMULT,
    SLEUTELHOUDER,
    VOPRF,
    VOPRF_CRYPTO,
    Deelnemer,
    Ronde,
    measure,
    per_s,
    personen_per_s,
    result,
    verhoudingen,
)
from koppelradar.bench.snelheidbronnen import Snelheidsbron, draw_personen, read_snelheid
from koppelradar.bench.snelheideigen import HmacDeelnemer, ScalarmultDeelnemer, VoprfDeelnemer
from koppelradar.bench.snelheidvergelijk import Vergelijking, default_map

_PERSONEN: Final = 5000
_RUW_KOLOMMEN: Final = ("ronde", "meting", "personen", "aantal", "seconden")
_ROWS: Final = {
    HMAC: "Koppelradar, modus hmac",
    VOPRF: "Koppelradar, modus voprf, aanvrager",
    VOPRF_CRYPTO: "  waarvan alleen de cryptografie",
    OPENLINKTOKEN: "openlinktoken",
    CLKHASH: "clkhash (één filter per persoon)",
}


def snelheid(  # noqa: PLR0917 - typer calls it by name
    personen: Annotated[
        int | None,
        typer.Option("--personen", min=11, help="Meet zoveel verschillende personen; zonder bestand 5000."),
    ] = None,
    bestand: Annotated[
        Path | None, typer.Option("--bestand", help="CSV-bestand met personen, in plaats van verzonnen personen.")
    ] = None,
    partij: Annotated[
        int, typer.Option("--partij", min=1, help="Zoveel personen per aanvraag aan de sleutelhouder.")
    ] = 500,
    zaad: Annotated[int, typer.Option("--zaad", min=0, help="Getal dat bepaalt welke personen u krijgt.")] = 1,
    vergelijking: Annotated[
        Path | None, typer.Option("--vergelijking", help="Map met de omgevingen van openlinktoken en clkhash.")
    ] = None,
    ruw: Annotated[Path | None, typer.Option("--ruw", help="Schrijf de tijden per ronde in dit CSV-bestand.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Sluit af met één regel JSON met de cijfers.")] = False,
) -> None:
    """Meet hoeveel personen en koppeltokens per seconde één processorkern maakt.

    Naast beide modi van Koppelradar staan openlinktoken, clkhash en de kale vermenigvuldiging van libsodium, op
    dezelfde personen en om de beurt. Een bestand heeft de kolommen id, voornamen, voorvoegsel, geslachtsnaam en
    geboortedatum.
    """
    with ExitStack() as stack:
        stack.enter_context(_OneCore())
        folder = vergelijking or default_map()
        anderen = [stack.enter_context(Vergelijking(naam, folder=folder)) for naam in (OPENLINKTOKEN, CLKHASH)]
        bron = read_snelheid(bestand, aantal=personen) if bestand else draw_personen(personen or _PERSONEN, zaad=zaad)
        ronden = measure(_deelnemers(bron, partij, anderen), bron.personen)
    versies = {ander.naam: ander.versies for ander in anderen}
    for line in _table(ronden, versies):
        typer.echo(line)
    if ruw:
        write_ruw(ruw, _RUW_KOLOMMEN, _ruw(ronden))
    if as_json:
        typer.echo(json.dumps(result(ronden) | _circumstances(ronden, partij, versies)))


def _deelnemers(bron: Snelheidsbron, partij: int, anderen: Sequence[Vergelijking]) -> list[Deelnemer]:
    return [
        HmacDeelnemer(vandaag=bron.vandaag),
        VoprfDeelnemer(vandaag=bron.vandaag, partij=partij),
        ScalarmultDeelnemer(),
        *anderen,
    ]


class _OneCore:
    """Binds this process, and those it starts, to the last core it may use, where the system can; and undoes it."""

    def __enter__(self) -> None:
        self._allowed = os.sched_getaffinity(0) if hasattr(os, "sched_setaffinity") else None
        if self._allowed:
            os.sched_setaffinity(0, {max(self._allowed)})

    def __exit__(self, *_: object) -> None:
        if self._allowed:
            os.sched_setaffinity(0, self._allowed)


def _circumstances(ronden: Sequence[Ronde], partij: int, versies: Mapping[str, Mapping[str, str]]) -> dict[str, object]:
    return {
        "personen": _timed_persons(ronden),
        "ronden": len(ronden),
        "partij": partij,
        "vastgezet": hasattr(os, "sched_setaffinity"),
        "versies": versies,
    }


def _timed_persons(ronden: Sequence[Ronde]) -> int:
    return sum(ronde[HMAC].personen for ronde in ronden)


def _table(ronden: Sequence[Ronde], versies: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    yield f"{_timed_persons(ronden)} verschillende personen in {len(ronden)} ronden; per seconde van één kern, mediaan"
    yield ""
    yield f"{'':38}{'personen/s':>12}{'tokens/s':>12}"
    for naam, title in _ROWS.items():
        tokens = "-" if naam == CLKHASH else _whole(per_s(ronden, naam))
        yield f"{title:38}{_whole(personen_per_s(ronden, naam)):>12}{tokens:>12}"
    yield f"{'sleutelhouder (punten)':38}{'-':>12}{_whole(per_s(ronden, SLEUTELHOUDER)):>12}"
    yield f"{'scalaire vermenigvuldiging (libsodium)':38}{'-':>12}{_whole(per_s(ronden, SCALARMULT)):>12}"
    yield ""
    for naam, value in verhoudingen(ronden).items():
        yield f"{naam.replace('_', ' '):50}{value:>8.2f}".replace(".", ",")
    yield ""
    for naam, pakketten in versies.items():
        yield f"{naam}: " + ", ".join(f"{pakket} {versie}" for pakket, versie in pakketten.items())


def _whole(value: float) -> str:
    return f"{value:.0f}"


def _ruw(ronden: Sequence[Ronde]) -> Iterator[tuple[int, str, int, int, float]]:
    for nummer, ronde in enumerate(ronden, start=1):
        for naam, tijd in ronde.items():
            yield nummer, naam, tijd.personen, tijd.aantal, tijd.seconden
