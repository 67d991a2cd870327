"""A register of an earlier version becomes one of this version, whatever happens on the way.

`register-v1.db` was written by the code of version 1, under the key below: signal 1 received, 2 withdrawn, 3 and 4
waiting in one batch, with their tokens of epoch 1.
"""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest

from client_sdk.errors import RegisterFout, RegisterVergrendeld
from client_sdk.persoon import Persoon
from client_sdk.register import Idempotentiesleutel, Register, SignaalStatus, Wachtreden
from client_sdk.register import migratie as module
from client_sdk.register.schema import SCHEMA_VERSION
from client_sdk.types import RegisterSleutel

SLEUTEL = RegisterSleutel(bytes(range(32)))
EEN, TWEE, DRIE, VIER = (UUID(int=n) for n in (1, 2, 3, 4))
JAN = Persoon(voornamen="Jan", voorvoegsel="", geslachtsnaam="Jansen", geboortedatum="2015-03-09")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "register.db"
    shutil.copy(Path(__file__).with_name("register-v1.db"), path)
    return path


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as raw:
        found: int = raw.execute("PRAGMA user_version").fetchone()[0]
    return found


def schema(path: Path) -> set[tuple[str, ...]]:
    with closing(sqlite3.connect(path)) as raw:
        rows = raw.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {tuple(map(str, row)) for row in rows}


def test_everything_is_still_there(path: Path) -> None:
    with Register.open(path, SLEUTEL) as register:
        signalen = {signaal.id: signaal for signaal in register.signalen()}
        persons = [register.persoon(signaal) for signaal in (EEN, TWEE, DRIE, VIER)]
        zending = register.zending(Idempotentiesleutel("zending-2"))
        cursor = register.notificatiecursor()

    assert {signaal.id: signaal.status for signaal in signalen.values()} == {
        EEN: SignaalStatus.ONTVANGEN,
        TWEE: SignaalStatus.INGETROKKEN,
        DRIE: SignaalStatus.WACHTEND,
        VIER: SignaalStatus.WACHTEND,
    }
    assert [signalen[s].epochen for s in (EEN, TWEE, DRIE)] == [(1,), (), (1,)]
    assert [signaal.clientnummer for signaal in signalen.values()] == [f"client-{n}" for n in range(1, 5)]
    assert persons == [JAN, None, JAN, JAN]
    assert [inzending.id for inzending in zending.inzendingen] == [DRIE, VIER]
    assert zending.inzendingen[0].tokensets[0].koppeltokens == tuple(f"token-3-{n}" for n in range(12))
    assert signalen[DRIE].wacht_op is Wachtreden.MATCHER
    assert cursor == "0000000007"


def test_it_is_like_a_new_register_afterwards(path: Path, tmp_path: Path) -> None:
    Register.open(path, SLEUTEL).close()
    Register.create(tmp_path / "nieuw.db", SLEUTEL, "eerste").close()

    assert version(path) == SCHEMA_VERSION
    assert schema(path) == schema(tmp_path / "nieuw.db")


def test_the_old_file_stays_beside_it_and_opens(path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()
    Register.open(path, SLEUTEL).close()
    copy = path.with_name("register.db.versie-1")

    assert version(copy) == 1
    assert copy.stat().st_mode & 0o777 == 0o600
    assert len(copy.read_bytes()) == len(before)
    with Register.open(copy, SLEUTEL) as register:
        assert len(register.signalen()) == 4


def test_a_second_time_nothing_happens(path: Path) -> None:
    Register.open(path, SLEUTEL).close()
    path.with_name("register.db.versie-1").unlink()
    Register.open(path, SLEUTEL).close()

    assert not path.with_name("register.db.versie-1").exists()


def test_who_has_no_key_changes_nothing(path: Path) -> None:
    with pytest.raises(RegisterVergrendeld):
        Register.open(path, RegisterSleutel(bytes(32)))

    assert version(path) == 1
    assert [file.name for file in path.parent.iterdir()] == ["register.db"]


@pytest.mark.parametrize("statement", range(len(module._BEFORE) + len(module._AFTER)))
def test_what_stops_half_way_leaves_version_one_whole(
    path: Path, monkeypatch: pytest.MonkeyPatch, statement: int
) -> None:
    statements = [*module._BEFORE, *module._AFTER]
    statements[statement] = "SELECT * FROM bestaat_niet"
    with monkeypatch.context() as patched:
        patched.setattr(module, "_BEFORE", tuple(statements[: len(module._BEFORE)]))
        patched.setattr(module, "_AFTER", tuple(statements[len(module._BEFORE) :]))
        with pytest.raises(RegisterFout):
            Register.open(path, SLEUTEL)
    assert version(path) == 1

    with Register.open(path, SLEUTEL) as register:
        assert len(register.signalen()) == 4


def test_without_room_for_a_copy_nothing_happens(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(connection: sqlite3.Connection, target: Path) -> None:
        raise RegisterFout("vol")

    monkeypatch.setattr("client_sdk.register.database.copy", full)
    with pytest.raises(RegisterFout, match="vol"):
        Register.open(path, SLEUTEL)

    assert version(path) == 1
    assert [file.name for file in path.parent.glob("*onvoltooid*")] == []


def test_numbers_go_on_where_they_were(path: Path) -> None:
    with Register.open(path, SLEUTEL) as register:
        rows = register._select("SELECT volgorde FROM signaal ORDER BY volgorde")

    assert [row["volgorde"] for row in rows] == [1, 2, 3, 4]


def test_one_of_version_two_gets_what_it_lacks(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.row_factory = sqlite3.Row
        module._to_2(raw)
        raw.execute("PRAGMA user_version = 2")

    with Register.open(path, SLEUTEL) as register:
        assert len(register.signalen()) == 4
        assert register.casusregistraties() == ()
    assert version(path) == SCHEMA_VERSION
    assert version(path.with_name("register.db.versie-2")) == 2
