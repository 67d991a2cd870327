"""Matches, possible matches and cards on the screen and as JSON."""

from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any, Final

import typer

from client_sdk.cli._gedeeld import moment_json
from client_sdk.client.koppeling import MogelijkeMatchStatus
from client_sdk.client.model import Partijmelding
from client_sdk.dienst import Clientmatch, ClientMogelijkeMatch, Partijkaart
from client_sdk.register import Kaartverzoek
from convenant.terminal import printable

STATUS_WORDS: Final[Mapping[MogelijkeMatchStatus, str]] = {
    MogelijkeMatchStatus.OPEN: "wacht op uw oordeel",
    MogelijkeMatchStatus.DOOR_U_BEVESTIGD: "door u bevestigd; wacht op de ander",
    MogelijkeMatchStatus.BEVESTIGD: "door beide kanten bevestigd",
    MogelijkeMatchStatus.AFGEWEZEN: "afgewezen",
    MogelijkeMatchStatus.VERVALLEN: "vervallen",
}


def print_match(title: str, match: Clientmatch) -> None:
    """Print line by line: a table would cut off telephone numbers on a narrow screen."""
    typer.echo(title)
    typer.echo(f"  uw cliënt: {_clients(match)}")
    for partij, kaart in zip_longest(match.match.partijen, match.kaarten, fillvalue=None):
        for line in party_lines(partij, kaart):
            typer.echo(f"  {printable(line)}")
    if not match.match.partijen:
        typer.echo("  er is nu geen andere organisatie meer")
    typer.echo("")


def kaart_lines(kaart: Partijkaart) -> Iterator[str]:
    """Yield what a card says, or why it says nothing."""
    if kaart.kaart is not None:
        gegevens = kaart.kaart.gegevens
        yield f"bel of mail: {gegevens.professional}, {gegevens.functie} ({kaart.kaart.naam})"
        yield f"  {', '.join(filter(None, (gegevens.telefoon, gegevens.email, gegevens.beschikbaarheid)))}"
    if kaart.geverifieerd:
        yield "  gecontroleerd: deze organisatie heeft de kaart zelf ondertekend"
    if kaart.waarschuwing:
        yield f"LET OP: {kaart.waarschuwing}"
    if kaart.uitleg:
        yield f"niet gecontroleerd: {kaart.uitleg}"


def print_mogelijke_match(title: str, found: ClientMogelijkeMatch) -> None:
    """Print a possible match: the own client, what coincides, and what can be done."""
    typer.echo(title)
    client = found.clientnummer or "onbekend; voer uit: koppelradar register herstel"
    typer.echo(f"  uw cliënt: {printable(client)}")
    typer.echo(f"  {found.vergelijking}")
    typer.echo(f"  status: {STATUS_WORDS[found.mogelijke_match.status]}")
    typer.echo("")


def match_json(match: Clientmatch) -> dict[str, Any]:
    """Return a match as the `--json` of these commands shows it."""
    inner = match.match
    return {
        "id": inner.id,
        "convenant": inner.convenant,
        "niveau": inner.niveau.value,
        "ontstaanOp": moment_json(inner.ontstaan_op),
        "clientnummers": list(match.clientnummers),
        "onbekendeSignalen": [str(signaal) for signaal in match.onbekende_signalen],
        "geverifieerd": match.geverifieerd,
        "partijen": [
            _partij_json(partij, kaart)
            for partij, kaart in zip(inner.partijen, match.kaarten or (None,) * len(inner.partijen), strict=True)
        ],
    }


def kaart_json(kaart: Partijkaart) -> dict[str, Any]:
    """Return a card as JSON; what there is not is absent."""
    document: dict[str, Any] = {"geverifieerd": kaart.geverifieerd}
    if kaart.kaart is not None:
        gegevens = kaart.kaart.gegevens
        document |= {
            "organisatie": kaart.kaart.naam,
            "professional": gegevens.professional,
            "functie": gegevens.functie,
            "telefoon": gegevens.telefoon,
            "email": gegevens.email,
            "beschikbaarheid": gegevens.beschikbaarheid,
        }
    document |= {"waarschuwing": kaart.waarschuwing} if kaart.waarschuwing else {}
    return document | ({"uitleg": kaart.uitleg} if kaart.uitleg else {})


def mogelijke_match_json(found: ClientMogelijkeMatch) -> dict[str, Any]:
    """Return a possible match as JSON."""
    inner = found.mogelijke_match
    return {
        "id": str(inner.id),
        "convenant": inner.convenant,
        "niveau": inner.niveau.value,
        "sloten": list(inner.sloten),
        "ontstaanOp": moment_json(inner.ontstaan_op),
        "eigenSignaal": str(inner.eigen_signaal) if inner.eigen_signaal else None,
        "clientnummer": found.clientnummer,
        "vergelijking": found.vergelijking,
        "status": inner.status.value,
    }


def verzoek_json(verzoek: Kaartverzoek) -> dict[str, Any]:
    """Return a request for a card as JSON."""
    return {
        "paar": str(verzoek.id),
        "match": verzoek.match,
        "signaal": str(verzoek.signaal),
        "convenant": verzoek.convenant,
        "ontvanger": verzoek.ontvanger,
        "status": verzoek.status.value,
        "op": moment_json(verzoek.op),
    }


def _clients(match: Clientmatch) -> str:
    if match.clientnummers:
        return printable(", ".join(match.clientnummers))
    if match.onbekende_signalen:
        return "onbekend; voer uit: koppelradar register herstel"
    return "geen eigen signaal in deze match"


def party_lines(partij: Partijmelding | None, kaart: Partijkaart | None) -> Iterator[str]:
    """Yield what is known of another party, and what its card says."""
    if partij is None:
        return
    yield f"ook bekend bij: {partij.organisatie.naam if partij.organisatie else 'een organisatie (naam niet gedeeld)'}"
    if partij.contact:
        contact = partij.contact
        yield f"  contact: {', '.join(part for part in (contact.afdeling, contact.telefoon, contact.email) if part)}"
    if partij.signaalsoort:
        yield f"  signaal: {partij.signaalsoort}"
    if partij.ingediend_op:
        yield f"  ingediend op: {partij.ingediend_op:%d-%m-%Y}"
    yield from (f"  {line}" for line in (kaart_lines(kaart) if kaart else ()))
    yield f"  u mag dit weten volgens artikel {partij.artikel}"
    if partij.paar:
        yield f"  paar: {partij.paar}"


def _partij_json(partij: Partijmelding, kaart: Partijkaart | None) -> dict[str, Any]:
    """Return what was granted; a field that was not is absent, as in the interface."""
    organisatie, contact = partij.organisatie, partij.contact
    document = {
        "organisatie": organisatie and {"oin": organisatie.oin, "naam": organisatie.naam},
        "contact": contact and {"afdeling": contact.afdeling, "telefoon": contact.telefoon, "email": contact.email},
        "signaalsoort": partij.signaalsoort,
        "ingediendOp": partij.ingediend_op and partij.ingediend_op.isoformat(),
        "artikel": partij.artikel,
        "grondslag": partij.grondslag,
        "paar": partij.paar and str(partij.paar),
        "kaart": kaart and kaart_json(kaart),
    }
    return {name: value for name, value in document.items() if value is not None}
