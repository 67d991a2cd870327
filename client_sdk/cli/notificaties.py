"""`koppelradar notificaties`: what happened since the last time, in words."""

from collections.abc import Mapping
from typing import Annotated, Any, Final

import typer

from client_sdk.cli._gedeeld import (
    DEFAULT_CONFIGURATIE,
    AccountOptie,
    ConfiguratieOptie,
    JsonOptie,
    local,
    moment_json,
    open_dienst,
    print_json,
    with_clear_errors,
)
from client_sdk.cli.bekendheidtonen import bekend_json, bekend_lines, verzoek_lines
from client_sdk.cli.bekendheidtonen import verzoek_json as bekendheidsverzoek_json
from client_sdk.cli.tonen import (
    kaart_json,
    kaart_lines,
    match_json,
    mogelijke_match_json,
    print_match,
    print_mogelijke_match,
    verzoek_json,
)
from client_sdk.client.koppeling import Paarbericht
from client_sdk.client.model import Notificatie, NotificatieSoort
from client_sdk.dienst import Clientnotificatie
from client_sdk.register import KaartverzoekStatus
from client_sdk.register.bekendheid import VerzoekStatus
from convenant.terminal import printable

_FOLLOW_SECONDS: Final = 30
_WORDS: Final[Mapping[NotificatieSoort, str]] = {
    NotificatieSoort.MATCH_ONTSTAAN: "Nieuwe match",
    NotificatieSoort.MATCH_UITGEBREID: "Match uitgebreid",
    NotificatieSoort.MATCH_GEKROMPEN: "Match kleiner geworden",
    NotificatieSoort.MATCH_VERVALLEN: "Match vervallen",
    NotificatieSoort.MATCH_ONJUIST: "Match onjuist gemeld en verbroken",
    NotificatieSoort.MOGELIJKE_MATCH_ONTSTAAN: "Nieuwe mogelijke match",
    NotificatieSoort.MOGELIJKE_MATCH_BEVESTIGD: "Mogelijke match bevestigd",
    NotificatieSoort.MOGELIJKE_MATCH_AFGEWEZEN: "Mogelijke match voorbij",
    NotificatieSoort.MOGELIJKE_MATCH_VERVALLEN: "Mogelijke match vervallen",
    NotificatieSoort.VROEG_INGETROKKEN: "Een signaal is kort na een match ingetrokken; beoordeel dit",
    NotificatieSoort.ACUUT_BEVESTIGD: "Mogelijke match wegens acuut gevaar door één kant bevestigd; beoordeel dit",
    NotificatieSoort.KAART_GEVRAAGD: "Een organisatie vraagt uw contactkaart",
    NotificatieSoort.KAART_VRIJGEGEVEN: "U kreeg een contactkaart",
    NotificatieSoort.BEKENDHEIDSVRAAG: "Een organisatie vraagt wie iemand kent",
    NotificatieSoort.BEKENDHEIDSANTWOORD: "Een organisatie kent iemand naar wie u vroeg",
}


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
    if as_json:
        print_json(_json(notificatie))
    else:
        _print(notificatie)


def _print(notificatie: Clientnotificatie) -> None:
    event = notificatie.notificatie
    title = f"{_WORDS[event.soort]}, {local(event.tijd)}"
    if notificatie.match is not None:
        print_match(title, notificatie.match)
    elif notificatie.mogelijke_match is not None:
        print_mogelijke_match(title, notificatie.mogelijke_match)
    else:
        typer.echo(title)
        for line in (*_paar_lines(event), *_kaart_lines(notificatie), *_bekendheid_lines(notificatie)):
            typer.echo(f"  {printable(line)}")
        typer.echo("")


def _paar_lines(event: Notificatie) -> list[str]:
    """Return which pair it is about, for a privacy officer with the two organisations."""
    inhoud = event.inhoud
    if not isinstance(inhoud, Paarbericht):
        return []
    tussen = [f"tussen {' en '.join(inhoud.organisaties)}"] if inhoud.organisaties else []
    return [f"match {inhoud.match}", *([f"paar {inhoud.paar}"] if inhoud.paar else []), *tussen]


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


def _bekendheid_lines(notificatie: Clientnotificatie) -> list[str]:
    lines = list(bekend_lines(notificatie.bekend)) if notificatie.bekend else []
    for verzoek in notificatie.bekendheidsverzoeken:
        lines += verzoek_lines(verzoek)
        if verzoek.verzoek.status is VerzoekStatus.OPEN:
            lines += [f"  {woord}: koppelradar bekendheid {woord} {verzoek.verzoek.id}" for woord in ("ja", "nee")]
    return lines


def _json(notificatie: Clientnotificatie) -> dict[str, Any]:
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
