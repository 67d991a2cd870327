"""Contact cards: told where the convenant grants them, gone with their signal, asked for and released."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from convenant.types import Sector
from tests.matcher.conftest import base64url, kaart

if TYPE_CHECKING:
    from tests.matcher.conftest import Caller, World

Maker = Callable[..., dict[str, Any]]
Sql = Callable[..., list[Any]]
ZORG = "zorg-om-kind"
TABLES = ("kaart", "kaartomslag", "kaartzegel", "kaartverzoek", "kaartvrijgave")


def kinds(events: list[dict[str, Any]]) -> list[str]:
    return [event["type"].removeprefix("nl.koppelradar.") for event in events]


def stored(sql: Sql) -> list[int]:
    return [sql(f"SELECT count(*) FROM {table}")[0][0] for table in TABLES]  # noqa: S608 - names of ours


@pytest.fixture
async def wijkteam(world: "World") -> "Caller":
    return await world.in_sector(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING)


@pytest.fixture
async def jeugdhulp(world: "World") -> "Caller":
    return await world.in_sector(Sector.JEUGDHULP)


async def ask(caller: "Caller") -> Any:
    [match] = await caller.matches()
    return await caller.post(f"/v1/matches/{match['id']}/kaartverzoeken", {"paar": match["partijen"][0]["paar"]})


async def test_a_co_signaller_gets_the_card_with_its_omslagen_and_no_zegel_of_others(
    world: "World", wijkteam: "Caller", jeugdhulp: "Caller", maak_signaal: Maker
) -> None:
    vt = world.partijen.in_sector(Sector.VEILIG_THUIS)
    sent = kaart(vt, jeugdhulp.oin)
    own = maak_signaal("p", kaart=sent)
    await wijkteam.submit(own)
    await jeugdhulp.submit(maak_signaal("p"))
    [event] = await jeugdhulp.events()
    [match] = await jeugdhulp.matches()
    assert event["data"] == match
    assert match["partijen"][0]["kaart"] == {
        "signaal": own["id"],
        "oin": wijkteam.oin,
        "versleuteld": sent["versleuteld"],
        "omslagen": sent["omslagen"],
        "zegels": [sent["zegels"][1]],
    }
    assert "kaart" not in (await wijkteam.matches())[0]["partijen"][0]


async def test_of_a_confirmed_pair_no_omslag_is_told(
    wijkteam: "Caller", jeugdhulp: "Caller", maak_signaal: Maker
) -> None:
    await wijkteam.submit(maak_signaal(slots={"s1": "p"}, kaart=kaart(jeugdhulp.oin)))
    await jeugdhulp.submit(maak_signaal(slots={"s1": "p"}))
    for caller in (wijkteam, jeugdhulp):
        await caller.confirm((await caller.mogelijke())[0]["id"])
    found = (await jeugdhulp.matches())[0]["partijen"][0]["kaart"]
    assert (found["omslagen"], len(found["zegels"])) == ([], 1)


async def test_who_is_not_granted_a_card_gets_none_and_may_not_ask(world: "World", maak_signaal: Maker) -> None:
    # Articles 4.5 and 4.7 grant no card.
    school, zorg = await world.callers(Sector.ONDERWIJS, Sector.GEZONDHEIDSZORG)
    await school.submit(maak_signaal("p", signaalsoort=ZORG, kaart=kaart()))
    await zorg.submit(maak_signaal("p", signaalsoort=ZORG, kaart=kaart()))
    for caller in (school, zorg):
        assert "kaart" not in (await caller.matches())[0]["partijen"][0]
        answer = await ask(caller)
        assert (answer.status_code, answer.json()["type"]) == (403, "urn:problem-type:koppelradar:geen-toegang")
        assert kinds(await caller.events()) == ["match-ontstaan"]


async def test_a_card_goes_with_its_signal_also_from_news_that_was_told_before(
    wijkteam: "Caller", jeugdhulp: "Caller", maak_signaal: Maker, sql: Sql
) -> None:
    own = maak_signaal("p", kaart=kaart(jeugdhulp.oin))
    await wijkteam.submit(own)
    await jeugdhulp.submit(maak_signaal("p"))
    assert stored(sql)[:3] == [1, 1, 1]
    await wijkteam.withdraw(own["id"])
    assert stored(sql) == [0] * 5
    assert "kaart" not in (await jeugdhulp.events())[0]["data"]["partijen"][0]
    everything = str(sql("SELECT inhoud FROM notificatie")) + str(sql("SELECT inhoud FROM logboek_inhoud"))
    assert own["kaart"]["versleuteld"] not in everything


async def test_a_card_is_not_shown_any_more_to_whom_it_was_separated_from(
    wijkteam: "Caller", jeugdhulp: "Caller", maak_signaal: Maker
) -> None:
    await wijkteam.submit(maak_signaal("p", kaart=kaart(jeugdhulp.oin)))
    await jeugdhulp.submit(maak_signaal("p"))
    [match] = await wijkteam.matches()
    await wijkteam.post(f"/v1/matches/{match['id']}/onjuistmeldingen", {"paar": match["partijen"][0]["paar"]})
    assert "kaart" not in (await jeugdhulp.events())[0]["data"]["partijen"][0]


async def test_a_card_of_another_shape_is_refused(wijkteam: "Caller", maak_signaal: Maker) -> None:
    cases: list[tuple[dict[str, Any], str]] = [
        ({"versleuteld": "A" * 1402}, "/versleuteld"),
        ({"omslagen": []}, "/omslagen"),
        ({"omslagen": kaart(epochen=(2,))["omslagen"]}, "/omslagen"),
        ({"naam": "x"}, ""),
        ({"zegels": kaart("00000099000000999000")["zegels"]}, "/zegels/0/ontvanger"),
        ({"zegels": kaart(*["00000099000000001000"] * 11)["zegels"]}, "/zegels"),
    ]
    for change, pad in cases:
        answer = await wijkteam.submit(maak_signaal(kaart=kaart() | change))
        assert answer.status_code == 400
        assert [fout["pad"] for fout in answer.json()["fouten"]] == [f"/signalen/0/kaart{pad}"]


class TestKaartvrijgave:
    @pytest.fixture
    async def own(self, wijkteam: "Caller", jeugdhulp: "Caller", maak_signaal: Maker) -> dict[str, Any]:
        own = maak_signaal("p")
        await wijkteam.submit(own)
        await jeugdhulp.submit(maak_signaal("p"))
        return own

    async def release(self, caller: "Caller", asked: dict[str, Any], **changes: Any) -> Any:
        body = {"match": asked["match"], "paar": asked["paar"], "zegel": base64url(b"z" * 2000)} | changes
        return await caller.post("/v1/kaartvrijgaven", body)

    async def test_the_other_is_asked_and_the_asker_gets_what_it_seals(
        self, wijkteam: "Caller", jeugdhulp: "Caller", own: dict[str, Any], sql: Sql
    ) -> None:
        for _ in range(2):
            assert (await ask(jeugdhulp)).status_code == 201
        [_, event] = await wijkteam.events()
        assert event["type"] == "nl.koppelradar.kaart-gevraagd"
        [match] = await wijkteam.matches()
        assert event["data"] == {
            "match": match["id"],
            "paar": match["partijen"][0]["paar"],
            "eigenSignaal": own["id"],
            "convenant": "nhn-2026",
            "niveau": "zeker",
            "ontvanger": jeugdhulp.oin,
        }
        assert (await self.release(wijkteam, event["data"])).status_code == 201
        assert (await self.release(wijkteam, event["data"])).status_code == 404
        given = (await jeugdhulp.events())[-1]
        [seen] = await jeugdhulp.matches()
        assert given["data"] == {
            "match": seen["id"],
            "paar": seen["partijen"][0]["paar"],
            "oin": wijkteam.oin,
            "convenant": "nhn-2026",
            "zegel": base64url(b"z" * 2000),
        }
        found = sql(
            "SELECT inhoud::jsonb->'velden' FROM logboek_inhoud WHERE inhoud::jsonb->>'gebeurtenis' LIKE 'kaart%'"
        )
        assert len(found) == 2
        assert all("kaart" in velden for (velden,) in found)

    async def test_what_was_released_goes_with_the_signal(
        self, wijkteam: "Caller", jeugdhulp: "Caller", own: dict[str, Any], sql: Sql
    ) -> None:
        await ask(jeugdhulp)
        await self.release(wijkteam, (await wijkteam.events())[-1]["data"])
        await wijkteam.withdraw(own["id"])
        [given] = [e for e in await jeugdhulp.events() if e["type"].endswith("kaart-vrijgegeven")]
        assert given["data"]["zegel"] == ""
        assert stored(sql) == [0] * 5

    @pytest.mark.usefixtures("own")
    async def test_nobody_releases_what_was_not_asked(
        self, wijkteam: "Caller", jeugdhulp: "Caller", world: "World"
    ) -> None:
        [match] = await wijkteam.matches()
        unasked = {"match": match["id"], "paar": match["partijen"][0]["paar"]}
        assert (await self.release(wijkteam, unasked)).status_code == 404
        await ask(jeugdhulp)
        asked = (await wijkteam.events())[-1]["data"]
        zorg = await world.in_sector(Sector.GEZONDHEIDSZORG)
        for caller, data in ((zorg, asked), (jeugdhulp, asked), (wijkteam, asked | {"paar": str(uuid4())})):
            assert (await self.release(caller, data)).status_code == 404

    @pytest.mark.usefixtures("own")
    async def test_a_pair_that_one_does_not_see_cannot_be_asked(self, world: "World", jeugdhulp: "Caller") -> None:
        zorg = await world.in_sector(Sector.GEZONDHEIDSZORG)
        [match] = await jeugdhulp.matches()
        body = {"paar": match["partijen"][0]["paar"]}
        assert (await zorg.post(f"/v1/matches/{match['id']}/kaartverzoeken", body)).status_code == 404
        body = {"paar": str(uuid4())}
        assert (await jeugdhulp.post(f"/v1/matches/{match['id']}/kaartverzoeken", body)).status_code == 404

    async def test_a_zegel_of_another_shape_is_refused(self, wijkteam: "Caller") -> None:
        asked = {"match": str(uuid4()), "paar": str(uuid4())}
        for zegel in ("A", "A" * 65, base64url(b"z" * 4097), "A" * 63 + "!"):
            assert (await self.release(wijkteam, asked, zegel=zegel)).status_code == 400
