"""What one caller can see of a match, and of one pair in it: where every call that names a match or a pair begins."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.kalender import local_date
from convenant.model import Convenant
from convenant.web.errors import NietGevonden
from matcher.diensten.kern import Aanroeper, Kern
from matcher.domein.koppeling import Lid, Toestand
from matcher.domein.melding import Matchmelding, Partijmelding, is_radar, matchmeldingen
from matcher.opslag import koppelindex, matches, toestand
from matcher.types import MatchId, Paarkenmerk, SignaalId

_ONBEKEND = "Uw organisatie heeft geen lopende match met dit id, of geen paar met dit kenmerk."


@dataclass(frozen=True, slots=True, kw_only=True)
class Zicht:
    """A match that the caller can see: everything that is known of it, and what may be told of it."""

    convenant: Convenant
    match: MatchId
    toestand: Toestand
    melding: Matchmelding

    def own_of(self, ander: SignaalId) -> list[Lid]:
        """The caller's own signals that have a Verband with this one, oldest first."""
        banden = self.toestand.verbanden().get(ander, {})
        return [lid for id_, lid in self.toestand.leden.items() if id_ in banden and id_ in self.melding.eigen_signalen]


async def find_match(
    kern: Kern, connection: AsyncConnection, aanroeper: Aanroeper, bekend_als: MatchId, *, lock: bool = False
) -> Zicht:
    """The match that the caller knows by this id, if the convenant shows it today.

    With `lock` nobody changes it until the transaction ends. Raises NietGevonden.
    """
    match = await _resolve(kern, connection, aanroeper, bekend_als)
    found = await matches.find(connection, match) if match else None
    if match is None or found is None or found.convenant not in kern.convenanten:
        raise NietGevonden(_ONBEKEND)
    if lock:
        await koppelindex.lock_matches(connection, [found.convenant])
        # Matches may have been joined while we waited.
        match = await _resolve(kern, connection, aanroeper, bekend_als) or match
    vandaag = local_date(kern.klok())
    known = (await toestand.load_matches(connection, [match])).only(lambda lid: lid.signaal.is_live(vandaag))
    for melding in matchmeldingen(kern.convenanten, known, op=vandaag, ontvangers=[aanroeper.client]):
        if melding.match == bekend_als:
            return Zicht(convenant=kern.convenanten[found.convenant], match=match, toestand=known, melding=melding)
    raise NietGevonden(_ONBEKEND)


def find_partij(kern: Kern, zicht: Zicht, paar: Paarkenmerk) -> Partijmelding:
    """What is told of the pair that the caller knows by this name. Raises NietGevonden."""
    for partij in zicht.melding.partijen:
        if kern.kenmerker.paar(zicht.melding.ontvanger, partij.ander) == paar:
            return partij
    raise NietGevonden(_ONBEKEND)


def require_own(zicht: Zicht) -> None:
    """Raise NietGevonden, as for a match that there is not, when the caller has no signal of its own in this one."""
    if not zicht.melding.eigen_signalen:
        raise NietGevonden(_ONBEKEND)


async def _resolve(
    kern: Kern, connection: AsyncConnection, aanroeper: Aanroeper, bekend_als: MatchId
) -> MatchId | None:
    found = await matches.find(connection, bekend_als)
    if found and found.convenant in kern.convenanten and is_radar(kern.convenanten[found.convenant], aanroeper.client):
        return bekend_als
    return await matches.known_as(connection, aanroeper.client, bekend_als)
