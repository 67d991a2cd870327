"""The commands that are loaded when somebody asks for them: of the services, and around the convenant.

A service brings a web framework and a database along: a second of loading that nobody needs who submits a signal.
"""

import importlib
from functools import cache
from typing import Any, Final

import typer

from koppelradar.errors import OnderdeelOntbreekt
from koppelradar.taal import Groep, use_dutch

_LATER: Final = {
    "convenant": ("convenant.cli", "convenant_app"),
    "matcher": ("matcher.cli", "app"),
    "sleutelhouder": ("convenant.sleutelhouder.cli", "app"),
}
_ONTBREEKT: Final = "Dit onderdeel is niet geïnstalleerd. Voer uit: pip install 'koppelradar[{}]'"


class Wortel(Groep):
    """The root of the command: its own commands, and those that are loaded later."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: D102 - as in typer
        return [*super().list_commands(ctx), *_LATER]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: D102 - as in typer
        return _load(cmd_name) if cmd_name in _LATER else super().get_command(ctx, cmd_name)


def missing_part(extra: str) -> OnderdeelOntbreekt:
    """The error for a part that a plain install lacks, with the extra that brings it."""
    return OnderdeelOntbreekt(_ONTBREEKT.format(extra))


@cache
def _load(naam: str) -> Any:
    carrier = typer.Typer(rich_markup_mode=None)
    try:
        module, app = _LATER[naam]
        carrier.add_typer(getattr(importlib.import_module(module), app), name=naam)
    except ModuleNotFoundError:
        _add_refusal(carrier, naam)
    use_dutch(carrier)
    return typer.main.get_group(carrier).commands[naam]


def _add_refusal(carrier: typer.Typer, naam: str) -> None:
    @carrier.command(naam, help=f"De {naam} (niet geïnstalleerd).")
    def dienst_is_missing() -> None:
        raise missing_part(naam)
