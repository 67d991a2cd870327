"""What the sleutelhouder publishes of itself; the rules for every service are in tests/repo/test_openapi.py."""

from typing import TYPE_CHECKING, Any

import pytest

from convenant.sleutelhouder.app import create_versie_1

if TYPE_CHECKING:
    from tests.convenant.sleutelhouder.conftest import Wereld


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return create_versie_1(server="https://sleutelhouder.test/v1").openapi()


async def test_it_is_public_and_names_this_server(wereld: "Wereld", document: dict[str, Any]) -> None:
    answer = await wereld.http.get("/v1/openapi.json")
    assert answer.json() == document
    assert answer.headers["access-control-allow-origin"] == "*"


def test_calls_with_a_token_say_so_and_the_others_do_not(document: dict[str, Any]) -> None:
    secured = {path for path, item in document["paths"].items() for op in item.values() if op.get("security")}
    assert secured == {"/evaluaties", "/budget", "/vensters", "/alarmen"}


def test_only_an_evaluation_can_be_over_budget(document: dict[str, Any]) -> None:
    limited = {path for path, item in document["paths"].items() for op in item.values() if "429" in op["responses"]}
    assert limited == {"/evaluaties"}


def test_there_is_no_place_for_free_text(document: dict[str, Any]) -> None:
    for name in ("EvaluatieInvoer", "VensterInvoer"):
        schema = document["components"]["schemas"][name]
        assert schema["additionalProperties"] is False
        for member in schema["properties"].values():
            choices = member.get("anyOf", [member])
            assert all("pattern" in choice for choice in choices if choice.get("type") == "string")
    punten = document["components"]["schemas"]["EvaluatieInvoer"]["properties"]["punten"]
    assert len(punten["propertyNames"]["enum"]) == 12
    assert punten["additionalProperties"]["items"]["pattern"]
