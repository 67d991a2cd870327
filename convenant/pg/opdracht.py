"""The edge of a service's command line: its settings, its database, and errors that an operator can read."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

import typer
from pydantic import ValidationError

from convenant.errors import ConvenantFout
from convenant.ondertekening import Ondertekend
from convenant.pg.ingebed import EmbeddedPostgres, Opzet
from convenant.pg.migreren import migrate_or_explain
from convenant.web.errors import StartFout
from convenant.web.instellingen import Dienstinstellingen

_I = TypeVar("_I", bound=Dienstinstellingen)


@contextmanager
def with_database(instellingen: _I, opzet: Opzet) -> Iterator[_I]:
    """The settings with the database filled in: the operator's own, or the embedded one for as long as this lasts."""
    if instellingen.database_url is not None:
        yield instellingen
        return
    with EmbeddedPostgres(instellingen.datamap) as postgres:
        yield instellingen.model_copy(update={"database_url": postgres.prepare(opzet).toepassing})


def migrate_as_owner(instellingen: Dienstinstellingen, opzet: Opzet) -> None:
    """Bring the database to the newest schema, as the owner of its tables. Raises StartFout."""
    instelling = f"{_prefix(instellingen)}MIGRATIE_URL"
    if instellingen.migratie_url is None:
        raise StartFout(f"Zet {instelling} op de database, met de login die eigenaar van de tabellen wordt.")
    migrate_or_explain(instellingen.migratie_url, opzet.pakket, instelling=instelling)


def taken_line(versie: Ondertekend) -> str:
    """What to tell an operator of a version that was taken in."""
    convenant, stand = versie.convenant, versie.stand
    aantal = len(stand.partijen)
    wie = "1 partij doet mee" if aantal == 1 else f"{aantal} partijen doen mee"
    return f"Convenant {convenant.id} versie {convenant.versie} is ingelezen: {stand.status.value}, {wie}."


@contextmanager
def readable_errors(prefix: str, *also: type[Exception]) -> Iterator[None]:
    """End the command with one sentence: exit code 2 for a setting that is wrong, 1 for the rest.

    `also` are errors that are no ConvenantFout.
    """
    expected: tuple[type[Exception], ...] = (ConvenantFout, *also)
    try:
        yield
    except ValidationError as fout:
        names = ", ".join(sorted(f"{prefix}{str(e['loc'][0]).upper()}" for e in fout.errors()))
        typer.echo(f"Deze instelling klopt niet: {names}.", err=True)
        raise typer.Exit(2) from fout
    except expected as fout:
        typer.echo(str(fout), err=True)
        raise typer.Exit(1) from fout


def _prefix(instellingen: Dienstinstellingen) -> str:
    return instellingen.model_config["env_prefix"]
