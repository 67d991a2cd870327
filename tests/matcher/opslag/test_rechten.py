"""Access log, convenanten and statements can only be added to: tried as the application's role, and as the owner."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError, ProgrammingError

Sql = Callable[..., list[Any]]

ADD = "INSERT INTO logboek_blad (blad) VALUES ('\\x01') RETURNING id"
ADD_CONTENT = "INSERT INTO logboek_inhoud VALUES (1, '\\x00', 'x')"


@pytest.fixture
def filled(sql: Sql) -> Sql:
    [(number,)] = sql(ADD, als="toepassing")
    sql(ADD_CONTENT, als="toepassing")
    assert number == 1
    return sql


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE logboek_blad SET blad = '\\x02'",
        "UPDATE logboek_blad SET blad = blad WHERE false",
        "DELETE FROM logboek_blad",
        "TRUNCATE logboek_blad",
        "UPDATE logboek_inhoud SET inhoud = 'y'",
        "DELETE FROM logboek_inhoud",
        "TRUNCATE logboek_inhoud",
        "DROP TRIGGER logboek_blad_rij ON logboek_blad",
        "ALTER TABLE logboek_blad DISABLE TRIGGER ALL",
        "ALTER TABLE logboek_blad DROP COLUMN blad",
        "ALTER TABLE logboek_blad OWNER TO koppelradar_matcher",
        "DROP TABLE logboek_blad",
        "DROP FUNCTION logboek_alleen_toevoegen() CASCADE",
        "CREATE OR REPLACE FUNCTION logboek_alleen_toevoegen() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END'",
        "CREATE RULE stil AS ON INSERT TO logboek_blad DO INSTEAD NOTHING",
        "CREATE TABLE eigen (id int)",
        "SET session_replication_role = replica",
        "SET ROLE postgres",
        "SELECT setval('logboek_blad_id_seq', 1)",
        "UPDATE alembic_version SET version_num = 'x'",
    ],
)
def test_the_application_is_refused(filled: Sql, statement: str) -> None:
    with pytest.raises(ProgrammingError, match=r"InsufficientPrivilege|must be owner"):
        filled(statement, als="toepassing")
    assert [tuple(row) for row in filled("SELECT id, blad FROM logboek_blad")] == [(1, b"\x01")]


def test_the_application_cannot_give_itself_rights(filled: Sql) -> None:
    # PostgreSQL answers with a warning and grants nothing.
    filled("GRANT UPDATE ON logboek_blad TO koppelradar_matcher", als="toepassing")
    assert not filled("SELECT has_table_privilege('logboek_blad', 'UPDATE')", als="toepassing")[0][0]


def test_the_refusal_of_the_application_is_about_rights_and_not_about_data(filled: Sql) -> None:
    """A REVOKE that is missing would show here, also when the trigger stops the statement."""
    [rights] = filled(
        "SELECT has_table_privilege('logboek_blad', 'UPDATE'), has_table_privilege('logboek_blad', 'DELETE'),"
        " has_table_privilege('logboek_blad', 'TRUNCATE'), has_table_privilege('logboek_inhoud', 'UPDATE'),"
        " has_table_privilege('logboek_inhoud', 'DELETE'), has_table_privilege('logboek_inhoud', 'TRUNCATE')",
        als="toepassing",
    )
    assert not any(rights)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE logboek_blad SET blad = '\\x02'", "DELETE FROM logboek_blad", "TRUNCATE logboek_blad"],
)
def test_the_trigger_stops_even_the_owner(filled: Sql, statement: str) -> None:
    with pytest.raises(ProgrammingError, match="only be added to"):
        filled(statement)
    assert [tuple(row) for row in filled("SELECT id, blad FROM logboek_blad")] == [(1, b"\x01")]


def test_entries_can_be_erased_by_the_owner_while_leaves_stay(filled: Sql) -> None:
    filled("DELETE FROM logboek_inhoud")
    assert len(filled("SELECT 1 FROM logboek_blad")) == 1


@pytest.mark.parametrize("als", ["toepassing", "eigenaar"])
def test_leaves_can_be_added(filled: Sql, als: str) -> None:
    assert [tuple(row) for row in filled(ADD, als=als)] == [(2,)]


KEEP = "INSERT INTO convenant VALUES ('nhn-2026', 1, 'sha256:00', '{}', now())"
STATE = (
    "INSERT INTO verklaring (convenant, versie, vingerafdruk, tekst, ontvangen_op) "
    "VALUES ('nhn-2026', 1, '\\x01', 'jws', now())"
)
_TABLES = ("convenant", "verklaring")


@pytest.fixture
def signed(sql: Sql) -> Sql:
    for statement in (KEEP, STATE):
        sql(statement, als="toepassing")
    return sql


def is_whole(sql: Sql) -> bool:
    kept = [tuple(row) for row in sql("SELECT id, versie, hash, inhoud FROM convenant")]
    stated = [tuple(row) for row in sql("SELECT convenant, versie, vingerafdruk, tekst FROM verklaring")]
    return (kept, stated) == ([("nhn-2026", 1, "sha256:00", {})], [("nhn-2026", 1, b"\x01", "jws")])


@pytest.mark.parametrize("table", _TABLES)
def test_of_what_was_signed_the_application_takes_nothing_back(signed: Sql, table: str) -> None:
    refused = [
        f"UPDATE {table} SET versie = 2",  # noqa: S608
        f"UPDATE {table} SET versie = versie WHERE false",  # noqa: S608
        f"DELETE FROM {table}",  # noqa: S608
        f"TRUNCATE {table}",
        f"DROP TABLE {table}",
        f"DROP TRIGGER {table}_rij ON {table}",
        f"ALTER TABLE {table} DISABLE TRIGGER ALL",
        f"CREATE RULE stil AS ON INSERT TO {table} DO INSTEAD NOTHING",
        "DROP FUNCTION convenant_alleen_toevoegen() CASCADE",
    ]
    for statement in refused:
        with pytest.raises(ProgrammingError, match=r"InsufficientPrivilege|must be owner"):
            signed(statement, als="toepassing")
    for right in ("UPDATE", "DELETE", "TRUNCATE"):
        assert not signed("SELECT has_table_privilege(:t, :r)", als="toepassing", t=table, r=right)[0][0]
    assert is_whole(signed)


@pytest.mark.parametrize("table", _TABLES)
def test_of_what_was_signed_even_the_owner_takes_nothing_back(signed: Sql, table: str) -> None:
    for statement in (f"UPDATE {table} SET versie = 2", f"DELETE FROM {table}", f"TRUNCATE {table}"):  # noqa: S608
        with pytest.raises(ProgrammingError, match="can only be added"):
            signed(statement)
    assert is_whole(signed)


def test_a_statement_is_stored_once(signed: Sql) -> None:
    with pytest.raises(IntegrityError):
        signed(STATE, als="toepassing")
    assert is_whole(signed)
