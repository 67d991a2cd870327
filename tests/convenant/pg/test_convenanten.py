"""Versions and statements as a service keeps them: both only grow."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.laden import convenant_from_document
from convenant.model import Convenant
from convenant.ondertekening import Bundel, Verklaringtekst
from convenant.pg import convenanten
from convenant.pg.convenanten import Boek
from convenant.pg.database import Database
from convenant.types import ConvenantId
from convenant.web.errors import StartFout

if TYPE_CHECKING:
    from tests.conftest import Sql
    from tests.convenant.pg.conftest import Kring


@pytest.fixture
async def connection(database: Database, boek: Boek) -> AsyncIterator[AsyncConnection]:
    async with database.transaction() as opened:
        yield opened


class Plank:
    """The tables, for who stores without any check."""

    def __init__(self, connection: AsyncConnection, boek: Boek, kring: "Kring") -> None:
        self.connection, self.boek, self.kring = connection, boek, kring

    async def keep(self, bundel: Bundel) -> Convenant:
        convenant = convenant_from_document(bundel.document, bron="test")
        await convenanten.keep(self.connection, self.boek, convenant, bundel.document, op=self.kring.klok())
        await self.add(convenant, *bundel.verklaringen)
        return convenant

    async def add(self, convenant: Convenant, *teksten: Verklaringtekst) -> None:
        await convenanten.add_verklaringen(self.connection, self.boek, convenant, teksten, op=self.kring.klok())

    async def revision(self) -> tuple[int, int]:
        return await convenanten.revision(self.connection, self.boek)

    async def find(self, convenant: ConvenantId | None = None) -> list[tuple[str, int, int]]:
        found = await convenanten.find(self.connection, self.boek, op=self.kring.klok(), convenant=convenant)
        return [(each.convenant.id, each.convenant.versie, len(each.verklaringen)) for each in found]


@pytest.fixture
def plank(connection: AsyncConnection, boek: Boek, kring: "Kring") -> Plank:
    return Plank(connection, boek, kring)


async def test_what_is_kept_is_found_with_its_statements_oldest_first(plank: Plank, kring: "Kring") -> None:
    second = kring.next_version()
    await plank.keep(kring.accepted(second, door=[kring.houder]))
    await plank.keep(kring.accepted({**kring.document, "convenant": "elders-2026"}, door=[]))
    await plank.keep(kring.accepted())
    assert await plank.find() == [("elders-2026", 1, 0), ("test-2026", 1, 3), ("test-2026", 2, 1)]
    assert await plank.find(ConvenantId("test-2026")) == [("test-2026", 1, 3), ("test-2026", 2, 1)]
    assert await plank.find(ConvenantId("nergens-2026")) == []


async def test_the_same_again_adds_nothing_and_leaves_the_revision_as_it_is(plank: Plank, kring: "Kring") -> None:
    assert await plank.revision() == (0, 0)
    bundel = kring.accepted()
    for _ in range(2):
        await plank.keep(bundel)
        assert await plank.revision() == (1, 3)


async def test_a_version_and_a_statement_each_change_the_revision(plank: Plank, kring: "Kring") -> None:
    bundel = kring.accepted()
    convenant = await plank.keep(kring.accepted(door=[]))
    assert await plank.revision() == (1, 0)
    await plank.add(convenant, bundel.verklaringen[0])
    assert await plank.revision() == (1, 1)


async def test_another_text_under_the_same_number_is_refused(plank: Plank, kring: "Kring") -> None:
    await plank.keep(kring.accepted())
    with pytest.raises(StartFout, match="nieuw versienummer"):
        await plank.keep(kring.accepted({**kring.document, "naam": "Een andere naam"}))
    assert await plank.revision() == (1, 3)


class TestWhatWasChangedBehindOurBack:
    """Whoever has the database itself still cannot change a word without it showing."""

    @pytest.fixture
    async def filled(self, database: Database, boek: Boek, kring: "Kring") -> None:
        async with database.transaction() as connection:
            await Plank(connection, boek, kring).keep(kring.accepted())

    @pytest.mark.usefixtures("filled")
    @pytest.mark.parametrize(
        "statement",
        [
            """UPDATE convenant SET inhoud = jsonb_set(inhoud, '{naam}', '"Een andere naam"')""",
            "UPDATE convenant SET inhoud = '{}'",
            "UPDATE verklaring SET tekst = overlay(tekst PLACING 'AAAA' FROM length(tekst) - 40) WHERE volgorde = 2",
            "UPDATE verklaring SET tekst = 'geen jws' WHERE volgorde = 2",
        ],
        ids=["a word", "the whole text", "a signature", "a statement"],
    )
    async def test_a_change_is_found_out(self, plank: Plank, sql: "Sql", statement: str) -> None:
        assert len(await plank.find()) == 1
        sql(statement)
        with pytest.raises(StartFout):
            await plank.find()


async def test_a_statement_that_lacks_the_one_before_it_is_found_out(plank: Plank, kring: "Kring") -> None:
    full = kring.left(kring.accepted(), kring.school)
    *others, last = full.verklaringen  # in the order of the parties: the school comes last, with two
    await plank.keep(replace(full, verklaringen=(*others[:-1], last)))
    with pytest.raises(StartFout, match="sluit niet aan"):
        await plank.find()
