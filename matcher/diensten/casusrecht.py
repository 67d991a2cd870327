"""Who composes a casus: a party with a radar, or the accepted regisseur of a match that it is in (guarantee 10)."""

from collections.abc import Collection

from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.kalender import local_date
from convenant.model import Convenant
from convenant.types import Rol
from convenant.web.errors import GeenToegang
from matcher.diensten.kern import Aanroeper, Kern
from matcher.domein.melding import is_radar
from matcher.domein.verhuizing import deelnemer_of, deelnemers, opvolging_of
from matcher.opslag import opvolging, toestand
from matcher.types import SignaalId

_NIEMAND = (
    "Een casus stelt u alleen samen met een radar in dit convenant, of als aanvaarde regisseur van een match waarin u "
    "zo'n signaal hebt."
)


async def require_composer(
    kern: Kern, connection: AsyncConnection, convenant: Convenant, aanroeper: Aanroeper, ids: Collection[SignaalId]
) -> None:
    """Return when the caller may hold these signals of its own together. Raises GeenToegang.

    Hold the lock on the matches: the regie may change hands.
    """
    if is_radar(convenant, aanroeper.client):
        return
    if not convenant.has_rol(aanroeper.client, Rol.REGISSEUR) or not await _is_regisseur(
        kern, connection, convenant, ids
    ):
        raise GeenToegang(_NIEMAND)


async def _is_regisseur(
    kern: Kern, connection: AsyncConnection, convenant: Convenant, ids: Collection[SignaalId]
) -> bool:
    vandaag = local_date(kern.klok())
    known = (await toestand.load(connection, ids)).toestand.only(lambda lid: lid.signaal.is_live(vandaag))
    eigen = {deelnemer_of(convenant, known.leden[id_]) for id_ in ids if id_ in known.leden}
    matches = {match for id_ in ids if id_ in known.leden and (match := known.leden[id_].match) is not None}
    stappen = await opvolging.of_matches(connection, matches)
    for match in matches:
        leden = deelnemers(convenant, (lid for lid in known.leden.values() if lid.match == match))
        regie = opvolging_of(stappen, match, leden, dag=vandaag).regie
        if regie is not None and regie.wie in eigen:
            return True
    return False
