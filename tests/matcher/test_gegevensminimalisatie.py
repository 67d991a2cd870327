"""Guarantee 3: take one field out of the convenant, and it is gone from everything that anybody can get.

The outlets are read from the description of the interface, so that a new one joins by itself: what it answers is
searched for what the field would have told.
"""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from convenant.laden import document_from_yaml, dump_yaml
from convenant.types import Sector, Veld

if TYPE_CHECKING:
    from tests.conftest import Partijen
    from tests.matcher.conftest import Caller, World

Maker = Callable[..., dict[str, Any]]
ARTIKEL = "4.1"
SOORT_VAN_DE_ANDER = "zorg-om-kind"
# The text of the agreement is public among its parties; access tokens and health are about nobody.
OPENBAAR = {"Beheer", "Convenanten", "Inloggen"}
QUERY = {"convenant": "nhn-2026"}
# What some fields are called in the news.
BERICHTEN = {Veld.REGIE: "regie-vastgesteld", Veld.OPVOLGING: "contact-vastgelegd", Veld.HULP: "hulp-gemeld"}
# What a rule for a match does not tell: a possible match has rules of its own, and so has what became of a melding.
ELDERS = {Veld.OVEREENKOMST, Veld.TERUGKOPPELING}


def one_rule(text: str, velden: list[str]) -> str:
    """The convenant with no other rule for a match than this one, granting these fields."""
    document = document_from_yaml(text, bron="test")
    [regel] = [regel for regel in document["deelregels"] if regel["artikel"] == ARTIKEL]
    rest = [regel for regel in document["deelregels"] if "match" not in regel["gebeurtenissen"] or "ontvanger" in regel]
    document["deelregels"] = [{**regel, "velden": velden}, *rest]
    return dump_yaml(document)


# Without `regie` between those who may be regisseur there is no convenant to run: its checks refuse it.
@pytest.fixture(params=[None, *(v for v in Veld if v not in {*ELDERS, Veld.REGIE})], ids=lambda v: v or "none")
def weg(request: pytest.FixtureRequest) -> Veld | None:
    veld: Veld | None = request.param
    return veld


@pytest.fixture
def convenant_text(partijen: "Partijen", weg: Veld | None) -> str:
    granted = [veld.value for veld in Veld if veld not in {weg, *ELDERS}]
    return one_rule(partijen.text, granted)


def sporen(world: "World", ander: "Caller", kaart: dict[str, Any]) -> dict[Veld, str]:
    """What each field tells of the other organisation, as it would be seen on the wire."""
    partij = world.partijen.convenant.partij(ander.oin)
    return {
        Veld.ORGANISATIE: partij.naam,
        Veld.CONTACT: partij.contact.email,
        Veld.SIGNAALSOORT: SOORT_VAN_DE_ANDER,
        Veld.INGEDIEND_OP: "2026-05-10",
        Veld.KAART: kaart["versleuteld"],
        Veld.REGIE: "regie-belegd",
        Veld.OPVOLGING: "contactOp",
        Veld.HULP: "stagneert",
    }


async def follow_up(theirs: "Caller") -> None:
    """The other organisation does everything that can be told of it."""
    await theirs.log_in()
    [match] = await theirs.matches()
    for path, body in (
        ("regievoorstellen", {"kandidaat": theirs.oin}),
        ("contacten", {}),
        ("hulpmeldingen", {"hulp": "stagneert"}),
    ):
        answer = await theirs.post(f"/v1/matches/{match['id']}/{path}", body)
        assert answer.status_code == 201, answer.text


async def everything_told(world: "World", caller: "Caller") -> str:
    """What every outlet answers to this caller, in one text."""
    spec = (await world.http.get("/v1/openapi.json")).json()
    told: list[str] = []
    for path, operations in spec["paths"].items():
        operation = operations.get("get")
        if operation is None or OPENBAAR.intersection(operation.get("tags", OPENBAAR)) or _streams(operation):
            continue
        for url in await _filled(caller, path):
            answer = await caller.get(f"/v1{url}", **_query(operation))
            assert answer.status_code == 200, (path, answer.text)
            told.append(answer.text)
    assert len(told) >= 4
    return "\n".join(told)


def _streams(operation: dict[str, Any]) -> bool:
    """Whether the answer never ends; a stream of events holds what the feed holds."""
    return "text/event-stream" in operation["responses"]["200"].get("content", {})


def _query(operation: dict[str, Any]) -> dict[str, str]:
    required = [p["name"] for p in operation.get("parameters", []) if p["in"] == "query" and p.get("required")]
    return {name: QUERY[name] for name in required}


async def _filled(caller: "Caller", path: str) -> list[str]:
    if "{" not in path:
        return [path]
    # A path about one thing: everything that the list above it names.
    listed = await caller.get(f"/v1{path.partition('/{')[0]}")
    if listed.status_code in (404, 405):
        # Only who asked something knows its id.
        return []
    [found] = [value for value in listed.json().values() if isinstance(value, list)]
    return [path.replace("{id}", each["id"]) for each in found]


async def test_a_field_that_no_rule_grants_is_in_no_answer_and_no_notification(
    world: "World", maak_signaal: Maker, weg: Veld | None
) -> None:
    from tests.matcher.conftest import kaart  # noqa: PLC0415

    mine, theirs = await world.callers(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING, Sector.JEUGDHULP)
    card = kaart(mine.oin)
    world.klok.later(days=-2)
    await theirs.log_in()
    assert (await theirs.submit(maak_signaal("Anna", signaalsoort=SOORT_VAN_DE_ANDER, kaart=card))).status_code == 201
    world.klok.later(days=2)
    await mine.log_in()
    assert (await mine.submit(maak_signaal("Anna"))).status_code == 201
    await follow_up(theirs)
    told = await everything_told(world, mine)
    notified = json.dumps(await mine.events(), ensure_ascii=False)
    assert notified != "[]"
    seen = {veld for veld, spoor in sporen(world, theirs, card).items() if spoor in told}
    # Who is regisseur cannot be told without telling which organisation that is.
    unnamed = {Veld.REGIE} if weg is Veld.ORGANISATIE else set()
    assert seen == {veld for veld in Veld if veld not in {weg, *ELDERS, *unnamed}}
    if weg is not None:
        assert sporen(world, theirs, card)[weg] not in notified
        assert weg not in BERICHTEN or BERICHTEN[weg] not in notified
