"""The command `koppelradar sleutelhouder`: start, migrate, and what operators do with keys, windows and alarms."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Annotated, TypeVar
from uuid import UUID

import typer

from convenant.base64url import encode_base64url
from convenant.kalender import local_moment
from convenant.pg.database import Database
from convenant.pg.opdracht import migrate_as_owner, readable_errors, taken_line, with_database
from convenant.pg.tabellen import now
from convenant.profielen import NL_1, PROFIELEN
from convenant.sleutelhouder.app import create_app, create_versie_1
from convenant.sleutelhouder.diensten import beheren, starten
from convenant.sleutelhouder.diensten import vensters as vensterdienst
from convenant.sleutelhouder.domein.venster import OGEN, Venster
from convenant.sleutelhouder.errors import BeheerFout
from convenant.sleutelhouder.instellingen import (
    PREFIX,
    Instellingen,
    make_beheerdersleutel,
    make_sleutels,
    read_beheerders,
    read_beheerdersleutel,
    read_kluis,
    required_oin,
)
from convenant.sleutelhouder.opslag import alarmen as alarmopslag
from convenant.sleutelhouder.opslag.opzet import OPZET
from convenant.sleutelhouder.types import Beheerder, VensterId
from convenant.types import ConvenantId, Epoche
from convenant.web.convenanten import read_bundel_file
from convenant.web.server import configure_logging, serve

_T = TypeVar("_T")
_FORMATS = ["%Y-%m-%d", "%Y-%m-%dT%H:%M"]
_MAX_ALARMEN = 1000

app = typer.Typer(
    help="De sleutelhouder: rekent blind met geheime sleutels en telt wie hoeveel vraagt.", no_args_is_help=True
)
epoche_app = typer.Typer(help="De sleutels van een epoche.", no_args_is_help=True)
venster_app = typer.Typer(help="Vensters voor een heel register; twee beheerders keuren ze goed.", no_args_is_help=True)
app.add_typer(epoche_app, name="epoche")
app.add_typer(venster_app, name="venster")

ConvenantArgument = Annotated[str, typer.Argument(metavar="CONVENANT", help="Id van het convenant.")]
NummerArgument = Annotated[int, typer.Argument(metavar="NUMMER", min=1, max=9999, help="Nummer van de epoche.")]


@app.command()
def start() -> None:
    """Start de sleutelhouder. Zonder KOPPELRADAR_SLEUTELHOUDER_DATABASE_URL draait hij op een ingebouwde PostgreSQL."""
    configure_logging()
    with _readable_errors(), with_database(Instellingen(), OPZET) as instellingen:
        serve(create_app(instellingen), naam="sleutelhouder", host=instellingen.host, port=instellingen.port)


@app.command()
def migreer() -> None:
    """Breng de database naar het nieuwste schema, als eigenaar (KOPPELRADAR_SLEUTELHOUDER_MIGRATIE_URL)."""
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
    """Maak een kluissleutel en een ondertekensleutel. Bewaar er een kopie van, los van de back-ups."""
    with _readable_errors():
        made = make_sleutels(map_)
    for name in ("kluissleutel_bestand", "sleutel_bestand"):
        typer.echo(f"{PREFIX}{name.upper()}={getattr(made, name)}")


@app.command()
def beheerder(
    naam: Annotated[str, typer.Argument(metavar="NAAM", help="Naam van de beheerder.")],
    sleutel: Annotated[Path, typer.Option("--sleutel", help="Nieuw bestand voor de geheime sleutel.")],
) -> None:
    """Maak een eigen sleutel voor een beheerder. Zet de regel die verschijnt in het beheerdersbestand."""
    with _readable_errors():
        publiek = make_beheerdersleutel(sleutel)
    typer.echo(json.dumps({naam: publiek}, ensure_ascii=False))


@app.command()
def convenant_inlezen(
    bundels: Annotated[list[Path], typer.Argument(metavar="BUNDEL...", help="Verzegelde bundels (*.bundel.json).")],
) -> None:
    """Lees ondertekende convenanten in. Een draaiende sleutelhouder houdt zich er meteen aan."""
    with _readable_errors():
        instellingen = Instellingen()
        oin, kluis = required_oin(instellingen), read_kluis(instellingen)
        named = [(path.name, read_bundel_file(path)) for path in bundels]
        taken = _run(
            lambda database: starten.take_bundels(
                database, named, oin=oin, kluis=kluis, omgeving=instellingen.omgeving, op=now()
            )
        )
    for line in map(taken_line, taken):
        typer.echo(line)


@app.command()
def alarmen() -> None:
    """Toon wie veel meer vroeg dan zij indiende; de nieuwste alarmen eerst."""
    with _readable_errors():
        for melding in _run(_find_alarmen):
            typer.echo(
                f"{melding.maand:%Y-%m}  {melding.convenant}  {melding.organisatie}  {melding.code}: "
                f"{melding.gevraagd} punten gevraagd (waarvan {melding.uit_venster} uit een venster), "
                f"{melding.ingediend} signalen ingediend (stap {melding.stap})"
            )


@epoche_app.command("maak")
def make_epoche(
    convenant: ConvenantArgument,
    nummer: NummerArgument,
    profiel: Annotated[str, typer.Option("--profiel", help="Profiel van het convenant.")] = NL_1.naam,
) -> None:
    """Maak sleutels voor een nieuwe epoche, en toon de publieke punten voor in het convenant."""
    with _readable_errors():
        kluis = read_kluis(Instellingen())
        codes = _codes(profiel)
        punten = _run(
            lambda database: beheren.make_epoche(
                database, kluis, convenant=ConvenantId(convenant), epoche=Epoche(nummer), codes=codes, op=now()
            )
        )
    typer.echo(_yaml(nummer, punten))


@epoche_app.command("toon")
def show_epoche(convenant: ConvenantArgument, nummer: NummerArgument) -> None:
    """Toon de publieke punten van een epoche, zoals ze in het convenant horen te staan."""
    with _readable_errors():
        gevonden = _run(lambda database: beheren.public_points(database, ConvenantId(convenant)))
        if nummer not in gevonden:
            raise BeheerFout("Deze epoche heeft hier geen sleutels. Controleer convenant en nummer.")
        punten, _ = gevonden[Epoche(nummer)]
    typer.echo(_yaml(nummer, punten))


@epoche_app.command("lijst")
def list_epochen(convenant: ConvenantArgument) -> None:
    """Toon van welke epochen er sleutels zijn, en of de geheime er nog zijn."""
    with _readable_errors():
        for nummer, (_, bewaard) in sorted(_run(lambda db: beheren.public_points(db, ConvenantId(convenant))).items()):
            typer.echo(f"{nummer}  {'sleutels aanwezig' if bewaard else 'geheime sleutels gewist'}")


@epoche_app.command("uittreden")
def retire_epoche(
    convenant: ConvenantArgument,
    nummer: NummerArgument,
    toch: Annotated[bool, typer.Option("--toch", help="Ook als de epoche nog loopt, bijvoorbeeld na een lek.")] = False,
) -> None:
    """Wis de geheime sleutels van een epoche voorgoed; de publieke punten blijven. Dit is niet terug te draaien."""
    with _readable_errors():
        _run(
            lambda database: beheren.retire_epoche(
                database, convenant=ConvenantId(convenant), epoche=Epoche(nummer), op=now(), toch=toch
            )
        )
    typer.echo(f"De geheime sleutels van epoche {nummer} zijn gewist. Denk ook aan de back-ups.")


@venster_app.command("lijst")
def list_vensters() -> None:
    """Toon alle vensters, met wie ze goedkeurde."""
    with _readable_errors():
        beheerders = read_beheerders(Instellingen())
        for venster in _run(lambda database: vensterdienst.all_vensters(database, beheerders)):
            typer.echo(_venster_line(venster))


@venster_app.command("goedkeuren")
def approve_venster(
    nummer: Annotated[UUID, typer.Argument(metavar="ID", help="Het id van het venster.")],
    naam: Annotated[str, typer.Option("--beheerder", help="Uw naam, zoals in het beheerdersbestand.")],
    sleutel: Annotated[Path, typer.Option("--sleutel", help="Bestand met uw eigen geheime sleutel.")],
    van: Annotated[datetime | None, typer.Option("--van", formats=_FORMATS, help="Begin; anders meteen.")] = None,
    tot: Annotated[
        datetime | None, typer.Option("--tot", formats=_FORMATS, help="Einde; anders na zeven dagen, hoogstens 31.")
    ] = None,
) -> None:
    """Keur een venster goed met uw eigen sleutel. Het gaat open als een andere beheerder dat ook heeft gedaan."""
    with _readable_errors():
        beheerders = read_beheerders(Instellingen())
        eigen = read_beheerdersleutel(sleutel)
        venster = _run(
            lambda database: vensterdienst.approve(
                database,
                beheerders,
                VensterId(nummer),
                Beheerder(naam),
                eigen,
                van=local_moment(van) if van else None,
                tot=local_moment(tot) if tot else None,
                op=now(),
            )
        )
    typer.echo(_venster_line(venster))
    if len(venster.goedkeurders) < OGEN:
        typer.echo("Nu moet een andere beheerder het ook goedkeuren.")


async def _find_alarmen(database: Database) -> list[alarmopslag.Alarmmelding]:
    async with database.transaction() as connection:
        return list(await alarmopslag.find(connection, None, limiet=_MAX_ALARMEN))


def _codes(profiel: str) -> list[str]:
    if profiel not in PROFIELEN:
        raise BeheerFout(f"Dit profiel bestaat niet. Kies uit: {', '.join(PROFIELEN)}.")
    return [slot.code for slot in PROFIELEN[profiel].slots]


def _yaml(nummer: int, punten: Mapping[str, bytes]) -> str:
    lines = [f'          {code}: "{encode_base64url(punt)}"' for code, punt in punten.items()]
    return "\n".join([f"      - epoche: {nummer}", "        punten:", *lines])


def _venster_line(venster: Venster) -> str:
    periode = (
        f", {venster.van:%Y-%m-%d %H:%M} tot {venster.tot:%Y-%m-%d %H:%M} UTC" if venster.van and venster.tot else ""
    )
    door = ", ".join(sorted(venster.goedkeurders)) or "niemand"
    return (
        f"{venster.id}  {venster.convenant}  {venster.organisatie}  {venster.punten} punten per code  "
        f"{venster.status(now()).value}{periode}  goedgekeurd door: {door}"
    )


def _run(act: Callable[[Database], Awaitable[_T]]) -> _T:
    """The outcome of an act on the database of the settings, as the application's login."""
    with with_database(Instellingen(), OPZET) as instellingen:
        return asyncio.run(_act(instellingen.required_url, act))


async def _act(url: str, act: Callable[[Database], Awaitable[_T]]) -> _T:
    database = Database(url, pool_size=1)
    try:
        return await act(database)
    finally:
        await database.close()


def _readable_errors() -> AbstractContextManager[None]:
    return readable_errors(PREFIX)
