"""What must be true before the first request is served."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from convenant.pg import herkenning
from convenant.pg.convenantenlijst import Convenantenlijst
from convenant.pg.database import Database
from convenant.pg.inlezen import import_bundels
from convenant.types import Omgeving
from convenant.web.convenanten import read_bundels
from matcher.diensten.kern import BOEK
from matcher.domein.pepper import Pepper
from matcher.opslag import pepper as pepperopslag
from matcher.opslag.opzet import TOEPASSING_ROL

_ADD_ONLY = ("logboek_blad", "logboek_inhoud", "convenant", "verklaring")
_NEWEST = "aankondiging"
"""The table that came last: without it a migration was forgotten."""


async def open_database(
    database: Database, folder: Path, *, pepper: Pepper, omgeving: Omgeving, klok: Callable[[], datetime]
) -> Convenantenlijst:
    """Check that database, secrets and rights belong together, and take in the bundles in the folder.

    What was taken in before and is not in the folder stays. Raises StartFout.
    """
    bundels = read_bundels(folder, instelling="KOPPELRADAR_CONVENANTEN")
    lijst = Convenantenlijst(BOEK, klok)
    async with database.transaction() as connection:
        await herkenning.require_migrated(connection, _NEWEST, commando="koppelradar matcher migreer")
        await herkenning.require_append_only(connection, _ADD_ONLY, dienst="matcher", rol=TOEPASSING_ROL)
        await pepperopslag.require(connection, pepper)
        await import_bundels(connection, BOEK, bundels, omgeving=omgeving, op=klok())
        await lijst.refresh(connection)
    return lijst
