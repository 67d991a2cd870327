"""What says who asked, approved or signed can only be added to: tried as the application's role, and as the owner."""

from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import ProgrammingError

if TYPE_CHECKING:
    from tests.conftest import Sql

FILL = (
    "INSERT INTO logboek (op, handeling, uitkomst, convenant, aantallen) VALUES (now(), 'x', 'y', 'c', '{}')",
    "INSERT INTO alarm (convenant, organisatie, code, maand, stap, gevraagd, uit_venster, ingediend, op) "
    "VALUES ('c', 'o', 'zeker', '2026-05-01', 1, 9, 0, 0, now())",
    "INSERT INTO venster (id, convenant, organisatie, punten, aangevraagd_op) "
    "VALUES ('11111111-2222-4333-8444-555555555555', 'c', 'o', 5, now())",
    "INSERT INTO goedkeuring VALUES ('11111111-2222-4333-8444-555555555555', 'anna', 'jws', now())",
    "INSERT INTO convenant VALUES ('nhn-2026', 1, 'sha256:00', '{}', now())",
    "INSERT INTO verklaring (convenant, versie, vingerafdruk, tekst, ontvangen_op) "
    "VALUES ('nhn-2026', 1, '\\x01', 'jws', now())",
)
MOMENT = {"logboek": "op", "alarm": "op", "goedkeuring": "op", "convenant": "geladen_op", "verklaring": "ontvangen_op"}
GUARDED = tuple(MOMENT)


@pytest.fixture
def filled(sql: "Sql") -> "Sql":
    for statement in FILL:
        sql(statement, als="toepassing")
    return sql


def test_the_application_can_add_and_do_nothing_else(filled: "Sql") -> None:
    """One test over all statements, because each needs the same filled database."""
    refused = [
        *(f"UPDATE {name} SET {moment} = now()" for name, moment in MOMENT.items()),  # noqa: S608
        *(f"DELETE FROM {name}" for name in GUARDED),  # noqa: S608
        *(f"TRUNCATE {name}" for name in GUARDED),
        *(f"DROP TABLE {name}" for name in GUARDED),
        *(f"ALTER TABLE {name} DISABLE TRIGGER ALL" for name in GUARDED),
        "DROP FUNCTION alleen_toevoegen() CASCADE",
        "CREATE RULE stil AS ON INSERT TO logboek DO INSTEAD NOTHING",
        "SET session_replication_role = replica",
        "SET ROLE postgres",
        "UPDATE alembic_version SET version_num = 'x'",
        "UPDATE oprf_sleutel SET publiek = '\\x00'",
        "UPDATE oprf_sleutel SET epoche = 9",
        "DELETE FROM oprf_sleutel",
        "UPDATE venster SET punten = 1000000",
        "DELETE FROM venster",
        "DELETE FROM vensterverbruik",
        "DELETE FROM verbruik",
        "UPDATE convenant SET inhoud = '{}'",
    ]
    for statement in refused:
        with pytest.raises(ProgrammingError, match=r"InsufficientPrivilege|must be owner"):
            filled(statement, als="toepassing")
    assert [filled(f"SELECT count(*)::int FROM {name}") for name in GUARDED] == [[(1,)]] * len(GUARDED)  # noqa: S608


@pytest.mark.parametrize("table", GUARDED)
def test_the_trigger_stops_even_the_owner(filled: "Sql", table: str) -> None:
    for statement in (
        f"UPDATE {table} SET {MOMENT[table]} = now()",  # noqa: S608
        f"DELETE FROM {table}",  # noqa: S608
        f"TRUNCATE {table}",
    ):
        with pytest.raises(ProgrammingError, match="only be added to"):
            filled(statement)
    assert filled(f"SELECT count(*)::int FROM {table}") == [(1,)]  # noqa: S608
