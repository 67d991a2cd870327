"""How casussen, and what is told on them, look on the wire."""

from collections.abc import Iterable
from operator import attrgetter
from typing import Any

from convenant.base64url import encode_base64url
from convenant.model import Convenant
from convenant.types import Niveau, Oin
from matcher.domein.casus import Casus
from matcher.domein.document import format_moment, organisatie_document, partij_document, present
from matcher.domein.gezin import Gezinsmelding, Gezinspartij
from matcher.domein.kenmerk import Kenmerker
from matcher.domein.radar import Radarregel, Radartreffer


def casus_document(casus: Casus, convenant: Convenant) -> dict[str, Any]:
    """The casus as its owner sees it, ready for JSON."""
    document: dict[str, Any] = {
        "id": str(casus.id),
        "convenant": casus.convenant,
        "nummer": encode_base64url(casus.nummer),
        "toestand": casus.stand.value,
        "acuut": casus.acuut,
        "geopendOp": format_moment(casus.geopend_op),
        "gewijzigdOp": format_moment(casus.gewijzigd_op),
        "monitoringTot": casus.monitoring_tot.isoformat(),
        "signalen": [str(signaal) for signaal in casus.leden],
    }
    if casus.overgedragen_aan is not None and convenant.has_partij(casus.overgedragen_aan):
        document["overgedragenAan"] = organisatie_document(convenant.partij(casus.overgedragen_aan))
    return document


def eigen_casus_document(casus: Casus, niveaus: Iterable[Niveau]) -> dict[str, Any]:
    """An own casus that a bevraging came upon; `niveaus` say how sure it is that its members were asked about."""
    return {
        "id": str(casus.id),
        "nummer": encode_base64url(casus.nummer),
        "toestand": casus.stand.value,
        "melding": casus.melding.value,
        "niveau": min(niveaus, key=attrgetter("rang")).value,
    }


def treffer_document(treffer: Radartreffer, kenmerker: Kenmerker) -> dict[str, Any]:
    """A radartreffer. Cards are not in it: the match has them."""
    casus, melding = treffer.casus, treffer.melding
    partijen = [partij_document(partij, melding.ontvanger, kenmerker) for partij in melding.partijen]
    return {
        "casus": str(casus.id),
        "convenant": casus.convenant,
        "match": str(melding.match),
        "niveau": melding.niveau.value,
        "melding": casus.melding.value,
        "acuut": casus.acuut,
        "partijen": [{naam: waarde for naam, waarde in partij.items() if naam != "kaart"} for partij in partijen],
    }


def gezin_document(melding: Gezinsmelding, kenmerker: Kenmerker) -> dict[str, Any]:
    """A gezinsmatch as one receiver may see it; nothing in it tells which casus it was."""
    return {
        "id": str(kenmerker.gezin(melding.ontvanger, melding.eigen)),
        "convenant": melding.convenant,
        "eigenSignaal": str(melding.eigen),
        "ontstaanOp": format_moment(melding.sinds),
        "partijen": [_gezinspartij(melding, partij, kenmerker) for partij in melding.partijen],
    }


def regel_document(regel: Radarregel, convenant: Convenant, termijnen: list[dict[str, Any]]) -> dict[str, Any]:
    """One line of the radar list; `termijnen` are the documents of its terms."""
    document = {
        "casus": casus_document(regel.casus, convenant),
        "nieuw": regel.nieuw,
        "partijen": regel.partijen,
        "signalen": regel.signalen,
        "niveaus": {niveau.value: aantal for niveau, aantal in sorted(regel.niveaus.items())},
        "laatsteOp": format_moment(regel.laatste) if regel.laatste else None,
        "termijnen": termijnen,
        "melding": regel.casus.melding.value,
    }
    return present(document)


def named_organisatie(convenant: Convenant, oin: Oin | None) -> dict[str, str] | None:
    """The organisation with this OIN, which is a party; None for None."""
    return organisatie_document(convenant.partij(oin)) if oin else None


def _gezinspartij(melding: Gezinsmelding, partij: Gezinspartij, kenmerker: Kenmerker) -> dict[str, Any]:
    ander = partij.melding.ander
    paar = str(kenmerker.gezinspaar(melding.ontvanger, melding.eigen, ander))
    return {**partij_document(partij.melding, melding.ontvanger, kenmerker), "paar": paar}
