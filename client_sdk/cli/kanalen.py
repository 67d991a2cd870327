"""`koppelradar kanalen`: webhooks and mail."""

import sys
from datetime import datetime, time
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Final
from uuid import UUID

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
from client_sdk.cli.waarde_json import value_json
from client_sdk.client.kanalen import Emailkanaal, Emailwijze, Webhook, Webhookstatus
from client_sdk.errors import InvoerFout
from convenant.taal import meervoud
from convenant.terminal import printable

_CLOCK: Final = ["%H:%M"]
_STATUS: Final = {
    Webhookstatus.ACTIEF: "actief",
    Webhookstatus.WACHT_OP_HANDDRUK: "wacht tot uw systeem de handdruk beantwoordt",
    Webhookstatus.GESTOPT: "gestopt: uw systeem wil niets meer ontvangen",
    Webhookstatus.OPGESCHORT: "opgeschort: er mislukte te veel",
}

kanalen_app = typer.Typer(name="kanalen", help="Hoe u bericht krijgt: webhooks en e-mail.", no_args_is_help=True)
webhook_app = typer.Typer(name="webhook", help="Webhooks: berichten die naar uw systeem komen.", no_args_is_help=True)
kanalen_app.add_typer(webhook_app, name="webhook")
_Id = Annotated[UUID, typer.Argument(metavar="ID", help="Het id uit `koppelradar kanalen webhook lijst`.")]


class Stand(StrEnum):
    """Whether mail is sent."""

    AAN = "aan"
    UIT = "uit"


@kanalen_app.command("email")
@with_clear_errors
def email(
    stand: Annotated[
        Stand | None, typer.Argument(metavar="STAND", help="Kies uit: aan, uit. Anders toont dit hoe het staat.")
    ] = None,
    *,
    wijze: Annotated[
        Emailwijze, typer.Option("--wijze", help="Bij elk bericht (direct) of één keer per dag (dagelijks).")
    ] = Emailwijze.DIRECT,
    tijdstip: Annotated[
        datetime | None, typer.Option("--tijdstip", formats=_CLOCK, help="Hoe laat (UU:MM) de dagelijkse e-mail gaat.")
    ] = None,
    stil_van: Annotated[
        datetime | None, typer.Option("--stil-van", formats=_CLOCK, help="Vanaf hoe laat (UU:MM) er geen e-mail gaat.")
    ] = None,
    stil_tot: Annotated[
        datetime | None, typer.Option("--stil-tot", formats=_CLOCK, help="Tot hoe laat (UU:MM) er geen e-mail gaat.")
    ] = None,
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
    account: AccountOptie = None,
    as_json: JsonOptie = False,
) -> None:
    """Toon of verander de e-mail. Die heeft geen inhoud en gaat alleen naar het adres in het convenant.

    Wat acuut is, gaat ook in de stille uren.
    """
    with open_dienst(configuratie, account) as dienst:
        if stand is None:
            kanaal = dienst.kanalen.emailkanaal()
        else:
            kanaal = dienst.kanalen.set_emailkanaal(
                Emailkanaal(
                    aan=stand is Stand.AAN,
                    wijze=wijze,
                    tijdstip=_clock(tijdstip) or time(8),
                    stil_van=_clock(stil_van),
                    stil_tot=_clock(stil_tot),
                )
            )
    if as_json:
        print_json(value_json(kanaal))
    else:
        typer.echo(_mail_sentence(kanaal))


@webhook_app.command("lijst")
@with_clear_errors
def list_(
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
    account: AccountOptie = None,
    as_json: JsonOptie = False,
) -> None:
    """Toon uw webhooks."""
    with open_dienst(configuratie, account) as dienst:
        found = dienst.kanalen.webhooks()
    if as_json:
        print_json(value_json(found))
        return
    for webhook in found:
        _print(webhook)
    typer.echo(f"{meervoud(len(found), 'webhook', 'webhooks')}.")


@webhook_app.command("maak")
@with_clear_errors
def make(
    url: Annotated[str, typer.Argument(metavar="URL", help="Waar de berichten heen gaan; begint met https://.")],
    geheim: Annotated[
        str,
        typer.Option("--geheim", help="Bestand met het geheim dat met elk bericht meegaat, of - voor standaardinvoer."),
    ],
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
    account: AccountOptie = None,
    as_json: JsonOptie = False,
) -> None:
    """Meld een webhook aan. Hij werkt zodra uw systeem de handdruk beantwoordt."""
    bearer = _read_secret(geheim)
    with open_dienst(configuratie, account) as dienst:
        webhook = dienst.kanalen.add_webhook(url, bearer)
    _show(webhook, as_json=as_json)


@webhook_app.command("hervat")
@with_clear_errors
def resume(
    webhook: _Id,
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
    account: AccountOptie = None,
    as_json: JsonOptie = False,
) -> None:
    """Zet een webhook weer aan, na een nieuwe handdruk."""
    with open_dienst(configuratie, account) as dienst:
        found = dienst.kanalen.resume_webhook(webhook)
    _show(found, as_json=as_json)


@webhook_app.command("verwijder")
@with_clear_errors
def remove(
    webhook: _Id,
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
    account: AccountOptie = None,
    as_json: JsonOptie = False,
) -> None:
    """Verwijder een webhook. De berichten blijven te lezen met `koppelradar notificaties`."""
    with open_dienst(configuratie, account) as dienst:
        dienst.kanalen.remove_webhook(webhook)
    _done("De webhook is verwijderd.", {"id": str(webhook), "verwijderd": True}, as_json=as_json)


@webhook_app.command("dode-letters")
@with_clear_errors
def dead_letters(
    webhook: _Id,
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
    account: AccountOptie = None,
    as_json: JsonOptie = False,
) -> None:
    """Toon welke berichten uw systeem niet aannam."""
    with open_dienst(configuratie, account) as dienst:
        found = dienst.kanalen.dode_letters(webhook)
    if as_json:
        print_json([letter.document for letter in found])
        return
    for letter in found:
        typer.echo(letter.volgnummer)
    typer.echo(f"{meervoud(len(found), 'bericht', 'berichten')}.")


@webhook_app.command("herbezorg")
@with_clear_errors
def redeliver(
    webhook: _Id,
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
    account: AccountOptie = None,
    as_json: JsonOptie = False,
) -> None:
    """Laat de berichten die uw systeem niet aannam opnieuw bezorgen."""
    with open_dienst(configuratie, account) as dienst:
        dienst.kanalen.redeliver(webhook)
    _done("De berichten worden opnieuw bezorgd.", {"id": str(webhook), "herbezorgd": True}, as_json=as_json)


def _read_secret(source: str) -> str:
    try:
        text = sys.stdin.read() if source == "-" else Path(source).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise InvoerFout("Het geheim kan niet worden gelezen. Geef een bestand in UTF-8 op, of -.") from None
    if not text.strip():
        raise InvoerFout("Het geheim is leeg.")
    return text.strip()


def _show(webhook: Webhook, *, as_json: bool) -> None:
    if as_json:
        print_json(value_json(webhook))
    else:
        _print(webhook)


def _print(webhook: Webhook) -> None:
    typer.echo(f"{webhook.id}  {_STATUS[webhook.status]}")
    typer.echo(f"  {printable(webhook.url)}, sinds {local(webhook.aangemaakt_op)}")
    typer.echo(f"  bezorgd tot en met {webhook.verwerkt_tot}, {webhook.dode_letters} niet aangenomen")


def _done(sentence: str, document: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print_json(document)
    else:
        typer.echo(sentence)


def _clock(moment: datetime | None) -> time | None:
    return moment.time() if moment else None


def _mail_sentence(kanaal: Emailkanaal) -> str:
    if not kanaal.aan:
        return "U krijgt geen e-mail."
    wijze = "bij elk bericht" if kanaal.wijze is Emailwijze.DIRECT else f"elke dag om {kanaal.tijdstip:%H:%M}"
    if kanaal.stil_van is None or kanaal.stil_tot is None:
        return f"U krijgt e-mail {wijze}."
    return f"U krijgt e-mail {wijze}, maar niet van {kanaal.stil_van:%H:%M} tot {kanaal.stil_tot:%H:%M}."
