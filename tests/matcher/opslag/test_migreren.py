from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import NullPool, create_engine, text
from sqlalchemy.exc import ProgrammingError

from convenant.pg.migreren import migrate, migrate_down
from matcher import opslag
from matcher.opslag.opzet import OPZET, PAKKET

if TYPE_CHECKING:
    from convenant.pg.ingebed import EmbeddedPostgres

INSERT = text("INSERT INTO convenant VALUES ('nhn-2026', 1, 'sha256:00', '{}', now())")


@pytest.fixture
def url(postgres: "EmbeddedPostgres") -> str:
    naam = f"leeg_{uuid4().hex}"
    postgres.create_database(naam)
    return postgres.urls(OPZET, naam).eigenaar


def tables(url: str) -> set[str]:
    return set(rows(url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))


def rows(url: str, statement: str) -> Iterator[str]:
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        yield from connection.execute(text(statement)).scalars().all()


def fill(url: str) -> None:
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(INSERT)
        connection.execute(text("INSERT INTO logboek_blad (blad) VALUES ('\\x01')"))


def test_up_down_and_up_again_with_data_in_it(url: str) -> None:
    migrate(url, PAKKET)
    made = tables(url)
    fill(url)
    migrate_down(url, PAKKET, to="base")
    assert tables(url) == {"alembic_version"}
    assert list(rows(url, "SELECT 1::text FROM pg_proc WHERE proname = 'logboek_alleen_toevoegen'")) == []
    migrate(url, PAKKET)
    assert tables(url) == made
    fill(url)


def test_migrating_twice_changes_nothing(url: str) -> None:
    migrate(url, PAKKET)
    fill(url)
    migrate(url, PAKKET)
    assert list(rows(url, "SELECT id FROM convenant")) == ["nhn-2026"]


def test_every_migration_has_one_successor_at_most() -> None:
    script = ScriptDirectory(str(Path(opslag.__file__ or "").parent / "migraties"))
    assert len(script.get_heads()) == 1


_BEFORE = """
    INSERT INTO signaal (id, convenant, convenantversie, epoche, organisatie, signaalsoort, profiel, medewerker, status,
        ingediend_op, verloopt_op, referentie)
    SELECT ('00000000-0000-0000-0000-00000000000' || n)::uuid, 'nhn-2026', 1, 3, '0000009900000000' || n || '000',
        'zorg', 'nl-1', '', 'actief', '2026-05-31 22:30+00', '2027-06-01', ''
    FROM generate_series(1, 2) AS n;
    INSERT INTO koppelindex (token_hash, slot, signaal_id) SELECT 'hash', 0, id FROM signaal;
    INSERT INTO "match" (id, convenant, niveau, ontstaan_op) VALUES (gen_random_uuid(), 'nhn-2026', 'zeker', now());
    INSERT INTO matchlid (match_id, signaal_id, toegetreden_op)
        SELECT "match".id, signaal.id, now() FROM "match", signaal;
    INSERT INTO notificatie (gebeurtenis_id, ontvanger, soort, match_id, inhoud, ontstaan_op)
        SELECT gen_random_uuid(), '00000099000000001000', 'match-ontstaan', id, '{}', now() FROM "match";
"""


def test_what_was_stored_before_pairs_and_epochs_keeps_its_meaning(url: str) -> None:
    migrate(url, PAKKET, to="0001")
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text(_BEFORE))
    migrate(url, PAKKET)
    assert list(rows(url, "SELECT DISTINCT epoche::text FROM koppelindex")) == ["3"]
    assert list(rows(url, "SELECT (bekend_als = match_id)::text FROM matchlid")) == ["true", "true"]
    assert list(rows(url, 'SELECT count(*)::text FROM notificatie JOIN "match" ON onderwerp = "match".id')) == ["1"]
    # In the Netherlands it was June already.
    assert list(rows(url, "SELECT maand || ' ' || signalen FROM telling")) == ["2026-06-01 1", "2026-06-01 1"]
    migrate_down(url, PAKKET, to="0001")
    assert list(rows(url, 'SELECT niveau FROM "match"')) == ["zeker"]
    assert list(rows(url, "SELECT count(*)::text FROM koppelindex")) == ["2"]


_TELLING = """
    INSERT INTO telling (convenant, organisatie, maand, signalen)
    VALUES ('nhn-2026', '00000099000000001000', '2026-05-01', 3)
"""
_VERKLARING = """
    INSERT INTO verklaring (convenant, versie, vingerafdruk, tekst, ontvangen_op)
    VALUES ('nhn-2026', 1, 'x', 'jws', now())
"""
_RIGHTS = """
    SELECT has_table_privilege('koppelradar_toepassing', 'convenant', recht)::text
    FROM unnest(ARRAY['INSERT', 'UPDATE', 'DELETE']) AS recht
"""
_GUARDS = """
    SELECT tgname::text FROM pg_trigger
    WHERE tgrelid = 'convenant'::regclass AND NOT tgisinternal ORDER BY tgname
"""


def execute(url: str, *statements: str) -> None:
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def test_convenanten_and_counts_live_through_the_coming_and_going_of_statements(url: str) -> None:
    migrate(url, PAKKET, to="0002")
    before = tables(url)
    execute(url, INSERT.text, _TELLING)
    for _ in range(2):
        migrate(url, PAKKET, to="0003")
        assert tables(url) == before | {"verklaring"}
        assert list(rows(url, _GUARDS)) == ["convenant_rij", "convenant_tabel"]
        assert list(rows(url, _RIGHTS)) == ["true", "false", "false"]
        counted = "SELECT concat_ws(' ', signalen, nieuwe_signalen, mogelijke_matches) FROM telling"
        assert list(rows(url, counted)) == ["3 0 0"]
        execute(url, _VERKLARING)
        with pytest.raises(ProgrammingError, match="can only be added"):
            execute(url, "DELETE FROM convenant")
        migrate_down(url, PAKKET, to="0002")
        assert tables(url) == before
        assert list(rows(url, _GUARDS)) == []
        assert list(rows(url, _RIGHTS)) == ["true", "true", "true"]
        assert list(rows(url, "SELECT id FROM convenant")) == ["nhn-2026"]
        assert list(rows(url, "SELECT signalen::text FROM telling")) == ["3"]
        assert list(rows(url, "SELECT 1::text FROM pg_proc WHERE proname = 'convenant_alleen_toevoegen'")) == []
    execute(url, "DELETE FROM convenant")
