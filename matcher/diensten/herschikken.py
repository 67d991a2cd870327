"""Bringing matches in line with what is known of some signals, and telling everybody whose view changed.

Whoever calls this holds the lock on the matches of the convenant (`koppelindex.lock_matches`).
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.kalender import local_date
from convenant.model import Convenant
from convenant.types import ConvenantId
from matcher.diensten import gezin
from matcher.diensten.bijhouden import keep_up
from matcher.diensten.kern import Kern
from matcher.diensten.melden import Nieuws
from matcher.domein.koppeling import Lid, Toestand, rearrange
from matcher.domein.melding import all_meldingen, matchmeldingen
from matcher.domein.wijziging import changes
from matcher.opslag import matches, toestand
from matcher.opslag.matches import Match
from matcher.opslag.toestand import Bestand
from matcher.types import MatchId


async def settle(
    kern: Kern,
    connection: AsyncConnection,
    bestand: Bestand,
    nieuws: Nieuws,
    *,
    voor: Toestand,
    na: Toestand,
    voorheen: Mapping[ConvenantId, Convenant] | None = None,
) -> None:
    """Write the matches that belong to `na`, put in `nieuws` what changed since `voor`.

    `bestand` was loaded under the lock and names the matches; `voor` and `na` are what it held before the act and holds
    after it. `voorheen` are the convenanten under which `voor` was told, where this act comes of a change in them: that
    a party is gone, the others still have to hear. Signals whose last day has come are taken out, also when they were
    not cleared yet.
    """
    op = nieuws.handeling.begonnen_op
    vandaag = local_date(op)
    na = na.only(lambda lid: lid.signaal.is_live(vandaag))
    placed = rearrange(na, ouderdom=bestand.ouderdom, bezet=bestand.bezet, nieuw=lambda: MatchId(uuid4()))
    settled = Toestand(placed, na.zeker, na.paren)
    await _write(connection, voor, settled, bestand, op=op)
    matched = voor.only(lambda lid: lid.match is not None)
    voorheen = voorheen or kern.convenanten
    before = matchmeldingen(voorheen, matched, op=vandaag)
    views = all_meldingen(kern.convenanten, settled, op=vandaag)
    after = [view for view in views if view.partijen]
    await keep_up(connection, nieuws, voor=matched, na=settled, before=before, after=after, voorheen=voorheen)
    ended = voor.leden.keys() - placed.keys()
    nieuws.tell_matches(changes(before, after, ended=ended))
    nieuws.log_refusals(views)
    await gezin.follow(kern, connection, nieuws, voor=voor, before=before, views=views, ended=ended, voorheen=voorheen)


async def _write(
    connection: AsyncConnection, voor: Toestand, settled: Toestand, bestand: Bestand, *, op: datetime
) -> None:
    gone = [Lid(lid.signaal) for id_, lid in voor.leden.items() if id_ not in settled.leden]
    fresh = {
        lid.match: Match(id=lid.match, convenant=lid.signaal.convenant, ontstaan_op=op)
        for lid in settled.leden.values()
        if lid.match is not None and lid.match not in bestand.ouderdom
    }
    await matches.add(connection, list(fresh.values()))
    origin = {**settled.leden, **bestand.toestand.leden}
    await toestand.move(connection, origin, [*gone, *settled.leden.values()], op=op)
