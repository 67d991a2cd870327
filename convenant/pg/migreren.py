"""Bringing a database to the newest schema of its service, as the owner of the tables."""

from importlib.resources import files
from pathlib import Path

from alembic import command, context
from alembic.config import Config
from sqlalchemy import MetaData, create_engine, pool
from sqlalchemy.exc import SQLAlchemyError

from convenant.web.errors import StartFout


def migrate(url: str, pakket: str, *, to: str = "head") -> None:
    """Upgrade to revision `to` of the folder `migraties` in this package.

    `url` is a SQLAlchemy URL of a role that owns the tables and may make roles.
    """
    command.upgrade(_config(url, pakket), to)


def migrate_down(url: str, pakket: str, *, to: str) -> None:
    """Downgrade to revision `to`; data of dropped tables is lost."""
    command.downgrade(_config(url, pakket), to)


def migrate_or_explain(url: str, pakket: str, *, instelling: str) -> None:
    """Like `migrate`, for an operator: raises StartFout, which names the setting that `url` came from."""
    try:
        migrate(url, pakket)
    except SQLAlchemyError as fout:
        # The cause is left out: it quotes the URL, which can hold a password.
        raise StartFout(
            f"De database is niet bijgewerkt ({type(fout).__name__}). Controleer {instelling}, of de "
            "database bereikbaar is, en of deze login eigenaar van de tabellen is."
        ) from None


def run_migrations(metadata: MetaData) -> None:
    """What the `env.py` of a service does: run over one connection, in one transaction."""
    url = context.config.get_main_option("sqlalchemy.url")
    if url is None:
        raise RuntimeError("migrations need a database url; use convenant.pg.migreren")
    engine = create_engine(url, poolclass=pool.NullPool)
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=metadata, compare_type=True)
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


def _config(url: str, pakket: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(str(files(pakket))) / "migraties"))
    # A percent sign in a password would be read as interpolation.
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config
