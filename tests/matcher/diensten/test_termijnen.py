"""Terms that begin, run once, and end."""

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest

from convenant.termijncodes import CONTACT_NA_MATCH, KAARTVRIJGAVE
from convenant.types import ConvenantId, Sector
from matcher.diensten.termijnen import Begin, end_termijn, start_all, termijnen_of
from matcher.domein.termijn import Onderwerpsoort

if TYPE_CHECKING:
    from tests.matcher.conftest import Caller, World


@pytest.fixture
async def wijkteam(world: "World") -> "Caller":
    return await world.in_sector(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING)


async def start(world: "World", caller: "Caller", code: str, bron: UUID) -> None:
    kern = world.kern
    async with kern.transaction() as connection:
        begin = Begin(code=code, organisatie=caller.oin, soort=Onderwerpsoort.CASUS, onderwerp=bron, bron=bron)
        await start_all(connection, kern.convenanten[ConvenantId("nhn-2026")], [begin], op=kern.klok())


async def listed(world: "World", caller: "Caller") -> list[tuple[str, str]]:
    async with world.kern.transaction() as connection:
        return [(t.code, t.uiterlijk.isoformat()) for t in await termijnen_of(connection, caller.oin)]


async def test_a_term_runs_once_and_begins_anew_after_it_ended(world: "World", wijkteam: "Caller") -> None:
    bron = uuid4()
    await start(world, wijkteam, CONTACT_NA_MATCH, bron)
    world.klok.later(days=7)
    await start(world, wijkteam, CONTACT_NA_MATCH, bron)
    assert await listed(world, wijkteam) == [(CONTACT_NA_MATCH, "2026-05-21")]
    async with world.kern.transaction() as connection:
        await end_termijn(connection, bron, [CONTACT_NA_MATCH, KAARTVRIJGAVE], op=world.klok())
    assert await listed(world, wijkteam) == []
    await start(world, wijkteam, CONTACT_NA_MATCH, bron)
    assert await listed(world, wijkteam) == [(CONTACT_NA_MATCH, "2026-05-27")]


async def test_the_first_to_end_comes_first_and_others_see_nothing(world: "World", wijkteam: "Caller") -> None:
    await start(world, wijkteam, CONTACT_NA_MATCH, uuid4())
    await start(world, wijkteam, KAARTVRIJGAVE, uuid4())
    assert [code for code, _ in await listed(world, wijkteam)] == [KAARTVRIJGAVE, CONTACT_NA_MATCH]
    assert await listed(world, await world.in_sector(Sector.ONDERWIJS)) == []


async def test_only_the_named_organisation_ends(world: "World", wijkteam: "Caller") -> None:
    school, bron = await world.in_sector(Sector.ONDERWIJS), uuid4()
    for caller in (wijkteam, school):
        await start(world, caller, CONTACT_NA_MATCH, bron)
    async with world.kern.transaction() as connection:
        await end_termijn(connection, bron, [CONTACT_NA_MATCH], organisatie=school.oin, op=world.klok())
    assert (len(await listed(world, wijkteam)), len(await listed(world, school))) == (1, 0)


async def test_a_code_that_the_convenant_does_not_have_begins_nothing(world: "World", wijkteam: "Caller") -> None:
    await start(world, wijkteam, "onbekend", uuid4())
    assert await listed(world, wijkteam) == []
