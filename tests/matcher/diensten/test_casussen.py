"""Registering a casus, adding to it, and saying where it stands, over HTTP."""

import asyncio
import json
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from convenant.types import Rol, Sector
from matcher.diensten.beeindigen import expire
from matcher.diensten.escaleren import run_termijnen
from tests.matcher.radar import casus, kinds, radar, register, signal, termijnen, to_stand, told

if TYPE_CHECKING:
    from tests.conftest import Sql
    from tests.matcher.conftest import Caller, World


@pytest.fixture
async def vt(world: "World") -> "Caller":
    return await world.in_sector(Sector.VEILIG_THUIS)


@pytest.fixture
async def wijkteam(world: "World") -> "Caller":
    return await world.in_sector(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING)


class TestRegistering:
    async def test_a_casus_is_what_was_sent_and_can_be_read_back(self, vt: "Caller") -> None:
        leden = await signal(vt, "Anna", "Bas")
        sent = casus(*leden, acuut=True)
        answer = await vt.post("/v1/casussen", sent)
        assert answer.status_code == 201, answer.text
        assert answer.json() == sent | {
            "signalen": sorted(leden),
            "toestand": "beoordeling",
            "geopendOp": "2026-05-12T10:00:00Z",
            "gewijzigdOp": "2026-05-12T10:00:00Z",
        }
        assert (await vt.get(f"/v1/casussen/{sent['id']}")).json() == answer.json()
        assert (await vt.get("/v1/casussen")).json() == {"casussen": [answer.json()], "volgende": None}

    async def test_repeating_changes_nothing_also_after_more_happened(self, vt: "Caller", sql: "Sql") -> None:
        een, twee, drie = await signal(vt, "Anna", "Bas", "Cem")
        sent = casus(een, twee)
        assert len({(await vt.post("/v1/casussen", sent)).text for _ in range(2)}) == 1
        await vt.post(f"/v1/casussen/{sent['id']}/betrokkenen", {"signalen": [drie]})
        await vt.withdraw(een)
        again = await vt.post("/v1/casussen", sent)
        assert (again.status_code, again.json()["signalen"]) == (201, sorted([twee, drie]))
        assert sql("SELECT count(*) FROM casus")[0][0] == 1

    async def test_the_same_request_twice_at_once_makes_one_casus(self, vt: "Caller", sql: "Sql") -> None:
        sent = casus(*await signal(vt, "Anna", "Bas"))
        answers = await asyncio.gather(*(vt.post("/v1/casussen", sent) for _ in range(4)))
        assert {answer.status_code for answer in answers} == {201}
        assert sql("SELECT count(*) FROM casuslid")[0][0] == 2

    async def test_an_id_of_something_else_is_a_conflict(self, vt: "Caller") -> None:
        leden = await signal(vt, "Anna")
        made = await register(vt, *leden)
        assert (await vt.post("/v1/casussen", casus(*leden, id=made["id"]))).status_code == 409

    async def test_signals_of_others_ended_ones_and_unknown_ones_are_refused_alike(
        self, vt: "Caller", wijkteam: "Caller", sql: "Sql"
    ) -> None:
        mine, ended = await signal(vt, "Anna", "Bas")
        [theirs] = await signal(wijkteam, "Cem")
        await vt.withdraw(ended)
        answers = [await vt.post("/v1/casussen", casus(mine, other)) for other in (theirs, ended, str(uuid4()))]
        assert {answer.status_code for answer in answers} == {400}
        assert {json.dumps(answer.json()["fouten"]) for answer in answers} == {
            json.dumps(
                [
                    {
                        "pad": "/signalen/1",
                        "code": "geen-lopend-signaal",
                        "melding": "Kies een eigen, lopend signaal van dit convenant.",
                    }
                ]
            )
        }
        assert sql("SELECT count(*) FROM casus")[0][0] == 0

    async def test_a_signal_whose_last_day_came_is_no_longer_a_member(self, world: "World", vt: "Caller") -> None:
        [over] = await signal(vt, "Anna", verlooptOp="2026-06-01")
        world.klok.later(days=30)
        vt = await world.caller(vt.oin)
        assert (await vt.post("/v1/casussen", casus(over))).status_code == 400

    @pytest.mark.parametrize(
        "wrong",
        [
            {"signalen": []},
            {"signalen": [str(uuid4()) for _ in range(51)]},
            {"nummer": "te-kort"},
            {"toestand": "onbekend"},
            {"acuut": "ja"},
            {"reden": "vrije tekst"},
            {"monitoringTot": "2026-05-12"},
            {"convenant": "een-ander"},
        ],
        ids="-".join,
    )
    async def test_bad_input_is_refused(self, vt: "Caller", sql: "Sql", wrong: dict[str, Any]) -> None:
        answer = await vt.post("/v1/casussen", casus(*await signal(vt, "Anna"), **wrong))
        assert answer.status_code == 400
        assert "vrije tekst" not in answer.text
        assert sql("SELECT count(*) FROM casus")[0][0] == 0

    async def test_who_has_no_radar_composes_no_casus(self, world: "World", wijkteam: "Caller") -> None:
        leden = await signal(wijkteam, "Anna", "Bas")
        assert (await wijkteam.post("/v1/casussen", casus(*leden))).status_code == 403
        fg = await world.caller(world.partijen.with_rol(Rol.PRIVACY))
        assert (await fg.post("/v1/casussen", casus(*leden))).status_code == 403

    async def test_fifty_people_fit_and_all_of_them_are_found(self, vt: "Caller", wijkteam: "Caller") -> None:
        names = [f"persoon {n}" for n in range(50)]
        await signal(wijkteam, *names)
        made = await register(vt, *await signal(vt, *names))
        assert len(made["signalen"]) == 50
        [regel] = await radar(vt)
        assert (regel["signalen"], regel["partijen"], regel["nieuw"]) == (50, 1, 50)
        [meer] = await signal(vt, "nog iemand")
        refused = await vt.post(f"/v1/casussen/{made['id']}/betrokkenen", {"signalen": [meer]})
        assert (refused.status_code, refused.json()["fouten"][0]["code"]) == (400, "te-veel")


class TestOfAnother:
    @pytest.mark.parametrize(
        ("path", "body"),
        [
            ("betrokkenen", {"signalen": [str(uuid4())]}),
            ("toestanden", {"toestand": "onderzoek"}),
            ("inzagen", {}),
            ("terugkoppelingen", {"match": str(uuid4()), "paar": str(uuid4()), "opgepakt": True}),
        ],
    )
    async def test_it_is_not_found_as_if_it_did_not_exist(
        self, world: "World", vt: "Caller", wijkteam: "Caller", path: str, body: dict[str, Any]
    ) -> None:
        made = await register(vt, *await signal(vt, "Anna"))
        answers = [await wijkteam.post(f"/v1/casussen/{id_}/{path}", body) for id_ in (made["id"], str(uuid4()))]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].json() | {"instance": ""} == answers[1].json() | {"instance": ""}

    async def test_it_is_not_read_or_listed(self, vt: "Caller", wijkteam: "Caller") -> None:
        made = await register(vt, *await signal(vt, "Anna"))
        assert (await wijkteam.get(f"/v1/casussen/{made['id']}")).status_code == 404
        assert (await wijkteam.get("/v1/casussen")).json()["casussen"] == await radar(wijkteam) == []
        assert (await wijkteam.get("/v1/casussen", na=made["id"])).status_code == 400


class TestStanding:
    async def test_it_goes_from_one_to_the_next_and_repeating_changes_nothing(
        self, world: "World", vt: "Caller", wijkteam: "Caller"
    ) -> None:
        made = await register(vt, *await signal(vt, "Anna"))
        world.klok.later(minutes=2)
        for _ in range(2):
            answer = await to_stand(vt, made["id"], "overgedragen", overgedragenAan=wijkteam.oin)
            assert answer.json() == made | {
                "toestand": "overgedragen",
                "gewijzigdOp": "2026-05-12T10:02:00Z",
                "overgedragenAan": {"oin": wijkteam.oin, "naam": "Wijkteams Alkmaar"},
            }
            world.klok.later(minutes=1)
        assert (await radar(vt))[0]["melding"] == "terugmelding"
        back = (await to_stand(vt, made["id"], "beoordeling")).json()
        assert "overgedragenAan" not in back
        assert (await radar(vt))[0]["melding"] == "hermelding"

    async def test_a_step_that_is_none_is_a_conflict(self, vt: "Caller") -> None:
        made = await register(vt, *await signal(vt, "Anna"))
        assert (await to_stand(vt, made["id"], "monitoring")).status_code == 409
        await to_stand(vt, made["id"], "afgesloten")
        assert (await to_stand(vt, made["id"], "beoordeling")).status_code == 409
        more = await vt.post(f"/v1/casussen/{made['id']}/betrokkenen", {"signalen": await signal(vt, "Bas")})
        assert more.status_code == 409

    @pytest.mark.parametrize(
        "body",
        [
            {"toestand": "onderzoek", "overgedragenAan": "00000099000000011000"},
            {"toestand": "overgedragen", "overgedragenAan": "00000099999999999000"},
            {"toestand": "beoordeling", "monitoringTot": "2026-05-01"},
        ],
    )
    async def test_bad_input_changes_nothing(self, vt: "Caller", body: dict[str, Any]) -> None:
        made = await register(vt, *await signal(vt, "Anna"))
        answer = await vt.post(f"/v1/casussen/{made['id']}/toestanden", body)
        assert answer.status_code == 400
        assert (await vt.get(f"/v1/casussen/{made['id']}")).json() == made


class TestTerms:
    async def test_they_begin_and_end_with_where_the_casus_stands(self, world: "World", vt: "Caller") -> None:
        made = await register(vt, *await signal(vt, "Anna"))
        # Ascension Day and the free Friday after it do not count.
        assert await termijnen(vt, made["id"]) == {"veiligheidsbeoordeling": "2026-05-21"}
        await to_stand(vt, made["id"], "onderzoek")
        assert await termijnen(vt, made["id"]) == {"onderzoek": "2026-07-21"}
        world.klok.later(minutes=1)
        await to_stand(vt, made["id"], "voorwaarden-en-vervolg")
        assert await termijnen(vt, made["id"]) == {"onderzoek": "2026-07-21"}
        await to_stand(vt, made["id"], "monitoring")
        assert await termijnen(vt, made["id"]) == {
            "monitoring-3": "2026-08-12",
            "monitoring-12": "2027-05-12",
        }
        [regel] = await radar(vt)
        assert {termijn["artikel"] for termijn in regel["termijnen"]} == {"7.2"}
        assert {termijn["onderwerpsoort"] for termijn in regel["termijnen"]} == {"casus"}
        await to_stand(vt, made["id"], "monitoring", monitoringTot="2028-01-01")
        assert list(await termijnen(vt, made["id"])) == ["monitoring-3", "monitoring-12", "monitoring-18"]
        await to_stand(vt, made["id"], "monitoring", monitoringTot="2026-09-01")
        assert list(await termijnen(vt, made["id"])) == ["monitoring-3"]
        await to_stand(vt, made["id"], "afgesloten")
        [regel] = await radar(vt, toestand="afgesloten")
        assert regel["termijnen"] == []

    async def test_looking_at_a_casus_keeps_a_moment_that_is_due(self, world: "World", vt: "Caller") -> None:
        made = await register(vt, *await signal(vt, "Anna"), toestand="monitoring")
        await vt.post(f"/v1/casussen/{made['id']}/inzagen", {})
        assert "monitoring-3" in await termijnen(vt, made["id"])
        world.klok.later(days=92)
        vt = await world.caller(vt.oin)
        [regel] = await radar(vt, termijn=True)
        assert [(t["code"], t["status"]) for t in regel["termijnen"]] == [
            ("monitoring-3", "nadert"),
            ("monitoring-12", "loopt"),
        ]
        await vt.post(f"/v1/casussen/{made['id']}/inzagen", {})
        assert list(await termijnen(vt, made["id"])) == ["monitoring-12"]
        assert await radar(vt, termijn=True) == []

    async def test_a_terugkoppeling_is_due_only_to_somebody_who_can_get_one(
        self, vt: "Caller", wijkteam: "Caller"
    ) -> None:
        await signal(wijkteam, "Anna")
        known, alone = [await register(vt, *await signal(vt, name)) for name in ("Anna", "Bas")]
        for made in (known, alone):
            await to_stand(vt, made["id"], "onderzoek")
        assert set(await termijnen(vt, known["id"])) == {"onderzoek", "terugkoppeling-melder"}
        assert set(await termijnen(vt, alone["id"])) == {"onderzoek"}

    async def test_a_moment_of_monitoring_reminds_its_owner(self, world: "World", vt: "Caller") -> None:
        made = await register(vt, *await signal(vt, "Anna"), toestand="monitoring")
        world.klok.later(days=91)
        await run_termijnen(world.kern)
        vt = await world.caller(vt.oin)
        [event] = await told(vt, "termijn-nadert")
        assert (event["code"], event["artikel"], event["onderwerp"]) == ("monitoring-3", "7.2", made["id"])


class TestEnding:
    async def test_a_signal_that_ends_leaves_every_casus(self, world: "World", vt: "Caller", sql: "Sql") -> None:
        een, twee = await signal(vt, "Anna", "Bas", verlooptOp="2026-06-01")
        made = await register(vt, een, twee)
        await vt.withdraw(een)
        assert (await vt.get(f"/v1/casussen/{made['id']}")).json()["signalen"] == [twee]
        world.klok.later(days=30)
        await expire(world.kern)
        assert sql("SELECT count(*) FROM casuslid")[0][0] == 0
        vt = await world.caller(vt.oin)
        assert (await radar(vt))[0]["casus"]["signalen"] == []

    async def test_pages_of_ones_own_casussen(self, vt: "Caller") -> None:
        made = [await register(vt, *await signal(vt, f"persoon {n}")) for n in range(3)]
        first = (await vt.get("/v1/casussen", limiet=2)).json()
        second = (await vt.get("/v1/casussen", limiet=2, na=first["volgende"])).json()
        assert [each["id"] for each in first["casussen"] + second["casussen"]] == [each["id"] for each in made]
        assert second["volgende"] is None


async def test_nothing_of_a_casus_is_in_the_log_but_that_it_was_there(vt: "Caller", sql: "Sql") -> None:
    made = await register(vt, *await signal(vt, "Anna", "Bas"))
    leaves = [inhoud for [inhoud] in sql("SELECT inhoud::jsonb FROM logboek_inhoud")]
    acts = [leaf for leaf in leaves if leaf.get("handeling") == "casus registreren"]
    assert [(leaf["onderwerp"], leaf["uitkomst"]) for leaf in acts] == [(made["id"], "verwerkt")]
    assert sum(leaf.get("name") == "casus registreren" for leaf in leaves) == 2
    assert made["nummer"] not in json.dumps(leaves)
    assert "gezinsmatch" not in kinds(await vt.events())
    assert await told(vt, "radartreffer") == []


class TestARegisseur:
    """The accepted regisseur of a match composes a casus as well; who only could be it does not."""

    @pytest.fixture
    async def match(self, world: "World", wijkteam: "Caller") -> str:
        jeugd = await world.in_sector(Sector.JEUGDHULP)
        self.leden = await signal(wijkteam, "Anna", "Bas")
        await signal(jeugd, "Anna")
        [match] = await wijkteam.matches()
        return str(match["id"])

    async def test_only_after_it_accepted(self, wijkteam: "Caller", match: str) -> None:
        assert (await wijkteam.post("/v1/casussen", casus(*self.leden))).status_code == 403
        answer = await wijkteam.post(f"/v1/matches/{match}/regievoorstellen", {"kandidaat": wijkteam.oin})
        assert answer.status_code == 201, answer.text
        made = await register(wijkteam, *self.leden, toestand="voorwaarden-en-vervolg")
        # Assessing and investigating within a term are for Veilig Thuis.
        assert await termijnen(wijkteam, made["id"]) == {}
        other = await signal(wijkteam, "Cem")
        assert (await wijkteam.post("/v1/casussen", casus(*other))).status_code == 403
        added = await wijkteam.post(f"/v1/casussen/{made['id']}/betrokkenen", {"signalen": other})
        assert added.status_code == 201

    async def test_a_casus_of_its_own_tells_the_others_too(
        self, world: "World", wijkteam: "Caller", match: str
    ) -> None:
        await wijkteam.post(f"/v1/matches/{match}/regievoorstellen", {"kandidaat": wijkteam.oin})
        await register(wijkteam, *self.leden, toestand="voorwaarden-en-vervolg")
        school = await world.in_sector(Sector.ONDERWIJS)
        await signal(school, "Bas")
        assert len(await told(wijkteam, "radartreffer")) == 2
        [melding] = await told(school, "gezinsmatch-ontstaan")
        # Of the jeugdhulp that knows Anna, and of the signal of the wijkteam on her.
        assert len(melding["partijen"]) == 2
        assert await radar(wijkteam, nieuw=True)
