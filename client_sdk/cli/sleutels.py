"""`koppelradar sleutels`: making and handing out keys, asking for a bulk window, and the rotation."""

from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

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
from client_sdk.cli.sleutelbeheer import hand_out, make, receive
from client_sdk.dienst import Hertokenverslag, Hertokenvoortgang, Koppelradar
from convenant.terminal import EXIT_GEWEIGERD, printable

sleutels_app = typer.Typer(
    name="sleutels", help="Sleutels maken, uitdelen, openen en vernieuwen.", no_args_is_help=True
)
sleutels_app.command("maak")(make)
sleutels_app.command("deel-uit")(hand_out)
sleutels_app.command("open")(receive)


@sleutels_app.command("roteer")
@with_clear_errors
def rotate(
    gelekt: Annotated[
        bool,
        typer.Option("--gelekt", help="De oude sleutel is uitgelekt: wis eerst de oude koppeltokens bij de matcher."),
    ] = False,
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
    account: AccountOptie = None,
    as_json: JsonOptie = False,
) -> None:
    """Geef al uw lopende signalen koppeltokens van de nieuwste epoche.

    U kunt dit afbreken en later opnieuw starten; wat al klaar is, blijft klaar.
    """
    with open_dienst(configuratie, account) as dienst:
        verslag = _rotate(dienst, gelekt=gelekt)
    if as_json:
        print_json(_verslag_json(verslag))
    else:
        _print_verslag(verslag)
    if verslag.resterend:
        raise typer.Exit(EXIT_MATCHER_WEG)
    if verslag.geweigerd or verslag.zonder_persoon:
        raise typer.Exit(EXIT_GEWEIGERD)


@sleutels_app.command("venster")
@with_clear_errors
def request_venster(
    punten: Annotated[
        int, typer.Option("--punten", min=1, help="Hoeveel personen u in één keer wilt indienen, naar boven afgerond.")
    ],
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
    account: AccountOptie = None,
    as_json: JsonOptie = False,
) -> None:
    """Vraag de sleutelhouders om een venster, om een heel register in één keer in te dienen.

    Het gaat open als twee beheerders van de sleutelhouder het hebben goedgekeurd. Bel hen en noem het nummer.
    """
    with open_dienst(configuratie, account) as dienst:
        vensters = dienst.vraag_vensters(punten)
    for venster in vensters:
        if as_json:
            print_json({"id": str(venster.id), "sleutelhouder": venster.sleutelhouder, "status": venster.status})
        else:
            typer.echo(f"Sleutelhouder {venster.sleutelhouder}: venster {venster.id} is {venster.status}.")


def _rotate(dienst: Koppelradar, *, gelekt: bool) -> Hertokenverslag:
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("Hertokenen", total=None)

        def show(voortgang: Hertokenvoortgang) -> None:
            progress.update(task, completed=voortgang.gedaan, total=voortgang.totaal)

        return dienst.hertoken(gelekt=gelekt, on_progress=show)


def _print_verslag(verslag: Hertokenverslag) -> None:
    if verslag.gewist:
        typer.echo(f"Oude koppeltokens gewist van {verslag.gewist} signalen.")
    typer.echo(f"{verslag.hertokend} signalen hebben nu koppeltokens van epoche {verslag.epoche}.")
    if verslag.resterend:
        typer.echo(f"{verslag.resterend} signalen nog te doen. {verslag.melding or ''}".rstrip())
        typer.echo("Ga later verder met: koppelradar sleutels roteer")
    if verslag.geweigerd:
        typer.echo(f"Fout: {len(verslag.geweigerd)} signalen nam de matcher niet aan:", err=True)
        for geweigerd in verslag.geweigerd:
            typer.echo(f"  {geweigerd}", err=True)
    if verslag.zonder_persoon:
        aantal = len(verslag.zonder_persoon)
        typer.echo(f"Fout: {aantal} signalen niet hertokend: vul de persoon aan met import.", err=True)
        for signaal in verslag.zonder_persoon:
            typer.echo(f"  {signaal.id}, cliënt {printable(signaal.clientnummer)}", err=True)


def _verslag_json(verslag: Hertokenverslag) -> dict[str, Any]:
    return {
        "epoche": verslag.epoche,
        "hertokend": verslag.hertokend,
        "gewist": verslag.gewist,
        "resterend": verslag.resterend,
        "melding": verslag.melding,
        "geweigerd": [str(signaal) for signaal in verslag.geweigerd],
        "zonderPersoon": [
            {"signaal": str(signaal.id), "clientnummer": signaal.clientnummer} for signaal in verslag.zonder_persoon
        ],
    }
