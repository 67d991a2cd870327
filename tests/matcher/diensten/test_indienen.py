"""Submitting: durable, idempotent, all or nothing."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from convenant.types import Sector

if TYPE_CHECKING:
    from tests.matcher.conftest import Caller, World

Maker = Callable[..., dict[str, Any]]
Sql = Callable[..., list[Any]]


@pytest.fixture
async def wijkteam(world: "World") -> "Caller":
    return await world.in_sector(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING)


def counts(sql: Sql) -> dict[str, int]:
    tables = ("signaal", "koppelindex", "idempotentie", "match", "matchlid", "notificatie")
    return {table: sql(f'SELECT count(*) FROM "{table}"')[0][0] for table in tables}  # noqa: S608 - names of ours


async def test_the_receipt_names_each_signal_in_order(wijkteam: "Caller", maak_signaal: Maker) -> None:
    signalen = [maak_signaal() for _ in range(3)]
    answer = await wijkteam.submit(*signalen)
    assert answer.status_code == 201
    assert answer.json() == {
        "ontvangsten": [
            {
                "signaal": signaal["id"],
                "status": "actief",
                "ontvangenOp": "2026-05-12T10:00:00Z",
                "verlooptOp": "2027-06-01",
            }
            for signaal in signalen
        ]
    }


async def test_what_was_submitted_comes_back_in_the_list(wijkteam: "Caller", maak_signaal: Maker) -> None:
    signaal = maak_signaal()
    await wijkteam.submit(signaal)
    [listed] = (await wijkteam.get("/v1/signalen")).json()["signalen"]
    del signaal["tokensets"], signaal["profiel"]
    assert listed == signaal | {
        "epoche": 1,
        "convenantversie": 1,
        "status": "actief",
        "ingediendOp": "2026-05-12T10:00:00Z",
    }


async def test_tokens_are_stored_under_the_pepper_only(
    world: "World", wijkteam: "Caller", maak_signaal: Maker, sql: Sql
) -> None:
    signaal = maak_signaal("Bartje Peppergoot")
    await wijkteam.submit(signaal)
    [(stored,)] = sql("SELECT token_hash FROM koppelindex WHERE slot = 0")
    assert stored == world.kern.pepper.hash(b"Bartje Peppergoot".ljust(32, b"."))
    everything = str([sql(f'SELECT t::text FROM "{table}" t') for table in counts(sql)])  # noqa: S608 - names of ours
    assert b"Bartje".hex() not in everything
    assert "Bartje" not in everything


async def test_a_repetition_under_the_same_key_changes_nothing(
    world: "World", wijkteam: "Caller", maak_signaal: Maker, sql: Sql
) -> None:
    jeugdhulp = await world.in_sector(Sector.JEUGDHULP)
    await jeugdhulp.submit(maak_signaal("p"))
    signaal = maak_signaal("p")
    first = await wijkteam.submit(signaal, sleutel="sleutel-1")
    before, events = counts(sql), await jeugdhulp.events()
    world.klok.later(seconds=10)
    second = await wijkteam.submit(signaal, sleutel="sleutel-1")
    assert (second.status_code, second.content) == (201, first.content)
    assert counts(sql) == before
    assert await jeugdhulp.events() == events


async def test_repetitions_at_the_same_moment_get_one_answer(wijkteam: "Caller", maak_signaal: Maker, sql: Sql) -> None:
    signaal = maak_signaal()
    answers = await asyncio.gather(*(wijkteam.submit(signaal, sleutel="sleutel-1") for _ in range(6)))
    assert {(answer.status_code, answer.content) for answer in answers} == {(201, answers[0].content)}
    assert counts(sql)["signaal"] == 1


async def test_another_body_under_the_same_key_is_a_conflict(wijkteam: "Caller", maak_signaal: Maker, sql: Sql) -> None:
    await wijkteam.submit(maak_signaal(), sleutel="sleutel-1")
    answer = await wijkteam.submit(maak_signaal(), sleutel="sleutel-1")
    assert answer.status_code == 409
    assert counts(sql)["signaal"] == 1


async def test_a_refused_request_leaves_its_key_free(wijkteam: "Caller", maak_signaal: Maker) -> None:
    refused = await wijkteam.submit(maak_signaal(epochen=(9,)), sleutel="sleutel-1")
    accepted = await wijkteam.submit(maak_signaal(), sleutel="sleutel-1")
    assert (refused.status_code, accepted.status_code) == (400, 201)


async def test_the_same_signals_under_a_new_key_give_the_same_receipts(
    world: "World", wijkteam: "Caller", maak_signaal: Maker, sql: Sql
) -> None:
    signalen = [maak_signaal("p"), maak_signaal()]
    first = await wijkteam.submit(*signalen)
    world.klok.later(seconds=10)
    signalen[1]["id"] = signalen[1]["id"].upper()
    second = await wijkteam.submit(*signalen)
    assert (second.status_code, second.json()) == (201, first.json())
    assert counts(sql)["koppelindex"] == 24


async def test_known_and_new_signals_go_together(wijkteam: "Caller", maak_signaal: Maker, sql: Sql) -> None:
    known = maak_signaal()
    await wijkteam.submit(known)
    assert (await wijkteam.submit(maak_signaal(), known)).status_code == 201
    assert counts(sql)["signaal"] == 2


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"signaalsoort": "zorg-om-kind"}, id="soort"),
        pytest.param({"verlooptOp": "2027-05-01"}, id="end date"),
        pytest.param({"tokensets": [{"epoche": 1, "koppeltokens": ["A" * 43] * 12}]}, id="tokens"),
    ],
)
async def test_the_same_id_with_other_content_is_a_conflict(
    wijkteam: "Caller", maak_signaal: Maker, sql: Sql, changes: dict[str, Any]
) -> None:
    signaal = maak_signaal()
    await wijkteam.submit(signaal)
    answer = await wijkteam.submit(maak_signaal(), signaal | changes)
    assert answer.status_code == 409
    assert answer.json()["type"] == "urn:problem-type:koppelradar:conflict"
    assert counts(sql)["signaal"] == 1


async def test_the_id_of_another_organisation_is_a_conflict(
    world: "World", wijkteam: "Caller", maak_signaal: Maker
) -> None:
    signaal = maak_signaal()
    await wijkteam.submit(signaal)
    jeugdhulp = await world.in_sector(Sector.JEUGDHULP)
    assert (await jeugdhulp.submit(signaal)).status_code == 409


async def test_a_withdrawn_signal_does_not_come_back(wijkteam: "Caller", maak_signaal: Maker, sql: Sql) -> None:
    signaal = maak_signaal()
    await wijkteam.submit(signaal)
    await wijkteam.withdraw(signaal["id"])
    answer = await wijkteam.submit(signaal)
    assert answer.json()["ontvangsten"][0]["status"] == "ingetrokken"
    assert counts(sql)["koppelindex"] == 0


async def test_one_bad_signal_stops_the_whole_batch(wijkteam: "Caller", maak_signaal: Maker, sql: Sql) -> None:
    batch = [maak_signaal() for _ in range(5)]
    batch[1] |= {"tokensets": maak_signaal(epochen=(7,))["tokensets"]}
    batch[3] |= {"signaalsoort": "onbekend", "verlooptOp": "2020-01-02"}
    answer = await wijkteam.submit(*batch)
    assert answer.status_code == 400
    assert [(fout["pad"], fout["code"]) for fout in answer.json()["fouten"]] == [
        ("/signalen/1/tokensets/0/epoche", "epoche-loopt-niet"),
        ("/signalen/1/tokensets", "nieuwste-epoche-ontbreekt"),
        ("/signalen/3/signaalsoort", "onbekende-signaalsoort"),
    ]
    assert set(counts(sql).values()) == {0}


async def test_a_thousand_signals_go_in_one_batch(wijkteam: "Caller", maak_signaal: Maker, sql: Sql) -> None:
    batch = [maak_signaal() for _ in range(1000)]
    answer = await wijkteam.submit(*batch)
    assert answer.status_code == 201
    assert [r["signaal"] for r in answer.json()["ontvangsten"]] == [s["id"] for s in batch]
    assert counts(sql)["koppelindex"] == 12_000


async def test_more_than_a_thousand_are_refused(wijkteam: "Caller", maak_signaal: Maker) -> None:
    signaal = maak_signaal()
    answer = await wijkteam.submit(*(signaal | {"id": str(uuid4())} for _ in range(1001)))
    assert answer.status_code == 400
    assert [fout["code"] for fout in answer.json()["fouten"]] == ["too-long"]


async def test_every_signal_leaves_a_processing_leaf_and_every_act_an_access_leaf(
    wijkteam: "Caller", maak_signaal: Maker, sql: Sql
) -> None:
    await wijkteam.submit(maak_signaal(), maak_signaal())
    found = sql("SELECT convert_from(blad, 'UTF8')::jsonb->>'stroom' FROM logboek_blad ORDER BY id")
    assert [stroom for (stroom,) in found] == [
        "toegang",
        "verwerking",
        "verwerking",
        "toegang",
    ]  # it hears that they came in
    assert len(sql("SELECT 1 FROM logboek_inhoud")) == 4
