"""Values of the SDK as JSON, in the spelling of the interface; what was not granted is absent."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from typing import Any
from uuid import UUID

from client_sdk.cli._gedeeld import moment_json


def value_json(value: Any) -> Any:
    """Return a value as parsed JSON. Bytes are sealed or encrypted and say nothing to a reader: they are left out."""
    if is_dataclass(value) and not isinstance(value, type):
        return _members({_camel(f.name): getattr(value, f.name) for f in fields(value)})
    if isinstance(value, Mapping):
        return _members({_text(name): member for name, member in value.items()})
    if isinstance(value, (list, tuple)):
        return [value_json(member) for member in value]
    return _scalar(value)


def _members(members: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value_json(member)
        for name, member in members.items()
        if member is not None and not isinstance(member, bytes)
    }


def _scalar(value: Any) -> Any:
    match value:
        case Enum():
            return value.value
        case datetime():
            return moment_json(value)
        case time():
            return value.strftime("%H:%M")
        case date():
            return value.isoformat()
        case UUID():
            return str(value)
        case _:
            return value


def _text(name: Any) -> str:
    return str(_scalar(name))


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)
