"""What a casus brings to light: a radartreffer for its owner, a gezinsmatch for others, over HTTP."""

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest

from convenant.laden import document_from_yaml, dump_yaml
from convenant.types import Sector
from matcher.diensten.beeindigen import expire
from tests.matcher.conftest import signaal
from tests.matcher.radar import KIND, casus, kinds, register, signal, to_stand, told

if TYPE_CHECKING:
    from tests.conftest import Partijen, Sql
    from tests.matcher.conftest import Caller, World


@pytest.fixture
async def vt(world: "World") -> "Caller":
    return await world.in_sector(Sector.VEILIG_THUIS)


@pytest.fixture
async def school(world: "World") -> "Caller":
    return await world.in_sector(Sector.ONDERWIJS)


@pytest.fixture
async def jeugd(world: "World") -> "Caller":
    return await world.in_sector(Sector.JEUGDHULP)


@pytest.fixture
async def made(vt: "Caller") -> dict[str, Any]:
    """A casus of Veilig Thuis with Anna and her brother Bas."""
    return await register(vt, *await signal(vt, "Anna", "Bas"))


class TestRadartreffer:
    async def test_a_signal_on_a_sibling_is_told_to_the_owner(
        self, vt: "Caller", school: "Caller", made: dict[str, Any]
    ) -> None:
        await signal(school, "Bas")
        [event] = [each for each in await vt.events() if each["type"] == "nl.koppelradar.radartreffer"]
        assert event["subject"] == made["id"]
        assert event["dataschema"].endswith("/RadartrefferUitvoer")
        [match] = await vt.matches()
        [partij] = match["partijen"]
        assert event["data"] == {
            "casus": made["id"],
            "convenant": "nhn-2026",
            "match": match["id"],
            "niveau": "zeker",
            "melding": "hermelding",
            "acuut": False,
            "partijen": [{naam: waarde for naam, waarde in partij.items() if naam != "kaart"}],
        }
        assert partij["organisatie"]["oin"] == school.oin

    async def test_each_next_party_is_told_by_itself(
        self, vt: "Caller", school: "Caller", jeugd: "Caller", made: dict[str, Any]
    ) -> None:
        for caller in (school, jeugd):
            await signal(caller, "Anna")
        named = [[p["organisatie"]["oin"] for p in each["partijen"]] for each in await told(vt, "radartreffer")]
        assert named == [[school.oin], [jeugd.oin]]

    async def test_what_was_there_already_is_told_at_once(self, vt: "Caller", school: "Caller") -> None:
        await signal(school, "Anna", "Bas")
        leden = await signal(vt, "Anna", "Bas", "Cem")
        assert await told(vt, "radartreffer") == []
        made = await register(vt, leden[0])
        assert len(await told(vt, "radartreffer")) == 1
        await vt.post(f"/v1/casussen/{made['id']}/betrokkenen", {"signalen": leden})
        assert len(await told(vt, "radartreffer")) == 2

    async def test_an_acute_casus_is_urgent(self, vt: "Caller", school: "Caller", sql: "Sql") -> None:
        await register(vt, *await signal(vt, "Anna"), acuut=True)
        await register(vt, *await signal(vt, "Bas"))
        await signal(school, "Anna", "Bas")
        found = sql("SELECT inhoud->>'acuut', dringend FROM notificatie WHERE soort = 'radartreffer'")
        assert sorted(map(tuple, found)) == [("false", False), ("true", True)]
        assert not sql("SELECT 1 FROM notificatie WHERE dringend AND soort <> 'radartreffer'")

    async def test_after_handing_over_a_signal_is_a_terugmelding_and_after_closing_it_is_none(
        self, vt: "Caller", school: "Caller", jeugd: "Caller", made: dict[str, Any]
    ) -> None:
        await to_stand(vt, made["id"], "overgedragen")
        await signal(school, "Anna")
        assert [each["melding"] for each in await told(vt, "radartreffer")] == ["terugmelding"]
        await to_stand(vt, made["id"], "afgesloten")
        await signal(jeugd, "Anna")
        assert len(await told(vt, "radartreffer")) == 1

    async def test_two_casussen_with_one_person_are_both_told(
        self, vt: "Caller", school: "Caller", made: dict[str, Any]
    ) -> None:
        second = await register(vt, made["signalen"][0], *await signal(vt, "Cem"))
        await signal(school, "Anna", "Bas")
        found = [each["casus"] for each in await told(vt, "radartreffer")]
        assert sorted(found) == sorted([made["id"], made["id"], second["id"]])

    async def test_nobody_else_hears_that_there_is_a_casus(
        self, vt: "Caller", school: "Caller", made: dict[str, Any], sql: "Sql"
    ) -> None:
        await signal(school, "Anna")
        assert kinds(await school.events()) == []
        assert made["id"] not in json.dumps(
            [list(row) for row in sql("SELECT inhoud::text FROM notificatie WHERE ontvanger <> :oin", oin=vt.oin)]
        )


class TestGezinsmatch:
    async def test_two_on_different_children_hear_of_each_other(
        self, school: "Caller", jeugd: "Caller", made: dict[str, Any]
    ) -> None:
        [over_anna] = await signal(school, "Anna")
        [over_bas] = await signal(jeugd, "Bas")
        for caller, other, eigen in ((school, jeugd, over_anna), (jeugd, school, over_bas)):
            [event] = [e for e in await caller.events() if e["type"] == "nl.koppelradar.gezinsmatch-ontstaan"]
            assert event["dataschema"].endswith("/GezinsmatchUitvoer")
            assert event["subject"] == event["data"]["id"]
            [partij] = event["data"]["partijen"]
            assert event["data"]["eigenSignaal"] == eigen
            assert partij.keys() == {"paar", "organisatie", "contact", "artikel", "grondslag"}
            assert (partij["organisatie"]["oin"], partij["artikel"]) == (other.oin, "4.12")
            assert other.oin not in json.dumps(await caller.matches())
            assert made["id"] not in json.dumps(event)

    async def test_a_casus_registered_later_tells_what_exists(
        self, vt: "Caller", school: "Caller", jeugd: "Caller"
    ) -> None:
        await signal(school, "Anna")
        await signal(jeugd, "Bas")
        assert await told(school, "gezinsmatch-ontstaan") == []
        een, twee = await signal(vt, "Anna", "Bas")
        made = await register(vt, een)
        assert await told(school, "gezinsmatch-ontstaan") == []
        await vt.post(f"/v1/casussen/{made['id']}/betrokkenen", {"signalen": [twee]})
        for caller in (school, jeugd):
            assert len(await told(caller, "gezinsmatch-ontstaan")) == 1
        assert "gezinsmatch-ontstaan" not in kinds(await vt.events())

    async def test_two_siblings_signalled_at_the_same_moment_are_found(
        self, vt: "Caller", school: "Caller", jeugd: "Caller"
    ) -> None:
        for n in range(6):
            await register(vt, *await signal(vt, f"Anna {n}", f"Bas {n}"))
        await asyncio.gather(
            *(
                caller.submit(signaal(f"{name} {n}", signaalsoort=KIND))
                for n in range(6)
                for name, caller in (("Anna", school), ("Bas", jeugd))
            )
        )
        for caller in (school, jeugd):
            assert len(await told(caller, "gezinsmatch-ontstaan")) == 6

    async def test_a_casus_registered_at_the_moment_of_a_signal_misses_nothing(
        self, vt: "Caller", school: "Caller", jeugd: "Caller"
    ) -> None:
        for n in range(4):
            await signal(jeugd, f"Bas {n}")
            leden = await signal(vt, f"Anna {n}", f"Bas {n}")
            await asyncio.gather(
                vt.post("/v1/casussen", casus(*leden)),
                school.submit(signaal(f"Anna {n}", signaalsoort=KIND)),
            )
            assert len(await told(school, "gezinsmatch-ontstaan")) == n + 1
            assert len(await told(jeugd, "gezinsmatch-ontstaan")) == n + 1
            assert len(await told(vt, "radartreffer")) == 2 * (n + 1)

    async def test_only_where_the_convenant_grants_it(
        self, world: "World", vt: "Caller", school: "Caller", made: dict[str, Any], sql: "Sql"
    ) -> None:
        justitie = await world.in_sector(Sector.JUSTITIE)
        await signal(school, "Anna")
        await signal(justitie, "Bas")
        for caller in (school, justitie):
            assert not [kind for kind in kinds(await caller.events()) if kind.startswith("gezinsmatch")]
        refused = sql(
            "SELECT inhoud::jsonb->>'ontvanger' FROM logboek_inhoud"
            " WHERE inhoud::jsonb->>'gebeurtenis' = 'besluit gezinsmatch'"
        )
        assert {oin for [oin] in refused} == {school.oin, justitie.oin}

    async def test_a_second_casus_with_the_same_persons_is_no_news(
        self, vt: "Caller", school: "Caller", jeugd: "Caller", made: dict[str, Any]
    ) -> None:
        await signal(school, "Anna")
        await signal(jeugd, "Bas")
        before = [await caller.events() for caller in (school, jeugd)]
        second = await register(vt, *made["signalen"])
        await to_stand(vt, second["id"], "afgesloten")
        assert [await caller.events() for caller in (school, jeugd)] == before
        await to_stand(vt, made["id"], "afgesloten")
        for caller in (school, jeugd):
            assert kinds(await caller.events())[-1] == "gezinsmatch-vervallen"

    async def test_what_is_told_of_one_member_reveals_nothing_of_another(
        self, world: "World", vt: "Caller", school: "Caller", jeugd: "Caller", made: dict[str, Any]
    ) -> None:
        [over_anna] = await signal(school, "Anna")
        zorg = await world.in_sector(Sector.GEZONDHEIDSZORG)
        await signal(zorg, "Bas")
        await signal(jeugd, "Bas")
        heard = json.dumps(await school.events())
        # Of who helps Bas the school may know the jeugdhulp, not the zorg, and neither when nor why.
        assert jeugd.oin in heard
        assert zorg.oin not in heard
        assert "ingediendOp" not in heard
        assert "signaalsoort" not in heard
        assert not any(lid in heard for lid in made["signalen"])
        [melding] = await told(school, "gezinsmatch-ontstaan")
        [match] = await jeugd.matches()
        assert melding["eigenSignaal"] == over_anna
        assert melding["id"] not in json.dumps(await jeugd.events())
        assert match["id"] not in heard


class TestLapsing:
    @pytest.fixture
    async def both(self, vt: "Caller", school: "Caller", jeugd: "Caller", made: dict[str, Any]) -> tuple[str, str]:
        """A signal of the school on Anna and one of the jeugdhulp on Bas, which is over sooner."""
        [een], [twee] = await signal(school, "Anna"), await signal(jeugd, "Bas", verlooptOp="2026-07-01")
        return een, twee

    async def test_withdrawing_ends_it_for_the_other_who_learns_which(
        self, school: "Caller", jeugd: "Caller", both: tuple[str, str]
    ) -> None:
        [arose] = await told(school, "gezinsmatch-ontstaan")
        await jeugd.withdraw(both[1])
        [over] = await told(school, "gezinsmatch-vervallen")
        assert over["id"] == arose["id"]
        [partij] = over["partijen"]
        assert partij == {naam: arose["partijen"][0][naam] for naam in ("paar", "artikel", "grondslag")}
        assert await told(jeugd, "gezinsmatch-vervallen") == []

    async def test_expiring_ends_it(
        self, world: "World", school: "Caller", jeugd: "Caller", both: tuple[str, str]
    ) -> None:
        world.klok.later(days=60)
        await expire(world.kern)
        school = await world.caller(school.oin)
        assert len(await told(school, "gezinsmatch-vervallen")) == 1

    async def test_a_member_that_ends_takes_its_gezinsmatches_along(
        self, vt: "Caller", school: "Caller", jeugd: "Caller", made: dict[str, Any], both: tuple[str, str]
    ) -> None:
        for lid in made["signalen"]:
            await vt.withdraw(lid)
        for caller in (school, jeugd):
            assert len(await told(caller, "gezinsmatch-vervallen")) == 1

    async def test_closing_the_casus_ends_it(
        self, vt: "Caller", school: "Caller", jeugd: "Caller", made: dict[str, Any], both: tuple[str, str]
    ) -> None:
        for _ in range(2):
            await to_stand(vt, made["id"], "afgesloten")
        for caller in (school, jeugd):
            assert len(await told(caller, "gezinsmatch-vervallen")) == 1

    async def test_a_match_that_is_wrong_ends_it(
        self, vt: "Caller", school: "Caller", jeugd: "Caller", both: tuple[str, str]
    ) -> None:
        seen = [(match, partij) for match in await vt.matches() for partij in match["partijen"]]
        [(match, partij)] = [each for each in seen if each[1]["organisatie"]["oin"] == jeugd.oin]
        answer = await vt.post(f"/v1/matches/{match['id']}/onjuistmeldingen", {"paar": partij["paar"]})
        assert answer.status_code == 201, answer.text
        for caller in (school, jeugd):
            assert len(await told(caller, "gezinsmatch-vervallen")) == 1


class TestWithoutARule:
    @pytest.fixture
    def convenant_text(self, partijen: "Partijen") -> str:
        document = document_from_yaml(partijen.text, bron="test")
        regels = [regel for regel in document["deelregels"] if "gezinsmatch" not in regel["gebeurtenissen"]]
        return dump_yaml({**document, "deelregels": regels})

    async def test_a_casus_tells_others_nothing(self, school: "Caller", jeugd: "Caller", made: dict[str, Any]) -> None:
        await signal(school, "Anna")
        await signal(jeugd, "Bas")
        assert await school.events() == []
        assert not [kind for kind in kinds(await jeugd.events()) if kind.startswith("gezinsmatch")]
