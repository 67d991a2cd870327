"""The command `latentie`."""

import asyncio
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Final

import typer

from koppelradar.bench.latentie.meting import Indiening, result
from koppelradar.bench.ruw import write_ruw
from koppelradar.errors import OnderdeelOntbreekt

_WARM: Final = 50
_RUW_KOLOMMEN: Final = ("indiening", "ontvangst_s", "latentie_s")
_ROWS: Final = {
    "latentie_mediaan_ms": "tot de ander het hoort, mediaan (ms)",
    "latentie_p99_ms": "tot de ander het hoort, p99 (ms)",
    "latentie_hoogst_ms": "tot de ander het hoort, hoogste (ms)",
    "ontvangst_mediaan_ms": "tot de ontvangstbevestiging, mediaan (ms)",
    "ontvangst_p99_ms": "tot de ontvangstbevestiging, p99 (ms)",
    "verhouding_mediaan": "verhouding van de medianen",
}


def latentie(
    aantal: Annotated[int, typer.Option("--aantal", min=10, help="Meet zoveel indieningen.")] = 1000,
    per_seconde: Annotated[float, typer.Option("--per-seconde", min=1, help="Dien er zoveel per seconde in.")] = 50,
    ruw: Annotated[Path | None, typer.Option("--ruw", help="Schrijf de tijden in dit CSV-bestand.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Sluit af met één regel JSON met de cijfers.")] = False,
) -> None:
    """Meet hoe lang het duurt van een signaal tot de andere organisatie de match in haar stroom krijgt.

    Met een echte PostgreSQL en een matcher als eigen proces op deze computer. Wie moet wachten omdat het vorige signaal
    nog loopt, telt vanaf het moment waarop hij aan de beurt was. Ernaast staat hoe lang de ontvangstbevestiging duurt.
    """
    try:
        # A plain install has no services, and every command is loaded to show the help.
        from koppelradar.bench.latentie.loop import measure  # noqa: PLC0415
        from koppelradar.bench.latentie.opstelling import running_opstelling  # noqa: PLC0415
        from koppelradar.processen import ends_like_ctrl_c  # noqa: PLC0415
    except ModuleNotFoundError as fout:
        raise OnderdeelOntbreekt(
            "Dit onderdeel is niet geïnstalleerd. Voer uit: pip install 'koppelradar[embedded]'"
        ) from fout
    with (
        ends_like_ctrl_c(),
        tempfile.TemporaryDirectory(prefix="koppelradar-latentie-") as name,
        running_opstelling(Path(name)) as opstelling,
    ):
        indieningen = asyncio.run(measure(opstelling, aantal=aantal, per_seconde=per_seconde, warm=_WARM))
    figures = result(indieningen, per_seconde=per_seconde)
    for line in _table(figures):
        typer.echo(line)
    if ruw:
        write_ruw(ruw, _RUW_KOLOMMEN, _ruw(indieningen))
    if as_json:
        typer.echo(json.dumps(figures))


def _table(figures: Mapping[str, float | int]) -> Iterator[str]:
    yield f"{figures['indieningen']} indieningen, {figures['per_seconde']:g} per seconde"
    yield ""
    for naam, title in _ROWS.items():
        yield f"{title:46}{figures[naam]:>10}".replace(".", ",")


def _ruw(indieningen: Sequence[Indiening]) -> Iterator[tuple[int, float, float]]:
    for nummer, indiening in enumerate(indieningen, start=1):
        yield nummer, indiening.ontvangst_s, indiening.latentie_s
