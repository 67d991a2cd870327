"""What a parameter of a command is called in Dutch."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from typer.core import TyperArgument, TyperOption

_TYPES: Final[Mapping[Any, str]] = {int: "getal", str: "tekst", Path: "pad", UUID: "id"}
_OTHER_TYPE: Final = "waarde"

Parameter = TyperArgument | TyperOption


def parameter_type(parameter: Parameter) -> str:
    """The kind of value, as help shows it between angle brackets."""
    return _TYPES.get(parameter.type_descriptor.annotation, _OTHER_TYPE)


def parameter_range(parameter: Parameter) -> str | None:
    """The bounds of a number in words, both included; None when it has none."""
    low, high = parameter.min, parameter.max
    if low is None and high is None:
        return None
    if high is None:
        return f"vanaf {low}"
    if low is None:
        return f"tot en met {high}"
    return f"van {low} tot en met {high}"


def parameter_name(parameter: Parameter) -> str:
    """How a message names the parameter; never the value that was given."""
    if isinstance(parameter, TyperOption):
        return f"De optie {parameter.opts[0]}"
    return f"Het argument {parameter.metavar or parameter.name}"
