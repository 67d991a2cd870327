"""How a match looks on the wire: the same JSON in the list of matches and in a notification."""

from datetime import UTC, datetime
from typing import Any

from convenant.model import Contact, Partij
from convenant.types import ConvenantId, Niveau
from matcher.domein.melding import Matchmelding, Partijmelding
from matcher.types import MatchId


def match_document(
    melding: Matchmelding, *, match: MatchId, convenant: ConvenantId, niveau: Niveau, ontstaan_op: datetime
) -> dict[str, Any]:
    """The match as its receiver may see it, ready for JSON. Fields that were not granted are absent.

    `ontstaan_op` is used for a match that is over in this view, of which the receiver was told before.
    """
    return {
        "id": str(match),
        "convenant": convenant,
        "niveau": niveau.value,
        "ontstaanOp": format_moment(melding.sinds or ontstaan_op),
        "eigenSignalen": [str(signaal) for signaal in melding.eigen_signalen],
        "partijen": [_partij_document(partij) for partij in melding.partijen],
    }


def format_moment(moment: datetime) -> str:
    """RFC 3339 in UTC with `Z`, milliseconds kept."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _partij_document(melding: Partijmelding) -> dict[str, Any]:
    document = {
        "organisatie": _organisatie(melding.organisatie) if melding.organisatie else None,
        "contact": _contact(melding.contact.contact) if melding.contact else None,
        "signaalsoort": melding.signaalsoort,
        "ingediendOp": melding.ingediend_op.isoformat() if melding.ingediend_op else None,
        "artikel": melding.besluit.artikel,
        "grondslag": melding.besluit.grondslag,
    }
    return {naam: waarde for naam, waarde in document.items() if waarde is not None}


def _organisatie(partij: Partij) -> dict[str, str]:
    return {"oin": partij.oin, "naam": partij.naam}


def _contact(contact: Contact) -> dict[str, str]:
    return {"afdeling": contact.afdeling, "telefoon": contact.telefoon, "email": contact.email}
