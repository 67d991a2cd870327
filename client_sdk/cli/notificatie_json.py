"""A notification as the `--json` of the commands shows it; a member that it is not about is absent."""

from typing import Any, Final

from client_sdk.cli._gedeeld import moment_json
from client_sdk.cli.bekendheidtonen import bekend_json
from client_sdk.cli.bekendheidtonen import verzoek_json as bekendheidsverzoek_json
from client_sdk.cli.tonen import kaart_json, match_json, mogelijke_match_json, verzoek_json
from client_sdk.cli.waarde_json import value_json
from client_sdk.client.koppeling import Kaartvraag, Kaartvrijgave, MogelijkeMatch, Paarbericht
from client_sdk.client.model import Match, Notificatie
from client_sdk.dienst import Clientnotificatie

_SHOWN_OTHERWISE: Final = (Match, MogelijkeMatch, Paarbericht, Kaartvraag, Kaartvrijgave)


def notificatie_json(notificatie: Clientnotificatie) -> dict[str, Any]:
    """Return a notification as JSON."""
    event = notificatie.notificatie
    document: dict[str, Any] = {
        "id": event.id,
        "soort": event.soort.value,
        "volgnummer": event.volgnummer,
        "tijd": moment_json(event.tijd),
    }
    parts = {
        "match": notificatie.match and match_json(notificatie.match),
        "mogelijkeMatch": notificatie.mogelijke_match and mogelijke_match_json(notificatie.mogelijke_match),
        "kaartverzoek": notificatie.kaartverzoek and verzoek_json(notificatie.kaartverzoek),
        "kaart": notificatie.kaart and kaart_json(notificatie.kaart),
        "paarbericht": _paarbericht_json(event),
        "bericht": None if isinstance(event.inhoud, _SHOWN_OTHERWISE) else value_json(event.inhoud),
        "clientnummers": list(notificatie.over) or None,
        "casusnummer": notificatie.casusnummer,
        "bekend": notificatie.bekend and bekend_json(notificatie.bekend),
        "bekendheidsverzoeken": [bekendheidsverzoek_json(v) for v in notificatie.bekendheidsverzoeken] or None,
        "melding": notificatie.melding,
    }
    return document | {name: part for name, part in parts.items() if part is not None}


def _paarbericht_json(event: Notificatie) -> dict[str, Any] | None:
    inhoud = event.inhoud
    if not isinstance(inhoud, Paarbericht):
        return None
    return {
        "match": inhoud.match,
        "convenant": inhoud.convenant,
        "paar": str(inhoud.paar) if inhoud.paar else None,
        "organisaties": list(inhoud.organisaties),
    }
