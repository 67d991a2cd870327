"""The command `koppelradar matcher`: start, migrate, describe, make keys."""

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated

import structlog
import typer
import uvicorn
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from matcher.app import create_app, create_versie_1
from matcher.errors import MatcherFout
from matcher.ingebed import EmbeddedPostgres
from matcher.instellingen import Instellingen, make_sleutels
from matcher.opslag.migreren import migrate

_GRACE_SECONDS = 5

app = typer.Typer(help="De matcher: vindt matches zonder te weten over wie het gaat.", no_args_is_help=True)


@app.command()
def start() -> None:
    """Start de matcher. Zonder KOPPELRADAR_DATABASE_URL draait hij op een ingebouwde PostgreSQL."""
    configure_logging()
    with _readable_errors():
        instellingen = Instellingen()
        if instellingen.database_url is not None:
            _serve(instellingen)
            return
        with EmbeddedPostgres(instellingen.datamap) as postgres:
            urls = postgres.prepare()
            _serve(instellingen.model_copy(update={"database_url": urls.toepassing}))


@app.command()
def migreer() -> None:
    """Breng de database naar het nieuwste schema, als eigenaar van de tabellen (KOPPELRADAR_MIGRATIE_URL)."""
    with _readable_errors():
        url = Instellingen().migratie_url
        if url is None:
            raise MatcherFout(
                "Zet KOPPELRADAR_MIGRATIE_URL op de database, met de login die eigenaar van de tabellen wordt."
            )
        _migrate(url)
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
        typer.echo(f"KOPPELRADAR_{name.upper()}={getattr(made, name)}")


def configure_logging() -> None:
    """One JSON object per line on standard error. Fields are chosen by us; nothing that was sent is among them."""
    logging.basicConfig(
        level=logging.WARNING, stream=sys.stderr, format='{"event": "%(name)s", "niveau": "%(levelname)s"}'
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def _serve(instellingen: Instellingen) -> None:
    config = uvicorn.Config(
        create_app(instellingen),
        host=instellingen.host,
        port=instellingen.port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE_SECONDS,
        proxy_headers=False,
    )
    server = uvicorn.Server(config)
    with suppress(SystemExit):  # uvicorn's way to end after a failed start
        server.run()
    if not server.started:
        raise MatcherFout(
            f"De matcher kon niet starten. Staat de reden niet hierboven? Controleer dan of poort {instellingen.port} "
            f"op {instellingen.host} vrij is."
        )


def _migrate(url: str) -> None:
    try:
        migrate(url)
    except SQLAlchemyError as fout:
        # The cause is left out: it quotes the URL, which can hold a password.
        raise MatcherFout(
            f"De database is niet bijgewerkt ({type(fout).__name__}). Controleer KOPPELRADAR_MIGRATIE_URL, of de "
            "database bereikbaar is, en of deze login eigenaar van de tabellen is."
        ) from None


@contextmanager
def _readable_errors() -> Iterator[None]:
    try:
        yield
    except ValidationError as fout:
        names = ", ".join(sorted(f"KOPPELRADAR_{str(e['loc'][0]).upper()}" for e in fout.errors()))
        typer.echo(f"Deze instelling klopt niet: {names}.", err=True)
        raise typer.Exit(2) from fout
    except MatcherFout as fout:
        typer.echo(str(fout), err=True)
        raise typer.Exit(1) from fout
