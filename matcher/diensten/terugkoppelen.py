"""Terugkoppeling: whoever gave a signal hears from the owner of a casus what became of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.beleid import Besluit
from convenant.kalender import local_date
from convenant.model import Convenant
from convenant.termijncodes import TERUGKOPPELING_MELDER
from convenant.types import Veld
from convenant.web.errors import GeenToegang, Invoerfout, NietGevonden, OngeldigeInvoer
from matcher.diensten.casuszicht import find_casus
from matcher.diensten.kern import Aanroeper, Kern
from matcher.diensten.melden import Nieuws
from matcher.diensten.termijnen import end_termijn
from matcher.diensten.zicht import Zicht, find_match, find_partij
from matcher.domein.casus import Casus
from matcher.domein.document import format_moment
from matcher.domein.koppeling import Lid
from matcher.domein.melding import Partijmelding, is_radar
from matcher.domein.radardocument import named_organisatie
from matcher.domein.terugkoppeling import decide_terugkoppeling, is_granted
from matcher.logboek import opslag as logboek
from matcher.logboek.handeling import weigering_fields
from matcher.opslag import terugkoppelingen
from matcher.opslag.terugkoppelingen import Terugkoppeling
from matcher.types import CasusId, MatchId, Notificatiesoort, Paarkenmerk, SignaalId

_NAAM = "terugkoppeling geven"
_ANDERE_CASUS = "Uw organisatie heeft in deze casus geen lopende match met dit id, of geen paar met dit kenmerk."
_NIET_TOEGESTAAN = "Het convenant laat u dit niet aan deze organisatie terugkoppelen. Bel de organisatie als dat kan."


@dataclass(frozen=True, slots=True)
class Opdracht:
    """What is to be told, about which casus, in which pair of which match, as the caller knows these."""

    casus: CasusId
    match: MatchId
    paar: Paarkenmerk
    told: Terugkoppeling


@dataclass(frozen=True, slots=True)
class _Melder:
    """Who is told: the pair as the caller sees it, and the caller's own signals in it that are in the casus."""

    casus: Casus
    zicht: Zicht
    partij: Partijmelding
    eigen: list[Lid]

    @property
    def ander(self) -> Lid:
        """The signal of whoever is told."""
        return self.zicht.toestand.leden[self.partij.ander]

    @property
    def match(self) -> MatchId:
        """The match as whoever is told knows it."""
        lid = self.ander
        whole = is_radar(self.zicht.convenant, lid.signaal.organisatie)
        return (lid.match if whole else lid.bekend_als) or self.zicht.match


async def give(kern: Kern, aanroeper: Aanroeper, opdracht: Opdracht) -> dict[str, Any]:
    """Tell the other organisation in this pair what became of its melding; the answer, ready for JSON.

    Saying the same again changes nothing and tells nothing. Raises NietGevonden for a casus, match or pair that is not
    the caller's, OngeldigeInvoer for an organisation that does not take part, GeenToegang when the convenant does not
    grant it.
    """
    op = kern.klok()
    nieuws = Nieuws(kern, aanroeper.handeling(_NAAM, op=op))
    async with kern.transaction() as connection:
        melder = await _find_melder(kern, connection, aanroeper, opdracht)
        convenant = melder.zicht.convenant
        _require_parties(convenant, opdracht.told)
        besluit = _decide(convenant, melder, op)
        granted = is_granted(besluit)
        given = await _give(kern, connection, nieuws, melder, opdracht.told, besluit=besluit) if granted else op
    if not granted:
        await _log_refusal(kern, nieuws, melder, besluit)
        raise GeenToegang(_NIET_TOEGESTAAN)
    nieuws.wake()
    document = {"match": str(opdracht.match), "paar": str(opdracht.paar), **_content(convenant, opdracht.told)}
    return document | {"gegevenOp": format_moment(given)}


async def _find_melder(kern: Kern, connection: AsyncConnection, aanroeper: Aanroeper, opdracht: Opdracht) -> _Melder:
    casus = await find_casus(kern, connection, aanroeper, opdracht.casus, lock=True)
    zicht = await find_match(kern, connection, aanroeper, opdracht.match, lock=True)
    partij = find_partij(kern, zicht, opdracht.paar)
    # Decided per pair: what others hold together gives the caller nothing to tell.
    eigen = [lid for lid in zicht.own_of(partij.ander) if lid.signaal.id in casus.leden]
    if not eigen:
        raise NietGevonden(_ANDERE_CASUS)
    return _Melder(casus, zicht, partij, eigen)


def _require_parties(convenant: Convenant, told: Terugkoppeling) -> None:
    melding = "Noem een organisatie die meedoet aan dit convenant."
    fouten = tuple(
        Invoerfout(pad, "onbekende-organisatie", melding)
        for pad, oin in (("/overgedragenAan", told.overgedragen_aan), ("/monitort", told.monitort))
        if oin is not None and not convenant.has_partij(oin)
    )
    if fouten:
        raise OngeldigeInvoer("Er is niets teruggekoppeld. Verbeter wat bij 'fouten' staat.", fouten=fouten)


def _decide(convenant: Convenant, melder: _Melder, op: datetime) -> Besluit:
    eigen = [lid.signaal for lid in melder.eigen]
    return decide_terugkoppeling(convenant, eigen, melder.ander.signaal, melder.partij.niveau, op=local_date(op))


async def _give(
    kern: Kern, connection: AsyncConnection, nieuws: Nieuws, melder: _Melder, told: Terugkoppeling, *, besluit: Besluit
) -> datetime:
    """When it was told: now, or before when it is the same as what was told last."""
    op, casus, ander = nieuws.handeling.begonnen_op, melder.casus, melder.ander.signaal
    earlier = await terugkoppelingen.latest(connection, casus.id, ander.id)
    if earlier is not None and earlier[0] == told:
        return earlier[1]
    await terugkoppelingen.add(connection, casus.id, ander.id, told, op=op)
    await end_termijn(connection, casus.id, [TERUGKOPPELING_MELDER], organisatie=casus.organisatie, op=op)
    _tell(kern, nieuws, melder, told, besluit)
    toegang = kern.bladmaker.toegang(
        nieuws.handeling, onderwerp=str(casus.id), convenant=casus.convenant, uitkomst="verwerkt"
    )
    ids: list[SignaalId] = [lid.signaal.id for lid in melder.eigen]
    await nieuws.write(connection, [toegang, *kern.bladmaker.verwerkingen(nieuws.handeling, ids, klaar_op=kern.klok())])
    return op


def _tell(kern: Kern, nieuws: Nieuws, melder: _Melder, told: Terugkoppeling, besluit: Besluit) -> None:
    ontvanger, convenant = melder.ander.signaal.organisatie, melder.zicht.convenant
    verlening = besluit.grounds_for(Veld.TERUGKOPPELING)
    inhoud = {
        "match": str(melder.match),
        "convenant": convenant.id,
        "paar": str(kern.kenmerker.paar(ontvanger, melder.eigen[0].signaal.id)),
        **_content(convenant, told),
        "artikel": ", ".join(each.artikel for each in verlening),
        "grondslag": ", ".join(sorted({each.grondslag for each in verlening})),
    }
    nieuws.tell(ontvanger, Notificatiesoort.TERUGKOPPELING, melder.match, inhoud, grond=besluit)


def _content(convenant: Convenant, told: Terugkoppeling) -> dict[str, Any]:
    named = {
        "overgedragenAan": named_organisatie(convenant, told.overgedragen_aan),
        "monitort": named_organisatie(convenant, told.monitort),
    }
    return {"opgepakt": told.opgepakt, **{naam: waarde for naam, waarde in named.items() if waarde}}


async def _log_refusal(kern: Kern, nieuws: Nieuws, melder: _Melder, besluit: Besluit) -> None:
    """In a transaction of its own: the act itself came to nothing."""
    blad = kern.bladmaker.toegang(
        nieuws.handeling,
        gebeurtenis="besluit",
        ontvanger=melder.ander.signaal.organisatie,
        uitkomst="geweigerd",
        **weigering_fields(besluit),
    )
    async with kern.transaction() as connection:
        await logboek.append(connection, [blad])
