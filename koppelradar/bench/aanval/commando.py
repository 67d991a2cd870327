"""The command `koppelradar bench aanval`."""

from pathlib import Path
from typing import Annotated

import typer

from koppelradar.bench.aanval.woordenlijst import read_bevolking
from koppelradar.bench.bevolking import bevolking
from koppelradar.bench.bevolking.trekking import FOUTEN
from koppelradar.errors import OnderdeelOntbreekt


def aanval(  # noqa: PLR0917 - typer calls it by name
    personen: Annotated[
        int, typer.Option("--personen", min=1, help="Hoeveel mensen in het woordenboek van de aanvaller staan.")
    ] = 5_000,
    signalen: Annotated[int, typer.Option("--signalen", min=1, help="Hoeveel signalen er zijn opgeslagen.")] = 1_000,
    organisaties: Annotated[int, typer.Option("--organisaties", min=2, help="Hoeveel organisaties signaleren.")] = 19,
    fouten: Annotated[
        float, typer.Option("--fouten", min=0, max=1, help="Welk deel van de signalen een fout heeft.")
    ] = FOUTEN,
    zaad: Annotated[int, typer.Option("--zaad", min=0, help="Hetzelfde zaad geeft dezelfde wereld.")] = 1,
    bevolking_bestand: Annotated[
        Path | None,
        typer.Option(
            "--bevolking-bestand", help="Neem de bevolking uit bevolking.csv van 'koppelradar bench bevolking'."
        ),
    ] = None,
    ruw: Annotated[
        Path | None, typer.Option("--ruw", help="Schrijf alle genoemde personen in dit CSV-bestand.")
    ] = None,
    json_: Annotated[bool, typer.Option("--json", help="Sluit af met één regel JSON met de cijfers.")] = False,
) -> None:
    """Val een verzonnen wereld aan met wat elke rol kan zien, en tel wie er herkend wordt.

    Elke aanval gaat ook met de sleutel die de aanvaller mist: dan moet hij slagen. Lukt dat niet, of wordt er iemand
    herkend uit een gestolen database, dan eindigt de opdracht met een fout.
    """
    try:
        from koppelradar.bench.aanval.verslag import run  # noqa: PLC0415 - needs optional parts
    except ModuleNotFoundError as fout:
        raise OnderdeelOntbreekt(
            "Dit onderdeel is niet geïnstalleerd. Voer uit: pip install 'koppelradar[embedded]'"
        ) from fout
    inwoners = read_bevolking(bevolking_bestand) if bevolking_bestand else tuple(bevolking(personen, zaad=zaad))
    geslaagd = run(
        inwoners, signalen=signalen, organisaties=organisaties, fouten=fouten, zaad=zaad, ruw=ruw, as_json=json_
    )
    if not geslaagd:
        raise typer.Exit(1)
