"""The published descriptions against the NL API Design Rules, with the blind spots of the official linter."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from convenant.sleutelhouder.app import create_versie_1 as create_sleutelhouder
from matcher.app import create_versie_1 as create_matcher

METHODS = {"get", "post", "put", "patch", "delete"}
KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
CAMEL = re.compile(r"[a-z][a-z\d]*([A-Z][a-z\d]*)*")


@pytest.fixture(scope="module", params=[create_matcher, create_sleutelhouder], ids=["matcher", "sleutelhouder"])
def document(request: pytest.FixtureRequest) -> dict[str, Any]:
    found: dict[str, Any] = request.param(server="https://dienst.test/v1").openapi()
    return found


@pytest.fixture(scope="module")
def operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(path, method, op) for path, item in document["paths"].items() for method, op in item.items()]


Operations = list[tuple[str, str, dict[str, Any]]]


def resolve(document: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in node:
        target: Any = document
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        node = target
    return node


def nodes(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from nodes(child)


def test_version_server_and_contact(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1.")
    assert re.fullmatch(r"\d+\.\d+\.\d+", document["info"]["version"])
    assert document["info"]["contact"].keys() == {"name", "url", "email"}
    assert all(document["info"]["contact"].values())
    assert document["servers"] == [{"url": "https://dienst.test/v1"}]


def test_every_reference_resolves_and_every_schema_is_used(document: dict[str, Any]) -> None:
    references = {node["$ref"] for node in nodes(document) if isinstance(node.get("$ref"), str)}
    for reference in references:
        assert resolve(document, {"$ref": reference})
    assert {f"#/components/schemas/{name}" for name in document["components"]["schemas"]} <= references


def test_paths_are_kebab_case_without_version_slash_or_extension(operations: Operations) -> None:
    for path, _, _ in operations:
        assert not path.endswith("/")
        segments = path.removeprefix("/").split("/")
        assert segments[0] != "v1"
        assert all(KEBAB.fullmatch(part) or re.fullmatch(r"\{[a-z][A-Za-z]*\}", part) for part in segments), path


def test_methods_and_operation_ids(document: dict[str, Any], operations: Operations) -> None:
    assert {method for _, method, _ in operations} <= METHODS
    assert all("parameters" not in item for item in document["paths"].values())
    ids = [op["operationId"] for _, _, op in operations]
    assert len(set(ids)) == len(ids)
    assert all(CAMEL.fullmatch(id_) for id_ in ids)
    assert all(op["summary"] and op["description"] and op["tags"] for _, _, op in operations)


def test_query_keys_and_members_are_camel_case(document: dict[str, Any], operations: Operations) -> None:
    queries = [p["name"] for _, _, op in operations for p in op.get("parameters", ()) if p["in"] == "query"]
    assert queries
    assert all(CAMEL.fullmatch(name) for name in queries)
    oauth = {"access_token", "token_type", "expires_in", "error_description"}  # RFC 6749 names these
    for name, schema in document["components"]["schemas"].items():
        if not name.startswith("Body_"):
            assert all(CAMEL.fullmatch(member) for member in schema.get("properties", {}).keys() - oauth), name


def test_every_response_carries_the_version_header(document: dict[str, Any], operations: Operations) -> None:
    for path, method, op in operations:
        for code, response in op["responses"].items():
            headers = resolve(document, response)["headers"]
            assert resolve(document, headers["API-Version"])["schema"]["type"] == "string", (path, method, code)


def test_input_errors_are_400_and_never_422(operations: Operations) -> None:
    for path, method, op in operations:
        codes = op["responses"].keys()
        assert "400" in codes, (path, method)
        assert not codes & {"422", "default", "4XX", "5XX"}
        assert {"404", "405", "406", "500", "503"} <= codes
        if op.get("security"):
            assert {"401", "403"} <= codes
        if "requestBody" in op:
            assert {"413", "415"} <= codes


def test_every_error_is_a_problem_document(document: dict[str, Any], operations: Operations) -> None:
    for path, method, op in operations:
        errors = {code: response for code, response in op["responses"].items() if code >= "400"}
        for code, response in errors.items():
            assert response["content"].keys() == {"application/problem+json"}, (path, method, code)
            schema = resolve(document, response["content"]["application/problem+json"]["schema"])
            assert "allOf" not in schema
            assert {"status", "title", "detail", "type", "instance"} <= set(schema["required"])


def test_moments_and_dates_end_in_op_and_say_so(document: dict[str, Any]) -> None:
    members = [
        (f"{name}.{member}", schema)
        for name, owner in document["components"]["schemas"].items()
        for member, schema in owner.get("properties", {}).items()
        if member.endswith("Op")
    ]
    assert members
    for place, schema in members:
        formats = {schema.get("format"), *(choice.get("format") for choice in schema.get("anyOf", ()))}
        assert formats & {"date", "date-time"}, place
