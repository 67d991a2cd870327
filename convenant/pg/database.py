"""The way to PostgreSQL: transactions that say clearly when the database is away, and fast bulk inserts."""

import select
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import cache
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo
from psycopg.types.json import Jsonb
from sqlalchemy import Table, TextClause, event, make_url, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import DisconnectionError, InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlmodel import SQLModel

from convenant.web.errors import TijdelijkNietBeschikbaar

_AWAY = "De database is even niet bereikbaar. Stuur hetzelfde verzoek straks opnieuw; er is niets half opgeslagen."
_DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]
_STATEMENT_TIMEOUT = "30s"
_LOCK_TIMEOUT = "20s"
_TELL = text("SELECT pg_notify(:kanaal, :tekst)")
# Nothing is sent on a connection that listens: it has to find out by itself that the other side is gone.
_LISTENING: Mapping[str, int] = {
    "connect_timeout": 5,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
}
_FEW = 64


class Database:
    """A pool of connections of one role to one database."""

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        options = f"-c statement_timeout={_STATEMENT_TIMEOUT} -c lock_timeout={_LOCK_TIMEOUT} -c timezone=UTC"
        self._url = url
        self._engine = create_async_engine(
            url,
            pool_size=pool_size,
            max_overflow=pool_size,
            pool_timeout=10,
            connect_args={"options": options, "connect_timeout": 5},
        )
        event.listen(self._engine.sync_engine, "checkout", _require_open)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """One transaction at READ COMMITTED: committed when the block ends, undone when it raises.

        Raises TijdelijkNietBeschikbaar when the database is away, full of waiters, or gave up on a lock. After a
        failing commit it is unknown whether it took place; idempotency keys make repeating safe.
        """
        try:
            async with self._engine.begin() as connection:
                yield connection
        except (OperationalError, InterfaceError, PoolTimeoutError) as fout:
            raise TijdelijkNietBeschikbaar(_AWAY) from fout
        except InternalError as fout:
            # Read-only: a standby that has not been promoted yet.
            if isinstance(fout.orig, psycopg.errors.ReadOnlySqlTransaction):
                raise TijdelijkNietBeschikbaar(_AWAY) from fout
            raise

    async def listen(self, kanaal: str, hear: Callable[[str], None]) -> None:
        """Hand over what is told on this channel, on a connection of its own, for as long as that lasts.

        Raises TijdelijkNietBeschikbaar when the connection does not come about, or ends.
        """
        url = make_url(self._url).set(drivername="postgresql").render_as_string(hide_password=False)
        try:
            connection = await psycopg.AsyncConnection.connect(make_conninfo(url, **_LISTENING), autocommit=True)
            async with connection:
                await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(kanaal)))
                async for notify in connection.notifies():
                    hear(notify.payload)
        except psycopg.OperationalError as fout:
            raise TijdelijkNietBeschikbaar(_AWAY) from fout
        raise TijdelijkNietBeschikbaar(_AWAY)

    async def tell(self, kanaal: str, texts: Sequence[str]) -> None:
        """Tell whoever listens on this channel, each text at most 8000 bytes. Raises TijdelijkNietBeschikbaar."""
        async with self.transaction() as connection:
            await connection.execute(_TELL, [{"kanaal": kanaal, "tekst": tekst} for tekst in texts])

    async def ping(self) -> None:
        """Return when the database answers. Raises TijdelijkNietBeschikbaar."""
        async with self.transaction() as connection:
            await connection.execute(text("SELECT 1"))

    async def close(self) -> None:
        """Close every connection."""
        await self._engine.dispose()


def table_of(model: type[SQLModel]) -> Table:
    """The SQLAlchemy table behind a model."""
    table: Table = model.__table__  # type: ignore[attr-defined]
    return table


def _require_open(connection: Any, _record: object, _proxy: object) -> None:
    """Let the pool make another connection when the server closed this one while nobody used it.

    Looks whether there is something to read, which on an idle connection is the end. Asking the server, as `pre_ping`
    does, would be a round trip for every transaction.
    """
    driver = connection.driver_connection
    if driver.closed or _is_readable(driver.fileno()):
        raise DisconnectionError


def _is_readable(descriptor: int) -> bool:
    """Whether there is something to read, or an end, at this moment."""
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(0))


async def add_all(connection: AsyncConnection, model: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert the rows, which all have the same columns.

    Many with COPY, which is three times as fast here as arrays of values; a few in one statement, because COPY takes
    three round trips.
    """
    if not rows:
        return
    columns = tuple(rows[0])
    if len(rows) <= _FEW:
        await connection.execute(_insert(model, columns, ""), _arrays(rows, columns))
    else:
        await _copy(connection, model, columns, rows)


async def _copy(
    connection: AsyncConnection, model: type[SQLModel], columns: tuple[str, ...], rows: Sequence[Mapping[str, Any]]
) -> None:
    table = table_of(model)
    raw = await connection.get_raw_connection()
    driver: Any = raw.driver_connection
    statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT BINARY)").format(
        sql.Identifier(table.name), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    try:
        async with driver.cursor() as cursor, cursor.copy(statement) as copy:
            copy.set_types([_copy_type(table, name) for name in columns])
            for row in rows:
                await copy.write_row([_driver_value(row[name]) for name in columns])
    except psycopg.OperationalError as fout:
        # The driver is used here without SQLAlchemy around it, which would have told its kinds of errors apart.
        raise TijdelijkNietBeschikbaar(_AWAY) from fout


async def add_missing(
    connection: AsyncConnection, model: type[SQLModel], rows: Sequence[Mapping[str, Any]], *, key: str
) -> set[Any]:
    """Like `add_all`, but leaves rows alone whose key exists; the keys that were really added.

    Waits for a concurrent transaction that is inserting the same key.
    """
    columns = tuple(rows[0])
    statement = _insert(model, columns, f" ON CONFLICT ({key}) DO NOTHING RETURNING {key}")
    result = await connection.execute(statement, _arrays(rows, columns))
    return set(result.scalars())


@cache
def _copy_type(table: Table, column: str) -> str:
    return str(table.c[column].type.compile(dialect=_DIALECT)).partition("(")[0].lower()


def _driver_value(value: object) -> object:
    return Jsonb(value) if isinstance(value, dict) else value


@cache
def _insert(model: type[SQLModel], columns: tuple[str, ...], tail: str) -> TextClause:
    table = table_of(model)
    # bigserial and the like do not occur: only the types of real columns are named here, never input.
    types = (table.c[name].type.compile(dialect=_DIALECT) for name in columns)
    arrays = ", ".join(f"CAST(:{name} AS {kind}[])" for name, kind in zip(columns, types, strict=True))
    names = ", ".join(columns)
    return text(f'INSERT INTO "{table.name}" ({names}) SELECT * FROM unnest({arrays}){tail}')  # noqa: S608


def _arrays(rows: Sequence[Mapping[str, Any]], columns: tuple[str, ...]) -> dict[str, list[Any]]:
    return {name: [_driver_value(row[name]) for row in rows] for name in columns}
