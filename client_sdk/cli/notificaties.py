"""`koppelradar notificaties`: what happened since the last time, in words."""

from collections.abc import Iterator
from typing import Annotated, Final

import typer

from client_sdk.cli._gedeeld import (
    DEFAULT_CONFIGURATIE,
    AccountOptie,
    ConfiguratieOptie,
    JsonOptie,
    local,
    open_dienst,
    print_json,
    with_clear_errors,
)
from client_sdk.cli.bekendheidtonen import bekendheid_lines
from client_sdk.cli.notificatie_json import notificatie_json
from client_sdk.cli.notificatieregels import inhoud_lines
from client_sdk.cli.notificatiewoorden import WORDS
from client_sdk.cli.tonen import kaart_lines, print_match, print_mogelijke_match
from client_sdk.dienst import Clientnotificatie
from client_sdk.register import KaartverzoekStatus
from convenant.terminal import printable

_MAX_SECONDS: Final = 30


@with_clear_errors
def notificaties(
    wacht: Annotated[
        int, typer.Option("--wacht", min=0, max=_MAX_SECONDS, help="Wacht zoveel seconden op de eerste.")
    ] = 0,
    volg: Annotated[
        bool, typer.Option("--volg", help="Blijf wachten op nieuwe en toon ze meteen; stop met Ctrl-C.")
    ] = False,
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
    account: AccountOptie = None,
    as_json: JsonOptie = False,
) -> None:
    """Toon de notificaties die u nog niet had, elk één keer. Alleen na een storing kan de laatste nog eens komen."""
    with open_dienst(configuratie, account) as dienst:
        for notificatie in dienst.volg() if volg else dienst.notificaties(wacht=wacht):
            if as_json:
                print_json(notificatie_json(notificatie))
            else:
                _print(notificatie)


def _print(notificatie: Clientnotificatie) -> None:
    event = notificatie.notificatie
    title = f"{WORDS[event.soort]}, {local(event.tijd)}"
    if notificatie.match is not None:
        print_match(title, notificatie.match)
    elif notificatie.mogelijke_match is not None:
        print_mogelijke_match(title, notificatie.mogelijke_match)
    else:
        typer.echo(title)
        lines = (
            *_own_lines(notificatie),
            *inhoud_lines(event.inhoud),
            *_kaart_lines(notificatie),
            *bekendheid_lines(notificatie),
        )
        for line in lines:
            typer.echo(f"  {printable(line)}")
        typer.echo("")


def _own_lines(notificatie: Clientnotificatie) -> Iterator[str]:
    if notificatie.over:
        yield f"uw cliënt: {', '.join(notificatie.over)}"
    if notificatie.casusnummer is not None:
        yield f"uw casus: {notificatie.casusnummer}"


def _kaart_lines(notificatie: Clientnotificatie) -> list[str]:
    lines = list(kaart_lines(notificatie.kaart)) if notificatie.kaart else []
    verzoek = notificatie.kaartverzoek
    if verzoek is not None and verzoek.status is KaartverzoekStatus.OPEN:
        lines += [
            f"vrijgeven: koppelradar kaarten geef-vrij {verzoek.id}",
            f"weigeren: koppelradar kaarten weiger {verzoek.id}",
        ]
    elif verzoek is not None:
        lines.append(f"status: {verzoek.status.value}")
    if notificatie.melding and not notificatie.kaart:
        lines.append(notificatie.melding)
    return lines
