"""Bringing the database to the newest schema, as the owner of the tables."""

from importlib.resources import files
from pathlib import Path

from alembic import command
from alembic.config import Config

TOEPASSING_ROL = "koppelradar_toepassing"
"""The group role that may do what the matcher needs and cannot change the access log."""


def migrate(url: str, *, to: str = "head") -> None:
    """Upgrade to revision `to`. `url` is a SQLAlchemy URL of a role that owns the tables and may make roles."""
    command.upgrade(_config(url), to)


def migrate_down(url: str, *, to: str) -> None:
    """Downgrade to revision `to`; data of dropped tables is lost."""
    command.downgrade(_config(url), to)


def _config(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(str(files("matcher.opslag"))) / "migraties"))
    # A percent sign in a password would be read as interpolation.
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config
