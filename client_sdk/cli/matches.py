"""`koppelradar matches`: the matches of the own organisation, and separating one that is wrong."""

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
from client_sdk.cli.tonen import match_json, print_match
from convenant.taal import meervoud

matches_app = typer.Typer(
    name="matches",
    help="De matches van uw organisatie bekijken, en een onjuiste match melden.",
    invoke_without_command=True,
)


@matches_app.callback()
@with_clear_errors
def matches(
    ctx: typer.Context,
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
    account: AccountOptie = None,
    as_json: JsonOptie = False,
) -> None:
    """Toon de matches van uw organisatie, met uw eigen cliëntnummers."""
    if ctx.invoked_subcommand is not None:
        return
    with open_dienst(configuratie, account) as dienst:
        found = list(dienst.matches())
    if as_json:
        print_json([match_json(match) for match in found])
        return
    for match in found:
        print_match(f"Match {match.match.id}, sinds {local(match.match.ontstaan_op)}", match)
    typer.echo(f"{meervoud(len(found), 'match', 'matches')}.")


@matches_app.command("onjuist")
@with_clear_errors
def report_onjuist(
    match: Annotated[str, typer.Argument(metavar="MATCH", help="Het id van de match uit `koppelradar matches`.")],
    paar: Annotated[UUID, typer.Argument(metavar="PAAR", help="Het paar bij de organisatie met wie het niet klopt.")],
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
    account: AccountOptie = None,
) -> None:
    """Meld dat een match niet over dezelfde persoon gaat. De twee signalen komen daarna nooit meer bij elkaar."""
    with open_dienst(configuratie, account) as dienst:
        dienst.meld_onjuist(match, paar)
    typer.echo("De match met deze organisatie is verbroken. De functionarissen gegevensbescherming krijgen bericht.")
