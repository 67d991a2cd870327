"""Counting points before they are evaluated: budget, window, log and alarm in one transaction.

A process that dies afterwards has counted points that it did not evaluate; never the other way round.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.model import Budget, Convenant
from convenant.sleutelhouder.diensten.kern import Aanroeper, Kern
from convenant.sleutelhouder.diensten.toelaten import refused
from convenant.sleutelhouder.domein.alarm import stap
from convenant.sleutelhouder.domein.budget import Tekort
from convenant.sleutelhouder.domein.telling import Telling
from convenant.sleutelhouder.domein.toewijzing import Toewijzing, allocate
from convenant.sleutelhouder.errors import BudgetOp
from convenant.sleutelhouder.opslag import alarmen, logboek, sleutels, vensters, verbruik
from convenant.sleutelhouder.opslag.alarmen import Alarmmelding
from convenant.sleutelhouder.opslag.logboek import Regel
from convenant.sleutelhouder.types import Tijdvak, Vensterstatus
from convenant.types import Epoche
from convenant.web.errors import Invoerfout, OngeldigeInvoer

_HANDELING = "punten evalueren"
_MELDINGEN = {
    Tijdvak.MINUUT: "Dit zijn meer punten dan er deze minuut nog mogen. Vraag er minder tegelijk, of wacht even.",
    Tijdvak.DAG: "Dit zijn meer punten dan er vandaag nog mogen. Ga morgen verder, of vraag een venster aan.",
    Tijdvak.MAAND: "Dit zijn meer punten dan er deze maand nog mogen. Vraag een venster aan voor een heel register.",
}
_log = structlog.get_logger("sleutelhouder")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opdracht:
    """So many points per code, for an organisation under a convenant that lets it ask."""

    aanroeper: Aanroeper
    convenant: Convenant
    budget: Budget
    epoche: Epoche
    aantallen: Mapping[str, int]
    telling: Telling | None = None
    verklaring: str | None = field(default=None, repr=False)

    def regel(self, uitkomst: str, *, op: datetime) -> Regel:
        """The line that the access log keeps of it."""
        return self.aanroeper.regel(
            _HANDELING,
            op=op,
            convenant=self.convenant.id,
            uitkomst=uitkomst,
            epoche=self.epoche,
            aantallen=self.aantallen,
        )


async def reserve(kern: Kern, opdracht: Opdracht) -> None:
    """Count the points, durably once this returns, and tell of the alarms that they raise.

    Raises BudgetOp when there is not enough (nothing was counted, but the log says that it was asked), OngeldigeInvoer
    when the keys of the epoch were erased meanwhile, and TijdelijkNietBeschikbaar.
    """
    try:
        meldingen = await _reserve(kern, opdracht)
    except BudgetOp:
        async with kern.transaction() as connection:
            await logboek.append(connection, opdracht.regel("budget op", op=kern.klok()))
        raise
    for melding in meldingen:
        _announce(melding)


def retired() -> OngeldigeInvoer:
    """What to answer to who asks under an epoch that is over."""
    melding = "Deze epoche is voorbij. Gebruik de sleutel en de epoche die nu gelden."
    return refused("/epoche", "epoche-uitgetreden", melding)


async def _reserve(kern: Kern, opdracht: Opdracht) -> Sequence[Alarmmelding]:
    convenant, organisatie = opdracht.convenant.id, opdracht.aanroeper.client
    async with kern.transaction() as connection:
        await verbruik.lock(connection, convenant, organisatie, tuple(opdracht.aantallen), op=kern.klok())
        # Only now: who waited for the lock must not count in the minute or on the day before.
        op = kern.klok()
        if await sleutels.is_erased(connection, convenant, opdracht.epoche):
            raise retired()
        if opdracht.telling is not None and opdracht.verklaring is not None:
            await alarmen.keep_telling(connection, convenant, organisatie, opdracht.telling, opdracht.verklaring)
        toewijzing = await _take(kern, connection, opdracht, op)
        await logboek.append(connection, opdracht.regel("geëvalueerd", op=op))
        return await _raise_alarms(connection, opdracht, toewijzing, op)


async def _take(kern: Kern, connection: AsyncConnection, opdracht: Opdracht, op: datetime) -> Toewijzing:
    convenant, organisatie = opdracht.convenant.id, opdracht.aanroeper.client
    eigen = await vensters.of_organisatie(connection, organisatie, kern.beheerders, convenant=convenant)
    venster = next((v for v in eigen if v.status(op) is Vensterstatus.OPEN), None)
    standen = await verbruik.standen(connection, convenant, organisatie, op=op)
    toewijzing = allocate(opdracht.aantallen, standen=standen, budget=opdracht.budget, venster=venster, op=op)
    if toewijzing.tekorten:
        raise _budget_op(toewijzing.tekorten)
    if venster is not None:
        await vensters.take(connection, venster, toewijzing.uit_venster)
    await verbruik.write(connection, convenant, organisatie, toewijzing.standen, toewijzing.uit_budget, op=op)
    return toewijzing


def _budget_op(tekorten: Sequence[tuple[str, Tekort]]) -> BudgetOp:
    fouten = tuple(
        Invoerfout(f"/punten/{code}", f"budget-{tekort.tijdvak.value}", _MELDINGEN[tekort.tijdvak])
        for code, tekort in tekorten
    )
    return BudgetOp(
        "Er is niets geëvalueerd en niets geteld. Bij 'fouten' staat wat op is; 'Retry-After' zegt hoe lang u wacht.",
        fouten=fouten,
        retry_after=max(tekort.seconden for _, tekort in tekorten),
    )


async def _raise_alarms(
    connection: AsyncConnection, opdracht: Opdracht, toewijzing: Toewijzing, op: datetime
) -> Sequence[Alarmmelding]:
    convenant, organisatie = opdracht.convenant.id, opdracht.aanroeper.client
    maand = next(iter(toewijzing.standen.values())).maand
    ingediend = await alarmen.ingediend(connection, convenant, organisatie, maand)
    gemeld = await alarmen.raised(connection, convenant, organisatie, maand)
    meldingen = _alarms(opdracht, toewijzing, ingediend=ingediend, op=op)
    nieuw = [melding for melding in meldingen if melding.stap > gemeld.get(melding.code, 0)]
    for melding in nieuw:
        await alarmen.add(connection, melding)
    return nieuw


def _alarms(opdracht: Opdracht, toewijzing: Toewijzing, *, ingediend: int, op: datetime) -> list[Alarmmelding]:
    alarm = opdracht.convenant.alarm
    if alarm is None:
        return []
    return [
        Alarmmelding(
            convenant=opdracht.convenant.id,
            organisatie=opdracht.aanroeper.client,
            code=code,
            maand=stand.maand,
            stap=stap(alarm, gevraagd=stand.maand_totaal, ingediend=ingediend),
            gevraagd=stand.maand_totaal,
            uit_venster=stand.maand_venster,
            ingediend=ingediend,
            op=op,
        )
        for code, stand in toewijzing.standen.items()
    ]


def _announce(melding: Alarmmelding) -> None:
    _log.warning(
        "alarm",
        convenant=melding.convenant,
        organisatie=melding.organisatie,
        code=melding.code,
        maand=f"{melding.maand:%Y-%m}",
        stap=melding.stap,
        gevraagd=melding.gevraagd,
        uit_venster=melding.uit_venster,
        ingediend=melding.ingediend,
    )
