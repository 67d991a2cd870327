"""How matches and pairs look on the wire: the same JSON in a list and in a notification."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from convenant.model import Contact, Convenant, Partij
from convenant.profielen import PROFIELEN
from convenant.types import Oin
from matcher.domein.kenmerk import Kenmerker
from matcher.domein.melding import Matchmelding, Partijmelding
from matcher.domein.paar import Paar, slot_codes
from matcher.types import Paarkenmerk


def match_document(melding: Matchmelding, kenmerker: Kenmerker) -> dict[str, Any]:
    """The match as its receiver may see it, ready for JSON. Fields that were not granted are absent.

    A granted card is a reference (`signaal`, `oin`, `direct`) until it is read: see `matcher.diensten.kaarten`.
    """
    if melding.sinds is None:
        raise ValueError("a match that somebody can see began at some moment")
    return {
        "id": str(melding.match),
        "convenant": melding.convenant,
        "niveau": melding.niveau.value,
        "ontstaanOp": format_moment(melding.sinds),
        "eigenSignalen": [str(signaal) for signaal in melding.eigen_signalen],
        "partijen": [partij_document(partij, melding.ontvanger, kenmerker) for partij in melding.partijen],
    }


def mogelijk_document(paar: Paar, convenant: Convenant, organisatie: Oin) -> dict[str, Any]:
    """The possible match as one of its two organisations may see it. Nothing in it is about the other one."""
    eigen = paar.kant_of(organisatie)
    return {
        "id": str(eigen.kenmerk),
        "convenant": paar.convenant,
        "niveau": paar.niveau.value,
        "sloten": slot_codes(PROFIELEN[convenant.profiel], paar.sloten),
        "ontstaanOp": format_moment(paar.ontstaan_op),
        "eigenSignaal": str(eigen.signaal),
        "status": paar.status_for(organisatie),
    }


def review_document(paar: Paar, convenant: Convenant, kenmerk: Paarkenmerk) -> dict[str, Any]:
    """A pair that one side confirmed in acute danger, as an FG reviews it: no signal of anybody, but who they are."""
    return {
        "id": str(kenmerk),
        "convenant": paar.convenant,
        "niveau": paar.niveau.value,
        "sloten": slot_codes(PROFIELEN[convenant.profiel], paar.sloten),
        "ontstaanOp": format_moment(paar.ontstaan_op),
        "status": paar.status.value,
        "oins": [kant.organisatie for kant in paar.kanten],
    }


def format_moment(moment: datetime) -> str:
    """RFC 3339 in UTC with `Z`, milliseconds kept."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def partij_document(melding: Partijmelding, ontvanger: Oin, kenmerker: Kenmerker) -> dict[str, Any]:
    """What is granted of one signal of another organisation, ready for JSON."""
    kaart = melding.kaart
    document = {
        "paar": str(kenmerker.paar(ontvanger, melding.ander)),
        "organisatie": organisatie_document(melding.organisatie) if melding.organisatie else None,
        "contact": contact_document(melding.contact.contact) if melding.contact else None,
        "signaalsoort": melding.signaalsoort,
        "ingediendOp": melding.ingediend_op.isoformat() if melding.ingediend_op else None,
        "artikel": melding.besluit.artikel,
        "grondslag": melding.besluit.grondslag,
        "kaart": {"signaal": kaart.signaal, "oin": kaart.oin, "direct": kaart.direct} if kaart else None,
    }
    return present(document)


def organisatie_document(partij: Partij) -> dict[str, str]:
    """Which organisation it is."""
    return {"oin": partij.oin, "naam": partij.naam}


def contact_document(contact: Contact) -> dict[str, str]:
    """Where it can be reached."""
    return {"afdeling": contact.afdeling, "telefoon": contact.telefoon, "email": contact.email}


def present(document: Mapping[str, Any]) -> dict[str, Any]:
    """The members that there are."""
    return {naam: waarde for naam, waarde in document.items() if waarde is not None}
