"""What an organisation hears about its own signals, and a party about its convenant."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from convenant.laden import document_from_yaml, dump_yaml
from convenant.termijncodes import EINDE_SIGNAAL
from convenant.types import Sector
from matcher.domein.cloudevent import SCHEMAS
from matcher.http.modellen import NotificatieUitvoer
from matcher.types import Notificatiesoort

if TYPE_CHECKING:
    from tests.conftest import Partijen
    from tests.matcher.conftest import Caller, World

MaakSignaal = Callable[..., dict[str, Any]]
Sql = Callable[..., list[Any]]
EINDE = "2026-07-01"  # fifty days after the clock of the tests starts; the term is thirty days


def kinds(events: list[dict[str, Any]]) -> list[str]:
    return [event["type"].removeprefix("nl.koppelradar.") for event in events]


async def _told(caller: "Caller", soort: str) -> list[dict[str, Any]]:
    await caller.log_in()
    return [event["data"] for event in await caller.all_events() if event["type"].endswith(f".{soort}")]


async def test_one_event_says_what_came_in_with_a_submission(world: "World", maak_signaal: MaakSignaal) -> None:
    school, wijkteam = await world.callers(Sector.ONDERWIJS, Sector.MAATSCHAPPELIJKE_ONDERSTEUNING)
    signalen = [maak_signaal() for _ in range(3)]
    await wijkteam.submit(*signalen, sleutel="een-sleutel")
    await wijkteam.submit(*signalen, sleutel="een-sleutel")
    await wijkteam.submit(*signalen, sleutel="nog-een-sleutel")
    [inhoud] = await _told(wijkteam, "signaal-ontvangen")
    assert set(inhoud["signalen"]) == {signaal["id"] for signaal in signalen}
    assert inhoud["ontvangenOp"].startswith("2026-05-12T10:00:00")
    assert await school.all_events() == []


async def test_it_comes_before_the_match_that_it_gave(world: "World", maak_signaal: MaakSignaal) -> None:
    wijkteam, jeugdhulp = await world.callers(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING, Sector.JEUGDHULP)
    for caller in (wijkteam, jeugdhulp):
        await caller.submit(maak_signaal("p"))
    assert kinds(await jeugdhulp.all_events()) == ["signaal-ontvangen", "match-ontstaan"]


async def test_who_is_told_of_the_end_is_told_once_and_in_time(
    world: "World", maak_signaal: MaakSignaal, sql: Sql
) -> None:
    wijkteam = await world.in_sector(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING)
    signalen = [maak_signaal(verlooptOp=EINDE) for _ in range(2)]
    await wijkteam.submit(*signalen, maak_signaal(verlooptOp="2026-08-01"))
    world.klok.later(days=19)
    await world.work()
    assert await _told(wijkteam, "signaal-verloopt-binnenkort") == []
    for _ in range(2):
        world.klok.later(days=1)
        await world.work()
    [inhoud] = await _told(wijkteam, "signaal-verloopt-binnenkort")
    assert inhoud.pop("signalen") in ([a["id"], b["id"]] for a, b in (signalen, signalen[::-1]))
    assert inhoud == {"convenant": "nhn-2026", "verlooptOp": EINDE}
    assert len(sql("SELECT 1 FROM aankondiging")) == 2


async def test_a_clock_that_jumps_past_the_end_announces_nothing(world: "World", maak_signaal: MaakSignaal) -> None:
    wijkteam = await world.in_sector(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING)
    signaal = maak_signaal(verlooptOp=EINDE)
    await wijkteam.submit(signaal)
    world.klok.later(days=60)
    await world.work()
    await world.work()
    assert await _told(wijkteam, "signaal-verloopt-binnenkort") == []
    assert await _told(wijkteam, "signaal-verlopen") == [
        {"convenant": "nhn-2026", "signalen": [signaal["id"]], "verlooptOp": EINDE}
    ]


async def test_what_expired_is_told_per_organisation_and_day(world: "World", maak_signaal: MaakSignaal) -> None:
    wijkteam, jeugdhulp = await world.callers(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING, Sector.JEUGDHULP)
    for caller in (wijkteam, jeugdhulp):
        for einde in (EINDE, EINDE, "2026-08-01"):
            await caller.submit(maak_signaal(verlooptOp=einde))
    world.klok.later(days=90)
    await world.work()
    for caller in (wijkteam, jeugdhulp):
        told = await _told(caller, "signaal-verlopen")
        assert [(inhoud["verlooptOp"], len(inhoud["signalen"])) for inhoud in told] == [(EINDE, 2), ("2026-08-01", 1)]


async def test_a_withdrawn_signal_is_not_announced(world: "World", maak_signaal: MaakSignaal) -> None:
    wijkteam = await world.in_sector(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING)
    signaal = maak_signaal(verlooptOp=EINDE)
    await wijkteam.submit(signaal)
    await wijkteam.withdraw(signaal["id"])
    world.klok.later(days=40)
    await world.work()
    assert kinds(await (await wijkteam.log_in()).all_events()) == ["signaal-ontvangen"]


class TestWithoutTheTerm:
    @pytest.fixture
    def convenant_text(self, partijen: "Partijen") -> str:
        document = document_from_yaml(partijen.text, bron="test")
        termijnen = [termijn for termijn in document["termijnen"] if termijn["code"] != EINDE_SIGNAAL]
        return dump_yaml({**document, "termijnen": termijnen})

    async def test_nothing_is_announced(self, world: "World", maak_signaal: MaakSignaal) -> None:
        wijkteam = await world.in_sector(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING)
        await wijkteam.submit(maak_signaal(verlooptOp=EINDE))
        world.klok.later(days=45)
        await world.work()
        assert await _told(wijkteam, "signaal-verloopt-binnenkort") == []


async def test_every_party_hears_that_there_is_a_new_version(world: "World") -> None:
    text = world.partijen.next_version(world.text)
    await world.publish(text)
    versie = next(v.convenant for v in world.kern.lijst.versies if v.convenant.versie == 2)
    verwacht = {"convenant": "nhn-2026", "versie": 2, "hash": versie.hash, "soort": "nieuwe-versie"}
    for sector in (Sector.JEUGDHULP, Sector.ONDERWIJS):
        assert await _told(await world.in_sector(sector), "convenant-gewijzigd") == [verwacht]
    await world.publish(text)
    assert len(await _told(await world.in_sector(Sector.JEUGDHULP), "convenant-gewijzigd")) == 1


async def test_every_disclosure_leaves_a_leaf(world: "World", maak_signaal: MaakSignaal, sql: Sql) -> None:
    wijkteam = await world.in_sector(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING)
    await wijkteam.submit(maak_signaal(verlooptOp=EINDE))
    world.klok.later(days=30)
    await world.work()
    world.klok.later(days=30)
    await world.work()
    told = sql(
        "SELECT inhoud::jsonb->>'gebeurtenis' FROM logboek_inhoud WHERE inhoud::jsonb ? 'gebeurtenis' ORDER BY blad_id"
    )
    assert [naam for (naam,) in told] == ["signaal-ontvangen", "signaal-verloopt-binnenkort", "signaal-verlopen"]


def test_every_kind_that_is_told_names_a_schema_of_the_interface() -> None:
    schemas = NotificatieUitvoer.model_json_schema()["$defs"]
    assert set(SCHEMAS.values()) <= schemas.keys()
    assert SCHEMAS.keys() <= set(Notificatiesoort)
