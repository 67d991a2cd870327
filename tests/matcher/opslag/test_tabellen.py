"""The migrated schema equals the models, and the comparison notices when it does not."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Column, Integer, MetaData, NullPool, Table, create_engine

from matcher.opslag.tabellen import METADATA

if TYPE_CHECKING:
    from convenant.pg.ingebed import DatabaseUrls


def differences(urls: "DatabaseUrls", metadata: MetaData) -> list[Any]:
    engine = create_engine(urls.eigenaar, poolclass=NullPool)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        found: list[Any] = compare_metadata(context, metadata)
        return found


def copy_of_the_models() -> MetaData:
    metadata = MetaData()
    for model in tables():
        model.to_metadata(metadata)
    return metadata


def tables() -> list[Table]:
    return list(METADATA.sorted_tables)


def test_migrations_make_what_the_models_describe(database_urls: "DatabaseUrls") -> None:
    assert differences(database_urls, METADATA) == []


def _add_column(metadata: MetaData) -> None:
    metadata.tables["signaal"].append_column(Column("nieuw", Integer))


def _remove_column(metadata: MetaData) -> None:
    table = metadata.tables["idempotentie"]
    columns = [column._copy() for column in table.columns if column.name != "antwoord"]
    metadata.remove(table)
    Table("idempotentie", metadata, *columns)


def _remove_unique_index(metadata: MetaData) -> None:
    table = metadata.tables["matchlid"]
    table.indexes = {index for index in table.indexes if index.name != "ux_matchlid_signaal_actief"}


def _change_type(metadata: MetaData) -> None:
    metadata.tables["signaal"].c.referentie.type = Integer()


def _remove_table(metadata: MetaData) -> None:
    metadata.remove(metadata.tables["instelling"])


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        pytest.param(_add_column, "add_column", id="column added"),
        pytest.param(_remove_column, "remove_column", id="column removed"),
        pytest.param(_remove_unique_index, "remove_index", id="unique index lost"),
        pytest.param(_change_type, "modify_type", id="type changed"),
        pytest.param(_remove_table, "remove_table", id="table removed"),
    ],
)
def test_a_difference_is_noticed(database_urls: "DatabaseUrls", change: Callable[[MetaData], None], kind: str) -> None:
    metadata = copy_of_the_models()
    change(metadata)
    found = differences(database_urls, metadata)
    assert [entry[0][0] if isinstance(entry, list) else entry[0] for entry in found] == [kind]


def test_no_column_is_meant_for_a_person_or_a_reason() -> None:
    parts = {part for table in tables() for column in table.columns for part in column.name.split("_")}
    assert parts.isdisjoint({"voornaam", "voornamen", "geslachtsnaam", "geboortedatum", "bsn", "adres", "reden"})
