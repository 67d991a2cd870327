"""What must be true before the first request is served."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from convenant.errors import ConvenantFout
from convenant.laden import convenant_from_document, document_from_yaml, parse_convenant
from convenant.model import Convenant
from convenant.types import ConvenantId, Omgeving
from matcher.domein.pepper import Pepper
from matcher.errors import InstellingenFout
from matcher.opslag import convenanten, herkenning
from matcher.opslag.database import Database

_PEPPER = (
    "Deze database is gevuld onder een andere pepper. Zet het juiste pepperbestand terug: met een verkeerde pepper "
    "vindt geen signaal een match."
)


async def open_database(
    database: Database, folder: Path, *, pepper: Pepper, omgeving: Omgeving, op: datetime
) -> Mapping[ConvenantId, Convenant]:
    """Check that database, secrets and rights belong together; the convenanten in force, by id.

    Those are the newest versions in the folder and, for convenanten that are no longer there, the newest stored ones:
    signals refer to them. Raises InstellingenFout.
    """
    loaded = load_folder(folder, omgeving=omgeving)
    async with database.transaction() as connection:
        await herkenning.require_migrated(connection)
        await herkenning.require_append_only(connection)
        await herkenning.require_same(connection, "pepper", pepper.controle(), _PEPPER)
        for convenant, document in loaded:
            await convenanten.keep(connection, convenant, document, op=op)
        stored = [_parse(document) for document in await convenanten.latest(connection)]
    return {convenant.id: convenant for convenant in stored}


def load_folder(folder: Path, *, omgeving: Omgeving) -> list[tuple[Convenant, dict[str, Any]]]:
    """Every convenant in the folder with its document. Raises InstellingenFout with all that is wrong."""
    paths = sorted(folder.glob("*.yaml")) if folder.is_dir() else []
    if not paths:
        raise InstellingenFout(
            f"Er staat geen convenant (*.yaml) in {folder}. Zet KOPPELRADAR_CONVENANTEN op de map met convenanten."
        )
    loaded: list[tuple[Convenant, dict[str, Any]]] = []
    fouten: list[str] = []
    for path in paths:
        try:
            loaded.append(_load(path, omgeving))
        except InstellingenFout as fout:
            fouten.append(str(fout))
    if fouten:
        raise InstellingenFout("\n".join(fouten))
    return loaded


def _load(path: Path, omgeving: Omgeving) -> tuple[Convenant, dict[str, Any]]:
    try:
        text = path.read_text(encoding="utf-8")
        convenant = parse_convenant(text, bron=path.name)
        document = document_from_yaml(text, bron=path.name)
    except ConvenantFout as fout:
        raise InstellingenFout(str(fout)) from fout
    except (OSError, UnicodeDecodeError) as fout:
        raise InstellingenFout(
            f"Het convenant {path} is niet te lezen. Controleer de rechten en of het UTF-8 is."
        ) from fout
    if convenant.omgeving is not omgeving:
        raise InstellingenFout(
            f"Het convenant in {path.name} is voor omgeving {convenant.omgeving.value}, "
            f"deze matcher draait als {omgeving.value}."
        )
    return convenant, document


def _parse(document: dict[str, Any]) -> Convenant:
    try:
        return convenant_from_document(document, bron="de database")
    except ConvenantFout as fout:
        raise InstellingenFout(str(fout)) from fout
