"""What every command says the same way: how it ends with an error, and text that is safe on a screen.

Exit codes: 0 it worked; 1 something was refused; 2 the command, a path or a setting is wrong.
"""

from typing import Final, NoReturn

import typer

EXIT_GEWEIGERD: Final = 1
EXIT_GEBRUIK: Final = 2


def stop(melding: str, code: int) -> NoReturn:
    """Print an error on stderr and end the command."""
    typer.echo(f"Fout: {melding}", err=True)
    raise typer.Exit(code)


def printable(text: str) -> str:
    """The text without characters that would command the terminal."""
    return "".join(char if char.isprintable() else " " for char in text)
