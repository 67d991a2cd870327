"""Telling what a casus brings to light: a radartreffer to its owner, a gezinsmatch to others.

Whoever calls this holds the lock on the matches of the convenant (`koppelindex.lock_matches`).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.beleid import Besluit
from convenant.kalender import local_date
from convenant.model import Convenant
from convenant.types import ConvenantId, Oin
from matcher.diensten.kern import Kern
from matcher.diensten.melden import Nieuws
from matcher.domein.casus import Casus
from matcher.domein.gezin import Gezinsbericht, Gezinsmelding, gezinsberichten, gezinsmeldingen
from matcher.domein.grond import EigenZaak
from matcher.domein.koppeling import Toestand
from matcher.domein.melding import Matchmelding, Partijmelding, matchmeldingen
from matcher.domein.radar import Radartreffer, radar_oins, radartreffers
from matcher.domein.radardocument import gezin_document, treffer_document
from matcher.logboek.handeling import weigering_fields
from matcher.opslag import casussen, toestand
from matcher.types import Notificatiesoort, SignaalId


async def follow(
    kern: Kern,
    connection: AsyncConnection,
    nieuws: Nieuws,
    *,
    voor: Toestand,
    before: Sequence[Matchmelding],
    views: Sequence[Matchmelding],
    ended: Collection[SignaalId],
    voorheen: Mapping[ConvenantId, Convenant] | None = None,
) -> None:
    """Put in `nieuws` what changed in casussen because matches changed, after these were written.

    `voor` is what was known of all that the act touched, `before` and `views` are the views of the matches before and
    after it, `ended` the signals that are over. `voorheen` as for `herschikken.settle`.
    """
    touched = await casussen.open_with(connection, voor.leden)
    if not touched:
        return
    tell_treffers(kern, nieuws, radartreffers(touched, before, views))
    na = await load(kern, connection, touched)
    tell_gezin(
        kern,
        nieuws,
        _family_views(voorheen or kern.convenanten, nieuws, touched, _before(na, voor)),
        _family_views(kern.convenanten, nieuws, touched, na),
        ended=ended,
    )


async def tell_changed(
    kern: Kern, connection: AsyncConnection, nieuws: Nieuws, *, voor: Casus | None, na: Casus
) -> None:
    """Put in `nieuws` what it brings that a casus is there, has more members, or is closed."""
    known = await load(kern, connection, [casus for casus in (voor, na) if casus])
    others = await _others(connection, na)
    oins = radar_oins([na])
    views = matchmeldingen(kern.convenanten, known, op=local_date(nieuws.handeling.begonnen_op), ontvangers=oins)
    if na.is_open:
        tell_treffers(kern, nieuws, radartreffers([na], views, views, known=lambda _: voor or replace(na, leden={})))
    whole = await load(kern, connection, [na, *others])
    before = _family_views(kern.convenanten, nieuws, [*others, *([voor] if voor else [])], whole)
    tell_gezin(kern, nieuws, before, _family_views(kern.convenanten, nieuws, [*others, na], whole), ended=())


async def load(kern: Kern, connection: AsyncConnection, of: Iterable[Casus]) -> Toestand:
    """Everything that is known of the live members of these casussen, and of everybody in a match with one."""
    vandaag = kern.vandaag()
    ids = {lid for casus in of for lid in casus.leden}
    return (await toestand.load(connection, ids)).toestand.only(lambda lid: lid.signaal.is_live(vandaag))


def tell_treffers(kern: Kern, nieuws: Nieuws, treffers: Iterable[Radartreffer]) -> None:
    """Tell owners what can be seen in their casussen since now; at once where it is acute."""
    for treffer in treffers:

        def document(partijen: tuple[Partijmelding, ...], treffer: Radartreffer = treffer) -> dict[str, Any]:
            shown = Radartreffer(treffer.casus, replace(treffer.melding, partijen=partijen))
            return treffer_document(shown, kern.kenmerker)

        nieuws.tell_partijen(
            treffer.casus.organisatie,
            Notificatiesoort.RADARTREFFER,
            treffer.casus.id,
            treffer.melding.partijen,
            document,
            dringend=treffer.casus.acuut,
        )


def tell_gezin(
    kern: Kern,
    nieuws: Nieuws,
    voorheen: Sequence[Gezinsmelding],
    nu: Sequence[Gezinsmelding],
    *,
    ended: Collection[SignaalId],
) -> None:
    """Tell others which gezinsmatches arose and lapsed, and leave in the log what was not granted to whom."""
    for bericht in gezinsberichten(voorheen, nu, ended=ended):
        if bericht.soort is Notificatiesoort.GEZINSMATCH_ONTSTAAN:
            _tell_arisen(kern, nieuws, bericht)
        else:
            _tell_lapsed(kern, nieuws, bericht)
    _log_refusals(kern, nieuws, voorheen, nu)


def _tell_arisen(kern: Kern, nieuws: Nieuws, bericht: Gezinsbericht) -> None:
    melding = bericht.melding

    def document(partijen: tuple[Partijmelding, ...]) -> dict[str, Any]:
        limited = (replace(p, melding=shown) for p, shown in zip(melding.partijen, partijen, strict=True))
        return gezin_document(replace(melding, partijen=tuple(limited)), kern.kenmerker)

    onderwerp = kern.kenmerker.gezin(melding.ontvanger, melding.eigen)
    partijen = [partij.melding for partij in melding.partijen]
    nieuws.tell_partijen(melding.ontvanger, bericht.soort, onderwerp, partijen, document)


def _tell_lapsed(kern: Kern, nieuws: Nieuws, bericht: Gezinsbericht) -> None:
    melding = bericht.melding
    onderwerp = kern.kenmerker.gezin(melding.ontvanger, melding.eigen)
    grond = EigenZaak.under(kern.convenanten[melding.convenant])
    nieuws.tell(melding.ontvanger, bericht.soort, onderwerp, gezin_document(melding, kern.kenmerker), grond=grond)


def _log_refusals(kern: Kern, nieuws: Nieuws, voorheen: Iterable[Gezinsmelding], nu: Iterable[Gezinsmelding]) -> None:
    """A leaf per receiver and reason: a large family refuses the same thing many times over."""
    refused = _refusals(nu)
    refused.subtract(_refusals(voorheen))
    for (ontvanger, besluit), aantal in refused.items():
        if aantal > 0:
            blad = kern.bladmaker.toegang(
                nieuws.handeling,
                gebeurtenis="besluit gezinsmatch",
                ontvanger=ontvanger,
                uitkomst="geweigerd",
                aantal=aantal,
                **weigering_fields(besluit),
            )
            nieuws.bladen.append(blad)


def _refusals(views: Iterable[Gezinsmelding]) -> Counter[tuple[Oin, Besluit]]:
    return Counter((view.ontvanger, besluit) for view in views for besluit in view.geweigerd)


def _family_views(
    convenanten: Mapping[ConvenantId, Convenant], nieuws: Nieuws, of: Iterable[Casus], known: Toestand
) -> tuple[Gezinsmelding, ...]:
    return gezinsmeldingen(convenanten, of, known, op=local_date(nieuws.handeling.begonnen_op))


async def _others(connection: AsyncConnection, casus: Casus) -> list[Casus]:
    """Casussen that can hold the same signals together: those with a member in a match with one of ours."""
    reach = (await toestand.load(connection, casus.leden)).toestand.leden
    return [found for found in await casussen.open_with(connection, reach) if found.id != casus.id]


def _before(na: Toestand, voor: Toestand) -> Toestand:
    """What was known of all these signals before the act, which touched no more than the ones in `voor`."""
    rest = {id_: lid for id_, lid in na.leden.items() if id_ not in voor.leden}
    return Toestand(
        {**rest, **voor.leden},
        [*(token for token in na.zeker if token[1] in rest), *voor.zeker],
        [*(paar for paar in na.paren if not voor.leden.keys() >= set(paar.sleutel)), *voor.paren],
    )
