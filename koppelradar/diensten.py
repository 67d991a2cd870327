"""The commands of the services, loaded when somebody asks for them.

A service brings a web framework and a database along: a second of loading that nobody needs who submits a signal.
"""

import importlib
from functools import cache
from typing import Any, Final

import typer

from koppelradar.errors import OnderdeelOntbreekt
from koppelradar.taal import Groep, use_dutch

_DIENSTEN: Final = {"matcher": "matcher.cli", "sleutelhouder": "convenant.sleutelhouder.cli"}
_ONTBREEKT: Final = "Dit onderdeel is niet geïnstalleerd. Voer uit: pip install 'koppelradar[{}]'"


class Wortel(Groep):
    """The root of the command: its own commands, and those of the services."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: D102 - as in typer
        return [*super().list_commands(ctx), *_DIENSTEN]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: D102 - as in typer
        return _load(cmd_name) if cmd_name in _DIENSTEN else super().get_command(ctx, cmd_name)


def missing_part(extra: str) -> OnderdeelOntbreekt:
    """The error for a part that a plain install lacks, with the extra that brings it."""
    return OnderdeelOntbreekt(_ONTBREEKT.format(extra))


@cache
def _load(naam: str) -> Any:
    carrier = typer.Typer(rich_markup_mode=None)
    try:
        carrier.add_typer(importlib.import_module(_DIENSTEN[naam]).app, name=naam)
    except ModuleNotFoundError:
        _add_refusal(carrier, naam)
    use_dutch(carrier)
    return typer.main.get_group(carrier).commands[naam]


def _add_refusal(carrier: typer.Typer, naam: str) -> None:
    @carrier.command(naam, help=f"De {naam} (niet geïnstalleerd).")
    def dienst_is_missing() -> None:
        raise missing_part(naam)
