"""How a bekendheidsvraag and its answers look on the wire: to the asker, and to whoever is asked."""

from collections.abc import Collection, Mapping
from typing import Any

from convenant.beleid import Besluit
from convenant.model import Partij
from convenant.types import Antwoordwijze, Veld
from matcher.domein.bekendheid import Bekendheidsvraag, Gevraagde, Vraagstatus
from matcher.domein.document import contact_document, format_moment, organisatie_document


def vraag_document(vraag: Bekendheidsvraag, gevraagd: int) -> dict[str, Any]:
    """A question as its asker gets it back; `gevraagd` is how many parties it goes to."""
    return {
        "id": str(vraag.id),
        "convenant": vraag.convenant,
        "gesteldOp": format_moment(vraag.gesteld_op),
        "uiterlijk": vraag.uiterlijk.isoformat(),
        "gevraagd": gevraagd,
    }


def stand_document(
    vraag: Bekendheidsvraag,
    status: Vraagstatus,
    gevraagden: Collection[Gevraagde],
    personen: Mapping[int, list[dict[str, Any]]],
) -> dict[str, Any]:
    """How a question stands, for its asker; of `personen` only those of whom a party may be named.

    `beantwoord` counts who sent its tokens. It says nothing of what a professional has yet to decide, or said no to.
    """
    return {
        **vraag_document(vraag, len(gevraagden)),
        "status": status.value,
        "beantwoord": sum(1 for gevraagde in gevraagden if gevraagde.antwoorden),
        "personen": [{"plaats": plaats, "organisaties": personen[plaats]} for plaats in sorted(personen)],
    }


def vraagbericht(vraag: Bekendheidsvraag, wijze: Antwoordwijze, vrager: Partij | None) -> dict[str, Any]:
    """The event that tells a party that it is asked; who asks is in it where `vrager` is given."""
    bericht = {
        "id": str(vraag.id),
        "convenant": vraag.convenant,
        "epoche": vraag.epoche,
        "uiterlijk": vraag.uiterlijk.isoformat(),
        "wijze": wijze.value,
    }
    return bericht if vrager is None else {**bericht, "vrager": organisatie_document(vrager)}


def antwoordbericht(
    vraag: Bekendheidsvraag, plaats: int, partij: Partij, besluit: Besluit, velden: frozenset[Veld]
) -> dict[str, Any]:
    """The event that tells the asker that somebody knows the person at this place; `velden` may stand in it."""
    bericht: dict[str, Any] = {"id": str(vraag.id), "convenant": vraag.convenant, "plaats": plaats}
    if Veld.ORGANISATIE in velden:
        bericht["organisatie"] = organisatie_document(partij)
    return {**bericht, **_rest(partij, besluit, velden)}


def bekende_document(partij: Partij, besluit: Besluit) -> dict[str, Any]:
    """A party that knows somebody, as a decision that names it lets it be told."""
    return {**organisatie_document(partij), **_rest(partij, besluit, besluit.velden)}


def _rest(partij: Partij, besluit: Besluit, velden: frozenset[Veld]) -> dict[str, Any]:
    document: dict[str, Any] = {"artikel": besluit.artikel, "grondslag": besluit.grondslag}
    if Veld.CONTACT in velden:
        document["contact"] = contact_document(partij.contact)
    return document
