"""The JSON Schema that editors use."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from convenant.laden import document_from_yaml, json_schema
from convenant.voorbeelden import example_text

PUBLISHED = Path(__file__).parents[2] / "docs" / "convenant.schema.json"


def _is_valid(document: dict[str, Any]) -> bool:
    return Draft202012Validator(json_schema()).is_valid(document)


def test_the_published_schema_is_the_one_of_the_code() -> None:
    written = json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"
    assert PUBLISHED.read_text(encoding="utf-8") == written


def test_is_a_schema_itself() -> None:
    Draft202012Validator.check_schema(json_schema())


def test_holds_for_the_example() -> None:
    document = document_from_yaml(example_text("noord-holland-noord"), bron="voorbeeld")
    assert list(Draft202012Validator(json_schema()).iter_errors(document)) == []


def test_holds_for_the_document_of_the_tests(document: dict[str, Any]) -> None:
    assert _is_valid(document)


def _drop(*pad: str | int) -> Callable[[Any], None]:
    def change(document: Any) -> None:
        for deel in pad[:-1]:
            document = document[deel]
        del document[pad[-1]]

    return change


def _put(*pad: str | int, value: Any) -> Callable[[Any], None]:
    def change(document: Any) -> None:
        for deel in pad[:-1]:
            document = document[deel]
        document[pad[-1]] = value

    return change


@pytest.mark.parametrize(
    "change",
    [
        _drop("doel"),
        _put("extra", value=1),
        _put("partijen", 0, "oin", value="1"),
        _put("partijen", 0, "sleutels", 0, "d", value="x"),
        _put("partijen", 0, "sleutels", 0, "kty", value="EC"),
        _put("signaalsoorten", 0, "indieners", value={}),
        _put("signaalsoorten", 0, "indieners", value={"alle": False}),
        _put("signaalsoorten", 0, "leeftijdTot", value=None),
        _put("deelregels", 0, "over", value={"alle": True}),
        _put("deelregels", 0, "zonderEigenSignaal", value=True),
        _put("deelregels", 1, "tussen", value=[{"alle": True}, {"alle": True}]),
        _drop("deelregels", 1, "ontvanger"),
        _put("deelregels", 0, "signaalsoorten", value="zorg"),
        _put("deelregels", 0, "niveaus", value=[]),
    ],
    ids=[
        "missing-field",
        "unknown-field",
        "no-oin",
        "private-key",
        "unknown-key-type",
        "empty-group",
        "alle-false",
        "null",
        "both-directions",
        "radar-flag-on-reciprocal",
        "both-directions-again",
        "half-a-direction",
        "a-single-code",
        "empty-list",
    ],
)
def test_refuses_what_the_loader_refuses(document: dict[str, Any], change: Callable[[Any], None]) -> None:
    wrong = copy.deepcopy(document)
    change(wrong)
    assert not _is_valid(wrong)


def _texts(schema: Any) -> list[str]:
    if isinstance(schema, dict):
        own = [schema["description"]] if isinstance(schema.get("description"), str) else []
        return own + [text for value in schema.values() for text in _texts(value)]
    if isinstance(schema, list):
        return [text for value in schema for text in _texts(value)]
    return []


def test_every_field_is_described() -> None:
    schema = json_schema()
    objects = [schema, *(d for d in schema["$defs"].values() if "properties" in d)]
    for described in objects:
        for field in described["properties"].values():
            assert _texts(field), described["description"]


def test_no_english_docstring_leaks_into_the_descriptions() -> None:
    words = {word for text in _texts(json_schema()) for word in text.lower().split()}
    assert words.isdisjoint({"the", "whether", "and", "what", "return"})
