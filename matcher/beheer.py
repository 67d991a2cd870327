"""Opening the matcher's means from its settings: for the service, and for what an operator does beside it."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from convenant.pg.database import Database
from convenant.pg.tabellen import now
from convenant.types import ConvenantId, Epoche
from convenant.web.errors import StartFout
from matcher.diensten.epochen import count_lost, retire
from matcher.diensten.kern import Kern, Wekker
from matcher.diensten.roteren import rotate_pepper
from matcher.diensten.starten import open_database
from matcher.domein.kenmerk import Kenmerker
from matcher.domein.pepper import Pepper
from matcher.instellingen import Instellingen, read_logsleutel, read_pepper
from matcher.logboek.handeling import Bladmaker


@asynccontextmanager
async def open_kern(
    instellingen: Instellingen, pepper: Pepper, bladmaker: Bladmaker, *, klok: Callable[[], datetime] = now
) -> AsyncIterator[Kern]:
    """The matcher's means, closed at the end. Raises StartFout."""
    database = Database(instellingen.required_url, pool_size=instellingen.verbindingen)
    try:
        lijst = await open_database(
            database, instellingen.convenanten, pepper=pepper, omgeving=instellingen.omgeving, klok=klok
        )
        yield Kern(
            database=database,
            lijst=lijst,
            pepper=pepper,
            kenmerker=Kenmerker.from_pepper(pepper),
            bladmaker=bladmaker,
            wekker=Wekker(),
            klok=klok,
        )
    finally:
        await database.close()


async def retire_epoche(
    instellingen: Instellingen, convenant_id: str, nummer: int, *, anyway: bool, klok: Callable[[], datetime] = now
) -> tuple[int, int]:
    """Erase the tokens of an epoch: how many live signals are left without any, and how many lost some.

    Raises StartFout for a convenant or epoch that there is not, and, unless `anyway`, when signals would be
    left without.
    """
    pepper = read_pepper(instellingen.pepper_bestand)
    bladmaker = Bladmaker(read_logsleutel(instellingen.logsleutel_bestand))
    async with open_kern(instellingen, pepper, bladmaker, klok=klok) as kern:
        convenant = kern.convenanten.get(ConvenantId(convenant_id))
        if convenant is None:
            raise StartFout(f"Deze matcher kent geen convenant {convenant_id}.")
        lost = await count_lost(kern, convenant, Epoche(nummer))
        if lost and not anyway:
            raise StartFout(
                f"{lost} signalen hebben nog geen koppeltokens van een nieuwere epoche en vinden dan geen nieuwe "
                "matches meer. Wacht op hertokening, of geef --toch mee."
            )
        return lost, await retire(kern, convenant, Epoche(nummer))


async def rotate(instellingen: Instellingen) -> int:
    """Rotate the pepper; how many keys it has now. Raises StartFout."""
    database = Database(instellingen.required_url, pool_size=1)
    try:
        return await rotate_pepper(database, instellingen.pepper_bestand)
    finally:
        await database.close()
