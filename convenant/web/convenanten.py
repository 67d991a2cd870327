"""The agreements that a service starts with: every YAML file in one folder."""

from pathlib import Path
from typing import Any

from convenant.errors import ConvenantFout
from convenant.laden import document_from_yaml, parse_convenant
from convenant.model import Convenant
from convenant.types import Omgeving
from convenant.web.errors import StartFout


def load_folder(folder: Path, *, omgeving: Omgeving, instelling: str) -> list[tuple[Convenant, dict[str, Any]]]:
    """Every convenant in the folder with its document. Raises StartFout with all that is wrong.

    `instelling` is the setting by which the operator names the folder.
    """
    paths = sorted(folder.glob("*.yaml")) if folder.is_dir() else []
    if not paths:
        raise StartFout(f"Er staat geen convenant (*.yaml) in {folder}. Zet {instelling} op de map met convenanten.")
    loaded: list[tuple[Convenant, dict[str, Any]]] = []
    fouten: list[str] = []
    for path in paths:
        try:
            loaded.append(_load(path, omgeving))
        except StartFout as fout:
            fouten.append(str(fout))
    if fouten:
        raise StartFout("\n".join(fouten))
    return loaded


def _load(path: Path, omgeving: Omgeving) -> tuple[Convenant, dict[str, Any]]:
    try:
        text = path.read_text(encoding="utf-8")
        convenant = parse_convenant(text, bron=path.name)
        document = document_from_yaml(text, bron=path.name)
    except ConvenantFout as fout:
        raise StartFout(str(fout)) from fout
    except (OSError, UnicodeDecodeError) as fout:
        raise StartFout(f"Het convenant {path} is niet te lezen. Controleer de rechten en of het UTF-8 is.") from fout
    if convenant.omgeving is not omgeving:
        raise StartFout(
            f"Het convenant in {path.name} is voor omgeving {convenant.omgeving.value}, "
            f"deze dienst draait als {omgeving.value}."
        )
    return convenant, document
