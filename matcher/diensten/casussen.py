"""Casussen: registering one, adding directbetrokkenen, saying where it stands, and listing one's own.

Not everybody composes a casus (`casusrecht`): what it joins together is told to others.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.model import Convenant
from convenant.types import ConvenantId, Oin
from convenant.web.errors import Conflict, Invoerfout, OngeldigeInvoer
from matcher.diensten.casusrecht import require_composer
from matcher.diensten.casustermijnen import begin_termijnen, follow_stand, follow_until
from matcher.diensten.casuszicht import find_casus, own_convenant
from matcher.diensten.gezin import tell_changed
from matcher.diensten.kern import Aanroeper, Kern
from matcher.diensten.melden import Nieuws
from matcher.domein.casus import MAX_LEDEN, Casus, Casustoestand, may_become
from matcher.domein.cursor import known_place
from matcher.domein.radardocument import casus_document
from matcher.domein.signaal import Signaal
from matcher.logboek import opslag as logboek
from matcher.opslag import casussen, koppelindex, signalen
from matcher.types import CasusId, SignaalId

_REGISTREREN = "casus registreren"
_TOEVOEGEN = "betrokkenen toevoegen"
_WIJZIGEN = "casus wijzigen"
_INZIEN = "casussen inzien"
_ID_GEBRUIKT = "Het id in dit verzoek is al gebruikt voor een andere casus. Maak een nieuw id."
_GEEN_STAP = (
    "Vanuit de toestand waarin deze casus is, kan dat niet. Kies een andere toestand. Is de casus afgesloten en is er "
    "een nieuwe melding, registreer dan een nieuwe casus."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aanmelding:
    """A casus as it was sent: its form has been checked, nothing else."""

    id: CasusId
    convenant: ConvenantId
    nummer: bytes = field(repr=False)
    signalen: tuple[SignaalId, ...]
    acuut: bool
    monitoring_tot: date
    stand: Casustoestand


@dataclass(frozen=True, slots=True, kw_only=True)
class Wijziging:
    """Where a casus stands from now on, and if wanted to whom it went or until when it is monitored."""

    stand: Casustoestand
    overgedragen_aan: Oin | None = None
    monitoring_tot: date | None = None


async def register(kern: Kern, aanroeper: Aanroeper, aanmelding: Aanmelding) -> dict[str, Any]:
    """Register a casus and tell what it brings to light; the casus, ready for JSON. Repeating changes nothing.

    Raises OngeldigeInvoer for signals that are not the caller's own and live under this convenant, GeenToegang for a
    caller that composes none, Conflict for an id that was used for something else.
    """
    op = kern.klok()
    nieuws = Nieuws(kern, aanroeper.handeling(_REGISTREREN, op=op))
    async with kern.transaction() as connection:
        convenant = own_convenant(kern, aanroeper, aanmelding.convenant)
        casus = await _known(connection, aanroeper, aanmelding)
        if casus is None:
            _refuse_past(aanmelding.monitoring_tot, kern.vandaag())
            leden = await _own_live(kern, connection, aanroeper, convenant, aanmelding.signalen)
            await koppelindex.lock_matches(connection, [convenant.id])
            await require_composer(kern, connection, convenant, aanroeper, leden)
            # The same request can have come in twice at once: whoever waited for the lock sees what the other made.
            casus = await _known(connection, aanroeper, aanmelding)
            if casus is None:
                casus = _casus(aanroeper, aanmelding, leden, op)
                await _open(kern, connection, nieuws, convenant, casus)
    nieuws.wake()
    return casus_document(casus, convenant)


async def add_betrokkenen(
    kern: Kern, aanroeper: Aanroeper, casus_id: CasusId, ids: Collection[SignaalId]
) -> dict[str, Any]:
    """Let more of the caller's own signals be in its casus; the casus, ready for JSON. Repeating changes nothing.

    Raises NietGevonden, OngeldigeInvoer as `register` does, and Conflict for a casus that is closed.
    """
    op = kern.klok()
    nieuws = Nieuws(kern, aanroeper.handeling(_TOEVOEGEN, op=op))
    async with kern.transaction() as connection:
        casus = await find_casus(kern, connection, aanroeper, casus_id, lock=True)
        convenant = kern.convenanten[casus.convenant]
        if not casus.is_open:
            raise Conflict("Deze casus is afgesloten. Registreer bij een nieuwe melding een nieuwe casus.")
        leden = await _own_live(kern, connection, aanroeper, convenant, ids)
        _refuse_too_many({*casus.leden, *leden})
        if nieuw := {id_: op for id_ in leden if id_ not in casus.leden}:
            await koppelindex.lock_matches(connection, [convenant.id])
            await require_composer(kern, connection, convenant, aanroeper, {*casus.leden, *leden})
            na = replace(casus, leden={**casus.leden, **nieuw}, gewijzigd_op=op)
            await casussen.join(connection, casus.id, nieuw, op=op)
            await casussen.keep(connection, na)
            await tell_changed(kern, connection, nieuws, voor=casus, na=na)
            await _write(kern, connection, nieuws, na, nieuw)
            casus = na
    nieuws.wake()
    return casus_document(casus, convenant)


async def change_stand(kern: Kern, aanroeper: Aanroeper, casus_id: CasusId, wijziging: Wijziging) -> dict[str, Any]:
    """Say where a casus stands from now on; the casus, ready for JSON. Repeating changes nothing.

    Closing it ends its gezinsmatches. Raises NietGevonden, OngeldigeInvoer, and Conflict for a step that is none.
    """
    op = kern.klok()
    nieuws = Nieuws(kern, aanroeper.handeling(_WIJZIGEN, op=op))
    async with kern.transaction() as connection:
        casus = await find_casus(kern, connection, aanroeper, casus_id, lock=True)
        convenant = kern.convenanten[casus.convenant]
        na = _changed(casus, convenant, wijziging, op=op, vandaag=kern.vandaag())
        if na != casus:
            await koppelindex.lock_matches(connection, [convenant.id])
            await casussen.keep(connection, na)
            await _follow(kern, connection, nieuws, casus, na)
            await _write(kern, connection, nieuws, na, na.leden)
    nieuws.wake()
    return casus_document(na, convenant)


async def get_casus(kern: Kern, aanroeper: Aanroeper, casus_id: CasusId) -> dict[str, Any]:
    """The caller's own casus, ready for JSON. Raises NietGevonden."""
    handeling = aanroeper.handeling(_INZIEN, op=kern.klok())
    async with kern.transaction() as connection:
        casus = await find_casus(kern, connection, aanroeper, casus_id)
        blad = kern.bladmaker.toegang(handeling, onderwerp=str(casus.id), uitkomst="verstrekt")
        await logboek.append(connection, [blad])
    return casus_document(casus, kern.convenanten[casus.convenant])


async def own_casussen(
    kern: Kern, aanroeper: Aanroeper, *, na: UUID | None, limiet: int
) -> tuple[list[dict[str, Any]], UUID | None]:
    """A page of the caller's own casussen, also closed ones, and the cursor of the next page.

    Raises OngeldigeInvoer for a cursor that is not ours.
    """
    handeling = aanroeper.handeling(_INZIEN, op=kern.klok())
    async with kern.transaction() as connection:
        place = 0 if na is None else await casussen.place_of(connection, aanroeper.client, na)
        found = await casussen.page(
            connection,
            aanroeper.client,
            convenanten=kern.convenanten,
            standen=list(Casustoestand),
            na=known_place(place),
            limiet=limiet,
        )
        blad = kern.bladmaker.toegang(handeling, aantal=len(found), uitkomst="verstrekt")
        await logboek.append(connection, [blad])
    documents = [casus_document(casus, kern.convenanten[casus.convenant]) for _, casus in found]
    return documents, found[-1][1].id if len(found) == limiet else None


async def _open(kern: Kern, connection: AsyncConnection, nieuws: Nieuws, convenant: Convenant, casus: Casus) -> None:
    if not await casussen.add(connection, casus):
        raise Conflict(_ID_GEBRUIKT)
    await begin_termijnen(connection, convenant, casus, op=casus.geopend_op)
    await tell_changed(kern, connection, nieuws, voor=None, na=casus)
    await _write(kern, connection, nieuws, casus, casus.leden)


async def _known(connection: AsyncConnection, aanroeper: Aanroeper, aanmelding: Aanmelding) -> Casus | None:
    """The casus that was registered under this id before, if it is the same one. Raises Conflict for another."""
    found = await casussen.find(connection, aanmelding.id)
    if found is None:
        return None
    # Where it stands and who is in it can have changed since.
    if (found.organisatie, found.convenant, found.nummer) != (
        aanroeper.client,
        aanmelding.convenant,
        aanmelding.nummer,
    ):
        raise Conflict(_ID_GEBRUIKT)
    return found


async def _own_live(
    kern: Kern, connection: AsyncConnection, aanroeper: Aanroeper, convenant: Convenant, ids: Collection[SignaalId]
) -> Mapping[SignaalId, Signaal]:
    """The caller's own live signals with these ids, rows locked. Raises OngeldigeInvoer when one is not."""
    found = await signalen.lock_live(connection, ids, aanroeper.client, vandaag=kern.vandaag())
    fouten = tuple(
        Invoerfout(f"/signalen/{plaats}", "geen-lopend-signaal", "Kies een eigen, lopend signaal van dit convenant.")
        for plaats, id_ in enumerate(ids)
        if id_ not in found or found[id_].convenant != convenant.id
    )
    if fouten:
        # One answer, whether a signal is another's, is over, or was never there.
        raise OngeldigeInvoer("Er is niets opgeslagen. Verbeter wat bij 'fouten' staat.", fouten=fouten)
    return found


def _refuse_too_many(ids: Collection[SignaalId]) -> None:
    if len(ids) > MAX_LEDEN:
        fout = Invoerfout("/signalen", "te-veel", f"In een casus passen hoogstens {MAX_LEDEN} betrokkenen.")
        raise OngeldigeInvoer("Er is niets toegevoegd. Registreer voor een andere situatie een casus.", fouten=(fout,))


def _refuse_past(dag: date, vandaag: date) -> None:
    if dag <= vandaag:
        fout = Invoerfout("/monitoringTot", "al-voorbij", "Deze datum is al voorbij. Kies een latere datum.")
        raise OngeldigeInvoer("Er is niets opgeslagen. Verbeter wat bij 'fouten' staat.", fouten=(fout,))


def _casus(aanroeper: Aanroeper, aanmelding: Aanmelding, leden: Iterable[SignaalId], op: datetime) -> Casus:
    return Casus(
        id=aanmelding.id,
        convenant=aanmelding.convenant,
        organisatie=aanroeper.client,
        nummer=aanmelding.nummer,
        stand=aanmelding.stand,
        stand_sinds=op,
        acuut=aanmelding.acuut,
        geopend_op=op,
        gewijzigd_op=op,
        monitoring_tot=aanmelding.monitoring_tot,
        leden=dict.fromkeys(sorted(leden), op),
    )


def _changed(casus: Casus, convenant: Convenant, wijziging: Wijziging, *, op: datetime, vandaag: date) -> Casus:
    aan = wijziging.overgedragen_aan
    if aan is not None and (wijziging.stand is not Casustoestand.OVERGEDRAGEN or not convenant.has_partij(aan)):
        melding = "Noem alleen bij een overdracht een organisatie, en een die meedoet aan dit convenant."
        fout = Invoerfout("/overgedragenAan", "onbekende-organisatie", melding)
        raise OngeldigeInvoer("Er is niets gewijzigd. Verbeter wat bij 'fouten' staat.", fouten=(fout,))
    tot = wijziging.monitoring_tot or casus.monitoring_tot
    if tot != casus.monitoring_tot:
        _refuse_past(tot, vandaag)
    moved = wijziging.stand is not casus.stand
    if moved and not may_become(casus.stand, wijziging.stand):
        raise Conflict(_GEEN_STAP)
    # Said again without a name, it is still in the same hands.
    kept = None if moved else casus.overgedragen_aan
    na = replace(casus, stand=wijziging.stand, overgedragen_aan=aan or kept, monitoring_tot=tot)
    if na == casus:
        return casus
    return replace(na, gewijzigd_op=op, stand_sinds=op if moved else casus.stand_sinds)


async def _follow(kern: Kern, connection: AsyncConnection, nieuws: Nieuws, voor: Casus, na: Casus) -> None:
    op = nieuws.handeling.begonnen_op
    if voor.stand is na.stand:
        await follow_until(connection, kern.convenanten[na.convenant], na, op=op)
        return
    await follow_stand(kern, connection, voor, na, op=op)
    if voor.is_open and not na.is_open:
        await tell_changed(kern, connection, nieuws, voor=voor, na=na)


async def _write(
    kern: Kern, connection: AsyncConnection, nieuws: Nieuws, casus: Casus, ids: Iterable[SignaalId]
) -> None:
    toegang = kern.bladmaker.toegang(
        nieuws.handeling, onderwerp=str(casus.id), convenant=casus.convenant, uitkomst="verwerkt"
    )
    await nieuws.write(connection, [toegang, *kern.bladmaker.verwerkingen(nieuws.handeling, ids, klaar_op=kern.klok())])
