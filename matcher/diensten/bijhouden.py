"""Keeping the follow-up and the terms of matches in line with the matches, in the transaction that changes them.

Whoever calls this holds the lock on the matches of the convenant.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.kalender import local_date
from convenant.model import Convenant
from convenant.termijncodes import CONTACT_NA_MATCH, REGIE_NA_MATCH
from convenant.types import ConvenantId, Oin, Rol
from matcher.diensten.kern import Kern
from matcher.diensten.melden import Nieuws
from matcher.diensten.opvolgnieuws import Kring, tell_regisseur
from matcher.diensten.termijnen import Begin, start_all
from matcher.domein.koppeling import Toestand
from matcher.domein.melding import Matchmelding
from matcher.domein.opvolging import Deelnemer, Opvolging
from matcher.domein.termijn import Onderwerpsoort, asks_nothing
from matcher.domein.verhuizing import (
    Bewaard,
    Plaats,
    deelnemers,
    departures,
    lost_regies,
    moves,
    opvolging_of,
    plaatsen,
    relocated,
)
from matcher.opslag import opvolging as stappen
from matcher.opslag import termijnen
from matcher.types import MatchId

MATCHTERMIJNEN = (CONTACT_NA_MATCH, REGIE_NA_MATCH)
"""The terms that a match makes begin."""


async def keep_up(
    connection: AsyncConnection,
    nieuws: Nieuws,
    *,
    voor: Toestand,
    na: Toestand,
    before: Sequence[Matchmelding],
    after: Sequence[Matchmelding],
    voorheen: Mapping[ConvenantId, Convenant],
) -> None:
    """Move steps along, note who left, and let terms begin and end, now that `voor` became `na`.

    `before` and `after` are the views of either that show something; `voorheen` are the convenanten of `before`.
    """
    kern = nieuws.kern
    await _change_terms(kern, connection, na, before, after, op=nieuws.handeling.begonnen_op)
    weg = moves(plaatsen(voorheen, voor.leden), plaatsen(kern.convenanten, na.leden))
    found = await stappen.of_matches(connection, {lid.match for lid in voor.leden.values() if lid.match is not None})
    if found:
        await _move(connection, nieuws, na, found, weg)


async def end_fulfilled(
    connection: AsyncConnection, opvolging: Opvolging, leden: Collection[Deelnemer], *, op: datetime
) -> None:
    """End the terms of a match that were met: contact was recorded, somebody is regisseur, or the party closed."""
    contact = [wie for wie in leden if _has_contact(opvolging, wie)]
    regie = [wie for wie in leden if opvolging.regie is not None or opvolging.stand_of(wie).afgesloten_op]
    for code, wie in ((CONTACT_NA_MATCH, contact), (REGIE_NA_MATCH, regie)):
        await termijnen.end_about(connection, [(each.organisatie, each.bekend_als) for each in wie], [code], op=op)


def _has_contact(opvolging: Opvolging, wie: Deelnemer) -> bool:
    stand = opvolging.stand_of(wie)
    return stand.contact_op is not None or stand.afgesloten_op is not None


async def _change_terms(
    kern: Kern,
    connection: AsyncConnection,
    na: Toestand,
    before: Sequence[Matchmelding],
    after: Sequence[Matchmelding],
    *,
    op: datetime,
) -> None:
    had, has = (_with_own_signals(views) for views in (before, after))
    gone = [plaats for plaats in had if plaats not in has]
    await termijnen.end_about(connection, gone, MATCHTERMIJNEN, op=op)
    per_convenant: dict[ConvenantId, list[Begin]] = defaultdict(list)
    for plaats, view in has.items():
        if plaats not in had:
            per_convenant[view.convenant].extend(_begins(kern.convenanten[view.convenant], na, view))
    for convenant, begins in per_convenant.items():
        await start_all(connection, kern.convenanten[convenant], begins, op=op)


def _with_own_signals(views: Iterable[Matchmelding]) -> dict[tuple[Oin, MatchId], Matchmelding]:
    return {(view.ontvanger, view.match): view for view in views if view.eigen_signalen}


def _begins(convenant: Convenant, toestand: Toestand, view: Matchmelding) -> Iterator[Begin]:
    if all(asks_nothing(convenant, toestand.leden[id_].signaal.signaalsoort) for id_ in view.eigen_signalen):
        return
    yield _begin(CONTACT_NA_MATCH, view.ontvanger, view.match)
    if convenant.has_rol(view.ontvanger, Rol.REGISSEUR):
        yield _begin(REGIE_NA_MATCH, view.ontvanger, view.match)


def _begin(code: str, organisatie: Oin, match: MatchId) -> Begin:
    # An organisation keeps the name of its match for as long as it sees it, so that its terms never have to move.
    return Begin(code=code, organisatie=organisatie, soort=Onderwerpsoort.MATCH, onderwerp=match, bron=match)


async def _move(
    connection: AsyncConnection,
    nieuws: Nieuws,
    na: Toestand,
    found: Sequence[Bewaard],
    weg: Mapping[Plaats, tuple[Plaats, ...]],
) -> None:
    op = nieuws.handeling.begonnen_op
    touched = {each.match for each in found}
    had_regie = {match for match in touched if _regie_holds(found, match, op)}
    await stappen.keep(connection, [*relocated(found, weg), *departures(weg, touched, op=op)])
    leden = _deelnemers(nieuws.kern, na)
    now = leden.keys() & (touched | {match for places in weg.values() for match, _ in places})
    moved = await stappen.of_matches(connection, now)
    for match in sorted(now):
        opvolging = opvolging_of(moved, match, leden[match], dag=local_date(op))
        await _choose_regisseur(connection, nieuws, na, match, opvolging)
        if match in had_regie and opvolging.regie is None:
            await _ask_for_regie(nieuws.kern, connection, na, match, opvolging, op=op)
        await end_fulfilled(connection, opvolging, leden[match], op=op)


async def _choose_regisseur(
    connection: AsyncConnection, nieuws: Nieuws, na: Toestand, match: MatchId, opvolging: Opvolging
) -> None:
    """Of two regisseurs that came together the one stays that accepted first; who may know that hears who it is."""
    op = nieuws.handeling.begonnen_op
    lost = list(lost_regies(match, opvolging, op=op))
    await stappen.keep(connection, lost)
    if lost and opvolging.regie is not None:
        kring = Kring.around(nieuws.kern, _convenant(nieuws.kern, na, match), match, na, op=local_date(op))
        tell_regisseur(nieuws, kring, opvolging.regie.wie.organisatie)


def _regie_holds(found: Iterable[Bewaard], match: MatchId, op: datetime) -> bool:
    mine = [each for each in found if each.match == match]
    everybody = {wie for each in mine for wie in (each.stap.door, each.stap.eigenaar)}
    return opvolging_of(mine, match, everybody, dag=local_date(op)).regie is not None


def _deelnemers(kern: Kern, na: Toestand) -> dict[MatchId, set[Deelnemer]]:
    found: dict[MatchId, set[Deelnemer]] = defaultdict(set)
    for lid in na.leden.values():
        convenant = kern.convenanten.get(lid.signaal.convenant)
        if lid.match is not None and convenant is not None:
            found[lid.match] |= deelnemers(convenant, [lid])
    return found


async def _ask_for_regie(
    kern: Kern, connection: AsyncConnection, na: Toestand, match: MatchId, opvolging: Opvolging, *, op: datetime
) -> None:
    """Let the term for a regisseur begin again for whoever may be it, now that there is none any more."""
    leden = [lid for lid in na.leden.values() if lid.match == match]
    convenant = _convenant(kern, na, match)
    begins = [
        _begin(REGIE_NA_MATCH, wie.organisatie, wie.bekend_als)
        for wie in sorted(deelnemers(convenant, leden))
        if convenant.has_rol(wie.organisatie, Rol.REGISSEUR) and not opvolging.stand_of(wie).afgesloten_op
    ]
    await start_all(connection, convenant, begins, op=op)


def _convenant(kern: Kern, na: Toestand, match: MatchId) -> Convenant:
    lid = next(lid for lid in na.leden.values() if lid.match == match)
    return kern.convenanten[lid.signaal.convenant]
