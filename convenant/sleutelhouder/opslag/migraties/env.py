"""Alembic's entry."""

from convenant.pg.migreren import run_migrations
from convenant.sleutelhouder.opslag.tabellen import METADATA

run_migrations(METADATA)
