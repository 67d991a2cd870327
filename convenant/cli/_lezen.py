"""What the commands that explain are about: a convenant, a party in it, and text on the screen."""

from enum import StrEnum
from pathlib import Path

import typer

from convenant.cli._gedeeld import read_text
from convenant.errors import OnbekendePartij
from convenant.laden import convenant_from_document, parse_convenant
from convenant.model import Convenant, Partij
from convenant.ondertekening import is_bundel, read_bundel
from convenant.terminal import printable
from convenant.uitleg.woorden import opsomming


def read_convenant(path: Path) -> Convenant:
    """Return the checked convenant in YAML or in a bundle; who signed it is not looked at. Raises `ConvenantFout`."""
    text = read_text(path)
    if is_bundel(text):
        return convenant_from_document(read_bundel(text, bron=path.name).document, bron=path.name)
    return parse_convenant(text, bron=path.name)


def find_partij(convenant: Convenant, gevraagd: str) -> Partij:
    """Return the party with that OIN, that name, or the only one with that in its name. Raises `OnbekendePartij`."""
    zoek = gevraagd.strip().casefold()
    for partij in convenant.partijen:
        if zoek in (partij.oin.casefold(), partij.naam.casefold()):
            return partij
    gevonden = [partij for partij in convenant.partijen if zoek and zoek in partij.naam.casefold()]
    if len(gevonden) == 1:
        return gevonden[0]
    probleem = "Meer partijen passen bij deze naam" if gevonden else "Geen partij heeft deze naam of dit OIN"
    namen = "; ".join(partij.naam for partij in gevonden or convenant.partijen)
    raise OnbekendePartij(f"{probleem}. Kies uit: {namen}.")


def choices(lijst: type[StrEnum]) -> str:
    """Return what can be typed for an option with a closed list."""
    return opsomming((waarde.value for waarde in lijst), "of")


def show(text: str, *, err: bool = False) -> None:
    """Print text of more lines, without characters that would command the terminal."""
    typer.echo("\n".join(map(printable, text.split("\n"))), err=err)
