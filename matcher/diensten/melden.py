"""Telling the parties what happened: into the outbox, with a log leaf for every disclosure."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.beleid import Besluit, berichtvelden
from convenant.model import Convenant
from convenant.types import Oin, Rol, Veld
from matcher.diensten.kern import Kern
from matcher.domein.document import match_document, mogelijk_document, review_document
from matcher.domein.grond import EigenZaak, Grond, Toezicht
from matcher.domein.melding import Matchmelding, Partijmelding
from matcher.domein.notificatie import Notificatie
from matcher.domein.paar import Paar
from matcher.domein.signaal import Signaal
from matcher.domein.signaalbericht import einde_document, per_einde
from matcher.domein.wijziging import Matchbericht
from matcher.logboek import opslag as logboek
from matcher.logboek.blad import Blad
from matcher.logboek.handeling import Handeling, besluit_fields, grond_fields, weigering_fields
from matcher.opslag import notificaties
from matcher.types import Notificatiesoort, SignaalId


@dataclass(slots=True)
class Nieuws:
    """What one act tells, and the log leaves that say so; written together when the act is done."""

    kern: Kern
    handeling: Handeling
    notificaties: list[Notificatie] = field(default_factory=list)
    bladen: list[Blad] = field(default_factory=list)

    def tell(
        self,
        ontvanger: Oin,
        soort: Notificatiesoort,
        onderwerp: UUID,
        inhoud: dict[str, Any],
        *,
        grond: Grond,
        dringend: bool = False,
    ) -> None:
        """Put one event in, with one log leaf that says on what ground it is told.

        `inhoud` names its convenant. `dringend` is for acute danger only.
        """
        self.notificaties.append(self._notificatie(ontvanger, soort, onderwerp, inhoud, dringend=dringend))
        self.bladen.append(
            self.kern.bladmaker.toegang(
                self.handeling,
                gebeurtenis=soort.value,
                ontvanger=ontvanger,
                onderwerp=str(onderwerp),
                uitkomst="verstrekt",
                **grond_fields(grond),
            )
        )

    def tell_matches(self, berichten: Iterable[Matchbericht]) -> None:
        """Put changes of matches in, with a log leaf for every pair that is told."""
        for bericht in berichten:
            melding = self._for_bericht(bericht.melding)
            inhoud = match_document(melding, self.kern.kenmerker)
            self.notificaties.append(self._notificatie(melding.ontvanger, bericht.soort, melding.match, inhoud))
            self.bladen.extend(self._disclosures(bericht))

    def tell_partijen(
        self,
        ontvanger: Oin,
        soort: Notificatiesoort,
        onderwerp: UUID,
        partijen: Iterable[Partijmelding],
        document: Callable[[tuple[Partijmelding, ...]], dict[str, Any]],
        *,
        dringend: bool = False,
    ) -> None:
        """Put one event in about signals of others, with a log leaf for each of them; nothing when there are none.

        `document` makes the content of what may stand in a notification itself. Of a card that is no part.
        """
        limited = [(partij, self._told(ontvanger, partij)) for partij in partijen]
        if not limited:
            return
        inhoud = document(tuple(partij.limited(besluit.velden) for partij, besluit in limited))
        (_, first), *more = limited
        self.tell(ontvanger, soort, onderwerp, inhoud, grond=first, dringend=dringend)
        told = {"gebeurtenis": soort.value, "ontvanger": ontvanger, "onderwerp": str(onderwerp)}
        self.bladen.extend(
            self.kern.bladmaker.toegang(self.handeling, **told, uitkomst="verstrekt", **besluit_fields(besluit))
            for _, besluit in more
        )

    def tell_paar(self, paar: Paar, soort: Notificatiesoort, organisatie: Oin, besluit: Besluit | None = None) -> None:
        """Tell one side of a pair what became of it."""
        convenant = self.kern.convenanten[paar.convenant]
        grond = besluit or EigenZaak.under(convenant)
        inhoud = mogelijk_document(paar, convenant, organisatie)
        dringend = soort is Notificatiesoort.ACUUT_BEVESTIGD
        self.tell(organisatie, soort, paar.kant_of(organisatie).kenmerk, inhoud, grond=grond, dringend=dringend)

    def tell_einde(self, convenant: Convenant, soort: Notificatiesoort, signalen: Iterable[Signaal]) -> None:
        """Tell every organisation which of these signals of its own end, in one event for each day."""
        for organisatie, verloopt_op, group in per_einde(signalen):
            inhoud = einde_document(convenant.id, group, verloopt_op)
            self.tell(organisatie, soort, group[0].id, inhoud, grond=EigenZaak.under(convenant))

    def log_refusals(self, meldingen: Iterable[Matchmelding]) -> None:
        """Leave a leaf for every decision in these views that granted nothing."""
        self.bladen.extend(refusals(self.kern, self.handeling, meldingen))

    def log_refused_paar(self, ontvanger: Oin, besluit: Besluit) -> None:
        """Leave a leaf for a possible match that one side may not hear of, so that neither does."""
        self.bladen.append(_refusal(self.kern, self.handeling, ontvanger, besluit))

    def tell_toezicht(
        self,
        convenant: Convenant,
        soort: Notificatiesoort,
        onderwerp: UUID,
        een: tuple[Oin, SignaalId],
        ander: tuple[Oin, SignaalId],
    ) -> None:
        """Tell every FG of the convenant which two organisations it is about, and nothing else."""
        for fg in convenant.oins_with(Rol.PRIVACY):
            paar = str(self.kern.kenmerker.toezicht(fg, een[1], ander[1]))
            inhoud = {"id": str(onderwerp), "convenant": convenant.id, "paar": paar, "oins": [een[0], ander[0]]}
            self.tell(fg, soort, onderwerp, inhoud, grond=Toezicht.under(convenant))

    def tell_review(self, paar: Paar) -> None:
        """Let every FG of the convenant review that one side confirmed a pair in acute danger."""
        convenant = self.kern.convenanten[paar.convenant]
        for fg in convenant.oins_with(Rol.PRIVACY):
            kenmerk = self.kern.kenmerker.toezicht(fg, *paar.sleutel)
            inhoud = review_document(paar, convenant, kenmerk)
            grond = Toezicht.under(convenant)
            self.tell(fg, Notificatiesoort.ACUUT_BEVESTIGD, kenmerk, inhoud, grond=grond, dringend=True)

    async def write(self, connection: AsyncConnection, bladen: Iterable[Blad]) -> None:
        """Write events and leaves, after the leaves of the act itself."""
        await notificaties.add(connection, self.notificaties)
        await logboek.append(connection, [*bladen, *self.bladen])

    def wake(self) -> None:
        """Wake whoever waits for one of these events; call it after the commit."""
        self.kern.wekker.wake(notificatie.ontvanger for notificatie in self.notificaties)

    def _for_bericht(self, melding: Matchmelding) -> Matchmelding:
        """Keep what the convenant lets stand in a notification itself; the receiver can fetch the rest."""
        partijen = (partij.limited(self._berichtvelden(melding.ontvanger, partij)) for partij in melding.partijen)
        return replace(melding, partijen=tuple(partijen))

    def _told(self, ontvanger: Oin, partij: Partijmelding) -> Besluit:
        """The decision about a party, with no more than the fields that stand in the notification."""
        return replace(partij.besluit, velden=self._berichtvelden(ontvanger, partij) - {Veld.KAART})

    def _berichtvelden(self, ontvanger: Oin, partij: Partijmelding) -> frozenset[Veld]:
        convenant = self.kern.convenanten[partij.besluit.convenant]
        return berichtvelden(convenant, ontvanger, partij.gebeurtenis, partij.besluit)

    def _notificatie(
        self,
        ontvanger: Oin,
        soort: Notificatiesoort,
        onderwerp: UUID,
        inhoud: dict[str, Any],
        *,
        dringend: bool = False,
    ) -> Notificatie:
        return Notificatie(
            id=uuid4(),
            ontvanger=ontvanger,
            soort=soort,
            onderwerp=onderwerp,
            inhoud=inhoud,
            ontstaan_op=self.handeling.begonnen_op,
            dringend=dringend,
        )

    def _disclosures(self, bericht: Matchbericht) -> Iterator[Blad]:
        melding, soort = bericht.melding, bericht.soort.value
        gemeld = {"ontvanger": melding.ontvanger, "match": str(melding.match), "uitkomst": "verstrekt"}
        if not melding.partijen:
            yield self.kern.bladmaker.toegang(self.handeling, gebeurtenis=soort, velden=[], **gemeld)
        for partij in melding.partijen:
            # What stands in the notification, not what the receiver may come and fetch.
            fields = besluit_fields(partij.besluit, self._berichtvelden(melding.ontvanger, partij))
            yield self.kern.bladmaker.toegang(self.handeling, gebeurtenis=soort, **gemeld, **fields)


def refusals(kern: Kern, handeling: Handeling, meldingen: Iterable[Matchmelding]) -> Iterator[Blad]:
    """A leaf for every decision in these views that granted nothing."""
    for melding in meldingen:
        for besluit in melding.geweigerd:
            yield _refusal(kern, handeling, melding.ontvanger, besluit, match=str(melding.match))


def _refusal(kern: Kern, handeling: Handeling, ontvanger: Oin, besluit: Besluit, **more: str) -> Blad:
    fields = weigering_fields(besluit)
    return kern.bladmaker.toegang(
        handeling, gebeurtenis="besluit", ontvanger=ontvanger, uitkomst="geweigerd", **more, **fields
    )
