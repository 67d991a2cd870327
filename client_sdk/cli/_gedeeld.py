"""What all commands share: options, exit codes, and how an error becomes one Dutch sentence.

Exit codes: 0 it worked; 1 something was refused; 2 the command or the configuration is wrong; 3 the matcher or the
sleutelhouder does not serve us now, and what was submitted is kept in the register.
"""

import functools
import getpass
import json
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Final, ParamSpec, TypeVar

import typer
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from client_sdk.configuratie import load_configuratie
from client_sdk.dienst import Koppelradar
from client_sdk.errors import (
    BudgetOp,
    ConfiguratieFout,
    KoppelradarFout,
    MatcherOnbereikbaar,
    SleutelFout,
    SleutelhouderOnbereikbaar,
)
from convenant.kalender import NEDERLAND
from convenant.terminal import EXIT_GEBRUIK, EXIT_GEWEIGERD, printable, stop

EXIT_MATCHER_WEG: Final = 3
EXIT_CODES: Final = (
    "Afsluitcodes: 0 gelukt, 1 geweigerd, 2 verkeerd gebruik, 3 wacht op matcher of sleutelhouder (alles is bewaard)."
)
DEFAULT_CONFIGURATIE: Final = Path("koppelradar.toml")

_P = ParamSpec("_P")
_R = TypeVar("_R")

ConfiguratieOptie = Annotated[
    Path,
    typer.Option("--configuratie", "-c", envvar="KOPPELRADAR_CONFIGURATIE", help="Het bestand met uw instellingen."),
]
AccountOptie = Annotated[
    str | None,
    typer.Option(
        "--account",
        help="Het account van de medewerker; anders uw account op deze computer. "
        "De matcher krijgt alleen een pseudoniem.",
    ),
]
JsonOptie = Annotated[bool, typer.Option("--json", help="Uitvoer als JSON, voor andere programma's.")]


def with_clear_errors(command: Callable[_P, _R]) -> Callable[_P, _R]:
    """Print what the SDK raises as one sentence, without traceback, and end with the exit code that belongs to it."""

    @functools.wraps(command)
    def wrapper(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        try:
            return command(*args, **kwargs)
        except KoppelradarFout as error:
            stop(str(error), _exit_code(error))

    return wrapper


def open_dienst(configuratie: Path, account: str | None) -> Koppelradar:
    """Return the opened service; raises what `Koppelradar.open` raises."""
    return Koppelradar.open(load_configuratie(configuratie), account=account or _os_account())


def print_json(document: Any) -> None:
    """Print one JSON document on one line, so that a reader can follow a stream."""
    typer.echo(json.dumps(document, ensure_ascii=False))
    sys.stdout.flush()


def print_table(title: str, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    """Print a table; what stands in the cells is never read as markup or as a command to the terminal."""
    # An id must stay whole, to be copied; the rest may go on on the next line, but nothing is cut off.
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for place, column in enumerate(columns):
        table.add_column(column, no_wrap=place == 0, overflow="fold")
    for row in rows:
        table.add_row(*(escape(printable(cell)) for cell in row))
    Console().print(table)


def local(moment: datetime) -> str:
    """Return a moment as people in the Netherlands write it."""
    return f"{moment.astimezone(NEDERLAND):%d-%m-%Y %H:%M}"


def moment_json(moment: datetime) -> str:
    """Return a moment in UTC with Z, as the interface does."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _exit_code(error: KoppelradarFout) -> int:
    if isinstance(error, (MatcherOnbereikbaar, SleutelhouderOnbereikbaar, BudgetOp)):
        return EXIT_MATCHER_WEG
    if isinstance(error, (ConfiguratieFout, SleutelFout)):
        return EXIT_GEBRUIK
    return EXIT_GEWEIGERD


def _os_account() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError) as error:
        raise ConfiguratieFout("Uw account is onbekend. Geef het op met --account.") from error
