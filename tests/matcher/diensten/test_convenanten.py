"""Signed convenanten while the matcher runs: new versions, joining, leaving, suspending; several, strictly apart."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from joserfc.jwk import OKPKey

from convenant.base64url import encode_base64url
from convenant.laden import document_from_yaml, dump_yaml, parse_convenant
from convenant.ondertekening import (
    Verklaringsoort,
    Verklaringtekst,
    dump_bundel,
    read_bundel,
    sign_verklaring,
)
from convenant.pg.database import Database
from convenant.pg.inlezen import add_verklaring
from convenant.types import ConvenantId, Oin, Sector
from convenant.zegel import Zegelsleutel
from matcher.diensten.kern import BOEK
from tests.matcher.conftest import without_regie

if TYPE_CHECKING:
    from tests.matcher.conftest import Caller, World

Maker = Callable[..., dict[str, Any]]
Sql = Callable[..., list[Any]]
HOUDER = Oin("00000099000000002000")
PERSOON = "Anna"


@dataclass
class Onderwerp:
    """Two organisations in a match, and the convenanthouder."""

    world: "World"
    wijkteam: "Caller"
    jeugdhulp: "Caller"
    houder: "Caller"

    async def state(self, oin: Oin, soort: Verklaringsoort, *, key: OKPKey | None = None, **more: Any) -> Any:
        """Hand in a statement about version 1, signed by this party."""
        tekst = self.signed(oin, soort, key=key, **more)
        return await self.houder.post("/v1/convenanten/nhn-2026/verklaringen", {"versie": 1, "verklaring": tekst})

    def signed(self, oin: Oin, soort: Verklaringsoort, *, key: OKPKey | None = None, **more: Any) -> Verklaringtekst:
        [versie] = [v for v in self.world.kern.lijst.versies if v.convenant.versie == 1]
        return sign_verklaring(
            versie.convenant,
            oin=oin,
            soort=soort,
            ondertekenaar=key or self.world.partijen.keys[oin],
            op=self.world.klok(),
            eerdere=versie.bundel.verklaringen,
            **more,
        )


@pytest.fixture
async def onderwerp(world: "World", maak_signaal: Maker) -> Onderwerp:
    wijkteam, jeugdhulp = await world.callers(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING, Sector.JEUGDHULP)
    for caller in (wijkteam, jeugdhulp):
        assert (await caller.submit(maak_signaal(PERSOON))).status_code == 201
    return Onderwerp(world, wijkteam, jeugdhulp, await world.caller(HOUDER))


def bundel(world: "World", text: str) -> Any:
    return json.loads(world.partijen.signed(text, world.klok()))


async def test_every_party_sees_who_signed(onderwerp: Onderwerp) -> None:
    [listed] = (await onderwerp.wijkteam.get("/v1/convenanten")).json()["convenanten"]
    parties = onderwerp.world.partijen.convenant.partijen
    assert listed["doenMee"] == sorted(partij.oin for partij in parties)
    assert (listed["status"], listed["inWerking"], listed["ontbreekt"]) == ("geldig", True, [])
    assert listed["hash"] == onderwerp.world.partijen.convenant.hash


async def test_the_text_and_its_signatures_can_be_fetched_and_verified(onderwerp: Onderwerp) -> None:
    fetched = await onderwerp.wijkteam.get("/v1/convenanten/nhn-2026/versies/1")
    read = read_bundel(json.dumps(fetched.json()), bron="test")
    assert len(read.verklaringen) == len(onderwerp.world.partijen.keys)
    assert dump_bundel(read)
    assert (await onderwerp.wijkteam.get("/v1/convenanten/nhn-2026/versies/2")).status_code == 404


async def test_a_new_version_counts_from_the_moment_it_is_taken_in(onderwerp: Onderwerp, maak_signaal: Maker) -> None:
    """One rule less, and the fields that only it granted are gone from what everybody is told; no restart."""
    [before] = await onderwerp.wijkteam.matches()
    assert before["partijen"]
    document = document_from_yaml(onderwerp.world.text, bron="test")
    fewer = without_regie(regel for regel in document["deelregels"] if regel["artikel"] != "4.1")
    text = onderwerp.world.partijen.next_version(onderwerp.world.text, deelregels=fewer)
    answer = await onderwerp.houder.post("/v1/convenanten", bundel(onderwerp.world, text))
    assert (answer.status_code, answer.json()["versie"], answer.json()["inWerking"]) == (201, 2, True)
    assert await onderwerp.wijkteam.matches() == []
    assert (await onderwerp.wijkteam.submit(maak_signaal(PERSOON))).status_code == 201
    assert [s["convenantversie"] for s in (await onderwerp.wijkteam.get("/v1/signalen")).json()["signalen"]] == [1, 2]


async def test_taking_the_same_bundle_in_again_changes_nothing(onderwerp: Onderwerp, sql: Sql) -> None:
    before = sql("SELECT count(*) FROM verklaring")
    answer = await onderwerp.houder.post("/v1/convenanten", bundel(onderwerp.world, onderwerp.world.text))
    assert (answer.status_code, sql("SELECT count(*) FROM verklaring")) == (201, before)


async def test_only_the_convenanthouder_brings_a_version_in(onderwerp: Onderwerp) -> None:
    body = bundel(onderwerp.world, onderwerp.world.partijen.next_version(onderwerp.world.text))
    assert (await onderwerp.wijkteam.post("/v1/convenanten", body)).status_code == 403


async def test_a_convenant_that_is_new_here_is_for_the_operator(onderwerp: Onderwerp) -> None:
    document = document_from_yaml(onderwerp.world.text, bron="test") | {"convenant": "elders-2026"}
    answer = await onderwerp.houder.post("/v1/convenanten", bundel(onderwerp.world, dump_yaml(document)))
    assert answer.status_code == 404


@pytest.mark.parametrize("change", ["slot", "statement gone", "text"])
async def test_a_bundle_that_was_tampered_with_is_refused_and_changes_nothing(
    onderwerp: Onderwerp, change: str, sql: Sql
) -> None:
    body = bundel(onderwerp.world, onderwerp.world.partijen.next_version(onderwerp.world.text))
    if change == "slot":
        body["slot"] = bundel(onderwerp.world, onderwerp.world.text)["slot"]
    elif change == "statement gone":
        body["verklaringen"].pop()
    else:
        body["document"]["naam"] = "Een andere naam"
    answer = await onderwerp.houder.post("/v1/convenanten", body)
    assert (answer.status_code, answer.json()["type"].rpartition(":")[2]) == (400, "ongeldige-invoer")
    assert sql("SELECT max(versie) FROM convenant")[0][0] == 1


async def test_whoever_leaves_takes_no_part_any_more_and_the_others_hear_that_the_match_is_over(
    onderwerp: Onderwerp, sql: Sql
) -> None:
    left = onderwerp.jeugdhulp.oin
    assert (await onderwerp.state(left, Verklaringsoort.OPZEGGEN)).status_code == 201
    assert (await onderwerp.jeugdhulp.get("/v1/matches")).status_code == 403
    assert await onderwerp.wijkteam.matches() == []
    assert (await onderwerp.wijkteam.events())[-1]["type"].endswith("match-vervallen")
    assert sql("SELECT status FROM signaal WHERE organisatie = :oin", oin=left)[0][0] == "beeindigd"
    tokens = "SELECT count(*) FROM koppelindex k JOIN signaal s ON s.id = k.signaal_id WHERE organisatie = :oin"
    assert sql(tokens, oin=left)[0][0] == 0
    assert (await onderwerp.jeugdhulp.ask_token()).status_code == 401


async def test_a_suspension_holds_at_once_and_the_signals_wait_for_its_end(
    onderwerp: Onderwerp, maak_signaal: Maker
) -> None:
    geschorst = onderwerp.jeugdhulp.oin
    await onderwerp.state(HOUDER, Verklaringsoort.SCHORSEN, partij_oin=geschorst)
    assert (await onderwerp.jeugdhulp.submit(maak_signaal())).status_code == 403
    assert (await onderwerp.jeugdhulp.get("/v1/notificaties")).status_code == 403
    assert await onderwerp.wijkteam.matches() == []
    await onderwerp.state(HOUDER, Verklaringsoort.HERVATTEN, partij_oin=geschorst)
    assert len(await onderwerp.wijkteam.matches()) == 1
    assert len(await onderwerp.jeugdhulp.matches()) == 1


@pytest.mark.parametrize("path", ["/v1/notificaties", "/v1/signalen", "/v1/matches"])
async def test_a_suspension_that_another_process_took_in_holds_at_the_next_request(
    onderwerp: Onderwerp, database: Database, path: str
) -> None:
    """Its token still holds, and this process heard nothing: it has to look before it lets anybody in."""
    geschorst = onderwerp.jeugdhulp
    tekst = onderwerp.signed(HOUDER, Verklaringsoort.SCHORSEN, partij_oin=geschorst.oin)
    async with database.transaction() as connection:
        await add_verklaring(connection, BOEK, ConvenantId("nhn-2026"), 1, tekst, op=onderwerp.world.klok())
    assert (await geschorst.get(path)).status_code == 403


async def test_whoever_left_through_another_process_gets_no_token_here(
    onderwerp: Onderwerp, database: Database
) -> None:
    tekst = onderwerp.signed(onderwerp.jeugdhulp.oin, Verklaringsoort.OPZEGGEN)
    async with database.transaction() as connection:
        await add_verklaring(connection, BOEK, ConvenantId("nhn-2026"), 1, tekst, op=onderwerp.world.klok())
    assert (await onderwerp.jeugdhulp.ask_token()).status_code == 401


async def test_a_school_joins_without_everybody_signing_again(onderwerp: Onderwerp, maak_signaal: Maker) -> None:
    key, oin = OKPKey.generate_key("Ed25519", auto_kid=True), Oin("00000099000000069000")
    document = document_from_yaml(onderwerp.world.text, bron="test")
    school = next(p for p in document["partijen"] if p["sector"] == "onderwijs")
    jwk = {name: str(value) for name, value in key.as_dict(private=False).items()}
    partij = {**school, "oin": oin, "naam": "Basisschool De Nieuwe Oever", "sleutels": [jwk]}
    partij["zegelsleutel"] = new_zegelsleutel()
    asked = onderwerp.signed(oin, Verklaringsoort.TOETREDEN, key=key, partij=partij)
    await onderwerp.houder.post("/v1/convenanten/nhn-2026/verklaringen", {"versie": 1, "verklaring": asked})
    newcomer = onderwerp.world.stranger(HOUDER)
    newcomer.oin, newcomer.key = oin, key
    assert (await newcomer.ask_token()).status_code == 401
    [versie] = onderwerp.world.kern.lijst.versies
    toetreding = next(v.hash for v in versie.verklaringen if v.oin == oin)
    admitted = await onderwerp.state(HOUDER, Verklaringsoort.TOELATEN, partij_oin=oin, toetreding=toetreding)
    assert (admitted.status_code, oin in admitted.json()["doenMee"]) == (201, True)
    await newcomer.log_in()
    assert (await newcomer.submit(maak_signaal(PERSOON, signaalsoort="zorg-om-kind"))).status_code == 201


async def test_a_statement_under_another_key_is_refused(onderwerp: Onderwerp) -> None:
    other = onderwerp.world.partijen.keys[onderwerp.wijkteam.oin]
    good = onderwerp.signed(onderwerp.jeugdhulp.oin, Verklaringsoort.OPZEGGEN)
    forged = (
        good.rpartition(".")[0]
        + "."
        + onderwerp.signed(onderwerp.wijkteam.oin, Verklaringsoort.OPZEGGEN, key=other).rpartition(".")[2]
    )
    answer = await onderwerp.houder.post("/v1/convenanten/nhn-2026/verklaringen", {"versie": 1, "verklaring": forged})
    assert answer.status_code == 400
    assert len(await onderwerp.wijkteam.matches()) == 1


async def test_a_required_party_that_revokes_ends_the_convenant(onderwerp: Onderwerp, sql: Sql) -> None:
    vereist = next(p.oin for p in onderwerp.world.partijen.convenant.partijen if p.vereist and p.oin != HOUDER)
    answer = await onderwerp.state(vereist, Verklaringsoort.OPZEGGEN)
    assert answer.json()["status"] == "opgezegd"
    assert (await onderwerp.wijkteam.get("/v1/matches")).status_code == 403
    assert sql("SELECT DISTINCT status FROM signaal") == [("beeindigd",)]


async def test_a_version_can_end_the_signals_that_run(onderwerp: Onderwerp, sql: Sql) -> None:
    text = onderwerp.world.partijen.next_version(onderwerp.world.text)
    document = document_from_yaml(text, bron="test")
    document["opvolging"]["lopendeSignalen"] = "beeindigen"
    answer = await onderwerp.houder.post("/v1/convenanten", bundel(onderwerp.world, dump_yaml(document)))
    assert answer.status_code == 201
    assert sql("SELECT DISTINCT status FROM signaal") == [("beeindigd",)]
    assert await onderwerp.wijkteam.matches() == []


async def test_a_version_that_begins_later_waits_for_its_day(onderwerp: Onderwerp) -> None:
    begin = "2026-06-01"
    document = document_from_yaml(onderwerp.world.partijen.next_version(onderwerp.world.text), bron="test")
    document |= {"geldigVan": begin, "epochen": [{"nummer": 1, "van": begin, "tot": document["geldigTot"]}]}
    answer = await onderwerp.houder.post("/v1/convenanten", bundel(onderwerp.world, dump_yaml(document)))
    assert (answer.status_code, answer.json()["inWerking"]) == (201, False)
    assert [c.versie for c in onderwerp.world.kern.convenanten.values()] == [1]
    onderwerp.world.klok.later(days=21)
    assert [c.versie for c in onderwerp.world.kern.convenanten.values()] == [2]


async def test_two_convenanten_are_strictly_apart(onderwerp: Onderwerp, maak_signaal: Maker) -> None:
    document = document_from_yaml(onderwerp.world.text, bron="test") | {"convenant": "elders-2026"}
    await onderwerp.world.publish(dump_yaml(document))
    assert parse_convenant(dump_yaml(document), bron="test").id == "elders-2026"
    ggz = await onderwerp.world.in_sector(Sector.GEZONDHEIDSZORG)
    assert (await ggz.submit(maak_signaal(PERSOON, convenant="elders-2026"))).status_code == 201
    assert await ggz.matches() == []
    [match] = await onderwerp.wijkteam.matches()
    assert match["convenant"] == "nhn-2026"


async def test_every_statement_leaves_a_line_in_the_log(onderwerp: Onderwerp, sql: Sql) -> None:
    await onderwerp.state(onderwerp.jeugdhulp.oin, Verklaringsoort.OPZEGGEN)
    found = sql(
        "SELECT inhoud FROM logboek_inhoud"
        " WHERE inhoud LIKE '%verklaring toevoegen%' AND NOT inhoud::jsonb ? 'ontvanger'"
    )
    assert len(found) == 1
    assert '"convenantversie":1' in found[0][0]


def new_zegelsleutel() -> dict[str, str]:
    publiek = Zegelsleutel.generate().publiek
    return {"kem": publiek.kem.value, "publiek": encode_base64url(publiek.publiek)}


async def test_a_suspension_ends_a_stream_that_is_being_followed(onderwerp: Onderwerp) -> None:
    geschorst = onderwerp.jeugdhulp
    following = asyncio.create_task(geschorst.get("/v1/notificaties/stroom"))
    await asyncio.sleep(0.2)
    assert not following.done()
    await onderwerp.state(HOUDER, Verklaringsoort.SCHORSEN, partij_oin=geschorst.oin)
    assert (await asyncio.wait_for(following, 5)).status_code == 200
    assert (await geschorst.get("/v1/notificaties/stroom")).status_code == 403
