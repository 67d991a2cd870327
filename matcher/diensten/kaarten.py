"""Contact cards: adding them to what is read, asking for one, and releasing one.

A notification holds a reference to a card and never the card: what was told stays, the card goes with its signal.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.base64url import encode_base64url
from convenant.kalender import local_date
from convenant.types import Oin, Veld
from convenant.web.errors import GeenToegang, NietGevonden
from matcher.diensten.kern import Aanroeper, Kern
from matcher.diensten.melden import Nieuws
from matcher.diensten.paartermijnen import begin_kaartvrijgave, end_kaartvrijgave
from matcher.diensten.zicht import Zicht, find_match, find_partij
from matcher.domein.document import format_moment
from matcher.domein.kaart import Kaart
from matcher.domein.melding import Matchmelding, Partijmelding, is_radar, matchmeldingen
from matcher.domein.signaal import Signaal
from matcher.logboek.handeling import besluit_fields
from matcher.opslag import kaarten, matches, toestand
from matcher.types import MatchId, Notificatiesoort, Paarkenmerk, SignaalId

_VRAGEN = "kaart vragen"
_VRIJGEVEN = "kaart vrijgeven"
_GEEN_KAART = "Het convenant laat u de contactkaart van deze organisatie niet zien."
_NIET_GEVRAAGD = "Niemand heeft voor dit paar om uw contactkaart gevraagd."


async def with_kaarten(
    connection: AsyncConnection, ontvanger: Oin, documents: Iterable[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The documents with the cards that they refer to; a card that is gone by now is left out, its zegel is empty."""
    documents = list(documents)
    wanted = {SignaalId(UUID(ref["signaal"])) for document in documents for ref in _references(document)}
    found = await kaarten.find(connection, wanted, ontvanger=ontvanger)
    releases = {UUID(document["vrijgave"]) for document in documents if "vrijgave" in document}
    zegels = await kaarten.released(connection, releases, ontvanger=ontvanger) if releases else {}
    return [_filled(document, found, zegels) for document in documents]


async def ask_kaart(kern: Kern, aanroeper: Aanroeper, match: MatchId, paar: Paarkenmerk) -> dict[str, Any]:
    """Ask the other organisation in this pair for its card; the answer, ready for JSON.

    Asking again before there is an answer changes nothing. Raises NietGevonden, and GeenToegang when the convenant does
    not grant the card.
    """
    op = kern.klok()
    nieuws = Nieuws(kern, aanroeper.handeling(_VRAGEN, op=op))
    async with kern.transaction() as connection:
        zicht = await find_match(kern, connection, aanroeper, match)
        partij = find_partij(kern, zicht, paar)
        if Veld.KAART not in partij.besluit.velden:
            raise GeenToegang(_GEEN_KAART)
        if await kaarten.ask(connection, aanroeper.client, partij.ander, op=op):
            gevraagd = _tell_asked(kern, nieuws, zicht, partij)
            signaal = zicht.toestand.leden[partij.ander].signaal
            await begin_kaartvrijgave(
                connection, zicht.convenant, vrager=aanroeper.client, signaal=signaal, paar=gevraagd, op=op
            )
        toegang = kern.bladmaker.toegang(
            nieuws.handeling, match=str(match), uitkomst="verwerkt", **besluit_fields(partij.besluit)
        )
        await nieuws.write(connection, [toegang])
    nieuws.wake()
    return {"match": str(match), "paar": str(paar), "gevraagdOp": format_moment(op)}


async def release_kaart(
    kern: Kern, aanroeper: Aanroeper, match: MatchId, paar: Paarkenmerk, zegel: bytes
) -> dict[str, Any]:
    """Give the card of one's own signal, sealed for whoever asked; the answer, ready for JSON.

    Raises NietGevonden when nobody asked (or it was answered), GeenToegang when the convenant grants it no longer.
    """
    op = kern.klok()
    nieuws = Nieuws(kern, aanroeper.handeling(_VRIJGEVEN, op=op))
    async with kern.transaction() as connection:
        leden = await _own_in(kern, connection, aanroeper, match)
        vrager, signaal = await _asked(kern, connection, aanroeper, leden, paar)
        melding, partij = await as_seen_by(kern, connection, vrager, signaal)
        vrijgave = uuid4()
        await kaarten.release(connection, vrijgave, signaal, vrager, zegel)
        await kaarten.answer(connection, vrager, signaal)
        await end_kaartvrijgave(connection, [(vrager, signaal)], op=op)
        inhoud = {
            "match": str(melding.match),
            "paar": str(kern.kenmerker.paar(vrager, signaal)),
            "oin": aanroeper.client,
            "convenant": melding.convenant,
            "vrijgave": str(vrijgave),
        }
        nieuws.tell(vrager, Notificatiesoort.KAART_VRIJGEGEVEN, melding.match, inhoud, grond=partij.besluit)
        toegang = kern.bladmaker.toegang(nieuws.handeling, match=str(match), uitkomst="verwerkt")
        verwerking = kern.bladmaker.verwerkingen(nieuws.handeling, [signaal], klaar_op=kern.klok())
        await nieuws.write(connection, [toegang, *verwerking])
    nieuws.wake()
    return {"match": str(match), "paar": str(paar), "vrijgegevenOp": format_moment(op)}


def _tell_asked(kern: Kern, nieuws: Nieuws, zicht: Zicht, partij: Partijmelding) -> Paarkenmerk:
    """How the organisation that is asked names the pair, after it was told."""
    lid, vrager = zicht.toestand.leden[partij.ander], zicht.melding.ontvanger
    ontvanger = lid.signaal.organisatie
    eigen = zicht.own_of(partij.ander)
    paar = _asked_paar(kern, ontvanger, vrager, [e.signaal for e in eigen])
    match = lid.match if is_radar(zicht.convenant, ontvanger) else lid.bekend_als
    inhoud = {
        "match": str(match),
        "paar": str(paar),
        "eigenSignaal": str(partij.ander),
        "convenant": zicht.convenant.id,
        "niveau": partij.niveau.value,
        "ontvanger": vrager,
    }
    nieuws.tell(ontvanger, Notificatiesoort.KAART_GEVRAAGD, match or zicht.match, inhoud, grond=partij.besluit)
    return paar


def _asked_paar(kern: Kern, ontvanger: Oin, vrager: Oin, signalen: Sequence[Signaal]) -> Paarkenmerk:
    """How the organisation that is asked names the pair; a radar without a signal of its own is named by who it is."""
    if signalen:
        return kern.kenmerker.paar(ontvanger, signalen[0].id)
    return kern.kenmerker.vrager(ontvanger, vrager)


async def _own_in(
    kern: Kern, connection: AsyncConnection, aanroeper: Aanroeper, match: MatchId
) -> Mapping[SignaalId, Signaal]:
    """The caller's own live signals in the match that it knows by this id. Raises NietGevonden.

    It need not see anything of the match itself: whoever asked told it.
    """
    found = await matches.known_as(connection, aanroeper.client, match)
    known = await toestand.load_matches(connection, [found or match])
    vandaag = local_date(kern.klok())
    own = {
        id_: lid.signaal
        for id_, lid in known.leden.items()
        if lid.signaal.organisatie == aanroeper.client and lid.signaal.is_live(vandaag)
    }
    if not own:
        raise NietGevonden(_NIET_GEVRAAGD)
    return own


async def _asked(
    kern: Kern, connection: AsyncConnection, aanroeper: Aanroeper, own: Mapping[SignaalId, Signaal], paar: Paarkenmerk
) -> tuple[Oin, SignaalId]:
    """Who asked for the card in this pair, and of which signal. Raises NietGevonden."""
    for vrager, signaal in await kaarten.askers(connection, own):
        known = (await toestand.load(connection, [signaal])).toestand
        banden = known.verbanden().get(signaal, {})
        theirs = [
            lid.signaal for id_, lid in known.leden.items() if id_ in banden and lid.signaal.organisatie == vrager
        ]
        names = {kern.kenmerker.paar(aanroeper.client, s.id) for s in theirs}
        if paar in (names or {kern.kenmerker.vrager(aanroeper.client, vrager)}):
            return vrager, signaal
    raise NietGevonden(_NIET_GEVRAAGD)


async def as_seen_by(
    kern: Kern, connection: AsyncConnection, vrager: Oin, signaal: SignaalId
) -> tuple[Matchmelding, Partijmelding]:
    """What the asker may know of the signal today. Raises GeenToegang when that is not its card."""
    vandaag = local_date(kern.klok())
    known = (await toestand.load(connection, [signaal])).toestand.only(lambda lid: lid.signaal.is_live(vandaag))
    for melding in matchmeldingen(kern.convenanten, known, op=vandaag, ontvangers=[vrager]):
        for partij in melding.partijen:
            if partij.ander == signaal and Veld.KAART in partij.besluit.velden:
                return melding, partij
    raise GeenToegang("Het convenant laat de vrager uw contactkaart niet zien. Geef haar niet vrij.")


def _references(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [partij["kaart"] for partij in document.get("partijen", ()) if "kaart" in partij]


def _filled(document: dict[str, Any], found: Mapping[SignaalId, Kaart], zegels: Mapping[UUID, bytes]) -> dict[str, Any]:
    filled = dict(document)
    if "partijen" in document:
        filled["partijen"] = [_with_kaart(partij, found) for partij in document["partijen"]]
    if "vrijgave" in document:
        filled["zegel"] = encode_base64url(zegels.get(UUID(filled.pop("vrijgave")), b""))
    return filled


def _with_kaart(partij: dict[str, Any], found: Mapping[SignaalId, Kaart]) -> dict[str, Any]:
    if "kaart" not in partij:
        return partij
    reference = partij["kaart"]
    kaart = found.get(SignaalId(UUID(reference["signaal"])))
    rest = {naam: waarde for naam, waarde in partij.items() if naam != "kaart"}
    return rest if kaart is None else {**rest, "kaart": _kaart_document(reference, kaart)}


def _kaart_document(reference: Mapping[str, Any], kaart: Kaart) -> dict[str, Any]:
    omslagen = kaart.omslagen if reference["direct"] else ()
    return {
        "signaal": reference["signaal"],
        "oin": reference["oin"],
        "versleuteld": encode_base64url(kaart.versleuteld),
        "omslagen": [{"epoche": omslag.epoche, "waarde": encode_base64url(omslag.waarde)} for omslag in omslagen],
        "zegels": [{"ontvanger": z.ontvanger, "waarde": encode_base64url(z.waarde)} for z in kaart.zegels],
    }
