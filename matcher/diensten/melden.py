"""Telling the parties what happened to a match: into the outbox, with a log leaf for every disclosure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import uuid4

from convenant.model import Convenant
from convenant.types import Oin
from matcher.diensten.kern import Kern
from matcher.domein.document import match_document
from matcher.domein.melding import Matchmelding, local_date, matchmelding, matchmeldingen
from matcher.domein.signaal import Signaal
from matcher.logboek.blad import Blad
from matcher.logboek.handeling import Handeling, besluit_fields
from matcher.opslag.matches import Match
from matcher.opslag.notificaties import Notificatie
from matcher.types import Matchgebeurtenis


@dataclass(frozen=True, slots=True, kw_only=True)
class Matchbericht:
    """A change of a match that is to be told. `voorheen` were in it before, `leden` are in it now.

    `gebeurtenis` is what happened to the whole match; what a receiver hears is what changed in its own view.
    """

    match: Match
    gebeurtenis: Matchgebeurtenis
    voorheen: Sequence[Signaal]
    leden: Sequence[Signaal]


@dataclass(frozen=True, slots=True)
class _Bericht:
    gebeurtenis: Matchgebeurtenis
    melding: Matchmelding


def notify(
    kern: Kern, berichten: Iterable[Matchbericht], handeling: Handeling, *, op: datetime
) -> tuple[list[Notificatie], list[Blad]]:
    """The events for every receiver, and the log leaves that say under which article they learn it."""
    notificaties: list[Notificatie] = []
    bladen: list[Blad] = []
    for bericht in berichten:
        for gezien in _as_seen(kern.convenanten[bericht.match.convenant], bericht, vandaag=local_date(op)):
            notificaties.append(_notificatie(bericht, gezien, op))
            bladen.extend(_disclosures(kern, bericht, gezien, handeling))
    return notificaties, bladen


def _as_seen(convenant: Convenant, bericht: Matchbericht, *, vandaag: date) -> Iterator[_Bericht]:
    """The change in the view of every receiver, for those whose view changed.

    A receiver for whom nothing changed hears nothing: the mere news that a match grew or shrank would tell it of an
    organisation that the convenant does not let it know of.
    """
    niveau = bericht.match.niveau
    voorheen, nu = (
        {melding.ontvanger: melding for melding in matchmeldingen(convenant, leden, niveau=niveau, op=vandaag)}
        for leden in (bericht.voorheen, bericht.leden)
    )
    for ontvanger in sorted(voorheen.keys() | nu.keys()):
        if _has_left(bericht, ontvanger):
            continue  # it ended its own signal, or gave it this end date
        gebeurtenis = _change(bericht, voorheen.get(ontvanger), nu.get(ontvanger))
        if gebeurtenis is not None:
            melding = matchmelding(convenant, bericht.leden, ontvanger=ontvanger, niveau=niveau, op=vandaag)
            eerder = voorheen.get(ontvanger, melding)
            yield _Bericht(gebeurtenis, replace(melding, sinds=melding.sinds or eerder.sinds))


def _change(bericht: Matchbericht, voorheen: Matchmelding | None, nu: Matchmelding | None) -> Matchgebeurtenis | None:
    if voorheen is None:
        return None if bericht.gebeurtenis is Matchgebeurtenis.VERVALLEN else Matchgebeurtenis.ONTSTAAN
    if nu is None or bericht.gebeurtenis is Matchgebeurtenis.VERVALLEN:
        return Matchgebeurtenis.VERVALLEN
    return None if voorheen == nu else bericht.gebeurtenis


def _has_left(bericht: Matchbericht, ontvanger: Oin) -> bool:
    was_in = ontvanger in {signaal.organisatie for signaal in bericht.voorheen}
    return was_in and ontvanger not in {signaal.organisatie for signaal in bericht.leden}


def _notificatie(bericht: Matchbericht, gezien: _Bericht, op: datetime) -> Notificatie:
    return Notificatie(
        id=uuid4(),
        ontvanger=gezien.melding.ontvanger,
        soort=gezien.gebeurtenis,
        match=bericht.match.id,
        inhoud=match_document(
            gezien.melding,
            match=bericht.match.id,
            convenant=bericht.match.convenant,
            niveau=bericht.match.niveau,
            ontstaan_op=bericht.match.ontstaan_op,
        ),
        ontstaan_op=op,
    )


def _disclosures(kern: Kern, bericht: Matchbericht, gezien: _Bericht, handeling: Handeling) -> Iterator[Blad]:
    melding = gezien.melding
    gemeld = {"ontvanger": melding.ontvanger, "match": str(bericht.match.id), "uitkomst": "verstrekt"}
    if not melding.partijen:
        yield kern.bladmaker.toegang(handeling, gebeurtenis=gezien.gebeurtenis.value, velden=[], **gemeld)
    for partij in melding.partijen:
        yield kern.bladmaker.toegang(
            handeling, gebeurtenis=gezien.gebeurtenis.value, **gemeld, **besluit_fields(partij.besluit)
        )
