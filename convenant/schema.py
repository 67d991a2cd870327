"""The JSON Schema of the convenant, generated from the document classes."""

from typing import Any, Final

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from convenant.document import ConvenantDocument

SCHEMA_ID: Final = "urn:koppelradar:schema:convenant:1"


class _Generator(GenerateJsonSchema):
    """Leaves out what helps no writer: titles that repeat the name of a field, and a default of null."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Return False: the description says more."""
        return False

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Return the schema without a default of None, a value that the document cannot hold."""
        generated = super().default_schema(schema)
        if generated.get("default", ...) is None:
            del generated["default"]
        return generated


def _values_only(definition: dict[str, Any]) -> dict[str, Any]:
    """Return the definition of an enum without the docstring of its class, which is English."""
    return {key: definition[key] for key in definition if "enum" not in definition or key in ("enum", "type")}


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) with Dutch descriptions.

    Passing it is necessary and not sufficient: that keys parse and parts agree is checked on loading only.
    """
    schema = ConvenantDocument.model_json_schema(by_alias=True, schema_generator=_Generator)
    schema["$defs"] = {name: _values_only(definition) for name, definition in schema["$defs"].items()}
    return {"$schema": GenerateJsonSchema.schema_dialect, "$id": SCHEMA_ID, **schema}
