"""Telling organisations of their signals that expire before long, so that they can submit them anew in time."""

from convenant.kalender import local_date
from convenant.model import Convenant
from matcher.diensten.kern import Kern, by_matcher
from matcher.diensten.melden import Nieuws
from matcher.domein.signaalbericht import announced_until
from matcher.opslag import aankondigingen
from matcher.types import Notificatiesoort

_AANKONDIGEN = "einde van signaal aankondigen"
_BATCH = 200


async def announce(kern: Kern) -> int:
    """Tell of every signal that expires within the term of its convenant, each once; how many that were."""
    total = 0
    for convenant in kern.convenanten.values():
        while batch := await _announce_batch(kern, convenant):
            total += batch
    return total


async def _announce_batch(kern: Kern, convenant: Convenant) -> int:
    op = kern.klok()
    vandaag = local_date(op)
    tot = announced_until(convenant, vandaag)
    if tot is None:
        return 0
    nieuws = Nieuws(kern, by_matcher(convenant, _AANKONDIGEN, op=op))
    # Of who was suspended the signals wait.
    partijen = [partij.oin for partij in convenant.partijen]
    async with kern.transaction() as connection:
        due = await aankondigingen.lock_due(
            connection, convenant.id, partijen=partijen, na=vandaag, tot=tot, limiet=_BATCH
        )
        if due:
            nieuws.tell_einde(convenant, Notificatiesoort.SIGNAAL_VERLOOPT_BINNENKORT, due)
            await aankondigingen.add(connection, [signaal.id for signaal in due], op=op)
            toegang = kern.bladmaker.toegang(nieuws.handeling, aantal=len(due), uitkomst="verwerkt")
            await nieuws.write(connection, [toegang])
    nieuws.wake()
    return len(due)
