"""Opening the matcher's means from its settings: for the service, and for what an operator does beside it."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from convenant.ondertekening import Ondertekend
from convenant.pg.database import Database
from convenant.pg.tabellen import now
from convenant.types import ConvenantId, Epoche, Omgeving
from convenant.web.convenanten import read_bundel_file
from convenant.web.errors import StartFout
from matcher.diensten.convenanten import take_as_operator
from matcher.diensten.epochen import count_lost, retire
from matcher.diensten.kern import Kern
from matcher.diensten.roteren import rotate_pepper
from matcher.diensten.starten import open_database
from matcher.diensten.wekker import Wekker
from matcher.domein.kenmerk import Kenmerker
from matcher.domein.kluis import Kluis
from matcher.domein.pepper import Pepper
from matcher.instellingen import Instellingen, read_logsleutel, read_pepper, read_sleutel, read_smtp
from matcher.logboek.handeling import Bladmaker
from matcher.proefklok import Proefklok
from matcher.uitgaand.post import Postbus
from matcher.uitgaand.uitgang import Uitgang
from matcher.uitgaand.webhook import Webhookzender


@asynccontextmanager
async def open_kern(
    instellingen: Instellingen, pepper: Pepper, bladmaker: Bladmaker, *, klok: Callable[[], datetime] = now
) -> AsyncIterator[Kern]:
    """The matcher's means, closed at the end. `klok` is real time, also where the settings simulate another.

    Raises StartFout.
    """
    deurklok, klok = klok, _klok(instellingen, klok)
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
            omgeving=instellingen.omgeving,
            uitgang=_open_uitgang(instellingen, pepper, deurklok),
            klok=klok,
            deurklok=deurklok,
        )
    finally:
        await database.close()


def _open_uitgang(instellingen: Instellingen, pepper: Pepper, klok: Callable[[], datetime]) -> Uitgang:
    origin = urlsplit(instellingen.publieke_url).hostname or instellingen.host
    smtp = read_smtp(instellingen)
    return Uitgang(
        basis_url=instellingen.basis_url,
        sleutel=read_sleutel(instellingen.sleutel_bestand),
        kluis=Kluis.from_pepper(pepper),
        webhooks=Webhookzender(omgeving=instellingen.omgeving, origin=origin, klok=klok),
        post=None if smtp is None else Postbus(smtp),
    )


def _klok(instellingen: Instellingen, klok: Callable[[], datetime]) -> Callable[[], datetime]:
    if instellingen.proefklok is None:
        return klok
    if instellingen.omgeving is not Omgeving.PROEF:
        raise StartFout("Simuleren van tijd kan alleen in een proefomgeving. Haal KOPPELRADAR_PROEFKLOK weg.")
    return Proefklok(instellingen.proefklok, klok)


async def take_bundels(
    instellingen: Instellingen, paths: Sequence[Path], *, klok: Callable[[], datetime] = now
) -> list[Ondertekend]:
    """Take in signed convenanten as the operator; a running matcher obeys them from then on. Raises StartFout."""
    pepper = read_pepper(instellingen.pepper_bestand)
    bladmaker = Bladmaker(read_logsleutel(instellingen.logsleutel_bestand))
    bundels = [(path.name, read_bundel_file(path)) for path in paths]
    async with open_kern(instellingen, pepper, bladmaker, klok=klok) as kern:
        return await take_as_operator(kern, bundels)


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
