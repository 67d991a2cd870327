"""What the commands share: reading a convenant or a bundle, a key file, writing a bundle, and errors in one sentence.

Exit codes: 0 it worked; 1 something was refused; 2 the command, a path or a key file is wrong.
"""

import functools
import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Final, ParamSpec, TypeVar

import typer
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from convenant.errors import ConvenantFout, OngeldigeBundel, OngeldigOin, SleutelbestandFout
from convenant.laden import document_from_yaml, parse_convenant
from convenant.ondertekening import MAX_BUNDEL_BYTES, Bundel, dump_bundel, is_bundel, merge, read_bundel
from convenant.sleutelbestanden import read_secret
from convenant.terminal import EXIT_GEBRUIK, EXIT_GEWEIGERD, stop

EXIT_CODES: Final = "Afsluitcodes: 0 gelukt, 1 geweigerd, 2 verkeerd gebruik."
BUNDEL_SUFFIX: Final = ".bundel.json"
_WRONG_USE: Final = (OngeldigOin, SleutelbestandFout)

_P = ParamSpec("_P")
_R = TypeVar("_R")

BestandArgument = Annotated[
    Path, typer.Argument(metavar="BESTAND", help="Het convenant (YAML), of een bundel met verklaringen.")
]
OinOptie = Annotated[str, typer.Option("--oin", help="OIN van uw organisatie.")]
SleutelOptie = Annotated[
    Path, typer.Option("--sleutel", metavar="JWKBESTAND", help="De geheime ondertekensleutel van uw organisatie.")
]
UitOptie = Annotated[
    Path | None,
    typer.Option(
        "--uit",
        metavar="BUNDEL",
        help=f"Waar de bundel komt; anders naast het convenant, met {BUNDEL_SUFFIX}. Wat er al in staat, blijft.",
    ),
]


def with_clear_errors(command: Callable[_P, _R]) -> Callable[_P, _R]:
    """Print what goes wrong as one sentence, without traceback, and end with the exit code that belongs to it."""

    @functools.wraps(command)
    def wrapper(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        try:
            return command(*args, **kwargs)
        except ConvenantFout as fout:
            stop(str(fout), EXIT_GEBRUIK if isinstance(fout, _WRONG_USE) else EXIT_GEWEIGERD)

    return wrapper


def now() -> datetime:
    """The moment by the clock of this computer."""
    return datetime.now(UTC)


def print_json(document: Any) -> None:
    """Print one JSON document on one line."""
    typer.echo(json.dumps(document, ensure_ascii=False))


def read_text(path: Path) -> str:
    """Return the text of a file. Raises `OngeldigeBundel` when it cannot be read, or is over 16 MiB."""
    try:
        with path.open("rb") as file:
            # One byte more than allowed is enough to see that it is too much.
            raw = file.read(MAX_BUNDEL_BYTES + 1)
        text = raw.decode()
    except (OSError, UnicodeDecodeError):
        raise OngeldigeBundel(f"{path} is niet te lezen als tekst. Controleer het pad en of u het mag lezen.") from None
    if len(raw) > MAX_BUNDEL_BYTES:
        raise OngeldigeBundel(f"{path} is te groot. Controleer of dit het goede bestand is.")
    return text


def read_input(path: Path) -> Bundel:
    """Return a bundle, or the one without statements of a convenant in YAML; its statements are not verified.

    Raises `OngeldigeBundel`, and for YAML `OngeldigConvenant` with the lines.
    """
    text = read_text(path)
    if is_bundel(text):
        return read_bundel(text, bron=path.name)
    parse_convenant(text, bron=path.name)
    return Bundel(document=document_from_yaml(text, bron=path.name))


def output_of(bestand: Path, uit: Path | None) -> Path:
    """Return where the bundle goes: the file that was named, the bundle itself, or beside the convenant."""
    if uit is not None:
        return uit
    if bestand.name.endswith(BUNDEL_SUFFIX):
        return bestand
    return bestand.with_name(bestand.stem + BUNDEL_SUFFIX)


def with_what_is_there(bundel: Bundel, path: Path) -> Bundel:
    """Return the bundle with what the file at `path` holds already, so that no statement is lost by writing there."""
    # A bundle and nothing else: a convenant in YAML that was named by mistake is not written over.
    return merge(bundel, read_bundel(read_text(path), bron=path.name)) if path.exists() else bundel


def write_bundel(path: Path, bundel: Bundel) -> None:
    """Put a bundle in a file, wholly or not at all. Raises `OngeldigeBundel` when that cannot be."""
    part = path.with_name(f".{path.name}.{os.getpid()}.deel")
    try:
        with part.open("x", encoding="utf-8") as file:
            file.write(dump_bundel(bundel))
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise OngeldigeBundel(f"{path} kan niet worden geschreven. Controleer het pad en de rechten.") from None


def read_key(path: Path) -> OKPKey:
    """Return the private Ed25519 key (JWK) in a file.

    Raises `SleutelbestandFout` when it is missing, can be read by others, or holds anything else.
    """
    text = read_secret(path)
    try:
        key = OKPKey.import_key(json.loads(text))
    except (JoseError, ValueError, KeyError, TypeError, RecursionError):
        raise _no_key(path) from None  # the cause can quote the key
    if not key.is_private or key.curve_name != "Ed25519":
        raise _no_key(path)
    return key


def _no_key(path: Path) -> SleutelbestandFout:
    return SleutelbestandFout(
        f"In {path} staat geen geheime Ed25519-sleutel (JWK). Maak er een met 'koppelradar sleutels maak'."
    )
