"""What keeps the sleutelhouder from starting, and what it then says."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from convenant.base64url import encode_base64url
from convenant.invullen import without_sleutelhouder
from convenant.laden import document_from_yaml, dump_yaml
from convenant.pg.database import Database
from convenant.pg.migreren import migrate
from convenant.sleutelhouder.diensten.starten import open_database
from convenant.sleutelhouder.domein.kluis import AesKluis
from convenant.sleutelhouder.opslag.opzet import OPZET, PAKKET
from convenant.types import Oin, Omgeving
from convenant.voprf import OprfSleutel
from convenant.web.errors import StartFout

if TYPE_CHECKING:
    from convenant.pg.ingebed import DatabaseUrls, EmbeddedPostgres
    from tests.conftest import Partijen, Sql
    from tests.convenant.sleutelhouder.conftest import Afspraak

Start = Callable[..., Any]
OP = datetime(2026, 5, 12, 10, tzinfo=UTC)


@pytest.fixture
def start(database: Database, afspraak: "Afspraak", partijen: "Partijen", kluissleutel: bytes, tmp_path: Path) -> Start:
    async def started(*, text: str | None = None, sleutel: bytes = kluissleutel, oin: Oin = afspraak.oin) -> Any:
        (tmp_path / "nhn.bundel.json").write_text(partijen.signed(text or afspraak.text, OP), encoding="utf-8")
        return await open_database(
            database, tmp_path, oin=oin, kluis=AesKluis(sleutel), omgeving=Omgeving.PROEF, klok=lambda: OP
        )

    return started


async def test_keys_are_opened_and_are_those_of_the_convenant(start: Start, afspraak: "Afspraak") -> None:
    lijst, ring = await start()
    assert list(lijst.geldend) == ["nhn-2026"]
    for epoche in (1, 2, 3):
        gepind = afspraak.convenant.sleutelhouders[0].publieke_punten(epoche)
        geheim = ring["nhn-2026"][epoche].geheim
        assert {code: sleutel.publiek.to_bytes() for code, sleutel in geheim.items()} == gepind


async def test_another_key_than_the_convenant_pins_is_refused_with_what_to_do(
    start: Start, afspraak: "Afspraak"
) -> None:
    def other(document: dict[str, Any]) -> None:
        punten = document["sleutelhouders"][0]["sleutels"][1]["punten"]
        punten["achternaam"] = encode_base64url(OprfSleutel.generate().publiek.to_bytes())

    with pytest.raises(StartFout, match=r"epoche 2 .* epoche toon nhn-2026 2"):
        await start(text=afspraak.changed(other))


async def test_an_epoch_without_keys_says_how_to_make_them(start: Start, sql: "Sql") -> None:
    sql("DELETE FROM oprf_sleutel WHERE epoche = 3")
    with pytest.raises(StartFout, match="epoche maak nhn-2026 3"):
        await start()


async def test_another_key_of_the_vault_opens_nothing(start: Start) -> None:
    with pytest.raises(StartFout, match="KLUISSLEUTEL_BESTAND"):
        await start(sleutel=b"q" * 32)


async def test_keys_that_changed_places_are_noticed(start: Start, sql: "Sql") -> None:
    sql(
        "UPDATE oprf_sleutel SET geheim = (SELECT geheim FROM oprf_sleutel WHERE epoche = 1 AND code = 'achternaam') "
        "WHERE epoche = 1 AND code = 'zeker'"
    )
    with pytest.raises(StartFout, match="gaan niet open"):
        await start()


async def test_a_public_key_that_was_changed_is_noticed(start: Start, sql: "Sql") -> None:
    sql(
        "UPDATE oprf_sleutel SET publiek = (SELECT publiek FROM oprf_sleutel WHERE epoche = 2 AND code = 'achternaam') "
        "WHERE epoche = 1 AND code = 'achternaam'"
    )
    with pytest.raises(StartFout, match="is veranderd"):
        await start()


async def test_keys_that_were_erased_keep_their_public_half(start: Start, sql: "Sql") -> None:
    sql("UPDATE oprf_sleutel SET geheim = NULL, gewist_op = now() WHERE epoche = 1")
    _, ring = await start()
    assert ring["nhn-2026"][1].geheim == {}
    assert len(ring["nhn-2026"][1].publiek) == 12


async def test_a_convenant_that_names_somebody_else_is_refused(start: Start) -> None:
    with pytest.raises(StartFout, match="KOPPELRADAR_SLEUTELHOUDER_OIN"):
        await start(oin=Oin("00000099000000077000"))


async def test_a_convenant_without_a_sleutelhouder_is_refused(start: Start, afspraak: "Afspraak") -> None:
    with pytest.raises(StartFout, match="noemt deze sleutelhouder"):
        await start(text=dump_yaml(without_sleutelhouder(afspraak.document)))


async def test_a_convenant_that_went_on_with_another_sleutelhouder_can_leave_the_folder(
    start: Start, afspraak: "Afspraak", partijen: "Partijen"
) -> None:
    def elsewhere(document: dict[str, Any]) -> None:
        document["sleutelhouders"][0]["oin"] = "00000099000000077000"

    def another(document: dict[str, Any]) -> None:
        document["convenant"] = "elders-2026"

    def successor(change: Callable[[dict[str, Any]], None]) -> str:
        document = document_from_yaml(partijen.next_version(afspraak.text), bron="test")
        change(document)
        return dump_yaml(document)

    await start()
    with pytest.raises(StartFout, match="noemt deze sleutelhouder"):
        await start(text=successor(elsewhere))
    # The keys of the other convenant are not here, which is why it is refused; the first is no obstacle any more.
    with pytest.raises(StartFout, match="convenant elders-2026 zijn hier geen sleutels"):
        await start(text=afspraak.changed(another))


async def test_a_role_that_can_change_the_log_is_refused(
    database_urls: "DatabaseUrls", afspraak: "Afspraak", kluissleutel: bytes, bundelmap: Path
) -> None:
    owner = Database(database_urls.eigenaar)
    with pytest.raises(StartFout, match="koppelradar_sleutelhouder_toepassing"):
        await open_database(
            owner, bundelmap, oin=afspraak.oin, kluis=AesKluis(kluissleutel), omgeving=Omgeving.PROEF, klok=lambda: OP
        )
    await owner.close()


async def test_a_database_of_an_earlier_release_says_to_migrate(
    postgres: "EmbeddedPostgres", afspraak: "Afspraak", kluissleutel: bytes, bundelmap: Path
) -> None:
    naam = f"oud_{uuid4().hex}"
    postgres.create_database(naam)
    urls = postgres.urls(OPZET, naam)
    migrate(urls.eigenaar, PAKKET, to="0001")
    old = Database(urls.toepassing)
    with pytest.raises(StartFout, match="koppelradar sleutelhouder migreer"):
        await open_database(
            old, bundelmap, oin=afspraak.oin, kluis=AesKluis(kluissleutel), omgeving=Omgeving.PROEF, klok=lambda: OP
        )
    await old.close()
