"""`koppelradar matches` and `koppelradar notificaties`."""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any, Final

import typer

from client_sdk.cli._gedeeld import (
    DEFAULT_CONFIGURATIE,
    AccountOptie,
    ConfiguratieOptie,
    JsonOptie,
    open_dienst,
    print_json,
    printable,
    with_clear_errors,
)
from client_sdk.client.model import Match, NotificatieSoort, Partijmelding
from client_sdk.dienst import Clientmatch, Clientnotificatie
from client_sdk.dienst.voorbereiding import NEDERLAND

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
    for match in found:
        _print_match(f"Match sinds {_local(match.match.ontstaan_op)}", match)
    typer.echo(f"{len(found)} {'match' if len(found) == 1 else 'matches'}.")


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
    _print_match(f"{_WORDS[event.soort]}, {_local(event.tijd)}", notificatie.match)


def _print_match(title: str, match: Clientmatch) -> None:
    """Print line by line: a table would cut off telephone numbers on a narrow screen."""
    typer.echo(title)
    typer.echo(f"  uw cliënt: {_clients(match)}")
    for partij in match.match.partijen:
        for line in _party_lines(partij):
            typer.echo(f"  {printable(line)}")
    if not match.match.partijen:
        typer.echo("  er is nu geen andere organisatie meer")
    typer.echo("")


def _clients(match: Clientmatch) -> str:
    if match.clientnummers:
        return printable(", ".join(match.clientnummers))
    if match.onbekende_signalen:
        return "onbekend; voer uit: koppelradar register herstel"
    return "geen eigen signaal in deze match"


def _party_lines(partij: Partijmelding) -> Iterator[str]:
    yield f"ook bekend bij: {partij.organisatie.naam if partij.organisatie else 'een organisatie (naam niet gedeeld)'}"
    if partij.contact:
        contact = partij.contact
        yield f"  contact: {', '.join(part for part in (contact.afdeling, contact.telefoon, contact.email) if part)}"
    if partij.signaalsoort:
        yield f"  signaal: {partij.signaalsoort}"
    if partij.ingediend_op:
        yield f"  ingediend op: {partij.ingediend_op:%d-%m-%Y}"
    yield f"  u mag dit weten volgens artikel {partij.artikel}"


def _local(moment: datetime) -> str:
    return f"{moment.astimezone(NEDERLAND):%d-%m-%Y %H:%M}"


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
