"""Commands on bundles: merging and sealing them, and saying where they stand."""

from functools import reduce
from pathlib import Path
from typing import Annotated

import typer

from convenant.cli._gedeeld import (
    now,
    print_json,
    read_input,
    read_key,
    read_text,
    with_clear_errors,
    with_what_is_there,
    write_bundel,
)
from convenant.cli._verslag import print_verslag, verslag_json
from convenant.ondertekening import Ondertekend, Status, merge, read_bundel, seal, verify_bundel, verify_verklaringen
from convenant.taal import meervoud
from convenant.terminal import EXIT_GEWEIGERD, stop


@with_clear_errors
def bundel(
    bestanden: Annotated[list[Path], typer.Argument(metavar="BESTAND...", help="Bundels van één versie.")],
    uit: Annotated[Path, typer.Option("--uit", metavar="BUNDEL", help="Waar alles samen komt; wat er staat, blijft.")],
    sleutel: Annotated[
        Path | None,
        typer.Option(
            "--sleutel",
            metavar="JWKBESTAND",
            help="De geheime ondertekensleutel van de convenanthouder: daarmee wordt de bundel verzegeld.",
        ),
    ] = None,
) -> None:
    """Voeg de verklaringen van verschillende partijen samen, en verzegel ze als convenanthouder.

    Wie verzegelt, verklaart dat dit alle verklaringen zijn. Daarna valt op als er een ontbreekt.
    """
    op = now()
    together = with_what_is_there(reduce(merge, map(read_input, bestanden)), uit)
    if sleutel is not None:
        together = seal(together, ondertekenaar=read_key(sleutel), bron=uit.name, op=op)
    ondertekend = verify_verklaringen(together, bron=uit.name, op=op)
    write_bundel(uit, together)
    aantal = len(together.verklaringen)
    typer.echo(f"{meervoud(aantal, 'verklaring', 'verklaringen')} in {uit}.\n")
    print_verslag(ondertekend)
    if together.slot is None:
        typer.echo("\nDeze bundel is niet verzegeld. Dat doet de convenanthouder, met --sleutel.")


@with_clear_errors
def verifieer(
    bestand: Annotated[Path, typer.Argument(metavar="BUNDEL", help="De bundel met verklaringen.")],
    as_json: Annotated[bool, typer.Option("--json", help="Uitvoer als JSON, voor andere programma's.")] = False,
) -> None:
    """Controleer elke handtekening en het slot, en toon wie tekende, wie ontbreekt en of het convenant geldt.

    Afsluitcode 0 alleen als de bundel verzegeld is en het convenant vandaag geldt.
    """
    ondertekend = _verified(bestand)
    if as_json:
        print_json(verslag_json(ondertekend))
    else:
        print_verslag(ondertekend)
    if ondertekend.bundel.slot is None:
        stop(
            "Deze bundel is niet verzegeld: er kan een verklaring ontbreken. Vraag de convenanthouder om een slot.",
            EXIT_GEWEIGERD,
        )
    if ondertekend.stand.status is not Status.GELDIG:
        stop("Dit convenant geldt nu niet.", EXIT_GEWEIGERD)


def _verified(bestand: Path) -> Ondertekend:
    """Return what the file says; without a seal its statements are shown, and the command fails afterwards."""
    read = read_bundel(read_text(bestand), bron=bestand.name)
    verify = verify_verklaringen if read.slot is None else verify_bundel
    return verify(read, bron=bestand.name, op=now())
