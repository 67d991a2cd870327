"""A bevraging: what there is on these persons, for a reason, within the limit, and nothing of it stays."""

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest

from convenant.invullen import with_plafond
from convenant.laden import document_from_yaml, dump_yaml
from convenant.profielen import NL_1
from convenant.types import Sector
from tests.matcher.conftest import tokens, tokenset
from tests.matcher.radar import KIND, REDEN, register, signal, to_stand

if TYPE_CHECKING:
    import httpx

    from tests.conftest import Partijen, Sql
    from tests.matcher.conftest import Caller, World

PLAFOND = 4


@pytest.fixture
def convenant_text(partijen: "Partijen") -> str:
    document = document_from_yaml(partijen.text, bron="test")
    limits = {**with_plafond(document, 1_000_000)["plafonds"][0]}
    limits["bevragingen"] = {"perDuizend": 0, "minstens": PLAFOND}
    return dump_yaml({**document, "plafonds": [limits]})


@pytest.fixture
async def vt(world: "World") -> "Caller":
    return await world.in_sector(Sector.VEILIG_THUIS)


@pytest.fixture
async def jeugd(world: "World") -> "Caller":
    return await world.in_sector(Sector.JEUGDHULP)


async def ask(caller: "Caller", *tokensets: dict[str, Any], **changes: Any) -> "httpx.Response":
    personen = [{"tokensets": [each]} for each in tokensets]
    return await caller.post(
        "/v1/bevragingen", {"convenant": "nhn-2026", "reden": REDEN, "personen": personen} | changes
    )


async def asked(caller: "Caller", *tokensets: dict[str, Any]) -> list[dict[str, Any]]:
    answer = await ask(caller, *tokensets)
    assert answer.status_code == 201, answer.text
    found: list[dict[str, Any]] = answer.json()["personen"]
    return found


class TestWhatIsFound:
    async def test_it_is_told_as_far_as_the_convenant_grants_it(
        self, world: "World", vt: "Caller", jeugd: "Caller"
    ) -> None:
        await signal(jeugd, "Anna")
        anna, bas = await asked(vt, tokenset("Anna"), tokenset("Bas"))
        partij = world.partijen.convenant.partij(jeugd.oin)
        contact = partij.contact
        assert anna == {
            "partijen": [
                {
                    "niveau": "zeker",
                    "organisatie": {"oin": jeugd.oin, "naam": partij.naam},
                    "contact": {"afdeling": contact.afdeling, "telefoon": contact.telefoon, "email": contact.email},
                    "signaalsoort": KIND,
                    "ingediendOp": "2026-05-12",
                    "radarmelding": False,
                    "artikel": "5.3",
                    "grondslag": "wmo-veilig-thuis",
                }
            ],
            "eigenCasussen": [],
        }
        assert bas == {"partijen": [], "eigenCasussen": []}

    async def test_weaker_slots_are_named_and_the_surest_comes_first(self, vt: "Caller", jeugd: "Caller") -> None:
        await signal(jeugd, "weg", slots={"s2": "p", "s9": "p"})
        await signal(jeugd, "Anna")
        [persoon] = await asked(vt, tokenset("Anna", s2="p", s9="p"))
        assert [(p["niveau"], p.get("sloten")) for p in persoon["partijen"]] == [
            ("zeker", None),
            ("waarschijnlijk", [NL_1.slots[2].code, NL_1.slots[9].code]),
        ]

    async def test_who_goes_on_alone_is_marked(self, vt: "Caller", jeugd: "Caller") -> None:
        await signal(jeugd, "Anna", soort="radarmelding")
        [persoon] = await asked(vt, tokenset("Anna"))
        assert [p["radarmelding"] for p in persoon["partijen"]] == [True]

    async def test_ones_own_casussen_are_shown_with_what_the_melding_is_called(self, vt: "Caller") -> None:
        made = [await register(vt, *await signal(vt, "Anna")) for _ in range(3)]
        await to_stand(vt, made[1]["id"], "overgedragen")
        await to_stand(vt, made[2]["id"], "afgesloten")
        await register(vt, *await signal(vt, "Bas"))
        [persoon] = await asked(vt, tokenset("Anna"))
        assert persoon["partijen"] == []
        assert [(c["id"], c["nummer"], c["toestand"], c["melding"], c["niveau"]) for c in persoon["eigenCasussen"]] == [
            (made[0]["id"], made[0]["nummer"], "beoordeling", "hermelding", "zeker"),
            (made[1]["id"], made[1]["nummer"], "overgedragen", "terugmelding", "zeker"),
            (made[2]["id"], made[2]["nummer"], "afgesloten", "nieuwe-melding", "zeker"),
        ]

    async def test_what_is_over_is_not_found(self, vt: "Caller", jeugd: "Caller") -> None:
        [een] = await signal(jeugd, "Anna")
        await jeugd.withdraw(een)
        [persoon] = await asked(vt, tokenset("Anna"))
        assert persoon["partijen"] == []

    async def test_the_same_token_in_another_slot_finds_nobody(self, vt: "Caller", jeugd: "Caller") -> None:
        await signal(jeugd, "weg", slots={"s3": "Anna"})
        [persoon] = await asked(vt, tokenset("Anna"))
        assert persoon["partijen"] == []


class TestRefusals:
    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"reden": "nieuwsgierig"}, "onbekende-reden"),
            ({"convenant": "een-ander"}, "onbekend-convenant"),
        ],
    )
    async def test_an_unknown_reason_or_convenant_looks_nothing_up(
        self, vt: "Caller", jeugd: "Caller", sql: "Sql", changes: dict[str, str], code: str
    ) -> None:
        await signal(jeugd, "Anna")
        answer = await ask(vt, tokenset("Anna"), **changes)
        assert (answer.status_code, [fout["code"] for fout in answer.json()["fouten"]]) == (400, [code])
        assert "nieuwsgierig" not in answer.text
        assert sql("SELECT coalesce(sum(bevragingen), 0) FROM telling WHERE organisatie = :oin", oin=vt.oin)[0][0] == 0

    @pytest.mark.parametrize(
        "changes",
        [{"reden": None}, {"reden": "Moeder belde zelf"}, {"personen": []}, {"toelichting": "tekst"}],
        ids="-".join,
    )
    async def test_a_form_that_is_none_is_refused(self, vt: "Caller", changes: dict[str, Any]) -> None:
        assert (await ask(vt, tokenset("Anna"), **changes)).status_code == 400

    async def test_without_a_reason_it_is_refused(self, vt: "Caller") -> None:
        body = {"convenant": "nhn-2026", "personen": [{"tokensets": [tokenset("Anna")]}]}
        assert (await vt.post("/v1/bevragingen", body)).status_code == 400

    async def test_more_persons_than_a_family_are_refused(self, vt: "Caller") -> None:
        assert (await ask(vt, *(tokenset() for _ in range(21)))).status_code == 400

    async def test_an_epoch_that_does_not_run_is_refused(self, vt: "Caller") -> None:
        answer = await ask(vt, tokenset("Anna", epoche=7))
        assert [fout["code"] for fout in answer.json()["fouten"]] == ["epoche-loopt-niet"]

    async def test_who_has_no_radar_may_not_ask(self, jeugd: "Caller") -> None:
        assert (await ask(jeugd, tokenset("Anna"))).status_code == 403


class TestTheLimit:
    async def test_persons_count_found_or_not_and_the_last_within_it_passes(
        self, vt: "Caller", jeugd: "Caller", sql: "Sql"
    ) -> None:
        await signal(jeugd, "Anna")
        await asked(vt, *(tokenset() for _ in range(PLAFOND - 1)))
        await asked(vt, tokenset("Anna"))
        for persoon in ("Anna", "niemand"):
            refused = await ask(vt, tokenset(persoon))
            assert (refused.status_code, [f["code"] for f in refused.json()["fouten"]]) == (
                429,
                ["plafond-bevragingen"],
            )
            assert int(refused.headers["retry-after"]) == (19 * 24 + 12) * 3600
            assert jeugd.oin not in refused.text
        assert sql("SELECT sum(bevragingen) FROM telling")[0][0] == PLAFOND

    async def test_a_new_month_begins_at_nothing(self, world: "World", vt: "Caller") -> None:
        await asked(vt, *(tokenset() for _ in range(PLAFOND)))
        world.klok.later(days=20)
        again = await world.caller(vt.oin)
        assert (await ask(again, tokenset())).status_code == 201

    async def test_many_at_once_cannot_pass_it_together(self, vt: "Caller", sql: "Sql") -> None:
        answers = await asyncio.gather(*(ask(vt, *(tokenset() for _ in range(PLAFOND - 1))) for _ in range(4)))
        assert sorted(answer.status_code for answer in answers) == [201, 429, 429, 429]
        assert sql("SELECT sum(bevragingen) FROM telling")[0][0] == PLAFOND - 1


class TestWhatStays:
    async def test_nothing_but_the_count_and_the_log(
        self, world: "World", vt: "Caller", jeugd: "Caller", sql: "Sql"
    ) -> None:
        await signal(jeugd, "Anna")

        def kept() -> dict[str, int]:
            names = [name for [name] in sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
            return {name: sql(f'SELECT count(*) FROM "{name}"')[0][0] for name in names}  # noqa: S608

        before = kept()
        await asked(vt, tokenset("Anna"))
        after = kept()
        changed = {name for name in after if after[name] != before[name]}
        assert changed == {"telling", "logboek_blad", "logboek_inhoud"}
        assert await vt.matches() == []

    async def test_the_log_says_who_asked_why_on_which_article_and_what_was_told(
        self, vt: "Caller", jeugd: "Caller", sql: "Sql"
    ) -> None:
        await signal(jeugd, "Anna")
        before = sql("SELECT max(blad_id) FROM logboek_inhoud")[0][0]
        await asked(vt, tokenset("Anna"), tokenset("Bas"))
        leaves = [
            leaf
            for [leaf] in sql("SELECT inhoud::jsonb FROM logboek_inhoud WHERE blad_id > :b ORDER BY blad_id", b=before)
        ]
        question, decision, processed = leaves
        assert {naam: question[naam] for naam in ("organisatie", "artikel", "convenantversie", "bevragingsreden")} == {
            "organisatie": vt.oin,
            "artikel": "10.1",
            "convenantversie": 1,
            "bevragingsreden": REDEN,
        }
        assert (question["aantal"], question["uitkomst"]) == (2, "verstrekt")
        assert (decision["artikel"], decision["uitkomst"], decision["ontvanger"]) == ("5.3", "verstrekt", vt.oin)
        assert processed["name"] == "bevraging"

    async def test_a_refusal_is_in_the_log_without_what_was_typed(self, vt: "Caller", sql: "Sql") -> None:
        await ask(vt, tokenset("Anna"), reden="moeder-belde")
        [leaf] = [
            leaf for [leaf] in sql("SELECT inhoud::jsonb FROM logboek_inhoud") if leaf.get("handeling") == "bevraging"
        ]
        assert (leaf["uitkomst"], leaf["bevragingsreden"], leaf["aantal"]) == ("geweigerd", None, 1)
        assert "moeder" not in json.dumps(leaf)

    async def test_no_token_is_anywhere_afterwards(self, vt: "Caller", sql: "Sql") -> None:
        made = tokens("Anna")
        await asked(vt, tokenset("Anna"))
        assert sql("SELECT count(*) FROM koppelindex")[0][0] == 0
        assert made[0].hex() not in str(sql("SELECT inhoud FROM logboek_inhoud"))
