"""The terms of a casus: what begins and ends when it comes to stand somewhere else."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.kalender import local_date
from convenant.model import Convenant
from convenant.termijncodes import TERUGKOPPELING_MELDER
from matcher.diensten.casuszicht import Casuszicht, look
from matcher.diensten.kern import Kern
from matcher.diensten.termijnen import Begin, end_termijn, start_all, termijnen_of
from matcher.domein.casus import Casus, monitoring_codes, monitoring_moments, owes_terugkoppeling, termijnen_in
from matcher.domein.koppeling import Lid
from matcher.domein.melding import is_radar
from matcher.domein.radar import in_casus
from matcher.domein.termijn import LopendeTermijn, Onderwerpsoort, Termijnstatus, status_on
from matcher.domein.terugkoppeling import decide_terugkoppeling, is_granted

_NEAR = (Termijnstatus.NADERT, Termijnstatus.VERSTREKEN)


async def begin_termijnen(connection: AsyncConnection, convenant: Convenant, casus: Casus, *, op: datetime) -> None:
    """Let the terms begin that run where a new casus stands."""
    begins = [_begin(casus, code) for code in sorted(_codes(convenant, casus))]
    await start_all(connection, convenant, [*begins, *_moments(convenant, casus, op)], op=op)


async def follow_stand(kern: Kern, connection: AsyncConnection, voor: Casus, na: Casus, *, op: datetime) -> None:
    """End the terms that no longer run, and begin those that do now.

    That of the terugkoppeling begins only where there is somebody to give one to: nobody else could end it.
    """
    convenant = kern.convenanten[na.convenant]
    over = _codes(convenant, voor) - _codes(convenant, na) | monitoring_codes(convenant, na.organisatie)
    await end_termijn(connection, na.id, over, organisatie=na.organisatie, op=op)
    codes = _codes(convenant, na) - _codes(convenant, voor)
    if owes_terugkoppeling(voor.stand, na.stand):
        zicht = await look(kern, connection, [na], na.organisatie)
        if any(_can_be_told(convenant, na, zicht, op)):
            codes |= {TERUGKOPPELING_MELDER}
    begins = [_begin(na, code) for code in sorted(codes)]
    await start_all(connection, convenant, [*begins, *_moments(convenant, na, op)], op=op)


async def follow_until(connection: AsyncConnection, convenant: Convenant, casus: Casus, *, op: datetime) -> None:
    """Begin the moments of monitoring that come with a later end, and end those that an earlier one leaves out."""
    begins = list(_moments(convenant, casus, op))
    over = [
        termijn.code
        for termijn in await termijnen_of(connection, casus.organisatie, onderwerpen=[casus.id])
        if _is_monitoring(convenant, casus, termijn) and termijn.uiterlijk > casus.monitoring_tot
    ]
    await end_termijn(connection, casus.id, over, organisatie=casus.organisatie, op=op)
    await start_all(connection, convenant, begins, op=op)


async def end_looked_at(connection: AsyncConnection, convenant: Convenant, casus: Casus, *, op: datetime) -> None:
    """End the moments of monitoring that are due: the owner looks at its casus now."""
    vandaag = local_date(op)
    due = [
        termijn.code
        for termijn in await termijnen_of(connection, casus.organisatie, onderwerpen=[casus.id])
        if _is_monitoring(convenant, casus, termijn) and status_on(termijn, vandaag, convenant) in _NEAR
    ]
    await end_termijn(connection, casus.id, due, organisatie=casus.organisatie, op=op)


def own_direct(casus: Casus, zicht: Casuszicht, ander: Lid) -> list[Lid]:
    """The members of the casus that have a Verband with this signal."""
    banden = zicht.toestand.verbanden().get(ander.signaal.id, {})
    return [zicht.toestand.leden[id_] for id_ in casus.leden if id_ in banden and id_ in zicht.toestand.leden]


def _codes(convenant: Convenant, casus: Casus) -> frozenset[str]:
    """Assessing and investigating are tasks of who keeps a radar; a regisseur has no such terms."""
    return termijnen_in(casus.stand) if is_radar(convenant, casus.organisatie) else frozenset()


def _can_be_told(convenant: Convenant, casus: Casus, zicht: Casuszicht, op: datetime) -> Iterator[bool]:
    for view in in_casus(casus, zicht.views):
        for partij in view.partijen:
            ander = zicht.toestand.leden[partij.ander]
            if eigen := [lid.signaal for lid in own_direct(casus, zicht, ander)]:
                besluit = decide_terugkoppeling(convenant, eigen, ander.signaal, partij.niveau, op=local_date(op))
                yield is_granted(besluit)


def _is_monitoring(convenant: Convenant, casus: Casus, termijn: LopendeTermijn) -> bool:
    return termijn.code in monitoring_codes(convenant, casus.organisatie)


def _moments(convenant: Convenant, casus: Casus, op: datetime) -> Iterable[Begin]:
    vandaag = local_date(op)
    vanaf = local_date(casus.stand_sinds)
    found = monitoring_moments(convenant, casus.organisatie, casus.stand, vanaf=vanaf, tot=casus.monitoring_tot)
    return [_begin(casus, code, uiterlijk=dag) for code, dag in found if dag > vandaag]


def _begin(casus: Casus, code: str, *, uiterlijk: date | None = None) -> Begin:
    return Begin(
        code=code,
        organisatie=casus.organisatie,
        soort=Onderwerpsoort.CASUS,
        onderwerp=casus.id,
        bron=casus.id,
        uiterlijk=uiterlijk,
    )
