"""Files that hold a convenant: a sealed bundle, or in a trial the bare text."""

from datetime import datetime
from pathlib import Path
from typing import Final

from convenant.errors import ConvenantGeldtNiet, OngeldigeBundel
from convenant.laden import parse_convenant
from convenant.model import Convenant
from convenant.ondertekening import MAX_BUNDEL_BYTES, Status, in_werking, is_bundel, read_bundel, verify_bundel
from convenant.types import Omgeving

_ZINNEN: Final = {
    Status.VOORGESTELD: "is nog niet door iedereen ondertekend, of begint later",
    Status.AFGEWEZEN: "is afgewezen",
    Status.OPGEZEGD: "is opgezegd",
    Status.VERLOPEN: "is verlopen",
}


def read_text(path: Path) -> str:
    """Return the text of a bundle or a convenant. Raises `OngeldigeBundel`."""
    try:
        with path.open("rb") as bestand:
            return bestand.read(MAX_BUNDEL_BYTES + 1).decode()
    except OSError as fout:
        raise OngeldigeBundel(f"{path.name} is niet te openen. Controleer het pad en of u het mag lezen.") from fout
    except UnicodeDecodeError:
        # Without its cause, which holds the bytes.
        raise OngeldigeBundel(f"{path.name} is geen tekst in UTF-8. Sla het op als UTF-8.") from None


def load_tekst(path: Path, *, op: datetime) -> Convenant:
    """Return the convenant as it was written, *with parties that never signed*; a bundle is verified all the same.

    Raises ConvenantFout.
    """
    text = read_text(path)
    if not is_bundel(text):
        return parse_convenant(text, bron=path.name)
    return verify_bundel(read_bundel(text, bron=path.name), bron=path.name, op=op).convenant


def load_geldend(path: Path, *, op: datetime) -> Convenant:
    """Return the convenant among those who take part at this moment, which is aware.

    Bare text is taken for signed in omgeving proef only. Raises `ConvenantGeldtNiet` while it is not in force, and
    ConvenantFout.
    """
    text = read_text(path)
    if not is_bundel(text):
        return _trial(parse_convenant(text, bron=path.name), path.name)
    ondertekend = verify_bundel(read_bundel(text, bron=path.name), bron=path.name, op=op)
    status = ondertekend.stand.status
    if status is not Status.GELDIG:
        raise ConvenantGeldtNiet(f"Het convenant in {path.name} {_ZINNEN[status]}. Vraag de convenanthouder ernaar.")
    return in_werking(ondertekend.convenant, ondertekend.stand)


def _trial(convenant: Convenant, bron: str) -> Convenant:
    if convenant.omgeving is not Omgeving.PROEF:
        raise ConvenantGeldtNiet(
            f"Het convenant in {bron} is niet ondertekend. Vraag de convenanthouder om de verzegelde bundel."
        )
    return convenant
