"""Alembic's entry: run the migrations over one connection, in one transaction."""

from alembic import context
from sqlalchemy import create_engine, pool
from sqlmodel import SQLModel

from matcher.opslag import tabellen  # noqa: F401 - fills the metadata


def _run() -> None:
    url = context.config.get_main_option("sqlalchemy.url")
    if url is None:
        raise RuntimeError("migrations need a database url; use matcher.opslag.migreren")
    engine = create_engine(url, poolclass=pool.NullPool)
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=SQLModel.metadata, compare_type=True)
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


_run()
