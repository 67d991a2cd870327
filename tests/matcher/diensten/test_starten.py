"""What keeps the matcher from starting."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from convenant.laden import document_from_yaml, dump_yaml, load_convenant
from convenant.pg.database import Database
from convenant.types import Omgeving
from convenant.web.errors import StartFout, TijdelijkNietBeschikbaar
from matcher.diensten.starten import open_database
from matcher.domein.pepper import Pepper
from matcher.opslag.opzet import OPZET

if TYPE_CHECKING:
    from convenant.pg.ingebed import DatabaseUrls, EmbeddedPostgres

PEPPER = Pepper((b"p" * 32,))
OP = datetime(2026, 5, 12, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path, convenant_text: str) -> Path:
    (tmp_path / "nhn.yaml").write_text(convenant_text, encoding="utf-8")
    return tmp_path


async def start(database: Database, folder: Path, *, pepper: Pepper = PEPPER) -> dict[str, int]:
    found = await open_database(database, folder, pepper=pepper, omgeving=Omgeving.PROEF, op=OP)
    return {str(id_): convenant.versie for id_, convenant in found.items()}


def rewrite(folder: Path, **changes: Any) -> None:
    path = folder / "nhn.yaml"
    document = document_from_yaml(path.read_text(encoding="utf-8"), bron="test")
    path.write_text(dump_yaml(document | changes), encoding="utf-8")


async def test_starting_again_is_fine(database: Database, folder: Path) -> None:
    assert await start(database, folder) == await start(database, folder) == {"nhn-2026": 1}


@pytest.mark.parametrize(
    ("other", "reden"),
    [((b"q" * 32,), "andere pepper"), ((b"p" * 32, b"q" * 32), "een rotatie is afgebroken")],
    ids=["another", "one more"],
)
async def test_another_pepper_is_refused(
    database: Database, folder: Path, other: tuple[bytes, ...], reden: str
) -> None:
    await start(database, folder)
    with pytest.raises(StartFout, match=reden):
        await start(database, folder, pepper=Pepper(other))
    assert await start(database, folder)


async def test_every_bad_convenant_is_reported_at_once(database: Database, folder: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (folder / name).write_text("naam: x", encoding="utf-8")
    with pytest.raises(StartFout) as caught:
        await start(database, folder)
    assert {"a.yaml", "b.yaml"} <= {word.strip(":") for word in str(caught.value).split()}


async def test_a_changed_convenant_needs_a_new_version(database: Database, folder: Path) -> None:
    await start(database, folder)
    first = load_convenant(folder / "nhn.yaml").hash
    rewrite(folder, naam="Een andere naam")
    with pytest.raises(StartFout, match="nieuw versienummer"):
        await start(database, folder)
    rewrite(folder, versie=2, opvolging={"versie": 1, "hash": first, "lopendeSignalen": "nieuwe-regels"})
    assert await start(database, folder) == {"nhn-2026": 2}


async def test_a_convenant_that_left_the_folder_stays_known(database: Database, folder: Path) -> None:
    await start(database, folder)
    rewrite(folder, convenant="elders-2026")
    assert await start(database, folder) == {"nhn-2026": 1, "elders-2026": 1}


async def test_a_role_that_can_change_the_log_is_refused(database_urls: "DatabaseUrls", folder: Path) -> None:
    owner = Database(database_urls.eigenaar)
    with pytest.raises(StartFout, match="koppelradar_toepassing"):
        await start(owner, folder)
    await owner.close()


async def test_the_application_with_one_right_too_many_is_refused(
    database: Database, folder: Path, sql: Callable[..., list[Any]]
) -> None:
    sql("GRANT DELETE ON logboek_blad TO koppelradar_toepassing")
    with pytest.raises(StartFout, match="koppelradar_toepassing"):
        await start(database, folder)


async def test_a_database_without_tables_says_to_migrate(postgres: "EmbeddedPostgres", folder: Path) -> None:
    naam = f"leeg_{uuid4().hex}"
    postgres.create_database(naam)
    empty = Database(postgres.urls(OPZET, naam).toepassing)
    with pytest.raises(StartFout, match="koppelradar matcher migreer"):
        await start(empty, folder)
    await empty.close()


async def test_a_convenant_for_another_environment_is_refused(database: Database, folder: Path) -> None:
    with pytest.raises(StartFout, match="voor omgeving proef, deze dienst draait als productie"):
        await open_database(database, folder, pepper=PEPPER, omgeving=Omgeving.PRODUCTIE, op=OP)


async def test_a_folder_without_convenanten_is_refused(database: Database, tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nergens"):
        with pytest.raises(StartFout, match="KOPPELRADAR_CONVENANTEN"):
            await start(database, folder)


@pytest.mark.parametrize("content", [b"convenant: nhn-2026\n", b"\xff\xfe"], ids=["incomplete", "not utf-8"])
async def test_a_broken_convenant_is_refused_by_name(database: Database, folder: Path, content: bytes) -> None:
    (folder / "stuk.yaml").write_bytes(content)
    with pytest.raises(StartFout, match=r"stuk\.yaml"):
        await start(database, folder)


async def test_a_database_that_is_away_is_no_mistake_of_the_settings(folder: Path) -> None:
    away = Database("postgresql+psycopg://x@127.0.0.1:1/niets")
    with pytest.raises(TijdelijkNietBeschikbaar):
        await start(away, folder)
    await away.close()
