"""Telling the parties in a match what one of them did: each only what the convenant grants it of that one's signal."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from convenant.beleid import berichtvelden
from convenant.kalender import local_date
from convenant.model import Convenant, Partij
from convenant.types import Oin, Veld
from matcher.diensten.kern import Kern
from matcher.diensten.melden import Nieuws
from matcher.domein.document import organisatie_document, present
from matcher.domein.grond import EigenZaak, Grond
from matcher.domein.koppeling import Toestand
from matcher.domein.melding import Matchmelding, Partijmelding, matchmeldingen
from matcher.domein.opvolging import Deelnemer, Opvolging, Stap, Stapsoort
from matcher.domein.verhuizing import deelnemer_of
from matcher.types import MatchId, Notificatiesoort, SignaalId

_EIGEN_STAPPEN = {
    Stapsoort.CONTACT: (Notificatiesoort.CONTACT_VASTGELEGD, Veld.OPVOLGING),
    Stapsoort.MOMENT: (Notificatiesoort.MOMENT_AFGESPROKEN, Veld.OPVOLGING),
    Stapsoort.AFGESLOTEN: (Notificatiesoort.OPVOLGING_AFGESLOTEN, Veld.OPVOLGING),
    Stapsoort.HULP: (Notificatiesoort.HULP_GEMELD, Veld.HULP),
}
_NAME = frozenset({Veld.ORGANISATIE})
_NAMED = frozenset({Veld.REGIE, Veld.ORGANISATIE})


@dataclass(frozen=True, slots=True)
class Gezien:
    """One party as a receiver sees it: in which view, in which pair, with which fields in a notification."""

    view: Matchmelding
    partij: Partijmelding
    velden: frozenset[Veld]


@dataclass(frozen=True, slots=True)
class Kring:
    """Everybody who sees something of one match, with what a notification may hold of whom."""

    kern: Kern
    convenant: Convenant
    toestand: Toestand
    views: Sequence[Matchmelding]

    @classmethod
    def around(cls, kern: Kern, convenant: Convenant, match: MatchId, toestand: Toestand, *, op: date) -> "Kring":
        """The views of this match today."""
        mine = toestand.only(lambda lid: lid.match == match)
        return cls(kern, convenant, mine, matchmeldingen(kern.convenanten, mine, op=op))

    def who_sees(self, wie: Deelnemer | Oin, velden: frozenset[Veld]) -> Iterator[Gezien]:
        """Every view of another organisation in which a notification may hold all these fields about this party.

        By number alone it is about an organisation, whichever name it has for the match: regie is of the whole match.
        """
        own = wie.organisatie if isinstance(wie, Deelnemer) else wie
        found = (self.named_to(view, wie, velden) for view in self.views if view.ontvanger != own)
        return (gezien for gezien in found if gezien is not None)

    def view_of(self, wie: Deelnemer) -> Matchmelding | None:
        """What this party sees of the match; None when that is nothing."""
        return next((v for v in self.views if (v.ontvanger, v.match) == (wie.organisatie, wie.bekend_als)), None)

    def named_to(self, view: Matchmelding, wie: Deelnemer | Oin, velden: frozenset[Veld]) -> Gezien | None:
        """How the receiver of this view may be told of this party, with all these fields; None when it may not."""
        seen = (self._seen(view, partij) for partij in view.partijen if self._is(partij.ander, wie))
        return next((each for each in seen if velden <= each.velden), None)

    def followers(self, wie: Deelnemer) -> list[Deelnemer]:
        """The parties with signals in the match that may know that this one is regisseur."""
        return [
            Deelnemer(view.ontvanger, view.match)
            for view in self.views
            if view.eigen_signalen and view.ontvanger != wie.organisatie
            for partij in view.partijen
            if self._is(partij.ander, wie.organisatie) and Veld.REGIE in partij.besluit.velden
        ]

    def _is(self, ander: SignaalId, wie: Deelnemer | Oin) -> bool:
        lid = self.toestand.leden[ander]
        if isinstance(wie, Deelnemer):
            return deelnemer_of(self.convenant, lid) == wie
        return lid.signaal.organisatie == wie

    def _seen(self, view: Matchmelding, partij: Partijmelding) -> Gezien:
        velden = berichtvelden(self.convenant, view.ontvanger, partij.gebeurtenis, partij.besluit)
        return Gezien(view, partij, velden)


def tell_stap(nieuws: Nieuws, kring: Kring, stap: Stap, *, voor: Opvolging, na: Opvolging) -> None:
    """Tell whoever may hear it that this step was taken; how things stood before it, and stand after it."""
    match stap.soort:
        case Stapsoort.VOORGESTELD:
            _tell_kandidaat(nieuws, kring, stap)
            _tell_proposal(nieuws, kring, stap)
        case Stapsoort.AANVAARD:
            _tell_accepted(nieuws, kring, stap, voor=voor, na=na)
        case soort if soort in _EIGEN_STAPPEN and stap.over is None:
            _tell_own(nieuws, kring, stap)


def tell_regisseur(nieuws: Nieuws, kring: Kring, regisseur: Oin) -> None:
    """Tell who may know it that this party is regisseur."""
    for gezien in kring.who_sees(regisseur, _NAMED):
        _tell_regie(nieuws, kring, gezien, Notificatiesoort.REGIE_VASTGESTELD, regisseur)


def _tell_proposal(nieuws: Nieuws, kring: Kring, stap: Stap) -> None:
    kandidaat = stap.eigenaar.organisatie
    for gezien in kring.who_sees(kandidaat, _NAMED):
        if gezien.view.ontvanger != stap.door.organisatie:
            door = _named(kring, gezien.view, stap.door.organisatie, _NAME)
            soort = Notificatiesoort.REGIE_VOORGESTELD
            _tell_regie(nieuws, kring, gezien, soort, kandidaat, door=door, per=stap.per)


def _tell_accepted(nieuws: Nieuws, kring: Kring, stap: Stap, *, voor: Opvolging, na: Opvolging) -> None:
    """Told by what it led to: a first regisseur, or one who takes over, and from which day on."""
    regisseur, vorige = stap.door.organisatie, voor.regie
    if vorige is None or na.regie is None:
        tell_regisseur(nieuws, kring, regisseur)
        return
    per = na.regie.per or local_date(stap.op)
    for gezien in kring.who_sees(regisseur, _NAMED):
        door = _named(kring, gezien.view, vorige.wie.organisatie, _NAMED)
        _tell_regie(nieuws, kring, gezien, Notificatiesoort.REGIE_OVERGEDRAGEN, regisseur, door=door, per=per)


def _tell_kandidaat(nieuws: Nieuws, kring: Kring, stap: Stap) -> None:
    """The kandidaat always hears of it: the proposal is about itself. By whom, only when it may see that party."""
    kandidaat = stap.eigenaar
    view = kring.view_of(kandidaat)
    if view is None:
        return
    seen = kring.named_to(view, stap.door.organisatie, _NAME)
    door = kring.convenant.partij(stap.door.organisatie) if seen else None
    inhoud = _regie_inhoud(kring, view, kandidaat.organisatie, door=door, per=stap.per)
    besluit = seen.partij.besluit if seen else None
    inhoud |= {"artikel": besluit.artikel if besluit else "", "grondslag": besluit.grondslag if besluit else ""}
    grond: Grond = _told(seen, _NAME) if seen else EigenZaak.under(kring.convenant)
    nieuws.tell(kandidaat.organisatie, Notificatiesoort.REGIE_VOORGESTELD, view.match, inhoud, grond=grond)


def _tell_own(nieuws: Nieuws, kring: Kring, stap: Stap) -> None:
    soort, veld = _EIGEN_STAPPEN[stap.soort]
    for gezien in kring.who_sees(stap.door, frozenset({veld})):
        view, partij = gezien.view, gezien.partij
        named = partij.organisatie if Veld.ORGANISATIE in gezien.velden else None
        inhoud = {
            "match": str(view.match),
            "convenant": view.convenant,
            "paar": str(kring.kern.kenmerker.paar(view.ontvanger, partij.ander)),
            "organisatie": organisatie_document(named) if named else None,
            "op": local_date(stap.op).isoformat(),
            "hulp": stap.hulp.value if stap.hulp else None,
            "moment": stap.moment.isoformat() if stap.moment else None,
            "artikel": partij.besluit.artikel,
            "grondslag": partij.besluit.grondslag,
        }
        told = _told(gezien, frozenset({veld, Veld.ORGANISATIE}))
        nieuws.tell(view.ontvanger, soort, view.match, present(inhoud), grond=told)


def _tell_regie(
    nieuws: Nieuws,
    kring: Kring,
    gezien: Gezien,
    soort: Notificatiesoort,
    regisseur: Oin,
    *,
    door: Partij | None = None,
    per: date | None = None,
) -> None:
    view, besluit = gezien.view, gezien.partij.besluit
    inhoud = _regie_inhoud(kring, view, regisseur, door=door, per=per)
    inhoud |= {"artikel": besluit.artikel, "grondslag": besluit.grondslag}
    nieuws.tell(view.ontvanger, soort, view.match, inhoud, grond=_told(gezien, _NAMED))


def _regie_inhoud(
    kring: Kring, view: Matchmelding, regisseur: Oin, *, door: Partij | None, per: date | None
) -> dict[str, Any]:
    inhoud = {
        "match": str(view.match),
        "convenant": view.convenant,
        "regisseur": organisatie_document(kring.convenant.partij(regisseur)),
        "door": organisatie_document(door) if door else None,
        "per": per.isoformat() if per else None,
    }
    return present(inhoud)


def _named(kring: Kring, view: Matchmelding, oin: Oin, velden: frozenset[Veld]) -> Partij | None:
    """The party as far as this receiver may know it by all these fields; itself it knows."""
    seen = oin == view.ontvanger or kring.named_to(view, oin, velden) is not None
    return kring.convenant.partij(oin) if seen else None


def _told(gezien: Gezien, velden: frozenset[Veld]) -> Grond:
    """The decision, with no more fields than stand in the notification: that is what the log keeps."""
    return replace(gezien.partij.besluit, velden=velden & gezien.velden)
