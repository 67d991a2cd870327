"""Telling the parties what happened to a match: into the outbox, with a log leaf for every disclosure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

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
    """A change of a match that is to be told. `voorheen` were in it before, `leden` are in it now."""

    match: Match
    gebeurtenis: Matchgebeurtenis
    voorheen: Sequence[Signaal]
    leden: Sequence[Signaal]


def notify(
    kern: Kern, berichten: Iterable[Matchbericht], handeling: Handeling, *, op: datetime
) -> tuple[list[Notificatie], list[Blad]]:
    """The events for every receiver, and the log leaves that say under which article they learn it."""
    notificaties: list[Notificatie] = []
    bladen: list[Blad] = []
    for bericht in berichten:
        for melding in _meldingen(kern, bericht, op):
            notificaties.append(_notificatie(bericht, melding, op))
            bladen.extend(_disclosures(kern, bericht, melding, handeling))
    return notificaties, bladen


def _meldingen(kern: Kern, bericht: Matchbericht, op: datetime) -> Iterator[Matchmelding]:
    convenant = kern.convenanten[bericht.match.convenant]
    vandaag = local_date(op)
    if bericht.gebeurtenis in {Matchgebeurtenis.ONTSTAAN, Matchgebeurtenis.UITGEBREID}:
        yield from matchmeldingen(convenant, bericht.leden, niveau=bericht.match.niveau, op=vandaag)
        return
    # Only whoever was told of the match hears that it shrank or lapsed; who left by its own act knows already.
    for eerder in matchmeldingen(convenant, bericht.voorheen, niveau=bericht.match.niveau, op=vandaag):
        if not _has_left(bericht, eerder.ontvanger):
            yield matchmelding(
                convenant, bericht.leden, ontvanger=eerder.ontvanger, niveau=bericht.match.niveau, op=vandaag
            )


def _has_left(bericht: Matchbericht, ontvanger: Oin) -> bool:
    was_in = ontvanger in {signaal.organisatie for signaal in bericht.voorheen}
    return was_in and ontvanger not in {signaal.organisatie for signaal in bericht.leden}


def _notificatie(bericht: Matchbericht, melding: Matchmelding, op: datetime) -> Notificatie:
    return Notificatie(
        id=uuid4(),
        ontvanger=melding.ontvanger,
        soort=_as_seen_by(melding.ontvanger, bericht),
        match=bericht.match.id,
        inhoud=match_document(
            melding,
            match=bericht.match.id,
            convenant=bericht.match.convenant,
            niveau=bericht.match.niveau,
            ontstaan_op=bericht.match.ontstaan_op,
        ),
        ontstaan_op=op,
    )


def _as_seen_by(ontvanger: Oin, bericht: Matchbericht) -> Matchgebeurtenis:
    """A match that grows is a new one for the organisation that comes in."""
    joins = ontvanger in {signaal.organisatie for signaal in bericht.leden} - {
        signaal.organisatie for signaal in bericht.voorheen
    }
    return Matchgebeurtenis.ONTSTAAN if joins else bericht.gebeurtenis


def _disclosures(kern: Kern, bericht: Matchbericht, melding: Matchmelding, handeling: Handeling) -> Iterator[Blad]:
    gemeld = {"ontvanger": melding.ontvanger, "match": str(bericht.match.id), "uitkomst": "verstrekt"}
    if not melding.partijen:
        yield kern.bladmaker.toegang(handeling, gebeurtenis=bericht.gebeurtenis.value, velden=[], **gemeld)
    for partij in melding.partijen:
        yield kern.bladmaker.toegang(
            handeling, gebeurtenis=bericht.gebeurtenis.value, **gemeld, **besluit_fields(partij.besluit)
        )
