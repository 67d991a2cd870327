"""A bulk window in a trial environment: asked for by an organisation, approved by both operators."""

import asyncio
from uuid import UUID

from convenant.pg.database import Database
from convenant.pg.ingebed import EmbeddedPostgres
from convenant.pg.tabellen import now
from convenant.sleutelhouder.diensten.vensters import approve
from convenant.sleutelhouder.instellingen import (
    Instellingen,
    read_beheerders,
    read_beheerdersleutel,
)
from convenant.sleutelhouder.types import Beheerder, VensterId
from convenant.types import Oin
from koppelradar.omgeving.diensten import sleutelhouder_database
from koppelradar.omgeving.model import BEHEERDERS, Proefomgeving, beheerder_path


def open_venster(omgeving: Proefomgeving, postgres: EmbeddedPostgres, oin: Oin, punten: int) -> None:
    """Let an organisation ask every sleutelhouder for a window, and let its operators approve it at once.

    The sleutelhouders must be running. In a real region a person stands behind each of these steps.
    """
    with omgeving.open(oin) as dienst:
        vensters = dienst.vraag_vensters(punten)
    for nummer, (instellingen, venster) in enumerate(zip(omgeving.sleutelhouders, vensters, strict=True), start=1):
        url = sleutelhouder_database(postgres, nummer).toepassing
        asyncio.run(_approve(url, instellingen, venster.id))


async def _approve(url: str, instellingen: Instellingen, venster: UUID) -> None:
    database = Database(url, pool_size=1)
    beheerders = read_beheerders(instellingen)
    try:
        for naam in BEHEERDERS:
            sleutel = read_beheerdersleutel(beheerder_path(instellingen.datamap, naam))
            await approve(
                database, beheerders, VensterId(venster), Beheerder(naam), sleutel, van=None, tot=None, op=now()
            )
    finally:
        await database.close()
