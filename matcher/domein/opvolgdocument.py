"""The follow-up of a match as one party may see it, from what the convenant grants it of every pair."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from convenant.model import Convenant, Partij
from convenant.types import Oin, Veld
from matcher.domein.document import organisatie_document, present
from matcher.domein.kenmerk import Kenmerker
from matcher.domein.melding import Matchmelding, Partijmelding
from matcher.domein.opvolging import Deelnemer, Opvolging, Partijstand, Regie, Voorstel
from matcher.types import SignaalId

_OF_A_PARTY = frozenset({Veld.OPVOLGING, Veld.HULP})


@dataclass(frozen=True, slots=True, kw_only=True)
class Kijk:
    """Who looks at a follow-up, and what it may see: its view of the match, and whose the signals in it are.

    `ik` is None for a radar without a signal of its own.
    """

    convenant: Convenant
    melding: Matchmelding
    ik: Deelnemer | None
    deelnemers: Mapping[SignaalId, Deelnemer]

    def granting(self, oin: Oin, veld: Veld) -> Iterator[Partijmelding]:
        """What it is told of the signals of this organisation, where that holds this field."""
        for partij in self.melding.partijen:
            if self.deelnemers[partij.ander].organisatie == oin and veld in partij.besluit.velden:
                yield partij

    def name(self, oin: Oin, veld: Veld = Veld.ORGANISATIE) -> Partij | None:
        """The party with this number: itself, or another that it may see by name together with this field."""
        if oin == self.melding.ontvanger:
            return self.convenant.partij(oin)
        return next((partij.organisatie for partij in self.granting(oin, veld) if partij.organisatie), None)

    def regie(self, opvolging: Opvolging) -> Regie | None:
        """The regie, if it may know who is regisseur."""
        regie = opvolging.regie
        return regie if regie is not None and self.name(regie.wie.organisatie, Veld.REGIE) else None

    def shown(self) -> Iterator[Partijmelding]:
        """The pairs of which it is told what the other party does."""
        return (partij for partij in self.melding.partijen if not _OF_A_PARTY.isdisjoint(partij.besluit.velden))


def opvolging_document(kijk: Kijk, opvolging: Opvolging, kenmerker: Kenmerker, *, dag: date) -> dict[str, Any]:
    """The follow-up as it stands on this day, ready for JSON; what is not granted or not there is absent."""
    regie, voorstel = kijk.regie(opvolging), _voorstel(kijk, opvolging)
    document = {
        "match": str(kijk.melding.match),
        "convenant": kijk.melding.convenant,
        "toestand": _toestand(kijk, opvolging, regie, voorstel),
        "regisseur": _regisseur(kijk, regie) if regie else None,
        "voorstel": _voorstel_document(kijk, voorstel) if voorstel else None,
        "overdracht": _overdracht(kijk, regie) if regie else None,
        "volgendMoment": _moment(kijk, opvolging, dag),
        "partijen": [_partij(kijk, opvolging, partij, kenmerker) for partij in kijk.shown()],
        "eigen": _eigen(opvolging.stand_of(kijk.ik)) if kijk.ik else {},
    }
    return present(document)


def _toestand(kijk: Kijk, opvolging: Opvolging, regie: Regie | None, voorstel: Voorstel | None) -> str:
    if kijk.ik is not None and opvolging.stand_of(kijk.ik).afgesloten_op is not None:
        return "afgesloten"
    if regie is not None:
        return "regie-belegd"
    return "open" if voorstel is None else "regie-voorgesteld"


def _regisseur(kijk: Kijk, regie: Regie) -> dict[str, Any] | None:
    partij = kijk.name(regie.wie.organisatie, Veld.REGIE)
    if partij is None:
        return None
    eigen = partij.oin == kijk.melding.ontvanger
    return {**organisatie_document(partij), "sinds": regie.sinds.isoformat(), "eigen": eigen}


def _overdracht(kijk: Kijk, regie: Regie) -> dict[str, Any] | None:
    aan = kijk.name(regie.aan.organisatie, Veld.REGIE) if regie.aan is not None else None
    if aan is None or regie.per is None:
        return None
    return {"aan": organisatie_document(aan), "per": regie.per.isoformat()}


def _voorstel(kijk: Kijk, opvolging: Opvolging) -> Voorstel | None:
    """The last open proposal that it may know of; of a match with a regisseur that it sees, only those of that one."""
    regie = kijk.regie(opvolging)
    for voorstel in reversed(opvolging.voorstellen):
        counts = regie is None or voorstel.door == regie.wie
        own = kijk.ik is not None and kijk.ik in (voorstel.door, voorstel.kandidaat)
        if counts and (own or kijk.name(voorstel.kandidaat.organisatie, Veld.REGIE)):
            return voorstel
    return None


def _voorstel_document(kijk: Kijk, voorstel: Voorstel) -> dict[str, Any] | None:
    kandidaat, door = kijk.name(voorstel.kandidaat.organisatie), kijk.name(voorstel.door.organisatie)
    if kandidaat is None:
        return None
    document = {
        "kandidaat": organisatie_document(kandidaat),
        "door": organisatie_document(door) if door else None,
        "op": voorstel.op.isoformat(),
        "per": voorstel.per.isoformat() if voorstel.per else None,
    }
    return present(document)


def _moment(kijk: Kijk, opvolging: Opvolging, dag: date) -> dict[str, Any] | None:
    """The moment that was written down last, among those that it may know of and that are still to come."""
    found = []
    for wie, stand in opvolging.standen.items():
        own = wie == kijk.ik
        seen = own or any(kijk.deelnemers[p.ander] == wie for p in kijk.granting(wie.organisatie, Veld.OPVOLGING))
        door = kijk.name(wie.organisatie, Veld.OPVOLGING) if seen else None
        if door is not None and stand.moment is not None and stand.moment.dag >= dag:
            found.append((stand.moment.vastgelegd_op, stand.moment.dag, door))
    if not found:
        return None
    _, op, door = max(found, key=lambda each: each[0])
    return {"op": op.isoformat(), "door": organisatie_document(door)}


def _partij(kijk: Kijk, opvolging: Opvolging, partij: Partijmelding, kenmerker: Kenmerker) -> dict[str, Any]:
    stand, velden = opvolging.stand_of(kijk.deelnemers[partij.ander]), partij.besluit.velden
    document = {
        "paar": str(kenmerker.paar(kijk.melding.ontvanger, partij.ander)),
        "organisatie": organisatie_document(partij.organisatie) if partij.organisatie else None,
        **(_contact(stand) if Veld.OPVOLGING in velden else {}),
        **(_hulp(stand) if Veld.HULP in velden else {}),
    }
    return present(document)


def _eigen(stand: Partijstand) -> dict[str, Any]:
    closed = stand.afgesloten_op.isoformat() if stand.afgesloten_op else None
    return present({**_contact(stand), **_hulp(stand), "afgeslotenOp": closed})


def _contact(stand: Partijstand) -> dict[str, Any]:
    return {"contactOp": stand.contact_op.isoformat() if stand.contact_op else None}


def _hulp(stand: Partijstand) -> dict[str, Any]:
    return {
        "hulp": stand.hulp.value if stand.hulp else None,
        "hulpSinds": stand.hulp_sinds.isoformat() if stand.hulp_sinds else None,
    }
