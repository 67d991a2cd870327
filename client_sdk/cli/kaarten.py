"""`koppelradar kaarten`: ask for a contact card, and decide on who asks for yours."""

from typing import Annotated
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
from client_sdk.cli.tonen import verzoek_json
from convenant.taal import meervoud
from convenant.terminal import printable

kaarten_app = typer.Typer(name="kaarten", help="Contactkaarten vragen, vrijgeven en weigeren.", no_args_is_help=True)
_Paar = Annotated[UUID, typer.Argument(metavar="PAAR", help="Het paar uit `koppelradar kaarten lijst`.")]


@kaarten_app.command("lijst")
@with_clear_errors
def list_(
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
    account: AccountOptie = None,
    as_json: JsonOptie = False,
) -> None:
    """Toon wie uw contactkaart vraagt. Nieuwe verzoeken komen binnen met `koppelradar notificaties`."""
    with open_dienst(configuratie, account) as dienst:
        verzoeken = dienst.kaartverzoeken()
        clients = {v.id: dienst.register.signaal(v.signaal).clientnummer for v in verzoeken}
    if as_json:
        print_json([verzoek_json(verzoek) | {"clientnummer": clients[verzoek.id]} for verzoek in verzoeken])
        return
    for verzoek in verzoeken:
        typer.echo(f"{verzoek.id}  {verzoek.status.value}")
        client = printable(clients[verzoek.id])
        typer.echo(f"  van {verzoek.ontvanger}, over uw cliënt {client}, {local(verzoek.op)}")
    typer.echo(f"{meervoud(len(verzoeken), 'verzoek', 'verzoeken')}.")


@kaarten_app.command("vraag")
@with_clear_errors
def request(
    match: Annotated[str, typer.Argument(metavar="MATCH", help="Het id van de match uit `koppelradar matches`.")],
    paar: Annotated[UUID, typer.Argument(metavar="PAAR", help="Het paar bij de organisatie waarvan u de kaart wilt.")],
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
    account: AccountOptie = None,
) -> None:
    """Vraag een organisatie in een match om haar contactkaart."""
    with open_dienst(configuratie, account) as dienst:
        dienst.vraag_kaart(match, paar)
    typer.echo("De kaart is gevraagd. U krijgt een notificatie als de ander hem vrijgeeft.")


@kaarten_app.command("geef-vrij")
@with_clear_errors
def release(
    paar: _Paar,
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
    account: AccountOptie = None,
) -> None:
    """Geef uw contactkaart vrij aan wie hem vraagt, als uw convenant dat toestaat."""
    with open_dienst(configuratie, account) as dienst:
        dienst.geef_kaart_vrij(paar)
    typer.echo("Uw contactkaart is verzegeld voor de ander en verstuurd.")


@kaarten_app.command("weiger")
@with_clear_errors
def refuse(
    paar: _Paar,
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
    account: AccountOptie = None,
) -> None:
    """Weiger uw contactkaart. De ander krijgt daarvan geen bericht."""
    with open_dienst(configuratie, account) as dienst:
        dienst.weiger_kaart(paar)
    typer.echo("Het verzoek is geweigerd.")
