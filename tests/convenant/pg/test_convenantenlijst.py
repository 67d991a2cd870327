"""What a running service obeys, on the day it is, in every process, without reading more than it must."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.model import Convenant
from convenant.ondertekening import Bundel, Status, Verklaringsoort
from convenant.pg import convenanten
from convenant.pg.convenanten import Boek
from convenant.pg.convenantenlijst import Convenantenlijst, geldende, transaction
from convenant.pg.database import Database
from convenant.pg.inlezen import add_verklaring, import_bundel
from convenant.types import ConvenantId, Oin, Omgeving

if TYPE_CHECKING:
    from tests.conftest import Klok
    from tests.convenant.pg.conftest import Kring

ID = ConvenantId("test-2026")


class Proces:
    """A process of a service: its own connections and its own list, on the database that all share."""

    def __init__(self, database: Database, boek: Boek, klok: "Klok", **more: Any) -> None:
        self.database, self.boek, self.klok = database, boek, klok
        self.lijst = Convenantenlijst(boek, klok, **more)

    async def take(self, bundel: Bundel) -> None:
        async with self.database.transaction() as connection:
            await import_bundel(connection, self.boek, bundel, omgeving=Omgeving.PROEF, bekend=False, op=self.klok())

    async def refresh(self) -> dict[str, tuple[int, list[Oin]]]:
        """Per convenant the version in force and who takes part, after a transaction of any kind."""
        async with transaction(self.database, self.lijst):
            return self.shown()

    def shown(self) -> dict[str, tuple[int, list[Oin]]]:
        return {id_: (each.versie, [p.oin for p in each.partijen]) for id_, each in self.lijst.geldend.items()}


@pytest.fixture
def proces(database: Database, boek: Boek, klok: "Klok") -> Proces:
    return Proces(database, boek, klok)


@pytest.fixture
async def ander(database_urls: Any, boek: Boek, klok: "Klok") -> AsyncIterator[Proces]:
    """A second process on the same database."""
    opened = Database(database_urls.toepassing)
    yield Proces(opened, boek, klok)
    await opened.close()


@contextmanager
def statements(connection: AsyncConnection) -> Iterator[list[str]]:
    """Every statement that goes to the database inside the block."""
    seen: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    event.listen(connection.sync_connection, "before_cursor_execute", note)
    yield seen
    event.remove(connection.sync_connection, "before_cursor_execute", note)


def test_a_list_that_was_never_read_holds_nothing(proces: Proces) -> None:
    assert (proces.shown(), proces.lijst.versies, dict(proces.lijst.standen)) == ({}, (), {})


async def test_it_reads_again_only_when_something_is_new(proces: Proces, kring: "Kring") -> None:
    bundel = kring.accepted()
    await proces.take(bundel)
    counts = []
    for _ in range(3):
        async with proces.database.transaction() as connection:
            with statements(connection) as seen:
                await proces.lijst.refresh(connection)
            counts.append(len(seen))
    assert counts[0] > 1
    assert counts[1:] == [1, 1]
    before = proces.lijst.versies
    await proces.take(bundel)
    await proces.refresh()
    assert proces.lijst.versies is before
    await proces.take(kring.accepted(kring.next_version()))
    await proces.refresh()
    assert [versie.convenant.versie for versie in proces.lijst.versies] == [1, 2]


async def test_among_the_versions_the_newest_is_in_force(proces: Proces, kring: "Kring") -> None:
    await proces.take(kring.accepted())
    assert await proces.refresh() == {ID: (1, kring.oins)}
    await proces.take(kring.accepted(kring.next_version(), door=[kring.houder, kring.school]))
    assert await proces.refresh() == {ID: (2, [kring.houder, kring.school])}
    assert proces.lijst.standen[ID].ontbreekt == {kring.wijkteam}


async def test_a_version_waits_for_its_first_day_in_the_netherlands(proces: Proces, kring: "Kring") -> None:
    await proces.take(kring.accepted())
    later = kring.from_day(kring.next_version(), "2026-05-13")
    await proces.take(kring.accepted(later, door=[kring.houder]))
    assert (await proces.refresh())[ID][0] == 1
    kring.klok.nu = kring.klok.nu.replace(hour=21, minute=59)  # one minute to midnight there
    assert proces.shown() == {ID: (1, kring.oins)}
    kring.klok.later(minutes=1)
    assert proces.shown() == {ID: (2, [kring.houder])}
    assert proces.lijst.standen[ID].status is Status.GELDIG


async def test_a_convenant_that_is_over_keeps_its_place_with_nobody_in_it(proces: Proces, kring: "Kring") -> None:
    await proces.take(kring.accepted())
    await proces.refresh()
    kring.klok.later(days=730)
    assert proces.shown() == {ID: (1, [])}
    assert proces.lijst.standen[ID].status is Status.VERLOPEN


async def test_a_revoked_convenant_keeps_its_place_with_nobody_in_it(proces: Proces, kring: "Kring") -> None:
    bundel = kring.accepted()
    await proces.take(bundel)
    await proces.take(kring.left(bundel, kring.houder))
    assert await proces.refresh() == {ID: (1, [])}
    assert proces.lijst.standen[ID].status is Status.OPGEZEGD


async def test_that_a_version_is_revoked_does_not_bring_the_one_before_back(proces: Proces, kring: "Kring") -> None:
    await proces.take(kring.accepted())
    second = kring.accepted(kring.next_version())
    await proces.take(second)
    await proces.take(kring.left(second, kring.houder))
    assert await proces.refresh() == {ID: (2, [])}


async def test_whoever_was_suspended_takes_no_part(proces: Proces, kring: "Kring") -> None:
    bundel = kring.accepted()
    tekst = kring.state(bundel, kring.houder, Verklaringsoort.SCHORSEN, partij_oin=kring.school)
    await proces.take(kring.sealed(kring.more(bundel, tekst)))
    assert await proces.refresh() == {ID: (1, [kring.houder, kring.wijkteam])}
    assert proces.lijst.standen[ID].geschorst == {kring.school}


async def test_two_processes_see_each_other_s_changes_at_their_next_transaction(
    proces: Proces, ander: Proces, kring: "Kring"
) -> None:
    bundel = kring.accepted()
    await proces.take(bundel)
    for each in (proces, ander):
        assert await each.refresh() == {ID: (1, kring.oins)}
    tekst = kring.state(bundel, kring.school, Verklaringsoort.OPZEGGEN)
    async with ander.database.transaction() as connection:
        await add_verklaring(connection, ander.boek, ID, 1, tekst, op=kring.klok())
    assert await proces.refresh() == {ID: (1, [kring.houder, kring.wijkteam])}
    await proces.take(kring.accepted(kring.next_version()))
    assert await ander.refresh() == {ID: (2, kring.oins)}


async def test_what_another_process_did_not_commit_is_not_obeyed(proces: Proces, ander: Proces, kring: "Kring") -> None:
    await proces.take(kring.accepted())
    second = kring.accepted(kring.next_version())
    async with ander.database.transaction() as connection:
        await import_bundel(connection, ander.boek, second, omgeving=Omgeving.PROEF, bekend=False, op=kring.klok())
        assert await proces.refresh() == {ID: (1, kring.oins)}
    assert await proces.refresh() == {ID: (2, kring.oins)}


async def test_a_service_can_leave_versions_out_that_are_no_business_of_its_own(
    database: Database, boek: Boek, kring: "Kring"
) -> None:
    def first_only(convenant: Convenant) -> bool:
        return convenant.versie == 1

    proces = Proces(database, boek, kring.klok, keuze=first_only)
    await proces.take(kring.accepted())
    await proces.take(kring.accepted(kring.next_version()))
    assert await proces.refresh() == {ID: (1, kring.oins)}


async def test_of_each_convenant_there_is_one_version_in_force(proces: Proces, kring: "Kring") -> None:
    await proces.take(kring.accepted())
    await proces.take(kring.accepted(kring.next_version()))
    await proces.take(kring.accepted({**kring.document, "convenant": "elders-2026"}))
    async with proces.database.transaction() as connection:
        versies = await convenanten.find(connection, proces.boek, op=kring.klok())
    found = geldende(versies, op=kring.klok())
    assert {id_: each.versie for id_, each in found.items()} == {ID: 2, "elders-2026": 1}
    assert geldende(versies, op=kring.klok().replace(year=2025)) == {}
