"""What must be true before the first request is served."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from convenant.model import Convenant
from convenant.pg import convenanten, herkenning
from convenant.pg.database import Database, table_of
from convenant.types import ConvenantId, Omgeving
from convenant.web.convenanten import load_folder
from matcher.domein.pepper import Pepper
from matcher.opslag import pepper as pepperopslag
from matcher.opslag.opzet import TOEPASSING_ROL
from matcher.opslag.tabellen import ConvenantRij

_CONVENANTEN = table_of(ConvenantRij)
_LOGBOEK = ("logboek_blad", "logboek_inhoud")


async def open_database(
    database: Database, folder: Path, *, pepper: Pepper, omgeving: Omgeving, op: datetime
) -> Mapping[ConvenantId, Convenant]:
    """Check that database, secrets and rights belong together; the convenanten in force, by id.

    Those are the newest versions in the folder and, for convenanten that are no longer there, the newest stored ones:
    signals refer to them. Raises StartFout.
    """
    loaded = load_folder(folder, omgeving=omgeving, instelling="KOPPELRADAR_CONVENANTEN")
    async with database.transaction() as connection:
        await herkenning.require_migrated(connection, _LOGBOEK[0], commando="koppelradar matcher migreer")
        await herkenning.require_append_only(connection, _LOGBOEK, dienst="matcher", rol=TOEPASSING_ROL)
        await pepperopslag.require(connection, pepper)
        for convenant, document in loaded:
            await convenanten.keep(connection, _CONVENANTEN, convenant, document, op=op)
        stored = await convenanten.latest(connection, _CONVENANTEN)
    return {convenant.id: convenant for convenant in stored}
