"""Terms that run out: a reminder, too late, and the ladder; each once, whatever the clock and the workers do."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from convenant.types import Sector
from matcher.diensten.escaleren import run_termijnen
from matcher.opslag import termijnen
from tests.matcher.diensten.meespelers import Spel, Speler, begin_spel, with_opvolging

if TYPE_CHECKING:
    from tests.conftest import Partijen
    from tests.matcher.conftest import World

Maker = Callable[..., dict[str, Any]]
Sql = Callable[..., list[Any]]
HOUDER = "00000099000000002000"
ALLES = ("termijn-nadert", "termijn-verstreken", "geescaleerd")


@pytest.fixture
def convenant_text(partijen: "Partijen") -> str:
    return with_opvolging(partijen.text)


@pytest.fixture
async def spel(world: "World", maak_signaal: Maker) -> Spel:
    return await begin_spel(world, maak_signaal)


async def day(spel: Spel, days: int) -> int:
    """So many days later the worker runs, and everybody logs in again."""
    spel.world.klok.later(days=days)
    await spel.log_in()
    return await run_termijnen(spel.world.kern)


async def heard(sql: Sql) -> list[tuple[str, str, str]]:
    rows = sql(
        "SELECT ontvanger, soort, coalesce(inhoud->>'artikel', '') || ' ' || (inhoud->>'code')"
        " FROM notificatie WHERE soort = ANY(:soorten) ORDER BY id",
        soorten=list(ALLES),
    )
    return [tuple(row) for row in rows]


async def test_the_ladder_goes_to_the_wijkteam_then_veilig_thuis_then_the_convenanthouder(spel: Spel, sql: Sql) -> None:
    """Only the school is late: the others recorded contact, and there is a regisseur."""
    await spel.wijkteam.do("regievoorstellen", kandidaat=spel.wijkteam.oin)
    for speler in (spel.wijkteam, spel.jeugdhulp):
        await speler.do("contacten")
    code = "contact-na-match"
    assert await day(spel, 7) == 0
    assert await day(spel, 1) == 1  # 20 May: the last working day before the 21st
    assert await heard(sql) == [(spel.school.oin, "termijn-nadert", f"6.6 {code}")]
    assert await day(spel, 1) == 0
    assert await day(spel, 1) == 1
    assert (await heard(sql))[1:] == [
        (spel.school.oin, "termijn-verstreken", f"6.6 {code}"),
        (spel.wijkteam.oin, "geescaleerd", f"8.1 {code}"),
    ]
    assert await day(spel, 5) == 1  # 27 May: three working days later, Whit Monday does not count
    assert (await heard(sql))[3:] == [(spel.vt.oin, "geescaleerd", f"8.2 {code}")]
    assert await day(spel, 9) == 1
    assert (await heard(sql))[4:] == [(HOUDER, "geescaleerd", f"8.3 {code}")]
    assert await day(spel, 300) == 0
    assert len(await heard(sql)) == 5


async def test_what_stands_in_these_events(spel: Spel, sql: Sql) -> None:
    for speler in (spel.wijkteam, spel.jeugdhulp):
        await speler.do("afsluitingen")
    await day(spel, 8)
    await day(spel, 30)
    [nadert], [verstreken] = [await spel.school.told(soort) for soort in ALLES[:2]]
    assert (
        nadert
        == verstreken
        == {
            "id": nadert["id"],
            "convenant": "nhn-2026",
            "code": "contact-na-match",
            "artikel": "6.6",
            "onderwerp": spel.school.match,
            "onderwerpsoort": "match",
            "uiterlijk": "2026-05-21",
        }
    )
    [told] = await spel.wijkteam.told("geescaleerd")
    assert told == {
        "id": nadert["id"],
        "convenant": "nhn-2026",
        "code": "contact-na-match",
        "artikel": "8.1",
        "functie": "aandachtsfunctionaris",
        "organisatie": {"oin": spel.school.oin, "naam": told["organisatie"]["naam"]},
        "onderwerp": spel.wijkteam.match,
        "uiterlijk": "2026-05-21",
    }
    # The convenanthouder learns who is late, and nothing of which match.
    [(inhoud,)] = sql("SELECT inhoud FROM notificatie WHERE ontvanger = :houder", houder=HOUDER)
    assert inhoud.keys() == told.keys() - {"onderwerp"}
    [(grond,)] = sql(
        "SELECT inhoud::jsonb FROM logboek_inhoud WHERE inhoud::jsonb->>'gebeurtenis' = 'geescaleerd'"
        " AND inhoud::jsonb->>'ontvanger' = :houder",
        houder=HOUDER,
    )
    assert (grond["artikel"], grond["velden"]) == ("8.3", [])


async def test_a_wijkteam_that_is_not_in_the_match_hears_nothing(world: "World", maak_signaal: Maker, sql: Sql) -> None:
    school, zorg = await world.callers(Sector.ONDERWIJS, Sector.GEZONDHEIDSZORG)
    for caller in (school, zorg):
        await caller.submit(maak_signaal("p", signaalsoort="zorg-om-kind"))
    world.klok.later(days=60)
    await run_termijnen(world.kern)
    told = {ontvanger for ontvanger, soort, _ in await heard(sql) if soort == "geescaleerd"}
    assert told == {world.partijen.in_sector(Sector.VEILIG_THUIS), HOUDER}


async def test_of_a_possible_match_nobody_learns_the_other_side(world: "World", maak_signaal: Maker, sql: Sql) -> None:
    een, ander = await world.callers(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING, Sector.JEUGDHULP)
    for caller in (een, ander):
        await caller.submit(maak_signaal(slots={"s1": "p"}))
    world.klok.later(days=60)
    await run_termijnen(world.kern)
    rows = sql(
        "SELECT ontvanger, inhoud->'organisatie'->>'oin', inhoud ? 'onderwerp' FROM notificatie"
        " WHERE soort = 'geescaleerd'"
    )
    # A wijkteam that is late hears it of itself by step 8.1; of the other nobody but those outside.
    assert {tuple(row) for row in rows} == {
        (een.oin, een.oin, False),
        *(
            (outside, late, False)
            for outside in (world.partijen.in_sector(Sector.VEILIG_THUIS), HOUDER)
            for late in (een.oin, ander.oin)
        ),
    }


async def test_two_workers_and_a_repetition_tell_everything_once(spel: Spel, sql: Sql) -> None:
    spel.world.klok.later(days=60)
    await asyncio.gather(*(run_termijnen(spel.world.kern) for _ in range(4)))
    assert await run_termijnen(spel.world.kern) == 0
    found = await heard(sql)
    ids = sql(
        "SELECT inhoud->>'id', soort, inhoud->>'artikel', ontvanger FROM notificatie WHERE soort = ANY(:s)",
        s=list(ALLES),
    )
    assert len(ids) == len({tuple(row) for row in ids}) == len(found)
    # Five terms of three organisations: each too late, then three steps.
    assert sum(soort == "termijn-verstreken" for _, soort, _ in found) == 5
    assert sum(soort == "geescaleerd" for _, soort, _ in found) == 15


async def test_a_clock_that_goes_back_tells_nothing_again(spel: Spel, sql: Sql) -> None:
    await day(spel, 10)
    before = await heard(sql)
    for back in (-3, -6, 2, 7):
        await day(spel, back)
    assert await heard(sql) == before
    [status] = {t["status"] for t in (await spel.school.stand())["termijnen"]}
    assert status == "verstreken"


async def test_a_round_that_breaks_off_leaves_nothing_half_done(
    spel: Spel, sql: Sql, monkeypatch: pytest.MonkeyPatch
) -> None:
    spel.world.klok.later(days=10)
    keep, calls = termijnen.keep, []

    async def breaks(*args: Any) -> None:
        calls.append(args)
        if len(calls) == 3:
            raise RuntimeError("killed")
        await keep(*args)

    with monkeypatch.context() as patch:
        patch.setattr(termijnen, "keep", breaks)
        with pytest.raises(RuntimeError):
            await run_termijnen(spel.world.kern)
    assert await heard(sql) == []
    await run_termijnen(spel.world.kern)
    assert sum(soort == "termijn-verstreken" for _, soort, _ in await heard(sql)) == 5


async def test_nothing_is_told_about_what_is_over(spel: Spel, world: "World", maak_signaal: Maker, sql: Sql) -> None:
    """The asker's signal ended: its card request can be answered no longer."""
    [match] = await spel.jeugdhulp.caller.matches()
    [paar] = [p["paar"] for p in match["partijen"] if p["organisatie"]["oin"] == spel.wijkteam.oin]
    await spel.jeugdhulp.ask("kaartverzoeken", paar=paar)
    for signaal in (await spel.jeugdhulp.caller.get("/v1/signalen")).json()["signalen"]:
        await spel.jeugdhulp.caller.withdraw(signaal["id"])
    world.klok.later(days=60)
    await run_termijnen(world.kern)
    assert [code for _, _, code in await heard(sql) if "kaartvrijgave" in code] == []
    assert sql("SELECT count(*) FROM termijn WHERE code = 'kaartvrijgave' AND voldaan_op IS NULL") == [(0,)]


async def test_who_is_late_with_a_card_hears_it_and_so_does_the_ladder(spel: Spel, sql: Sql) -> None:
    [match] = await spel.jeugdhulp.caller.matches()
    [paar] = [p["paar"] for p in match["partijen"] if p["organisatie"]["oin"] == spel.wijkteam.oin]
    await spel.jeugdhulp.ask("kaartverzoeken", paar=paar)
    await day(spel, 7)
    assert [(wie, soort) for wie, soort, code in await heard(sql) if "kaartvrijgave" in code] == [
        (spel.wijkteam.oin, "termijn-verstreken"),
        (spel.wijkteam.oin, "geescaleerd"),
    ]


async def test_who_is_suspended_hears_nothing_until_it_takes_part_again(
    spel: Spel, world: "World", sql: Sql, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace  # noqa: PLC0415

    world.klok.later(days=10)
    kern = world.kern
    convenant = kern.convenanten["nhn-2026"]  # type: ignore[index]
    others = tuple(partij for partij in convenant.partijen if partij.oin != spel.school.oin)
    with monkeypatch.context() as patch:
        patch.setattr(type(kern), "convenanten", {convenant.id: replace(convenant, partijen=others)})
        await run_termijnen(kern)
        assert spel.school.oin not in {ontvanger for ontvanger, _, _ in await heard(sql)}
    world.klok.nu += timedelta(days=1)
    await run_termijnen(kern)
    assert (spel.school.oin, "termijn-verstreken", "6.6 contact-na-match") in await heard(sql)


async def test_a_signal_that_asks_nothing_begins_no_term(
    world: "World", maak_signaal: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace  # noqa: PLC0415

    kern = world.kern
    convenant = kern.convenanten["nhn-2026"]  # type: ignore[index]
    soorten = tuple(replace(s, radarmelding=s.code == "huiselijk-geweld") for s in convenant.signaalsoorten)
    een, ander = (Speler(c) for c in await world.callers(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING, Sector.JEUGDHULP))
    with monkeypatch.context() as patch:
        patch.setattr(type(kern), "convenanten", {convenant.id: replace(convenant, signaalsoorten=soorten)})
        await een.caller.submit(maak_signaal("p"))
        await ander.caller.submit(maak_signaal("p", signaalsoort="zorg-om-kind"))
        assert await een.termijnen() == {}
        assert await ander.termijnen() == {}  # a radarmelding is for the radar: it does not hear of it
