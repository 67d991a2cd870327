"""An event as it travels, whatever the channel: a CloudEvent after the NL GOV profile."""

from collections.abc import Mapping
from typing import Any, Final

from convenant.types import Oin
from matcher.domein.document import format_moment
from matcher.domein.notificatie import Notificatie
from matcher.types import Notificatiesoort

SCHEMAS: Final[Mapping[Notificatiesoort, str]] = {
    Notificatiesoort.MATCH_ONTSTAAN: "MatchUitvoer",
    Notificatiesoort.MATCH_UITGEBREID: "MatchUitvoer",
    Notificatiesoort.MATCH_GEKROMPEN: "MatchUitvoer",
    Notificatiesoort.MATCH_VERVALLEN: "MatchUitvoer",
    Notificatiesoort.MATCH_ONJUIST: "PaarberichtUitvoer",
    Notificatiesoort.MOGELIJK_ONTSTAAN: "MogelijkeMatchUitvoer",
    Notificatiesoort.MOGELIJK_BEVESTIGD: "MogelijkeMatchUitvoer",
    Notificatiesoort.MOGELIJK_AFGEWEZEN: "MogelijkeMatchUitvoer",
    Notificatiesoort.MOGELIJK_VERVALLEN: "MogelijkeMatchUitvoer",
    Notificatiesoort.ACUUT_BEVESTIGD: "MogelijkeMatchUitvoer",
    Notificatiesoort.VROEG_INGETROKKEN: "PaarberichtUitvoer",
    Notificatiesoort.KAART_GEVRAAGD: "KaartGevraagdUitvoer",
    Notificatiesoort.KAART_VRIJGEGEVEN: "KaartVrijgegevenUitvoer",
    Notificatiesoort.SIGNAAL_ONTVANGEN: "SignaalOntvangenUitvoer",
    Notificatiesoort.SIGNAAL_VERLOOPT_BINNENKORT: "SignaalEindeUitvoer",
    Notificatiesoort.SIGNAAL_VERLOPEN: "SignaalEindeUitvoer",
    Notificatiesoort.CONVENANT_GEWIJZIGD: "ConvenantGewijzigdUitvoer",
    Notificatiesoort.CONTACT_VASTGELEGD: "OpvolgberichtUitvoer",
    Notificatiesoort.MOMENT_AFGESPROKEN: "OpvolgberichtUitvoer",
    Notificatiesoort.HULP_GEMELD: "OpvolgberichtUitvoer",
    Notificatiesoort.OPVOLGING_AFGESLOTEN: "OpvolgberichtUitvoer",
    Notificatiesoort.REGIE_VOORGESTELD: "RegieberichtUitvoer",
    Notificatiesoort.REGIE_VASTGESTELD: "RegieberichtUitvoer",
    Notificatiesoort.REGIE_OVERGEDRAGEN: "RegieberichtUitvoer",
    Notificatiesoort.TERMIJN_NADERT: "TermijnberichtUitvoer",
    Notificatiesoort.TERMIJN_VERSTREKEN: "TermijnberichtUitvoer",
    Notificatiesoort.GEESCALEERD: "EscalatieUitvoer",
    Notificatiesoort.BEKENDHEIDSVRAAG: "BekendheidsvraagberichtUitvoer",
    Notificatiesoort.BEKENDHEIDSANTWOORD: "BekendheidsantwoordberichtUitvoer",
    Notificatiesoort.RADARTREFFER: "RadartrefferUitvoer",
    Notificatiesoort.GEZINSMATCH_ONTSTAAN: "GezinsmatchUitvoer",
    Notificatiesoort.GEZINSMATCH_VERVALLEN: "GezinsmatchUitvoer",
    Notificatiesoort.TERUGKOPPELING: "TerugkoppelingberichtUitvoer",
}
"""The schema of the content of every kind, by its name in the published description of the interface."""

_TYPE = "nl.koppelradar.{}"
_BRON = "urn:nld:oin:{}:systeem:koppelradar-matcher"


def cloud_event(notificatie: Notificatie, *, beheerder: Oin, basis_url: str) -> dict[str, Any]:
    """The numbered event, ready for JSON, told by the matcher of this operator at this base URL."""
    return {
        "specversion": "1.0",
        "id": str(notificatie.id),
        "source": _BRON.format(beheerder),
        "type": _TYPE.format(notificatie.soort.value),
        "subject": str(notificatie.onderwerp),
        "time": format_moment(notificatie.ontstaan_op),
        "sequence": format_nummer(notificatie.nummer or 0),
        "datacontenttype": "application/json",
        "dataschema": f"{basis_url}/openapi.json#/components/schemas/{SCHEMAS[notificatie.soort]}",
        "data": notificatie.inhoud,
    }


def format_nummer(nummer: int) -> str:
    """The number as a sequence of CloudEvents, which sorts as text."""
    return f"{nummer:010d}"
