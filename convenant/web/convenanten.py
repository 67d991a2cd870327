"""The agreements that a service starts with: every sealed bundle in one folder."""

from pathlib import Path
from typing import Final

from convenant.errors import ConvenantFout
from convenant.ondertekening import Bundel, read_bundel
from convenant.web.errors import StartFout

PATROON: Final = "*.bundel.json"


def read_bundels(folder: Path, *, instelling: str) -> list[tuple[str, Bundel]]:
    """Every bundle in the folder with its file name; nothing of them was verified. Raises StartFout with every fault.

    `instelling` is the setting by which the operator names the folder. An empty folder is fine: bundles can be
    imported later.
    """
    if not folder.is_dir():
        raise StartFout(f"De map {folder} bestaat niet. Zet {instelling} op de map met convenanten (*.bundel.json).")
    _refuse_unsigned(folder)
    found: list[tuple[str, Bundel]] = []
    fouten: list[str] = []
    for path in sorted(folder.glob(PATROON)):
        try:
            found.append((path.name, read_bundel_file(path)))
        except ConvenantFout as fout:
            fouten.append(str(fout))
    if fouten:
        raise StartFout("\n".join(fouten))
    return found


def _refuse_unsigned(folder: Path) -> None:
    unsigned = sorted(path.name for path in folder.glob("*.yaml"))
    if unsigned:
        raise StartFout(
            f"{', '.join(unsigned)} in {folder} is niet ondertekend. Laat de partijen tekenen met 'koppelradar "
            "convenant onderteken', verzegel de bundel en zet die in de map."
        )


def read_bundel_file(path: Path) -> Bundel:
    """The bundle in a file, not verified. Raises ConvenantFout."""
    try:
        return read_bundel(path.read_text(encoding="utf-8"), bron=path.name)
    except (OSError, UnicodeDecodeError):
        # Without its cause, which can hold the bytes.
        raise StartFout(f"De bundel {path} is niet te lezen. Controleer de rechten en of hij UTF-8 is.") from None
