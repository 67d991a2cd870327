"""What keeps the matcher from starting."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from convenant.laden import document_from_yaml, dump_yaml
from convenant.pg.database import Database
from convenant.pg.migreren import migrate
from convenant.types import Omgeving
from convenant.web.errors import StartFout, TijdelijkNietBeschikbaar
from matcher.diensten.starten import open_database
from matcher.domein.pepper import Pepper
from matcher.opslag.opzet import OPZET, PAKKET

if TYPE_CHECKING:
    from convenant.pg.ingebed import DatabaseUrls, EmbeddedPostgres
    from tests.conftest import Partijen

PEPPER = Pepper((b"p" * 32,))
OP = datetime(2026, 5, 12, tzinfo=UTC)


@pytest.fixture
def database_urls(eigen_database_urls: "DatabaseUrls") -> "DatabaseUrls":
    """Some of these tests change rights or tables."""
    return eigen_database_urls


def op() -> datetime:
    return OP


@pytest.fixture
def folder(tmp_path: Path, convenant_text: str, partijen: "Partijen") -> Path:
    (tmp_path / "nhn.bundel.json").write_text(partijen.signed(convenant_text, OP), encoding="utf-8")
    return tmp_path


async def start(database: Database, folder: Path, *, pepper: Pepper = PEPPER) -> dict[str, int]:
    lijst = await open_database(database, folder, pepper=pepper, omgeving=Omgeving.PROEF, klok=op)
    return {str(id_): convenant.versie for id_, convenant in lijst.geldend.items()}


def rewrite(folder: Path, partijen: "Partijen", text: str) -> None:
    (folder / "nhn.bundel.json").write_text(partijen.signed(text, OP), encoding="utf-8")


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


async def test_every_bad_bundle_is_reported_at_once(database: Database, folder: Path) -> None:
    for name in ("a.bundel.json", "b.bundel.json"):
        (folder / name).write_text("{}", encoding="utf-8")
    with pytest.raises(StartFout) as caught:
        await start(database, folder)
    assert {"a.bundel.json", "b.bundel.json"} <= {word.strip(":") for word in str(caught.value).split()}


async def test_a_changed_convenant_needs_a_new_version(
    database: Database, folder: Path, partijen: "Partijen", convenant_text: str
) -> None:
    await start(database, folder)
    document = document_from_yaml(convenant_text, bron="test")
    rewrite(folder, partijen, dump_yaml(document | {"naam": "Een andere naam"}))
    with pytest.raises(StartFout, match="nieuw versienummer"):
        await start(database, folder)
    rewrite(folder, partijen, partijen.next_version(convenant_text, naam="Een andere naam"))
    assert await start(database, folder) == {"nhn-2026": 2}


async def test_a_convenant_that_left_the_folder_stays_known(
    database: Database, folder: Path, partijen: "Partijen", convenant_text: str
) -> None:
    await start(database, folder)
    document = document_from_yaml(convenant_text, bron="test")
    rewrite(folder, partijen, dump_yaml(document | {"convenant": "elders-2026"}))
    assert await start(database, folder) == {"nhn-2026": 1, "elders-2026": 1}


async def test_an_unsigned_convenant_is_refused_with_what_to_do(
    database: Database, folder: Path, convenant_text: str
) -> None:
    (folder / "nieuw.yaml").write_text(convenant_text, encoding="utf-8")
    with pytest.raises(StartFout, match=r"nieuw\.yaml .* niet ondertekend.*koppelradar convenant onderteken"):
        await start(database, folder)


async def test_a_role_that_can_change_the_log_is_refused(database_urls: "DatabaseUrls", folder: Path) -> None:
    owner = Database(database_urls.eigenaar)
    with pytest.raises(StartFout, match="koppelradar_toepassing"):
        await start(owner, folder)
    await owner.close()


@pytest.mark.parametrize("table", ["logboek_blad", "logboek_inhoud", "convenant", "verklaring"])
async def test_the_application_with_one_right_too_many_is_refused(
    database: Database, folder: Path, sql: Callable[..., list[Any]], table: str
) -> None:
    sql(f"GRANT DELETE ON {table} TO koppelradar_toepassing")
    with pytest.raises(StartFout, match="koppelradar_toepassing"):
        await start(database, folder)


async def test_a_database_without_tables_says_to_migrate(postgres: "EmbeddedPostgres", folder: Path) -> None:
    naam = f"leeg_{uuid4().hex}"
    postgres.create_database(naam)
    empty = Database(postgres.urls(OPZET, naam).toepassing)
    with pytest.raises(StartFout, match="koppelradar matcher migreer"):
        await start(empty, folder)
    await empty.close()


async def test_a_database_of_an_earlier_release_says_to_migrate(postgres: "EmbeddedPostgres", folder: Path) -> None:
    naam = f"oud_{uuid4().hex}"
    postgres.create_database(naam)
    urls = postgres.urls(OPZET, naam)
    migrate(urls.eigenaar, PAKKET, to="0002")
    old = Database(urls.toepassing)
    with pytest.raises(StartFout, match="koppelradar matcher migreer"):
        await start(old, folder)
    await old.close()


async def test_a_convenant_for_another_environment_is_refused(database: Database, folder: Path) -> None:
    with pytest.raises(StartFout, match="voor omgeving proef; deze dienst draait als productie"):
        await open_database(database, folder, pepper=PEPPER, omgeving=Omgeving.PRODUCTIE, klok=op)


async def test_a_folder_that_is_not_there_is_refused(database: Database, tmp_path: Path) -> None:
    with pytest.raises(StartFout, match="KOPPELRADAR_CONVENANTEN"):
        await start(database, tmp_path / "nergens")


async def test_without_convenanten_the_matcher_waits_for_the_first(database: Database, tmp_path: Path) -> None:
    assert await start(database, tmp_path) == {}


@pytest.mark.parametrize("content", [b'{"bundelversie": 1}', b"\xff\xfe"], ids=["incomplete", "not utf-8"])
async def test_a_broken_convenant_is_refused_by_name(database: Database, folder: Path, content: bytes) -> None:
    (folder / "stuk.bundel.json").write_bytes(content)
    with pytest.raises(StartFout, match=r"stuk\.bundel\.json"):
        await start(database, folder)


async def test_a_database_that_is_away_is_no_mistake_of_the_settings(folder: Path) -> None:
    away = Database("postgresql+psycopg://x@127.0.0.1:1/niets")
    with pytest.raises(TijdelijkNietBeschikbaar):
        await start(away, folder)
    await away.close()
