"""Where a bundle stands, on the screen and as JSON."""

from collections.abc import Iterator
from typing import Any

import typer

from convenant.model import Partij
from convenant.ondertekening import Ondertekend, Stand, Status, open_toetredingen
from convenant.terminal import printable
from convenant.types import Oin

_STATUS_WORDS = {
    Status.VOORGESTELD: "voorgesteld: nog niet in werking",
    Status.GELDIG: "geldig",
    Status.AFGEWEZEN: "afgewezen door een partij die nodig is",
    Status.OPGEZEGD: "opgezegd door een partij die nodig is",
    Status.VERLOPEN: "verlopen: de laatste dag is voorbij",
}


def print_verslag(ondertekend: Ondertekend) -> None:
    """Print which text it is, where it stands, and what each party said."""
    convenant, stand = ondertekend.convenant, ondertekend.stand
    typer.echo(f"{printable(convenant.naam)}, versie {convenant.versie}")
    typer.echo(f"  hash: {convenant.hash}")
    typer.echo(f"  status: {_STATUS_WORDS[stand.status]}")
    typer.echo("  partijen:")
    for partij in stand.geregistreerd:
        vereist = " (nodig)" if partij.vereist else ""
        typer.echo(f"    {partij.oin}  {printable(partij.naam)}{vereist}: {_words(stand, partij.oin)}")
    for line in _open_lines(ondertekend):
        typer.echo(line)


def verslag_json(ondertekend: Ondertekend) -> dict[str, Any]:
    """Return the same for other programs."""
    convenant, stand = ondertekend.convenant, ondertekend.stand
    return {
        "convenant": convenant.id,
        "versie": convenant.versie,
        "hash": convenant.hash,
        "status": stand.status.value,
        "verzegeld": ondertekend.bundel.slot is not None,
        "partijen": [_partij_json(stand, partij) for partij in stand.geregistreerd],
        "openToetredingen": [
            {"oin": verklaring.oin, "toetreding": verklaring.hash}
            for verklaring in open_toetredingen(convenant, ondertekend.verklaringen)
        ],
    }


def _partij_json(stand: Stand, partij: Partij) -> dict[str, Any]:
    return {
        "oin": partij.oin,
        "naam": partij.naam,
        "vereist": partij.vereist,
        "woord": _word(stand, partij.oin),
        "geschorst": partij.oin in stand.geschorst,
        "doetMee": partij in stand.partijen,
    }


def _word(stand: Stand, oin: Oin) -> str:
    groups = {"aanvaard": stand.aanvaard, "afgewezen": stand.afgewezen, "opgezegd": stand.opgezegd}
    return next((woord for woord, oins in groups.items() if oin in oins), "geen")


def _words(stand: Stand, oin: Oin) -> str:
    woord = _word(stand, oin)
    said = "heeft nog niet getekend" if woord == "geen" else woord
    return f"{said}, geschorst" if oin in stand.geschorst else said


def _open_lines(ondertekend: Ondertekend) -> Iterator[str]:
    asked = open_toetredingen(ondertekend.convenant, ondertekend.verklaringen)
    if asked:
        yield "  vraagt toe te treden (de convenanthouder moet nog toelaten):"
    for verklaring in asked:
        naam = printable(verklaring.partij.naam) if verklaring.partij else ""
        yield f"    {verklaring.oin}  {naam}: {verklaring.hash}"
