"""Writes the files in this folder that are made from the code, or tells which of them are stale.

    python docs/generate.py           write them
    python docs/generate.py --check   change nothing; exit 1 when one is stale

Every text is made by the command itself, so that the page shows what people get.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperGroup

from convenant import json_schema
from koppelradar import testvectoren
from koppelradar.cli import app

_DOCS = Path(__file__).resolve().parent
_COMMAND = str(Path(sys.executable).with_name("koppelradar"))
_HELP_WIDTH = 100


def _output(*command: str) -> str:
    # The width and colours of somebody's terminal must not end up in a page.
    environment = os.environ | {"COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"}
    done = subprocess.run(command, cwd=_DOCS.parent, env=environment, check=True, capture_output=True, text=True)
    return done.stdout.strip() + "\n"


def _convenant_schema() -> str:
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


def _openapi() -> str:
    return _output(_COMMAND, "matcher", "openapi")


def _openapi_sleutelhouder() -> str:
    return _output(_COMMAND, "sleutelhouder", "openapi")


def _testvectoren() -> str:
    return testvectoren.text(_DOCS / "testvectoren" / "nl-1.json")


def _help_pages(command: Any, context: Any, depth: int = 1) -> Iterator[str]:
    yield f"{'#' * depth} `{context.command_path}`\n\n```text\n{command.get_help(context)}\n```\n"
    if not isinstance(command, TyperGroup):
        return
    for name in command.list_commands(context):
        child: Any = command.get_command(context, name)
        inner = child.context_class(child, info_name=name, parent=context)
        yield from _help_pages(child, inner, depth + 1)


def _command_line() -> str:
    command = typer.main.get_command(app)
    # The width of somebody's terminal must not end up in a page.
    context = command.context_class(command, info_name="koppelradar", terminal_width=_HELP_WIDTH)
    return "\n".join(_help_pages(command, context))


_MAKERS: Mapping[str, Callable[[], str]] = {
    "cli.md": _command_line,
    "convenant.schema.json": _convenant_schema,
    "openapi.json": _openapi,
    "openapi-sleutelhouder.json": _openapi_sleutelhouder,
    "testvectoren/nl-1.json": _testvectoren,
}


def _is_stale(name: str) -> bool:
    path = _DOCS / name
    return not path.exists() or path.read_text(encoding="utf-8") != _MAKERS[name]()


def _check() -> int:
    stale = [name for name in _MAKERS if _is_stale(name)]
    if stale:
        print(f"docs: {', '.join(stale)} past niet meer bij de code. Draai `make doc`.")
    return 1 if stale else 0


def main() -> int:
    """Do what the command line asks; return the exit code."""
    parser = argparse.ArgumentParser(description="Schrijft of controleert de gegenereerde documentatie.")
    parser.add_argument("--check", action="store_true", help="alleen controleren, niets schrijven")
    if parser.parse_args().check:
        return _check()
    for name, make in _MAKERS.items():
        (_DOCS / name).write_text(make(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
