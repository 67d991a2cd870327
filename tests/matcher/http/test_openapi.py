"""What the matcher publishes of itself; the rules that hold for every service are in tests/repo/test_openapi.py."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from matcher.app import create_versie_1

if TYPE_CHECKING:
    from tests.matcher.conftest import World


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return create_versie_1(server="https://matcher.test/v1").openapi()


@pytest.fixture(scope="module")
def operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(path, method, op) for path, item in document["paths"].items() for method, op in item.items()]


Operations = list[tuple[str, str, dict[str, Any]]]


def nodes(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from nodes(child)


async def test_it_is_public_and_names_this_server(world: "World", document: dict[str, Any]) -> None:
    answer = await world.http.get("/v1/openapi.json")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.json() == document
    assert document["servers"] == [{"url": "https://matcher.test/v1"}]


def test_dates_and_moments_have_their_formats(document: dict[str, Any]) -> None:
    members = [
        (f"{name}.{member}", schema)
        for name, owner in document["components"]["schemas"].items()
        for member, schema in owner.get("properties", {}).items()
    ]
    dates = {place for place, schema in members if schema.get("format") == "date"}
    moments = {place for place, schema in members if schema.get("format") == "date-time"}
    assert {"SignaalInvoer.verlooptOp", "SignaalUitvoer.verlooptOp", "OntvangstUitvoer.verlooptOp"} <= dates
    assert "PartijmeldingUitvoer.ingediendOp" in dates
    assert {"SignaalUitvoer.ingediendOp", "MatchUitvoer.ontstaanOp", "NotificatieUitvoer.time"} <= moments
    assert {place for place, _ in members if place.endswith("Op")} <= dates | moments
    assert not [place for place, _ in members if re.search(r"(Datum|Date)", place)]
    formats = {node["format"] for node in nodes(document["components"]["schemas"]) if "format" in node}
    assert formats <= {"date", "date-time", "uuid"}


def test_calls_with_a_token_say_so_and_the_others_do_not(operations: Operations) -> None:
    secured = {path for path, _, op in operations if op.get("security")}
    open_paths = {"/token", "/jwks", "/gezondheid", "/gereedheid"}
    assert {path for path, _, _ in operations} - secured == open_paths


def test_there_is_no_place_for_free_text(document: dict[str, Any]) -> None:
    invoer = [name for name in document["components"]["schemas"] if name.endswith("Invoer")]
    assert len(invoer) > 10
    for name in invoer:
        schema = document["components"]["schemas"][name]
        assert schema["additionalProperties"] is False
        for member in schema.get("properties", {}).values():
            if member.get("type") == "string":
                assert "pattern" in member or member["format"] in {"uuid", "date"}


async def test_what_is_answered_fits_the_description(world: "World", document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    answer = (await world.http.get("/v1/nergens")).json()
    assert answer.keys() <= schemas["Probleem"]["properties"].keys()
    assert set(schemas["Probleem"]["required"]) <= answer.keys()


def test_tokens_go_in_and_never_come_out(document: dict[str, Any]) -> None:
    """Guarantee 9: no party ever gets a token, least of all one of a person it did not enter."""
    holders = {
        name
        for name, schema in document["components"]["schemas"].items()
        if any("token" in member.lower() for member in schema.get("properties", {}))
    }
    assert holders - {"TokenUitvoer", "Body_vraagTokenAan"} == {
        "SignaalInvoer",
        "TokensetInvoer",
        "HertokeningInvoer",
        "HertokendenUitvoer",  # says which signals bear them now
        "BekendheidsvraagInvoer",
        "BekendheidsantwoordInvoer",
        "AkkoordInvoer",
        "BevraagdePersoonInvoer",
    }
