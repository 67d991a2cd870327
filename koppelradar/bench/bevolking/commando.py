"""The command `koppelradar bench bevolking`."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from koppelradar.bench.bevolking import verslag
from koppelradar.bench.bevolking.huishoudens import GEZINNEN
from koppelradar.bench.bevolking.opdracht import make_bestanden
from koppelradar.bench.bevolking.trekking import FOUTEN, ORGANISATIES, OVERLAP


def bevolking(  # noqa: PLR0917 - options of a command, which typer passes by name
    uit: Annotated[Path, typer.Option("--uit", help="Map waarin de bestanden komen.")],
    personen: Annotated[int, typer.Option("--personen", min=1, help="Hoeveel mensen er wonen.")] = 1_000_000,
    signalen: Annotated[int, typer.Option("--signalen", min=0, help="Hoeveel signalen er zijn.")] = 200_000,
    organisaties: Annotated[
        int, typer.Option("--organisaties", min=1, help="Hoeveel organisaties signaleren. Bij 2 ook a.csv en b.csv.")
    ] = ORGANISATIES,
    overlap: Annotated[
        float, typer.Option("--overlap", min=0, max=1, help="Welk deel van de personen bij meer organisaties is.")
    ] = OVERLAP,
    fouten: Annotated[
        float, typer.Option("--fouten", min=0, max=1, help="Welk deel van de signalen een fout heeft.")
    ] = FOUTEN,
    gezinnen: Annotated[
        float, typer.Option("--gezinnen", min=0, max=1, help="Welk deel van de huishoudens kinderen heeft.")
    ] = GEZINNEN,
    zaad: Annotated[int, typer.Option("--zaad", min=0, help="Hetzelfde zaad geeft dezelfde bestanden.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Sluit af met één regel JSON met de cijfers.")] = False,
) -> None:
    """Verzin een Nederlandse bevolking met signalen en schrijf die als CSV-bestanden."""
    telling = make_bestanden(
        uit,
        personen=personen,
        signalen=signalen,
        organisaties=organisaties,
        overlap=overlap,
        fouten=fouten,
        gezinnen=gezinnen,
        zaad=zaad,
    )
    verslag.show(telling, Console())
    if as_json:
        typer.echo(json.dumps(verslag.as_json(telling)))
