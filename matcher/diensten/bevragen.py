"""A bevraging: at a melding, what others signalled on these persons, as far as the convenant grants it.

Nothing of it is kept but the count of the month and the log. The tokens that were sent are compared and forgotten.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.kalender import first_of_month, local_date, next_month, seconds_until
from convenant.model import Convenant
from convenant.types import Niveau, Veld
from convenant.web.errors import OngeldigeInvoer
from matcher.diensten.casuszicht import own_convenant, require_radar
from matcher.diensten.kern import Aanroeper, Kern
from matcher.domein.bevraging import (
    Bevonden,
    Bevragingsvraag,
    bevraging_findings,
    decide_bevraging,
    in_order,
    niveau_of,
    over_bevragingen,
)
from matcher.domein.casus import Casus
from matcher.domein.document import contact_document, format_moment, organisatie_document, present
from matcher.domein.plafond import Telling
from matcher.domein.radardocument import eigen_casus_document
from matcher.domein.signaal import Signaal
from matcher.errors import PlafondBereikt
from matcher.logboek import opslag as logboek
from matcher.logboek.blad import Blad, Json
from matcher.logboek.handeling import Handeling, besluit_fields, weigering_fields
from matcher.opslag import casussen, koppelindex, pepper, signalen, tellingen
from matcher.opslag.koppelindex import Gevonden
from matcher.types import SignaalId

_NAAM = "bevraging"
_BEREIKT = "Er is niets opgezocht. Bij 'fouten' staat welk plafond; 'Retry-After' zegt wanneer de nieuwe maand begint."
_ONGELDIG = "Er is niets opgezocht. Verbeter wat bij 'fouten' staat en vraag het opnieuw."


async def ask(kern: Kern, aanroeper: Aanroeper, vraag: Bevragingsvraag) -> dict[str, Any]:
    """What there is on these persons, ready for JSON; counted also when that is nothing.

    Raises OngeldigeInvoer for a reason or an epoch that is not of the convenant, GeenToegang for a caller without a
    radar in it, and PlafondBereikt. A refusal does not depend on what would be found, and is in the log.
    """
    op = kern.klok()
    handeling = aanroeper.handeling(_NAAM, op=op)
    convenant = own_convenant(kern, aanroeper, vraag.convenant)
    require_radar(convenant, aanroeper)
    try:
        _require_valid(kern, convenant, vraag)
        async with kern.transaction() as connection:
            await pepper.hold(connection, kern.pepper)
            await _count(kern, connection, aanroeper, convenant, len(vraag.personen))
            return await _answer(kern, connection, handeling, convenant, vraag)
    except (OngeldigeInvoer, PlafondBereikt):
        async with kern.transaction() as connection:
            blad = kern.bladmaker.toegang(handeling, **_asked(convenant, vraag), uitkomst="geweigerd")
            await logboek.append(connection, [blad])
        raise


def _require_valid(kern: Kern, convenant: Convenant, vraag: Bevragingsvraag) -> None:
    if fouten := bevraging_findings(convenant, vraag, vandaag=kern.vandaag()):
        raise OngeldigeInvoer(_ONGELDIG, fouten=fouten)


async def _count(
    kern: Kern, connection: AsyncConnection, aanroeper: Aanroeper, convenant: Convenant, aantal: int
) -> None:
    """Count these persons before anything is looked up; from here on the organisation's acts wait for each other."""
    op = kern.klok()
    erbij = {convenant.id: Telling(bevragingen=aantal)}
    totaal = await tellingen.add(connection, aanroeper.client, erbij, maand=first_of_month(local_date(op)))
    if fouten := over_bevragingen(convenant, aanroeper.client, totaal[convenant.id]):
        raise PlafondBereikt(_BEREIKT, fouten=fouten, retry_after=seconds_until(next_month(op), op=op))


async def _answer(
    kern: Kern, connection: AsyncConnection, handeling: Handeling, convenant: Convenant, vraag: Bevragingsvraag
) -> dict[str, Any]:
    op = handeling.begonnen_op
    found = await koppelindex.look_up(connection, vraag.personen, convenant.id, vandaag=local_date(op))
    known = await signalen.find(connection, {gevonden.signaal for gevonden in found})
    own = [id_ for id_, signaal in known.items() if signaal.organisatie == handeling.organisatie]
    cases = await casussen.own_with(connection, handeling.organisatie, own)
    per_person = [[g for g in found if g.persoon == nummer] for nummer in range(len(vraag.personen))]
    bevonden = [_decide(handeling, convenant, each, known) for each in per_person]
    others = [each for persoon in bevonden for each in persoon]
    await logboek.append(connection, _bladen(kern, handeling, convenant, vraag, others))
    return {
        "bevraagdOp": format_moment(op),
        "personen": [
            {
                "partijen": [_partij(convenant, each) for each in in_order(told) if each.besluit.toegestaan],
                "eigenCasussen": list(_own_cases(convenant, cases, each)),
            }
            for told, each in zip(bevonden, per_person, strict=True)
        ],
    }


def _decide(
    handeling: Handeling, convenant: Convenant, found: Iterable[Gevonden], known: Mapping[SignaalId, Signaal]
) -> list[Bevonden]:
    both = [(known[gevonden.signaal], gevonden.sloten) for gevonden in found]
    own = [(signaal, sloten) for signaal, sloten in both if signaal.organisatie == handeling.organisatie]
    eigen = [signaal for signaal, sloten in own if niveau_of(convenant, sloten) is Niveau.ZEKER]
    op = local_date(handeling.begonnen_op)
    return [
        decide_bevraging(convenant, handeling.organisatie, signaal, sloten, eigen, op=op)
        for signaal, sloten in both
        if signaal.organisatie != handeling.organisatie
    ]


def _own_cases(convenant: Convenant, cases: Sequence[Casus], found: Iterable[Gevonden]) -> Iterable[dict[str, Any]]:
    sloten = {gevonden.signaal: gevonden.sloten for gevonden in found}
    for casus in cases:
        shared = [niveau_of(convenant, sloten[lid]) for lid in casus.leden if lid in sloten]
        if shared:
            yield eigen_casus_document(casus, shared)


def _partij(convenant: Convenant, bevonden: Bevonden) -> dict[str, Any]:
    """The granted fields of one signal. Nothing names the signal: who asks does not get to act on it."""
    velden, signaal = bevonden.besluit.velden, bevonden.signaal
    partij = convenant.partij(signaal.organisatie)
    document: dict[str, Any] = {
        "niveau": bevonden.niveau.value,
        "sloten": list(bevonden.sloten) or None,
        "organisatie": organisatie_document(partij) if Veld.ORGANISATIE in velden else None,
        "contact": contact_document(partij.contact) if Veld.CONTACT in velden else None,
        "ingediendOp": local_date(signaal.ingediend_op).isoformat() if Veld.INGEDIEND_OP in velden else None,
        "artikel": bevonden.besluit.artikel,
        "grondslag": bevonden.besluit.grondslag,
    }
    if Veld.SIGNAALSOORT in velden:
        document["signaalsoort"] = signaal.signaalsoort
        document["radarmelding"] = convenant.signaalsoort(signaal.signaalsoort).radarmelding
    return present(document)


def _bladen(
    kern: Kern, handeling: Handeling, convenant: Convenant, vraag: Bevragingsvraag, found: Sequence[Bevonden]
) -> list[Blad]:
    """One leaf for the question, one for each decision, and one for each person about whom a signal was found."""
    asked = kern.bladmaker.toegang(handeling, **_asked(convenant, vraag), uitkomst="verstrekt")
    ids = sorted({bevonden.signaal.id for bevonden in found})
    return [
        asked,
        *(_besluit_blad(kern, handeling, bevonden) for bevonden in found),
        *kern.bladmaker.verwerkingen(handeling, ids, klaar_op=kern.klok()),
    ]


def _besluit_blad(kern: Kern, handeling: Handeling, bevonden: Bevonden) -> Blad:
    besluit = bevonden.besluit
    ontvanger = handeling.organisatie
    if besluit.toegestaan:
        fields = besluit_fields(besluit)
        return kern.bladmaker.toegang(handeling, ontvanger=ontvanger, uitkomst="verstrekt", **fields)
    fields = weigering_fields(besluit)
    return kern.bladmaker.toegang(handeling, gebeurtenis="besluit", ontvanger=ontvanger, uitkomst="geweigerd", **fields)


def _asked(convenant: Convenant, vraag: Bevragingsvraag) -> dict[str, Json]:
    """What the log keeps of a question: a reason only when it is one of the convenant, for anything else is text."""
    bevraging = convenant.afspraken.bevraging
    known = bevraging is not None and bevraging.has_reden(vraag.reden)
    return {
        "convenant": convenant.id,
        "convenantversie": convenant.versie,
        "artikel": bevraging.artikel if bevraging else None,
        "bevragingsreden": vraag.reden if known else None,
        "aantal": len(vraag.personen),
    }
