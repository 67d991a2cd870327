"""The requests about casussen, the radar list and bevragingen."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from client_sdk.client.radar import Bevraagdepersoon, Casusopgave, Casustoestand, Radarfilter, Terugkoppeling
from client_sdk.client.requests import page_request, post, tokenset_document
from client_sdk.client.transport import Request
from convenant.types import ConvenantId, Oin

MAX_SIGNALEN: Final = 50
MAX_PERSONEN: Final = 20


def casus_request(opgave: Casusopgave) -> Request:
    """Return the request that registers a casus; the same one gives the same bytes. ValueError outside 1-50 signals."""
    return post("/v1/casussen", casus_document(opgave), {})


def casus_document(opgave: Casusopgave) -> dict[str, Any]:
    """Return what is sent of a casus. Raises ValueError outside 1-50 signals."""
    return {
        "id": str(opgave.id),
        "convenant": opgave.convenant,
        "nummer": opgave.nummer,
        "signalen": _signalen(opgave.signalen),
        "acuut": opgave.acuut,
        "monitoringTot": opgave.monitoring_tot.isoformat(),
        "toestand": opgave.toestand.value,
    }


def casus_read_request(casus: UUID) -> Request:
    """Return the request for one own casus."""
    return Request(method="GET", path=f"/v1/casussen/{casus}", repeatable=True)


def betrokkenen_request(casus: UUID, signalen: Sequence[UUID]) -> Request:
    """Return the request that adds own signals to a casus. Raises ValueError outside 1-50 signals."""
    return _post(casus, "betrokkenen", {"signalen": _signalen(signalen)})


def toestand_request(
    casus: UUID, toestand: Casustoestand, *, overgedragen_aan: Oin | None, monitoring_tot: date | None
) -> Request:
    """Return the request that says where a casus is now."""
    body: dict[str, Any] = {"toestand": toestand.value}
    if overgedragen_aan is not None:
        body["overgedragenAan"] = overgedragen_aan
    if monitoring_tot is not None:
        body["monitoringTot"] = monitoring_tot.isoformat()
    return _post(casus, "toestanden", body)


def inzage_request(casus: UUID) -> Request:
    """Return the request that says that what was new of a casus is seen."""
    return _post(casus, "inzagen", {})


def terugkoppeling_request(casus: UUID, terugkoppeling: Terugkoppeling) -> Request:
    """Return the request that lets whoever signalled know what becomes of it."""
    body: dict[str, Any] = {
        "match": terugkoppeling.match,
        "paar": str(terugkoppeling.paar),
        "opgepakt": terugkoppeling.opgepakt,
    }
    extra = {"overgedragenAan": terugkoppeling.overgedragen_aan, "monitort": terugkoppeling.monitort}
    return _post(casus, "terugkoppelingen", body | {name: oin for name, oin in extra.items() if oin is not None})


def radar_request(filter_: Radarfilter, *, na: str | None, limiet: int) -> Request:
    """Return the request for a page of the radar list; ValueError for a limiet outside 1-1000."""
    query = {
        "toestand": filter_.toestand and filter_.toestand.value,
        "nieuw": _truth(filter_.nieuw),
        "termijn": _truth(filter_.termijn),
        "minimaalPartijen": None if filter_.minimaal_partijen is None else str(filter_.minimaal_partijen),
        "sorteer": filter_.sorteer and filter_.sorteer.value,
    }
    return page_request("radar", na=na, limiet=limiet, query={n: v for n, v in query.items() if v is not None})


def bevraging_request(convenant: ConvenantId, reden: str, personen: Sequence[Bevraagdepersoon]) -> Request:
    """Return the request that asks about 1 to 20 persons; not repeatable: every attempt that arrives is counted."""
    if not 1 <= len(personen) <= MAX_PERSONEN:
        raise ValueError(f"Een bevraging gaat over 1 tot {MAX_PERSONEN} personen.")
    body = {
        "convenant": convenant,
        "reden": reden,
        "personen": [{"tokensets": [tokenset_document(t) for t in persoon.tokensets]} for persoon in personen],
    }
    return post("/v1/bevragingen", body, {}, repeatable=False)


def _signalen(signalen: Sequence[UUID]) -> list[str]:
    if not 1 <= len(signalen) <= MAX_SIGNALEN:
        raise ValueError(f"Een casus krijgt 1 tot {MAX_SIGNALEN} signalen tegelijk.")
    return [str(signaal) for signaal in signalen]


def _truth(value: bool | None) -> str | None:
    return None if value is None else str(value).lower()


def _post(casus: UUID, what: str, body: Mapping[str, Any]) -> Request:
    # Repeating any of these changes nothing: the matcher says so in its interface.
    return post(f"/v1/casussen/{casus}/{what}", body, {})
