"""The bekendheidsvraag, from the side of whoever asks; and how a question ends.

The tokens of a question say nothing under any other question, and they are gone when it closes.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.beleid import Besluit
from convenant.kalender import first_of_month, local_date, next_month, seconds_until
from convenant.model import Convenant
from convenant.types import Antwoordwijze, Oin
from convenant.web.errors import Conflict, GeenToegang, Invoerfout, NietGevonden, OngeldigeInvoer
from matcher.diensten.kern import Aanroeper, Kern, by_matcher
from matcher.diensten.melden import Nieuws
from matcher.domein.bekendheid import (
    BEWAARD,
    Bekendheidsvraag,
    Gevraagde,
    Oordeel,
    Stelling,
    Treffer,
    artikel_of,
    asked,
    cap_of,
    decide,
    findings,
    is_same,
    make_vraag,
    may_ask,
    must_close,
)
from matcher.domein.bekendheiddocument import bekende_document, stand_document, vraag_document, vraagbericht
from matcher.domein.grond import Afspraak
from matcher.domein.plafond import Telling
from matcher.errors import PlafondBereikt
from matcher.logboek.blad import Blad
from matcher.logboek.handeling import Handeling, besluit_fields, weigering_fields
from matcher.opslag import bekendheid, pepper, tellingen
from matcher.types import Notificatiesoort, VraagId

_VRAGEN = "bekendheidsvraag stellen"
_INZIEN = "bekendheidsvraag inzien"
_SLUITEN = "bekendheidsvraag sluiten"
_ONBEKEND = "Uw organisatie heeft geen bekendheidsvraag met dit id gesteld."
_GEEN_VRAGER = "Het convenant laat uw organisatie geen bekendheidsvragen stellen."
_BEREIKT = (
    "De vraag is niet gesteld. Bij 'fouten' staat welk plafond; 'Retry-After' zegt wanneer de nieuwe maand begint."
)
_PLAFOND = "Uw organisatie mag deze maand niet naar zoveel personen meer vragen. Vraag naar minder personen, of wacht."


async def ask(kern: Kern, aanroeper: Aanroeper, stelling: Stelling) -> dict[str, Any]:
    """Put a question to everybody whom the convenant names for it; the answer, ready for JSON.

    Sending it again changes nothing and counts once. Nothing in a refusal depends on who is known anywhere: raises
    OngeldigeInvoer, GeenToegang, PlafondBereikt, and Conflict for an id that is in use.
    """
    nieuws = Nieuws(kern, aanroeper.handeling(_VRAGEN, op=kern.klok()))
    async with kern.transaction() as connection:
        await pepper.hold(connection, kern.pepper)
        vraag = await bekendheid.find(connection, stelling.id)
        if vraag is None:
            vraag = await _put(kern, connection, nieuws, stelling)
        await _require_same(connection, vraag, stelling, aanroeper)
        gevraagd = len(await bekendheid.gevraagden(connection, vraag.id))
    nieuws.wake()
    return vraag_document(vraag, gevraagd)


async def read(kern: Kern, aanroeper: Aanroeper, id_: VraagId) -> dict[str, Any]:
    """How one's own question stands, and who knows whom, as far as the convenant grants it today.

    Raises NietGevonden for a question of anybody else, and for one that was erased.
    """
    handeling = aanroeper.handeling(_INZIEN, op=kern.klok())
    async with kern.transaction() as connection:
        vraag = await _own(kern, connection, aanroeper, id_)
        document, bladen = await _stand(kern, connection, handeling, vraag)
        await Nieuws(kern, handeling).write(connection, bladen)
    return document


async def close_own(kern: Kern, aanroeper: Aanroeper, id_: VraagId) -> dict[str, Any]:
    """Close one's own question before its last day; how it stands then. Repeating changes nothing.

    Raises NietGevonden.
    """
    op = kern.klok()
    handeling = aanroeper.handeling(_SLUITEN, op=op)
    async with kern.transaction() as connection:
        vraag = await _own(kern, connection, aanroeper, id_, lock=True)
        if vraag.gesloten_op is None:
            await bekendheid.close(connection, id_, op=op)
            vraag = replace(vraag, gesloten_op=op)
        document, bladen = await _stand(kern, connection, handeling, vraag)
        await Nieuws(kern, handeling).write(connection, bladen)
    return document


async def close_bekendheidsvragen(kern: Kern) -> int:
    """Close the questions whose last day has passed or whose keys leaked, and erase old ones; how many were closed.

    A question past its day takes no answer already before this runs; what this does is erase.
    """
    vandaag = kern.vandaag()
    async with kern.transaction() as connection:
        due = [v for v in await bekendheid.open_vragen(connection) if must_close(v, kern.convenanten, vandaag=vandaag)]
    for vraag in due:
        await _close_due(kern, vraag)
    async with kern.transaction() as connection:
        await bekendheid.erase_closed(connection, before=kern.klok() - BEWAARD)
    return len(due)


async def _close_due(kern: Kern, vraag: Bekendheidsvraag) -> None:
    op = kern.klok()
    async with kern.transaction() as connection:
        found = await bekendheid.find(connection, vraag.id, lock=True)
        if found is None or found.gesloten_op is not None:
            return
        await bekendheid.close(connection, vraag.id, op=op)
        convenant = kern.convenanten.get(vraag.convenant)
        if convenant is not None:
            nieuws = Nieuws(kern, by_matcher(convenant, _SLUITEN, op=op))
            blad = kern.bladmaker.toegang(
                nieuws.handeling, onderwerp=str(vraag.id), convenant=vraag.convenant, uitkomst="verwerkt"
            )
            await nieuws.write(connection, [blad])


async def _put(kern: Kern, connection: AsyncConnection, nieuws: Nieuws, stelling: Stelling) -> Bekendheidsvraag:
    """Write a new question and tell whom it goes to; or the one that came in under this id a moment ago."""
    op, vrager = nieuws.handeling.begonnen_op, nieuws.handeling.organisatie
    convenant = _admit(kern, vrager, stelling)
    vraag = make_vraag(convenant, stelling, vrager, op=op)
    gevraagden = asked(convenant, vrager, op=local_date(op))
    if not await bekendheid.add(connection, vraag, stelling.tokens, gevraagden):
        return await bekendheid.find(connection, stelling.id) or vraag
    _tell_asked(nieuws, convenant, vraag, gevraagden)
    await nieuws.write(connection, [_asked_blad(nieuws, convenant, vraag, stelling.reden)])
    await _count(connection, convenant, vraag)
    return vraag


def _admit(kern: Kern, vrager: Oin, stelling: Stelling) -> Convenant:
    vandaag = kern.vandaag()
    convenant = kern.convenanten.get(stelling.convenant)
    if convenant is None or not convenant.has_partij(vrager):
        fout = Invoerfout("/convenant", "onbekend-convenant", "Uw organisatie doet niet mee aan dit convenant.")
        raise OngeldigeInvoer("De vraag is niet gesteld. Kies een convenant waaraan u meedoet.", fouten=(fout,))
    if not may_ask(convenant, vrager, op=vandaag):
        raise GeenToegang(_GEEN_VRAGER)
    fouten = findings(convenant, stelling, op=vandaag)
    if fouten:
        raise OngeldigeInvoer("De vraag is niet gesteld. Verbeter wat bij 'fouten' staat.", fouten=fouten)
    return convenant


async def _count(connection: AsyncConnection, convenant: Convenant, vraag: Bekendheidsvraag) -> None:
    """Count the persons, at the end. Raises PlafondBereikt, and then the question was not put."""
    op = vraag.gesteld_op
    erbij = {convenant.id: Telling(bekendheidsvragen=vraag.aantal)}
    totaal = await tellingen.add(connection, vraag.vrager, erbij, maand=first_of_month(local_date(op)))
    cap = cap_of(convenant, vraag.vrager)
    if cap is None or totaal[convenant.id].bekendheidsvragen > cap:
        fout = Invoerfout("/tokens", "plafond-bekendheidsvragen", _PLAFOND)
        raise PlafondBereikt(_BEREIKT, fouten=(fout,), retry_after=seconds_until(next_month(op), op=op))


async def _require_same(
    connection: AsyncConnection, vraag: Bekendheidsvraag, stelling: Stelling, aanroeper: Aanroeper
) -> None:
    stored = await bekendheid.tokens_of(connection, vraag.id)
    if not is_same(vraag, list(stored), stelling, aanroeper.client):
        raise Conflict("Dit id is al gebruikt voor een andere bekendheidsvraag. Maak een nieuw id.")


def _tell_asked(nieuws: Nieuws, convenant: Convenant, vraag: Bekendheidsvraag, gevraagden: Iterable[Gevraagde]) -> None:
    grond = Afspraak.under(convenant, artikel_of(convenant))
    for gevraagde in gevraagden:
        # Only a person who has to say yes needs to know to whom.
        vrager = convenant.partij(vraag.vrager) if gevraagde.wijze is Antwoordwijze.NA_AKKOORD else None
        inhoud = vraagbericht(vraag, gevraagde.wijze, vrager)
        nieuws.tell(gevraagde.organisatie, Notificatiesoort.BEKENDHEIDSVRAAG, vraag.id, inhoud, grond=grond)


def _asked_blad(nieuws: Nieuws, convenant: Convenant, vraag: Bekendheidsvraag, reden: str) -> Blad:
    return nieuws.kern.bladmaker.toegang(
        nieuws.handeling,
        onderwerp=str(vraag.id),
        convenant=vraag.convenant,
        convenantversie=convenant.versie,
        artikel=artikel_of(convenant),
        reden=reden,
        aantal=vraag.aantal,
        uitkomst="verwerkt",
    )


async def _own(
    kern: Kern, connection: AsyncConnection, aanroeper: Aanroeper, id_: VraagId, *, lock: bool = False
) -> Bekendheidsvraag:
    vraag = await bekendheid.find(connection, id_, lock=lock)
    if vraag is None or vraag.vrager != aanroeper.client or vraag.convenant not in kern.convenanten:
        raise NietGevonden(_ONBEKEND)
    return vraag


async def _stand(
    kern: Kern, connection: AsyncConnection, handeling: Handeling, vraag: Bekendheidsvraag
) -> tuple[dict[str, Any], list[Blad]]:
    """How a question stands for its asker, with a leaf for every disclosure in it."""
    known = [t for t in await bekendheid.treffers(connection, vraag.id) if t.oordeel is Oordeel.BEKEND]
    gevraagden = await bekendheid.gevraagden(connection, vraag.id)
    decided = [(treffer, _decided(kern, vraag, treffer)) for treffer in known]
    bladen = [_told_blad(kern, handeling, vraag, besluit) for _, besluit in decided]
    convenant = kern.convenanten[vraag.convenant]
    personen: dict[int, list[dict[str, Any]]] = {}
    for treffer, besluit in decided:
        if besluit.toegestaan:
            document = bekende_document(convenant.partij(treffer.organisatie), besluit)
            personen.setdefault(treffer.plaats, []).append(document)
    document = stand_document(vraag, vraag.status_on(kern.vandaag()), gevraagden, personen)
    gelezen = kern.bladmaker.toegang(handeling, onderwerp=str(vraag.id), convenant=vraag.convenant, uitkomst="verwerkt")
    return document, bladen or [gelezen]


def _decided(kern: Kern, vraag: Bekendheidsvraag, treffer: Treffer) -> Besluit:
    convenant = kern.convenanten[vraag.convenant]
    return decide(convenant, vrager=vraag.vrager, over=treffer.organisatie, op=kern.vandaag())


def _told_blad(kern: Kern, handeling: Handeling, vraag: Bekendheidsvraag, besluit: Besluit) -> Blad:
    uitkomst = "verstrekt" if besluit.toegestaan else "geweigerd"
    fields = besluit_fields(besluit) if besluit.toegestaan else weigering_fields(besluit)
    return kern.bladmaker.toegang(handeling, onderwerp=str(vraag.id), uitkomst=uitkomst, **fields)
