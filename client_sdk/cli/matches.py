"""`koppelradar matches` and `koppelradar notificaties`."""

from typing import Annotated, Any, Final

import typer

from client_sdk.cli._gedeeld import (
    DEFAULT_CONFIGURATIE,
    AccountOptie,
    ConfiguratieOptie,
    JsonOptie,
    open_dienst,
    print_json,
    print_table,
    with_clear_errors,
)
from client_sdk.client.model import Match, NotificatieSoort, Partijmelding
from client_sdk.dienst import Clientmatch, Clientnotificatie

_FOLLOW_SECONDS: Final = 30
_WORDS: Final = {
    NotificatieSoort.MATCH_ONTSTAAN: "Nieuwe match",
    NotificatieSoort.MATCH_UITGEBREID: "Match uitgebreid",
    NotificatieSoort.MATCH_GEKROMPEN: "Match kleiner geworden",
    NotificatieSoort.MATCH_VERVALLEN: "Match vervallen",
}


@with_clear_errors
def matches(
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
    account: AccountOptie = None,
    as_json: JsonOptie = False,
) -> None:
    """Toon de matches van uw organisatie, met uw eigen cliëntnummers."""
    with open_dienst(configuratie, account) as dienst:
        found = list(dienst.matches())
    if as_json:
        print_json([_match_json(match) for match in found])
        return
    rows = [row for match in found for row in _rows(match)]
    print_table("Matches", ("Match", "Cliënt", "Organisatie", "Contact", "Soort", "Artikel"), rows)


@with_clear_errors
def notificaties(
    wacht: Annotated[
        int, typer.Option("--wacht", min=0, max=_FOLLOW_SECONDS, help="Wacht zoveel seconden op de eerste.")
    ] = 0,
    volg: Annotated[bool, typer.Option("--volg", help="Blijf wachten op nieuwe; stop met Ctrl-C.")] = False,
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
    account: AccountOptie = None,
    as_json: JsonOptie = False,
) -> None:
    """Toon de notificaties die u nog niet had. Na een storing kan er een twee keer komen."""
    with open_dienst(configuratie, account) as dienst:
        for notificatie in dienst.notificaties(wacht=_FOLLOW_SECONDS if volg else wacht):
            _show(notificatie, as_json=as_json)
        while volg:
            for notificatie in dienst.notificaties(wacht=_FOLLOW_SECONDS):
                _show(notificatie, as_json=as_json)


def _show(notificatie: Clientnotificatie, *, as_json: bool) -> None:
    event = notificatie.notificatie
    if as_json:
        document = {
            "id": event.id,
            "soort": event.soort.value,
            "volgnummer": event.volgnummer,
            "tijd": _moment(event.tijd.isoformat()),
            "match": _match_json(notificatie.match),
        }
        print_json(document)
        return
    columns = ("Match", "Cliënt", "Organisatie", "Contact", "Soort", "Artikel")
    print_table(f"{_WORDS[event.soort]}, {event.tijd:%Y-%m-%d %H:%M} UTC", columns, _rows(notificatie.match))


def _rows(match: Clientmatch) -> list[tuple[str, ...]]:
    clients = ", ".join(match.clientnummers) or "onbekend: voer `koppelradar register herstel` uit"
    parties = match.match.partijen
    if not parties:
        return [(match.match.id, clients, "geen meer", "", "", "")]
    return [(match.match.id, clients, *_party_cells(partij)) for partij in parties]


def _party_cells(partij: Partijmelding) -> tuple[str, str, str, str]:
    contact = partij.contact
    parts = (contact.afdeling, contact.telefoon, contact.email) if contact else ()
    return (
        partij.organisatie.naam if partij.organisatie else "niet gedeeld",
        ", ".join(part for part in parts if part) or "niet gedeeld",
        partij.signaalsoort or "niet gedeeld",
        partij.artikel,
    )


def _match_json(match: Clientmatch) -> dict[str, Any]:
    inner: Match = match.match
    return {
        "id": inner.id,
        "convenant": inner.convenant,
        "niveau": inner.niveau.value,
        "ontstaanOp": _moment(inner.ontstaan_op.isoformat()),
        "clientnummers": list(match.clientnummers),
        "onbekendeSignalen": [str(signaal) for signaal in match.onbekende_signalen],
        "partijen": [_partij_json(partij) for partij in inner.partijen],
    }


def _partij_json(partij: Partijmelding) -> dict[str, Any]:
    """Return what was granted; a field that was not is absent, as in the interface."""
    organisatie, contact = partij.organisatie, partij.contact
    document = {
        "organisatie": organisatie and {"oin": organisatie.oin, "naam": organisatie.naam},
        "contact": contact and {"afdeling": contact.afdeling, "telefoon": contact.telefoon, "email": contact.email},
        "signaalsoort": partij.signaalsoort,
        "ingediendOp": partij.ingediend_op and partij.ingediend_op.isoformat(),
        "artikel": partij.artikel,
        "grondslag": partij.grondslag,
    }
    return {name: value for name, value in document.items() if value is not None}


def _moment(text: str) -> str:
    return text.replace("+00:00", "Z")
