"""Watching the terms: reminding, saying that it is too late, and taking the steps of the ladder, each once.

What was told is written in the transaction that tells it, so that a worker that is killed leaves nothing half done and
two of them do nothing twice.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.beleid import escaleer
from convenant.kalender import local_date
from convenant.model import Convenant, Escalatietrede
from matcher.diensten.kern import Kern, by_matcher
from matcher.diensten.melden import Nieuws
from matcher.diensten.zaken import Zaak, zaak_of
from matcher.domein.document import organisatie_document, present
from matcher.domein.grond import Afspraak
from matcher.domein.termijn import LopendeTermijn, TeMelden, artikel_of, due_on, next_day
from matcher.opslag import termijnen
from matcher.types import Notificatiesoort

_NAAM = "termijnen bewaken"
_BATCH = 100
_DAY = timedelta(days=1)


async def run_termijnen(kern: Kern) -> int:
    """Tell what is to be told today about running terms, a batch at a time; how many terms were looked at."""
    total = 0
    while batch := await _batch(kern):
        total += batch
    return total


async def _batch(kern: Kern) -> int:
    op = kern.klok()
    everything: list[Nieuws] = []
    async with kern.transaction() as connection:
        due = await termijnen.lock_due(connection, convenanten=kern.convenanten, dag=local_date(op), limiet=_BATCH)
        for id_ in sorted({termijn.convenant for termijn in due}):
            convenant = kern.convenanten[id_]
            nieuws = Nieuws(kern, by_matcher(convenant, _NAAM, op=op))
            for termijn in due:
                if termijn.convenant == id_:
                    await _watch(connection, nieuws, convenant, termijn)
            await nieuws.write(connection, [])
            everything.append(nieuws)
    for nieuws in everything:
        nieuws.wake()
    return len(due)


async def _watch(connection: AsyncConnection, nieuws: Nieuws, convenant: Convenant, termijn: LopendeTermijn) -> None:
    op = nieuws.handeling.begonnen_op
    dag = local_date(op)
    if not convenant.has_partij(termijn.organisatie):
        # Suspended: it hears nothing now, and goes on where it was when it takes part again.
        await termijnen.keep(connection, termijn, dag + _DAY)
        return
    zaak = await zaak_of(nieuws.kern, connection, convenant, termijn, dag=dag)
    if zaak is None or not artikel_of(convenant, termijn.code, termijn.organisatie):
        # Nothing is left to do, or the version in force has no such term.
        await termijnen.keep(connection, replace(termijn, voldaan_op=op), None)
        return
    melden = due_on(termijn, dag, convenant)
    _tell(nieuws, convenant, termijn, zaak, melden)
    told = replace(
        termijn,
        herinnerd_op=op if melden.nadert else termijn.herinnerd_op,
        verstreken_op=op if melden.verstreken else termijn.verstreken_op,
        trede=termijn.trede + len(melden.treden),
    )
    await termijnen.keep(connection, told, _after(next_day(told, convenant), dag))


def _after(volgende: date | None, dag: date) -> date | None:
    """The day to look again, never this one: whatever a new version says, a round comes to its end."""
    return None if volgende is None else max(volgende, dag + _DAY)


def _tell(nieuws: Nieuws, convenant: Convenant, termijn: LopendeTermijn, zaak: Zaak, melden: TeMelden) -> None:
    if melden.nadert:
        _tell_own(nieuws, convenant, termijn, Notificatiesoort.TERMIJN_NADERT)
    if melden.verstreken:
        _tell_own(nieuws, convenant, termijn, Notificatiesoort.TERMIJN_VERSTREKEN)
    _tell_ladder(nieuws, convenant, termijn, zaak, melden.treden)


def _tell_own(nieuws: Nieuws, convenant: Convenant, termijn: LopendeTermijn, soort: Notificatiesoort) -> None:
    artikel = artikel_of(convenant, termijn.code, termijn.organisatie)
    inhoud = {
        **_inhoud(termijn, artikel),
        "onderwerp": str(termijn.onderwerp),
        "onderwerpsoort": termijn.soort.value,
    }
    nieuws.tell(termijn.organisatie, soort, termijn.id, inhoud, grond=Afspraak.under(convenant, artikel))


def _tell_ladder(
    nieuws: Nieuws, convenant: Convenant, termijn: LopendeTermijn, zaak: Zaak, treden: Sequence[Escalatietrede]
) -> None:
    """Tell whom each step names who is late; about which match, only those that see that party in it."""
    for trede in treden:
        for ontvanger in escaleer(convenant, trede, betrokken=zaak.betrokken):
            name = zaak.namen.get(ontvanger.oin)
            inhoud = {
                **_inhoud(termijn, trede.artikel),
                "functie": trede.functie,
                "organisatie": organisatie_document(convenant.partij(termijn.organisatie)),
                "onderwerp": str(name) if name else None,
            }
            grond = Afspraak.under(convenant, trede.artikel)
            nieuws.tell(ontvanger.oin, Notificatiesoort.GEESCALEERD, termijn.id, present(inhoud), grond=grond)


def _inhoud(termijn: LopendeTermijn, artikel: str) -> dict[str, Any]:
    return {
        "id": str(termijn.id),
        "convenant": termijn.convenant,
        "code": termijn.code,
        "artikel": artikel,
        "uiterlijk": termijn.uiterlijk.isoformat(),
    }
