"""The command `koppelradar`: the commands of all parts that are installed, under one roof."""

from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from client_sdk.cli import (
    bekendheid_app,
    bevraag,
    casus_app,
    import_,
    kaarten_app,
    kanalen_app,
    matches_app,
    mogelijke_matches_app,
    notificaties,
    opvolging_app,
    radar,
    radarmelding,
    register_app,
    signaal_app,
    sleutels_app,
    termijnen,
    token,
)
from client_sdk.errors import KoppelradarFout
from convenant.errors import ConvenantFout
from koppelradar.bench.cli import app as bench_app
from koppelradar.diensten import Wortel, missing_part
from koppelradar.errors import OmgevingFout
from koppelradar.taal import use_dutch
from matcher.errors import MatcherFout

app = typer.Typer(
    help="Organisaties vinden elkaar rond dezelfde persoon, en in het midden weet niemand over wie het gaat.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    cls=Wortel,
    rich_markup_mode=None,
    add_completion=False,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(version("koppelradar"))
        raise typer.Exit


@app.callback()
def _root(
    versie: Annotated[
        bool, typer.Option("--versie", callback=_show_version, is_eager=True, help="Toon de versie.")
    ] = False,
) -> None:
    pass


app.add_typer(signaal_app, name="signaal")
app.add_typer(register_app, name="register")
app.command("notificaties")(notificaties)
app.add_typer(matches_app, name="matches")
app.add_typer(mogelijke_matches_app, name="mogelijke-matches")
app.add_typer(kaarten_app, name="kaarten")
app.add_typer(bekendheid_app, name="bekendheid")
app.add_typer(opvolging_app, name="opvolging")
app.command("termijnen")(termijnen)
app.add_typer(casus_app, name="casus")
app.command("radar")(radar)
app.command("bevraag")(bevraag)
app.command("radarmelding")(radarmelding)
app.add_typer(kanalen_app, name="kanalen")
app.add_typer(sleutels_app, name="sleutels")
app.command("import")(import_)
app.command("token")(token)
app.add_typer(bench_app, name="bench")


@app.command()
def demo(
    as_json: Annotated[bool, typer.Option("--json", help="Sluit af met één regel JSON met de cijfers.")] = False,
) -> None:
    """Speel de hele keten na op deze computer, met echte onderdelen en verzonnen personen."""
    try:
        from koppelradar.demo.demo import play  # noqa: PLC0415 - needs optional parts
    except ModuleNotFoundError as fout:
        raise missing_part("embedded,bench") from fout
    play(as_json=as_json)


@app.command()
def proef(
    folder: Annotated[
        Path, typer.Option("--map", help="Nieuwe map waarin alles komt te staan: sleutels, configuratie, database.")
    ] = Path("proef"),
    poort: Annotated[int | None, typer.Option("--poort", min=1024, max=65535, help="Poort van de matcher.")] = None,
) -> None:
    """Start een proefomgeving voor leveranciers: een matcher, een tegenpartij die antwoordt, en uw eigen sleutels."""
    try:
        from koppelradar.proef.proef import run  # noqa: PLC0415 - needs optional parts
    except ModuleNotFoundError as fout:
        raise missing_part("embedded") from fout
    run(folder.absolute(), poort=poort)


use_dutch(app)


def main() -> None:
    """Run the command; our own errors become one Dutch sentence and exit code 1."""
    try:
        app()
    except (OmgevingFout, KoppelradarFout, ConvenantFout, MatcherFout) as fout:
        typer.echo(f"Fout: {fout}", err=True)
        raise SystemExit(1) from fout
