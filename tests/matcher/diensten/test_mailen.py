"""Mail from a real database through a real mail server, with a clock of our own."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from convenant.types import Oin, Sector
from matcher.diensten.mailen import mail_due
from matcher.domein.notificatie import Notificatie
from matcher.opslag import notificaties
from matcher.types import Notificatiesoort
from matcher.uitgaand.post import TEKST
from tests.matcher.postkantoor import Postkantoor, open_postkantoor

if TYPE_CHECKING:
    from pathlib import Path

    from matcher.instellingen import Instellingen
    from tests.conftest import Partijen, Sql
    from tests.matcher.conftest import Caller, World

STANDAARD = {"aan": True, "wijze": "direct", "tijdstip": "08:00", "stilVan": None, "stilTot": None}


@pytest.fixture
async def kantoor() -> AsyncIterator[Postkantoor]:
    async with open_postkantoor() as found:
        yield found


@pytest.fixture
def instellingen(
    database_urls: Any, convenant_text: str, tmp_path: "Path", maak_instellingen: Any, kantoor: Postkantoor
) -> "Instellingen":
    made: Instellingen = maak_instellingen(database_urls, convenant_text, tmp_path)
    smtp = {"smtp_host": "127.0.0.1", "smtp_port": kantoor.port, "smtp_afzender": "koppelradar@matcher.example.nl"}
    return type(made).model_validate({**made.model_dump(), **smtp, "smtp_tls": "geen"})


@pytest.fixture
async def school(world: "World") -> "Caller":
    return await world.in_sector(Sector.ONDERWIJS)


async def happen(world: "World", ontvanger: Oin, *, dringend: bool = False) -> None:
    event = Notificatie(
        id=uuid4(),
        ontvanger=ontvanger,
        soort=Notificatiesoort.MATCH_ONJUIST,
        onderwerp=uuid4(),
        inhoud={"id": str(uuid4()), "convenant": "nhn-2026", "paar": str(uuid4())},
        ontstaan_op=world.klok(),
        dringend=dringend,
    )
    async with world.kern.transaction() as connection:
        await notificaties.add(connection, [event])


async def put(caller: "Caller", **changes: Any) -> dict[str, Any]:
    await caller.log_in()
    answer = await caller.http.put("/v1/emailkanaal", json={**STANDAARD, **changes}, headers=caller.headers())
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def adres(partijen: "Partijen", oin: Oin) -> str:
    return partijen.convenant.partij(oin).contact.email


async def test_news_of_a_minute_is_one_mail_to_the_contact_address_that_says_nothing(
    world: "World", school: "Caller", kantoor: Postkantoor, partijen: "Partijen"
) -> None:
    await put(school)
    for _ in range(3):
        await happen(world, school.oin)
    assert await mail_due(world.kern) == 60
    world.klok.later(minutes=1)
    await mail_due(world.kern)
    await mail_due(world.kern)
    assert kantoor.to == [adres(partijen, school.oin)]
    [mail] = kantoor.mails
    assert mail.get_content().strip() == TEKST.strip()
    assert school.oin not in mail.as_string()
    assert "match" not in mail.as_string().replace("matcher.example.nl", "").lower()


async def test_who_did_not_ask_for_mail_gets_none(world: "World", school: "Caller", kantoor: Postkantoor) -> None:
    await happen(world, school.oin)
    await put(school)
    await happen(world, school.oin)
    await put(school, aan=False)
    world.klok.later(hours=1)
    assert await mail_due(world.kern) == 60
    await put(school)
    world.klok.later(hours=1)
    await mail_due(world.kern)
    assert kantoor.mails == []


async def test_the_daily_mail_waits_and_what_is_urgent_does_not(
    world: "World", school: "Caller", kantoor: Postkantoor
) -> None:
    await put(school, wijze="dagelijks", stilVan="18:00", stilTot="07:00")
    await happen(world, school.oin)
    world.klok.later(hours=10)
    await mail_due(world.kern)
    assert kantoor.mails == []
    await happen(world, school.oin, dringend=True)
    await mail_due(world.kern)
    assert len(kantoor.mails) == 1
    await happen(world, school.oin)
    world.klok.later(hours=9)
    await mail_due(world.kern)
    assert len(kantoor.mails) == 1
    world.klok.later(hours=1)
    await mail_due(world.kern)
    assert len(kantoor.mails) == 2


async def test_an_address_that_is_refused_holds_up_no_other_and_is_tried_again(
    world: "World", kantoor: Postkantoor, partijen: "Partijen"
) -> None:
    school, jeugdhulp = await world.callers(Sector.ONDERWIJS, Sector.JEUGDHULP)
    een, ander = adres(partijen, school.oin), adres(partijen, jeugdhulp.oin)
    kantoor.refuses[een] = "550 onbekend"
    for caller in (school, jeugdhulp):
        await put(caller)
        await happen(world, caller.oin)
    world.klok.later(minutes=1)
    left = await mail_due(world.kern)
    assert (kantoor.to, sorted(kantoor.tried)) == ([ander], sorted([een, ander]))
    assert 30 <= left <= 60
    kantoor.refuses.clear()
    world.klok.later(minutes=1)
    await mail_due(world.kern)
    assert kantoor.to == [ander, een]


async def test_after_a_crash_the_same_mail_goes_again(
    world: "World", school: "Caller", kantoor: Postkantoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    await put(school)
    await happen(world, school.oin)
    world.klok.later(minutes=1)

    async def crash(*_: Any) -> None:
        raise asyncio.CancelledError

    with monkeypatch.context() as patch:
        patch.setattr("matcher.opslag.emailkanalen.release", crash)
        with pytest.raises(asyncio.CancelledError):
            await mail_due(world.kern)
    await happen(world, school.oin)
    await mail_due(world.kern)
    assert len(kantoor.mails) == 1
    world.klok.later(minutes=2)
    await mail_due(world.kern)
    assert len(kantoor.mails) == 2
    assert kantoor.mails[0]["Message-ID"] == kantoor.mails[1]["Message-ID"]


async def test_workers_side_by_side_send_one_mail(world: "World", school: "Caller", kantoor: Postkantoor) -> None:
    await put(school)
    await happen(world, school.oin)
    world.klok.later(minutes=1)
    await asyncio.gather(*(mail_due(world.kern) for _ in range(4)))
    assert len(kantoor.mails) == 1


async def test_every_mail_leaves_a_leaf_without_an_address(
    world: "World", school: "Caller", kantoor: Postkantoor, sql: "Sql"
) -> None:
    await put(school)
    await happen(world, school.oin)
    world.klok.later(minutes=1)
    await mail_due(world.kern)
    leaves = [json.loads(tekst) for (tekst,) in sql("SELECT inhoud FROM logboek_inhoud ORDER BY blad_id")]
    assert [leaf["handeling"] for leaf in leaves] == ["e-mailkanaal instellen", "e-mail versturen"]
    assert leaves[-1]["ontvanger"] == school.oin
    assert "@" not in json.dumps(leaves)


async def test_the_setting_is_answered_as_it_was_made(school: "Caller") -> None:
    assert (await school.get("/v1/emailkanaal")).json() == {**STANDAARD, "aan": False}
    wish = {"aan": True, "wijze": "dagelijks", "tijdstip": "16:30", "stilVan": "18:00", "stilTot": "07:00"}
    assert await put(school, **wish) == wish
    assert (await school.get("/v1/emailkanaal")).json() == wish


@pytest.mark.parametrize(
    ("changes", "pad"),
    [
        ({"stilVan": "18:00"}, "/stilTot"),
        ({"stilTot": "18:00"}, "/stilTot"),
        ({"stilVan": "18:00", "stilTot": "18:00"}, "/stilTot"),
        ({"tijdstip": "24:00"}, "/tijdstip"),
        ({"tijdstip": "8:00"}, "/tijdstip"),
        ({"wijze": "wekelijks"}, "/wijze"),
        ({"aan": "ja"}, "/aan"),
        ({"adres": "iemand@example.nl"}, ""),
    ],
)
async def test_a_setting_that_makes_no_sense_is_refused(school: "Caller", changes: dict[str, Any], pad: str) -> None:
    answer = await school.http.put("/v1/emailkanaal", json={**STANDAARD, **changes}, headers=school.headers())
    assert (answer.status_code, [fout["pad"] for fout in answer.json()["fouten"]]) == (400, [pad])


async def test_without_a_mail_server_the_setting_is_refused_and_nothing_goes(
    world: "World", school: "Caller", kantoor: Postkantoor
) -> None:
    await put(school)
    await happen(world, school.oin)
    world.klok.later(hours=1)
    kern = replace(world.kern, uitgang=replace(world.kern.required_uitgang, post=None))
    assert await mail_due(kern) == 60
    assert kantoor.mails == []
