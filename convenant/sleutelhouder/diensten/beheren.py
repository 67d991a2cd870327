"""What an operator does with the keys of an epoch: make them, show them, erase them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from convenant.kalender import local_date
from convenant.model import Convenant
from convenant.pg import convenanten
from convenant.pg.convenantenlijst import geldende
from convenant.pg.database import Database
from convenant.sleutelhouder.diensten.kern import BOEK
from convenant.sleutelhouder.domein.kluis import Kluis, Plaats
from convenant.sleutelhouder.errors import BeheerFout
from convenant.sleutelhouder.opslag import logboek, sleutels
from convenant.sleutelhouder.opslag.logboek import Regel
from convenant.sleutelhouder.opslag.sleutels import Opgeslagen
from convenant.types import ConvenantId, Epoche
from convenant.voprf import OprfSleutel


async def make_epoche(
    database: Database,
    kluis: Kluis,
    *,
    convenant: ConvenantId,
    epoche: Epoche,
    codes: Sequence[str],
    op: datetime,
) -> Mapping[str, bytes]:
    """The public points of new keys, one per code, for the convenant to pin.

    Raises BeheerFout when the epoch has keys: keys are never replaced, because tokens hang on them.
    """
    nieuw = [_make(kluis, Plaats(convenant, epoche, code), convenant, epoche) for code in codes]
    async with database.transaction() as connection:
        if not await sleutels.add(connection, nieuw, op=op):
            raise BeheerFout("Deze epoche heeft al sleutels. Bekijk ze met 'epoche toon', of kies een ander nummer.")
        await logboek.append(connection, _regel("sleutels maken", convenant, epoche, op))
    return {sleutel.code: sleutel.publiek for sleutel in nieuw}


async def public_points(
    database: Database, convenant: ConvenantId
) -> Mapping[Epoche, tuple[Mapping[str, bytes], bool]]:
    """The public points of every epoch of a convenant, and whether the secret keys are still there."""
    async with database.transaction() as connection:
        gevonden = await sleutels.find(connection, convenant)
    bewaard = {sleutel.epoche for sleutel in gevonden if sleutel.geheim is not None}
    return {epoche: (punten, epoche in bewaard) for (_, epoche), punten in sleutels.public_points(gevonden).items()}


async def retire_epoche(
    database: Database, *, convenant: ConvenantId, epoche: Epoche, op: datetime, toch: bool = False
) -> None:
    """Erase the secret keys of an epoch for good: nobody can evaluate under it any more, also not from a stolen disk.

    Backups keep what they hold. Raises BeheerFout when there is nothing to erase, and while the newest convenant that
    the service loaded still uses the epoch, unless `toch`.
    """
    async with database.transaction() as connection:
        bekend = geldende(await convenanten.find(connection, BOEK, op=op, convenant=convenant), op=op)
        if not toch and _is_running(bekend.values(), convenant, epoche, op):
            raise BeheerFout(
                "Deze epoche loopt nog: organisaties kunnen dan geen signalen meer indienen. Wacht tot zij voorbij is, "
                "of voeg --toch toe."
            )
        if not await sleutels.erase(connection, convenant, epoche, op=op):
            raise BeheerFout("Deze epoche heeft geen geheime sleutels (meer). Controleer convenant en nummer.")
        await logboek.append(connection, _regel("sleutels wissen", convenant, epoche, op))


def _make(kluis: Kluis, plaats: Plaats, convenant: ConvenantId, epoche: Epoche) -> Opgeslagen:
    sleutel = OprfSleutel.generate()
    return Opgeslagen(convenant, epoche, plaats.code, sleutel.publiek.to_bytes(), kluis.seal(sleutel.reveal(), plaats))


def _is_running(geladen: Iterable[Convenant], convenant_id: str, epoche: int, op: datetime) -> bool:
    return any(
        periode.nummer == epoche
        for convenant in geladen
        if convenant.id == convenant_id
        for periode in convenant.running_epochen(local_date(op))
    )


def _regel(handeling: str, convenant: ConvenantId, epoche: Epoche, op: datetime) -> Regel:
    return Regel(op=op, handeling=handeling, uitkomst="verwerkt", convenant=convenant, epoche=epoche)
