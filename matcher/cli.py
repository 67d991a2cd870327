"""The command `koppelradar matcher`: start, migrate, describe, make keys, retire an epoch, rotate the pepper."""

import asyncio
import json
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Annotated

import typer

from convenant.pg.opdracht import migrate_as_owner, readable_errors, taken_line, with_database
from convenant.web.server import configure_logging, serve
from matcher import werker
from matcher.app import create_app, create_versie_1
from matcher.beheer import retire_epoche, rotate, take_bundels
from matcher.errors import MatcherFout
from matcher.instellingen import PREFIX, Instellingen, make_sleutels
from matcher.opslag.opzet import OPZET

app = typer.Typer(help="De matcher: vindt matches zonder te weten over wie het gaat.", no_args_is_help=True)


@app.command()
def start(
    *,
    zonder_werker: Annotated[
        bool, typer.Option("--zonder-werker", help="Laat het werk op de achtergrond aan een aparte werker over.")
    ] = False,
) -> None:
    """Start de matcher. Zonder KOPPELRADAR_DATABASE_URL draait hij op een ingebouwde PostgreSQL."""
    configure_logging()
    with _readable_errors(), with_database(Instellingen(), OPZET) as instellingen:
        _serve(instellingen, werker=not zonder_werker)


@app.command("werker")
def start_werker() -> None:
    """Start een werker: het werk op de achtergrond, voor een matcher die is gestart met --zonder-werker."""
    configure_logging()
    with _readable_errors(), with_database(Instellingen(), OPZET) as instellingen:
        asyncio.run(werker.run(instellingen))


@app.command()
def migreer() -> None:
    """Breng de database naar het nieuwste schema, als eigenaar van de tabellen (KOPPELRADAR_MIGRATIE_URL)."""
    with _readable_errors():
        migrate_as_owner(Instellingen(), OPZET)
    typer.echo("De database heeft het nieuwste schema.")


@app.command()
def openapi() -> None:
    """Schrijf de OpenAPI-beschrijving van de interface naar standaarduitvoer."""
    with _readable_errors():
        document = create_versie_1(server=Instellingen().openapi_server).openapi()
    typer.echo(json.dumps(document, ensure_ascii=False, indent=2))


@app.command()
def sleutels(
    map_: Annotated[Path, typer.Argument(metavar="MAP", help="Map voor de sleutelbestanden.")],
) -> None:
    """Maak een pepper, een ondertekensleutel en een logboeksleutel. Bewaar er een kopie van op een veilige plaats."""
    with _readable_errors():
        made = make_sleutels(map_)
    for name in ("pepper_bestand", "sleutel_bestand", "logsleutel_bestand"):
        typer.echo(f"{PREFIX}{name.upper()}={getattr(made, name)}")


@app.command()
def epoche_uittreden(
    convenant: Annotated[str, typer.Argument(metavar="CONVENANT", help="Het id van het convenant.")],
    nummer: Annotated[int, typer.Argument(metavar="NUMMER", help="Het nummer van de epoche.")],
    *,
    toch: Annotated[bool, typer.Option("--toch", help="Ook als signalen dan geen koppeltokens meer hebben.")] = False,
) -> None:
    """Wis de koppeltokens van een epoche. Matches die er al zijn, blijven."""
    with _readable_errors(), with_database(Instellingen(), OPZET) as instellingen:
        verloren, gewist = asyncio.run(retire_epoche(instellingen, convenant, nummer, anyway=toch))
    typer.echo(f"Van {gewist} signalen zijn de koppeltokens van epoche {nummer} gewist.")
    if verloren:
        typer.echo(f"{verloren} signalen vinden geen nieuwe matches meer tot hun organisatie ze opnieuw hertokent.")


@app.command()
def convenant_inlezen(
    bundels: Annotated[list[Path], typer.Argument(metavar="BUNDEL...", help="Verzegelde bundels (*.bundel.json).")],
) -> None:
    """Lees ondertekende convenanten in. Een draaiende matcher houdt zich er meteen aan."""
    with _readable_errors(), with_database(Instellingen(), OPZET) as instellingen:
        taken = asyncio.run(take_bundels(instellingen, bundels))
    for line in map(taken_line, taken):
        typer.echo(line)


@app.command()
def pepper_roteer() -> None:
    """Voeg een nieuwe pepper toe aan het pepperbestand en aan de database. Stop eerst de matcher."""
    with _readable_errors(), with_database(Instellingen(), OPZET) as instellingen:
        versie = asyncio.run(rotate(instellingen))
    typer.echo(f"De pepper heeft nu {versie} sleutels. Maak een nieuwe kopie van {instellingen.pepper_bestand}.")


def _serve(instellingen: Instellingen, *, werker: bool) -> None:
    serve(create_app(instellingen, werker=werker), naam="matcher", host=instellingen.host, port=instellingen.port)


def _readable_errors() -> AbstractContextManager[None]:
    return readable_errors(PREFIX, MatcherFout)
