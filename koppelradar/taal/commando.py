"""Commands and groups that speak Dutch."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

from koppelradar.taal.hulp import (
    HELP_OPTION,
    OPTIONS_METAVAR,
    SUBCOMMAND_METAVAR,
    write_commands,
    write_parameters,
    write_usage,
)
from koppelradar.taal.melding import explain

_EXIT_ABORTED: Final = 1
_EXIT_WRONG_USE: Final = 2


@contextmanager
def _context_on_errors(ctx: Any) -> Iterator[None]:
    # typer's parser leaves it out of errors about the value of an option, and then nobody knows which command it was.
    try:
        yield
    except typer.TyperException as fout:
        error: Any = fout
        error.ctx = error.ctx or ctx
        raise


def _in_dutch(option: TyperOption | None) -> TyperOption | None:
    if option is not None:
        option.help = HELP_OPTION
    return option


class Commando(TyperCommand):
    """A command with Dutch help."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"options_metavar": OPTIONS_METAVAR})

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: D102 - as in typer
        with _context_on_errors(ctx):
            return super().parse_args(ctx, args)

    def get_help_option(self, ctx: Any) -> TyperOption | None:  # noqa: D102 - as in typer
        return _in_dutch(super().get_help_option(ctx))

    def format_usage(self, ctx: Any, formatter: Any) -> None:  # noqa: D102 - as in typer
        write_usage(self, ctx, formatter)

    def format_options(self, ctx: Any, formatter: Any) -> None:  # noqa: D102 - as in typer
        write_parameters(self, ctx, formatter)


class Groep(TyperGroup):
    """A group of commands with Dutch help; as the root of a program it also reports wrong use in Dutch."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        dutch = {"options_metavar": OPTIONS_METAVAR, "subcommand_metavar": SUBCOMMAND_METAVAR}
        super().__init__(*args, **kwargs | dutch)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: D102 - as in typer
        if not args and self.no_args_is_help and not ctx.resilient_parsing:
            typer.echo(ctx.get_help(), err=True)
            ctx.exit(_EXIT_WRONG_USE)
        with _context_on_errors(ctx):
            return super().parse_args(ctx, args)

    def get_help_option(self, ctx: Any) -> TyperOption | None:  # noqa: D102 - as in typer
        return _in_dutch(super().get_help_option(ctx))

    def format_usage(self, ctx: Any, formatter: Any) -> None:  # noqa: D102 - as in typer
        write_usage(self, ctx, formatter)

    def format_options(self, ctx: Any, formatter: Any) -> None:  # noqa: D102 - as in typer
        write_parameters(self, ctx, formatter)
        write_commands(self, ctx, formatter)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the program and end with its exit code: 2 after wrong use, 1 when it was broken off, else its own."""
        try:
            code = super().main(*args, **kwargs | {"standalone_mode": False})
        except typer.TyperException as fout:
            typer.echo(explain(fout), err=True)
            sys.exit(fout.exit_code)
        except typer.Abort:
            typer.echo("\nAfgebroken.", err=True)
            sys.exit(_EXIT_ABORTED)
        sys.exit(code)


def use_dutch(app: typer.Typer) -> None:
    """Give everything below an app these classes, whichever package declared it.

    The app itself is made with `cls=Groep, rich_markup_mode=None, add_completion=False`.
    """
    for command in app.registered_commands:
        command.cls = Commando
    for group in app.registered_groups:
        group.cls = Groep
        if group.typer_instance is not None:
            use_dutch(group.typer_instance)
