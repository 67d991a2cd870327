"""`koppelradar import`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from client_sdk.cli._gedeeld import (
    DEFAULT_CONFIGURATIE,
    EXIT_MATCHER_WEG,
    AccountOptie,
    ConfiguratieOptie,
    JsonOptie,
    open_dienst,
    print_json,
    with_clear_errors,
)
from client_sdk.dienst import Koppelradar, wachtzin
from client_sdk.importeren import ImportVerslag, import_csv
from convenant.terminal import EXIT_GEWEIGERD


@with_clear_errors
def import_(
    bestand: Annotated[Path, typer.Argument(metavar="BESTAND", help="CSV in UTF-8, met een kopregel.")],
    soort: Annotated[
        str | None, typer.Option("--soort", help="De signaalsoort voor regels die er zelf geen noemen.")
    ] = None,
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
    account: AccountOptie = None,
    as_json: JsonOptie = False,
) -> None:
    """Dien een CSV-bestand met signalen in. Nog een keer importeren dient niets dubbel in.

    Kolommen: clientnummer, voornamen, voorvoegsel, geslachtsnaam, geboortedatum, en eventueel partnernaam en
    signaalsoort. Na een fout in een regel gaan de andere regels door.
    """
    with open_dienst(configuratie, account) as dienst:
        verslag = _import(dienst, bestand, soort)
        waiting = [wachtzin(reden, tot) for reden, tot in dienst.register.waiting()]
    if as_json:
        print_json(_verslag_json(verslag))
    else:
        _print_verslag(verslag, waiting)
    if verslag.fouten:
        raise typer.Exit(EXIT_GEWEIGERD)
    if verslag.wachtend:
        raise typer.Exit(EXIT_MATCHER_WEG)


def _import(dienst: Koppelradar, bestand: Path, soort: str | None) -> ImportVerslag:
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("Indienen")

        def show(done: int, total: int) -> None:
            progress.update(task, completed=done, total=total)

        return import_csv(dienst, bestand, signaalsoort=soort, on_progress=show)


def _print_verslag(verslag: ImportVerslag, waiting: Sequence[str]) -> None:
    typer.echo(
        f"{verslag.gelezen} regels gelezen: {verslag.ingediend} ingediend, {verslag.bestond_al} bestonden al, "
        f"{verslag.wachtend} wachten, {len(verslag.fouten)} met een fout."
    )
    for fout in verslag.fouten:
        kolom = f", kolom {fout.kolom}" if fout.kolom else ""
        typer.echo(f"  regel {fout.regel}{kolom}: {fout.melding}", err=True)
    for melding in waiting:
        typer.echo(melding)


def _verslag_json(verslag: ImportVerslag) -> dict[str, object]:
    return {
        "gelezen": verslag.gelezen,
        "ingediend": verslag.ingediend,
        "wachtend": verslag.wachtend,
        "bestondAl": verslag.bestond_al,
        "fouten": [{"regel": fout.regel, "kolom": fout.kolom, "melding": fout.melding} for fout in verslag.fouten],
    }
