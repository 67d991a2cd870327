"""The bekendheidsvraag, from the side of whoever is asked: answering, and saying yes or no.

A party sends the tokens that all its own clients have under one question. What coincides is kept, the rest is not. How
a party is treated never depends on what coincides: who answers automatically gets the same answer always, and who
answers after a person's yes is told of its own tokens only.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.beleid import Besluit, berichtvelden
from convenant.model import Convenant
from convenant.types import Antwoordwijze, Gebeurtenis
from convenant.web.errors import Conflict, NietGevonden, TeGroot
from matcher.diensten.kern import Aanroeper, Kern
from matcher.diensten.melden import Nieuws
from matcher.domein.bekendheid import (
    MAX_ANTWOORDEN,
    Bekendheidsvraag,
    Gevraagde,
    Oordeel,
    Treffer,
    Vraagstatus,
    artikel_of,
    decide,
    is_complete,
    most_tokens,
)
from matcher.domein.bekendheiddocument import antwoordbericht
from matcher.logboek.blad import Blad
from matcher.logboek.handeling import Handeling, weigering_fields
from matcher.opslag import bekendheid, pepper, signalen
from matcher.types import Notificatiesoort, TokenHash, VraagId

_ANTWOORDEN = "bekendheidsvraag beantwoorden"
_AKKOORD = "bekendheid zeggen"
_ONBEKEND = "Aan uw organisatie is geen bekendheidsvraag met dit id gesteld."
_NIEMAND = "In deze bekendheidsvraag wacht niemand op uw ja of nee voor dit token."
_GESLOTEN = "Deze bekendheidsvraag is gesloten. Antwoorden kan niet meer."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gesteld:
    """A question as it was put to the caller, its row locked."""

    convenant: Convenant
    vraag: Bekendheidsvraag
    gevraagde: Gevraagde


async def answer(kern: Kern, aanroeper: Aanroeper, id_: VraagId, tokens: Sequence[TokenHash]) -> dict[str, Any]:
    """Compare the caller's tokens with those of the question; the answer, ready for JSON.

    It names the places in `tokens` of which a person has to say yes or no, and none for a party that answers
    automatically. Answering again is possible until the question closes. Raises NietGevonden when the caller was not
    asked, Conflict when the question is closed or was answered too often, TeGroot for more tokens than the caller has
    live signals, padded.
    """
    op = kern.klok()
    nieuws = Nieuws(kern, aanroeper.handeling(_ANTWOORDEN, op=op))
    async with kern.transaction() as connection:
        await pepper.hold(connection, kern.pepper)
        gesteld = await _lock_asked(kern, connection, aanroeper, id_)
        await _check(kern, connection, gesteld, len(tokens))
        plaatsen = await bekendheid.tokens_of(connection, id_)
        found = sorted({plaatsen[token] for token in tokens if token in plaatsen})
        open_ = await _keep(kern, connection, nieuws, gesteld, found)
        await nieuws.write(connection, [_blad(kern, nieuws.handeling, gesteld)])
        await _close_if_complete(connection, nieuws.handeling, gesteld)
    nieuws.wake()
    return {"akkoordNodig": [index for index, token in enumerate(tokens) if plaatsen.get(token) in open_]}


async def agree(kern: Kern, aanroeper: Aanroeper, id_: VraagId, token: TokenHash, *, bekend: bool) -> dict[str, Any]:
    """Say that the own client of this token is known, or not; the answer, ready for JSON.

    A no tells the asker nothing, and can become a yes while the question runs. Repeating changes nothing. Raises
    NietGevonden when nobody waits for it, Conflict when the question is closed, or for a no after a yes: the asker was
    told.
    """
    op = kern.klok()
    nieuws = Nieuws(kern, aanroeper.handeling(_AKKOORD, op=op))
    async with kern.transaction() as connection:
        await pepper.hold(connection, kern.pepper)
        gesteld = await _lock_asked(kern, connection, aanroeper, id_)
        treffer = await _waiting(connection, gesteld, token)
        oordeel = Oordeel.BEKEND if bekend else Oordeel.NEE
        if treffer.oordeel is Oordeel.BEKEND and not bekend:
            raise Conflict("U zei eerder ja en de vrager weet het al. Neem contact op met de vrager.")
        if treffer.oordeel is not oordeel:
            await _judge(kern, connection, nieuws, gesteld, replace(treffer, oordeel=oordeel))
        await nieuws.write(connection, [_blad(kern, nieuws.handeling, gesteld)])
    nieuws.wake()
    return {"id": str(id_), "bekend": bekend}


async def _lock_asked(kern: Kern, connection: AsyncConnection, aanroeper: Aanroeper, id_: VraagId) -> _Gesteld:
    """The question as it was put to the caller. Raises NietGevonden, or Conflict when it is closed."""
    vraag = await bekendheid.find(connection, id_, lock=True)
    convenant = kern.convenanten.get(vraag.convenant) if vraag else None
    if vraag is None or convenant is None or not convenant.has_partij(aanroeper.client):
        raise NietGevonden(_ONBEKEND)
    for gevraagde in await bekendheid.gevraagden(connection, id_):
        if gevraagde.organisatie == aanroeper.client:
            if vraag.status_on(kern.vandaag()) is Vraagstatus.GESLOTEN:
                raise Conflict(_GESLOTEN)
            return _Gesteld(convenant=convenant, vraag=vraag, gevraagde=gevraagde)
    raise NietGevonden(_ONBEKEND)


async def _check(kern: Kern, connection: AsyncConnection, gesteld: _Gesteld, aantal: int) -> None:
    """Keep a party from guessing: no more tokens than it has signals, and not without end."""
    if gesteld.gevraagde.antwoorden >= MAX_ANTWOORDEN:
        raise Conflict(f"U hebt deze vraag al {MAX_ANTWOORDEN} keer beantwoord. Vaker kan niet.")
    lopend = await signalen.count_live(
        connection, gesteld.vraag.convenant, gesteld.gevraagde.organisatie, vandaag=kern.vandaag()
    )
    if aantal > (most := most_tokens(lopend)):
        raise TeGroot(f"Stuur hoogstens {most} tokens: een voor elk lopend signaal van uw organisatie, aangevuld.")


async def _keep(
    kern: Kern, connection: AsyncConnection, nieuws: Nieuws, gesteld: _Gesteld, found: Iterable[int]
) -> set[int]:
    """Write what coincides and was not there before; the places of which a person of this party has to decide."""
    organisatie = gesteld.gevraagde.organisatie
    await bekendheid.count_answer(connection, gesteld.vraag.id, organisatie)
    before = {t.plaats for t in await bekendheid.treffers(connection, gesteld.vraag.id, organisatie=organisatie)}
    nieuwe = [Treffer(plaats=p, organisatie=organisatie, oordeel=Oordeel.OPEN) for p in found if p not in before]
    if nieuwe and _granted(kern, nieuws, gesteld) is not None:
        await bekendheid.add_treffers(connection, gesteld.vraag.id, nieuwe)
        if gesteld.gevraagde.wijze is Antwoordwijze.AUTOMATISCH:
            for treffer in nieuwe:
                await _judge(kern, connection, nieuws, gesteld, replace(treffer, oordeel=Oordeel.BEKEND))
    known = await bekendheid.treffers(connection, gesteld.vraag.id, organisatie=organisatie)
    return {treffer.plaats for treffer in known if treffer.oordeel is Oordeel.OPEN}


async def _judge(kern: Kern, connection: AsyncConnection, nieuws: Nieuws, gesteld: _Gesteld, treffer: Treffer) -> None:
    """Write what a party says of a person; a yes goes to the asker, if the convenant grants it now."""
    await bekendheid.set_oordeel(connection, gesteld.vraag.id, treffer)
    besluit = _granted(kern, nieuws, gesteld) if treffer.oordeel is Oordeel.BEKEND else None
    if besluit is None:
        return
    convenant, vraag = gesteld.convenant, gesteld.vraag
    velden = berichtvelden(convenant, vraag.vrager, Gebeurtenis.BEKENDHEIDSVRAAG, besluit)
    inhoud = antwoordbericht(vraag, treffer.plaats, convenant.partij(treffer.organisatie), besluit, velden)
    # The leaf names what stands in the notification, not what the asker may come and fetch.
    grond = replace(besluit, velden=velden)
    nieuws.tell(vraag.vrager, Notificatiesoort.BEKENDHEIDSANTWOORD, vraag.id, inhoud, grond=grond)


def _granted(kern: Kern, nieuws: Nieuws, gesteld: _Gesteld) -> Besluit | None:
    """The decision to name this party to the asker today; a refusal leaves a leaf and is None."""
    vraag, over = gesteld.vraag, gesteld.gevraagde.organisatie
    besluit = decide(gesteld.convenant, vrager=vraag.vrager, over=over, op=kern.vandaag())
    if besluit.toegestaan:
        return besluit
    fields = weigering_fields(besluit)
    blad = kern.bladmaker.toegang(
        nieuws.handeling, ontvanger=vraag.vrager, onderwerp=str(vraag.id), uitkomst="geweigerd", **fields
    )
    nieuws.bladen.append(blad)
    return None


async def _waiting(connection: AsyncConnection, gesteld: _Gesteld, token: TokenHash) -> Treffer:
    """What the caller's own answer found of this token, where a person decides. Raises NietGevonden."""
    plaats = (await bekendheid.tokens_of(connection, gesteld.vraag.id)).get(token)
    organisatie = gesteld.gevraagde.organisatie
    if gesteld.gevraagde.wijze is Antwoordwijze.NA_AKKOORD:
        for treffer in await bekendheid.treffers(connection, gesteld.vraag.id, organisatie=organisatie):
            if treffer.plaats == plaats:
                return treffer
    raise NietGevonden(_NIEMAND)


async def _close_if_complete(connection: AsyncConnection, handeling: Handeling, gesteld: _Gesteld) -> None:
    if is_complete(await bekendheid.gevraagden(connection, gesteld.vraag.id)):
        await bekendheid.close(connection, gesteld.vraag.id, op=handeling.begonnen_op)


def _blad(kern: Kern, handeling: Handeling, gesteld: _Gesteld) -> Blad:
    """That somebody answered or decided; not what, nor how often it coincided: a no leaves no trace."""
    return kern.bladmaker.toegang(
        handeling,
        onderwerp=str(gesteld.vraag.id),
        convenant=gesteld.convenant.id,
        convenantversie=gesteld.convenant.versie,
        artikel=artikel_of(gesteld.convenant),
        uitkomst="verwerkt",
    )
