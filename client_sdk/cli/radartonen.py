"""Casussen, the radar list and bevragingen, on the screen and as JSON."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

import typer
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from client_sdk.cli._gedeeld import local, moment_json
from client_sdk.cli.opvolgwoorden import CASUSTOESTAND, MELDING, day
from client_sdk.cli.waarde_json import value_json
from client_sdk.client.radar import Bevragingspartij, Radarregel
from client_sdk.client.termijnen import Termijn, Termijnstatus
from client_sdk.dienst import Clientbevraging, Clientcasus, Clientradar, Persoonsbeeld
from convenant.taal import meervoud
from convenant.terminal import printable

_UNREADABLE: Final = "onleesbaar (andere organisatiesleutel)"
_URGENT: Final = frozenset({Termijnstatus.NADERT, Termijnstatus.VERSTREKEN})


def print_casus(casus: Clientcasus) -> None:
    """Print a casus in a few lines."""
    inner = casus.casus
    acuut = ", ACUUT" if inner.acuut else ""
    typer.echo(f"{inner.id}  {CASUSTOESTAND[inner.toestand]}{acuut}")
    clients = ", ".join(casus.clientnummers) or "geen in dit register"
    for line in (
        f"uw casus: {casus.casusnummer or _UNREADABLE}",
        f"uw cliënten: {clients}",
        f"geopend op {local(inner.geopend_op)}, monitoring tot {day(inner.monitoring_tot)}",
        *([f"overgedragen aan: {inner.overgedragen_aan.naam}"] if inner.overgedragen_aan else []),
    ):
        typer.echo(f"  {printable(line)}")


def casus_json(casus: Clientcasus) -> dict[str, Any]:
    """Return a casus as JSON, with the own number and the own clients."""
    document: dict[str, Any] = value_json(casus.casus)
    return document | {"casusnummer": casus.casusnummer, "clientnummers": list(casus.clientnummers)}


def print_radar(regels: Sequence[Clientradar]) -> None:
    """Print the list as a table of at most 80 columns; nothing is cut off, a long number goes on below."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("casus", overflow="fold", min_width=12)
    table.add_column("nieuw", justify="right", no_wrap=True)
    table.add_column("part.", justify="right", no_wrap=True)
    table.add_column("sign.", justify="right", no_wrap=True)
    table.add_column("niveau", no_wrap=True, min_width=14)
    table.add_column("toestand", overflow="fold")
    table.add_column("termijn", no_wrap=True, min_width=12)
    for een in regels:
        table.add_row(*(escape(printable(cell)) for cell in _cells(een)))
    if regels:
        Console().print(table)
    typer.echo(f"{meervoud(len(regels), 'casus', 'casussen')}.")


def radar_json(een: Clientradar) -> dict[str, Any]:
    """Return a line of the list as JSON."""
    regel = een.regel
    document: dict[str, Any] = value_json(regel)
    return document | {
        "niveaus": {niveau.value: aantal for niveau, aantal in regel.niveaus},
        "casusnummer": een.casusnummer,
        "clientnummers": list(een.clientnummers),
    }


def print_bevraging(bevraging: Clientbevraging) -> None:
    """Print what there is on each person, under its place in what was entered: names do not come back."""
    for place, beeld in enumerate(bevraging.personen, 1):
        typer.echo(f"Persoon {place}")
        for line in _beeld_lines(beeld):
            typer.echo(f"  {printable(line)}")
    typer.echo(f"Gevraagd op {local(bevraging.bevraagd_op)}; dit staat in het logboek en verder nergens.")


def bevraging_json(bevraging: Clientbevraging) -> dict[str, Any]:
    """Return the answer to a bevraging as JSON."""
    return {
        "bevraagdOp": moment_json(bevraging.bevraagd_op),
        "personen": [
            {"partijen": value_json(beeld.partijen), "casussen": value_json(beeld.casussen)}
            for beeld in bevraging.personen
        ],
    }


def _cells(een: Clientradar) -> tuple[str, ...]:
    regel = een.regel
    casus = een.casusnummer or str(regel.casus.id)
    return (
        f"! {casus}" if regel.casus.acuut else casus,
        str(regel.nieuw),
        str(regel.partijen),
        str(regel.signalen),
        regel.niveaus[0][0].value if regel.niveaus else "-",
        CASUSTOESTAND[regel.casus.toestand],
        _first_term(regel),
    )


def _first_term(regel: Radarregel) -> str:
    if not regel.termijnen:
        return "-"
    first = min(regel.termijnen, key=_end)
    return f"{day(first.uiterlijk)}{' !' if first.status in _URGENT else ''}"


def _end(termijn: Termijn) -> date:
    return termijn.uiterlijk


def _beeld_lines(beeld: Persoonsbeeld) -> Iterator[str]:
    if not beeld.partijen and not beeld.casussen:
        yield "geen signalen en geen casussen van u"
    for vermelding in beeld.casussen:
        niveau = f"{vermelding.niveau.value}: " if vermelding.niveau else ""
        yield f"{niveau}uw casus {vermelding.casusnummer or vermelding.id}, {CASUSTOESTAND[vermelding.toestand]}"
        yield f"  een nieuwe melding is een {MELDING[vermelding.melding]}"
    for partij in beeld.partijen:
        yield from _party_lines(partij)


def _party_lines(partij: Bevragingspartij) -> Iterator[str]:
    naam = partij.organisatie.naam if partij.organisatie else "een organisatie (naam niet gedeeld)"
    yield f"{partij.niveau.value}: {naam}"
    if partij.contact:
        contact = partij.contact
        yield f"  contact: {', '.join(part for part in (contact.afdeling, contact.telefoon, contact.email) if part)}"
    if partij.signaalsoort:
        yield f"  signaal: {partij.signaalsoort}"
    if partij.ingediend_op:
        yield f"  ingediend op: {day(partij.ingediend_op)}"
    if partij.radarmelding:
        yield "  radarmelding: deze organisatie gaat zelf verder en vraagt geen actie"
    yield f"  u mag dit weten volgens artikel {partij.artikel}"
