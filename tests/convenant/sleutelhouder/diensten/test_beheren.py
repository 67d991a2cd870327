"""The keys of an epoch are made once, shown for ever, and erased for good."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from convenant.pg.database import Database
from convenant.sleutelhouder.diensten.beheren import make_epoche, public_points, retire_epoche
from convenant.sleutelhouder.diensten.starten import open_sleutels
from convenant.sleutelhouder.domein.kluis import AesKluis
from convenant.sleutelhouder.errors import BeheerFout
from convenant.sleutelhouder.opslag import sleutels
from convenant.types import ConvenantId, Epoche

if TYPE_CHECKING:
    from tests.conftest import Sql
    from tests.convenant.sleutelhouder.conftest import Wereld

NIEUW, OUD = ConvenantId("nieuw-2027"), ConvenantId("nhn-2026")
OP = datetime(2026, 5, 12, 10, tzinfo=UTC)
KLUIS = AesKluis(b"k" * 32)


async def make(database: Database) -> dict[str, bytes]:
    made = await make_epoche(database, KLUIS, convenant=NIEUW, epoche=Epoche(1), codes=("zeker", "achternaam"), op=OP)
    return dict(made)


async def test_keys_are_made_per_code_and_shown_again(database: Database, sql: "Sql") -> None:
    made = await make(database)
    assert made.keys() == {"zeker", "achternaam"}
    assert len(set(made.values())) == 2
    assert dict(await public_points(database, NIEUW)) == {1: (made, True)}
    assert sql("SELECT handeling, epoche FROM logboek") == [("sleutels maken", 1)]


async def test_secret_keys_are_in_the_database_under_the_vault_only(database: Database, sql: "Sql") -> None:
    await make(database)
    async with database.transaction() as connection:
        stored = await sleutels.find(connection, NIEUW)
    ring = open_sleutels(stored, KLUIS)
    dump = "".join(str(row) for row in sql("SELECT s::text FROM oprf_sleutel s"))
    for sleutel in ring[NIEUW][Epoche(1)].geheim.values():
        assert sleutel.reveal().hex() not in dump


async def test_keys_are_never_replaced(database: Database) -> None:
    made = await make(database)
    with pytest.raises(BeheerFout, match="al sleutels"):
        await make(database)
    assert dict((await public_points(database, NIEUW))[Epoche(1)][0]) == made


async def test_erased_keys_are_gone_and_their_public_half_stays(database: Database, sql: "Sql") -> None:
    made = await make(database)
    await retire_epoche(database, convenant=NIEUW, epoche=Epoche(1), op=OP)
    assert dict(await public_points(database, NIEUW)) == {1: (made, False)}
    assert sql("SELECT 1 FROM oprf_sleutel WHERE convenant = 'nieuw-2027' AND geheim IS NOT NULL") == []
    with pytest.raises(BeheerFout, match="geen geheime sleutels"):
        await retire_epoche(database, convenant=NIEUW, epoche=Epoche(1), op=OP)


async def test_an_epoch_that_runs_is_not_erased_by_accident(wereld: "Wereld") -> None:
    database = wereld.kern.database
    with pytest.raises(BeheerFout, match="--toch"):
        await retire_epoche(database, convenant=OUD, epoche=Epoche(2), op=OP)
    await retire_epoche(database, convenant=OUD, epoche=Epoche(2), op=OP, toch=True)
