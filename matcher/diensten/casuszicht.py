"""What one caller can see of its own casussen: where every call that names a casus begins."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.model import Convenant
from convenant.types import ConvenantId, Oin
from convenant.web.errors import GeenToegang, Invoerfout, NietGevonden, OngeldigeInvoer
from matcher.diensten import gezin
from matcher.diensten.kern import Aanroeper, Kern
from matcher.domein.casus import Casus
from matcher.domein.koppeling import Toestand
from matcher.domein.melding import Matchmelding, is_radar, matchmeldingen
from matcher.opslag import casussen
from matcher.types import CasusId

_ONBEKEND = "Uw organisatie heeft geen casus met dit id."
_GEEN_PARTIJ = "Uw organisatie doet niet mee aan dit convenant."
_GEEN_RADAR = "Dit kan alleen een organisatie met een radar in dit convenant."


@dataclass(frozen=True, slots=True)
class Casuszicht:
    """Some casussen of one owner: everything that is known of their members, and what it may see of others."""

    toestand: Toestand
    views: Sequence[Matchmelding]


async def find_casus(
    kern: Kern, connection: AsyncConnection, aanroeper: Aanroeper, casus_id: CasusId, *, lock: bool = False
) -> Casus:
    """The caller's own casus; with `lock` nobody changes it until the transaction ends. Raises NietGevonden."""
    if lock:
        found = await casussen.lock_own(connection, casus_id, aanroeper.client)
    else:
        found = await casussen.find(connection, casus_id)
    if found is None or found.organisatie != aanroeper.client or found.convenant not in kern.convenanten:
        raise NietGevonden(_ONBEKEND)
    return found


async def look(kern: Kern, connection: AsyncConnection, of: Iterable[Casus], ontvanger: Oin) -> Casuszicht:
    """What this owner can see today in its casussen, all read at once."""
    known = await gezin.load(kern, connection, of)
    views = matchmeldingen(kern.convenanten, known, op=kern.vandaag(), ontvangers=[ontvanger])
    return Casuszicht(known, views)


def own_convenant(kern: Kern, aanroeper: Aanroeper, id_: ConvenantId) -> Convenant:
    """A convenant in force that the caller takes part in. Raises OngeldigeInvoer for any other."""
    convenant = kern.convenanten.get(id_)
    if convenant is None or not convenant.has_partij(aanroeper.client) or not convenant.is_in_force(kern.vandaag()):
        # One answer for all: whether a convenant exists is not for outsiders to learn.
        fout = Invoerfout("/convenant", "onbekend-convenant", _GEEN_PARTIJ)
        raise OngeldigeInvoer("Er is niets opgeslagen. Kies een convenant waaraan u meedoet.", fouten=(fout,))
    return convenant


def require_radar(convenant: Convenant, aanroeper: Aanroeper) -> None:
    """Return when the convenant gives the caller a radar. Raises GeenToegang."""
    if not is_radar(convenant, aanroeper.client):
        raise GeenToegang(_GEEN_RADAR)
