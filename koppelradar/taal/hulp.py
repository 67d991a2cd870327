"""Help pages in Dutch, written with typer's own formatter as plain text that fits every terminal."""

from collections.abc import Iterator
from typing import Any, Final

from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from koppelradar.taal.woorden import Parameter, parameter_range, parameter_type

OPTIONS_METAVAR: Final = "[OPTIES]"
SUBCOMMAND_METAVAR: Final = "COMMANDO [ARGUMENTEN]..."
HELP_OPTION: Final = "Toon deze hulp."

# Long enough for a first sentence; the formatter wraps it.
_SHORT_HELP: Final = 300

# typer exports neither the formatter's class nor the one of all contexts, so both are Any below.


def _write_section(title: str, rows: list[tuple[str, str]], formatter: Any) -> None:
    if not rows:
        return
    with formatter.section(title):
        formatter.write_dl(rows)


def _argument_row(argument: TyperArgument, ctx: Any) -> tuple[str, str]:
    return f"{argument.metavar or argument.name} <{parameter_type(argument)}>", _explanation(argument, ctx)


def _option_row(option: TyperOption, ctx: Any) -> tuple[str, str]:
    names = ", ".join(sorted(option.opts, key=len))
    return names if option.is_flag else f"{names} <{parameter_type(option)}>", _explanation(option, ctx)


def _explanation(parameter: Parameter, ctx: Any) -> str:
    notes = "; ".join(_notes(parameter, ctx))
    text = parameter.help or ""
    return f"{text}  [{notes}]" if notes else text


def _notes(parameter: Parameter, ctx: Any) -> Iterator[str]:
    if parameter.required:
        yield "verplicht"
    default = parameter.get_default(ctx, call=False)
    # The default of a flag is that it is off: that goes without saying.
    if default is not None and default is not False:
        yield f"standaard: {default}"
    bounds = parameter_range(parameter)
    if bounds is not None:
        yield bounds
    if parameter.envvar is not None:
        yield f"omgevingsvariabele: {parameter.envvar}"


def write_usage(command: TyperCommand | TyperGroup, ctx: Any, formatter: Any) -> None:
    """Write the line that shows how to call a command."""
    formatter.write_usage(ctx.command_path, " ".join(command.collect_usage_pieces(ctx)), prefix="Gebruik: ")


def write_parameters(command: TyperCommand | TyperGroup, ctx: Any, formatter: Any) -> None:
    """Write the lists of arguments and options, in the order in which they were declared."""
    parameters = command.get_params(ctx)
    arguments = [_argument_row(each, ctx) for each in parameters if isinstance(each, TyperArgument)]
    options = [_option_row(each, ctx) for each in parameters if isinstance(each, TyperOption)]
    _write_section("Argumenten", arguments, formatter)
    _write_section("Opties", options, formatter)


def write_commands(group: TyperGroup, ctx: Any, formatter: Any) -> None:
    """Write the commands of a group, each with the first sentence of its help."""
    found = ((name, group.get_command(ctx, name)) for name in group.list_commands(ctx))
    rows = [(name, each.get_short_help_str(_SHORT_HELP)) for name, each in found if each]
    _write_section("Commando's", rows, formatter)
