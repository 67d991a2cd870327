"""Wrong use of the command line, as one Dutch message.

typer's own messages repeat what was typed. These do not: it can be a name or a client number.
"""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, Final

import typer
from pydantic import ValidationError
from typer.core import TyperGroup, TyperOption

from koppelradar.taal.woorden import parameter_name, parameter_range

# By pydantic's error types, which are part of its interface: typer leaves checking values to pydantic.
_EXPECTED: Final[Mapping[str, str]] = {
    "int_parsing": "Geef een heel getal{bounds}.",
    "greater_than_equal": "Geef een getal{bounds}.",
    "less_than_equal": "Geef een getal{bounds}.",
    "uuid_parsing": "Geef een id van 36 tekens, zoals een lijst het toont.",
}
_OTHER_EXPECTED: Final = "Geef een andere waarde."
_TOO_MUCH: Final = "Er staat te veel op de opdrachtregel. Haal weg wat niet bij dit commando hoort."


def _parameter_message(fout: typer.BadParameter) -> str:
    # typer sets the parameter on every error of this kind before it leaves the parser.
    parameter: Any = fout.param
    name = parameter_name(parameter)
    if not isinstance(fout.__cause__, ValidationError):
        return f"{name} ontbreekt."
    kind = fout.__cause__.errors(include_input=False, include_context=False, include_url=False)[0]["type"]
    bounds = parameter_range(parameter)
    expected = _EXPECTED.get(kind, _OTHER_EXPECTED).format(bounds=f" {bounds}" if bounds else "")
    return f"{name} klopt niet. {expected}"


def _option_message(given: str, ctx: Any) -> str:
    parameters = [each for each in ctx.command.get_params(ctx) if isinstance(each, TyperOption)]
    options = {name: each for each in parameters for name in each.opts}
    if given not in options:
        return f"Deze optie bestaat niet.{_suggestion(given, options)}"
    if options[given].is_flag:
        return f"De optie {given} krijgt geen waarde."
    return f"De optie {given} heeft een waarde nodig."


def _suggestion(given: str, known: Mapping[str, object]) -> str:
    close = get_close_matches(given, known, n=1)
    return f" Bedoelde u {close[0]}?" if close else ""


def _usage_message(fout: typer.TyperException, ctx: Any) -> str:
    if isinstance(fout, typer.BadParameter):
        return _parameter_message(fout)
    option = getattr(fout, "option_name", None)
    if option is not None:
        return _option_message(option, ctx)
    if isinstance(ctx.command, TyperGroup):
        return f"Dit commando bestaat niet. Kies uit: {', '.join(ctx.command.list_commands(ctx))}."
    return _TOO_MUCH


def explain(fout: typer.TyperException) -> str:
    """Return how to call the command, what is wrong and where help is.

    No value that was typed comes back. `fout` is one of typer's errors about the use of a command, with its context.
    """
    ctx: Any = getattr(fout, "ctx")  # noqa: B009 - typer does not export the class that declares it
    where = f"{ctx.command_path} {ctx.help_option_names[0]}"
    return f"{ctx.get_usage()}\n\nFout: {_usage_message(fout, ctx)}\nMeer hulp: {where}"
