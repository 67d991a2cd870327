"""`koppelradar mogelijke-matches`: look at possible matches, confirm them or reject them."""

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
from client_sdk.cli.tonen import mogelijke_match_json, print_mogelijke_match
from client_sdk.dienst import ClientMogelijkeMatch
from convenant.taal import meervoud

mogelijke_matches_app = typer.Typer(
    name="mogelijke-matches",
    help="Mogelijke matches bekijken, bevestigen of afwijzen.",
    no_args_is_help=True,
)
_Id = Annotated[UUID, typer.Argument(metavar="ID", help="Het id uit `koppelradar mogelijke-matches lijst`.")]


@mogelijke_matches_app.command("lijst")
@with_clear_errors
def list_(
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
    account: AccountOptie = None,
    as_json: JsonOptie = False,
) -> None:
    """Toon de mogelijke matches, met uw eigen cliëntnummers en wat er overeenkomt. Meer deelt niemand."""
    with open_dienst(configuratie, account) as dienst:
        found = list(dienst.mogelijke_matches())
    if as_json:
        print_json([mogelijke_match_json(een) for een in found])
        return
    for een in found:
        _print(een)
    typer.echo(f"{meervoud(len(found), 'mogelijke match', 'mogelijke matches')}.")


@mogelijke_matches_app.command("bevestig")
@with_clear_errors
def confirm(
    mogelijke_match: _Id,
    acuut: Annotated[
        bool,
        typer.Option(
            "--acuut",
            help="Wacht niet op de ander, wegens acuut gevaar. Alleen als het convenant dat toestaat; de functionaris "
            "gegevensbescherming kijkt het na.",
        ),
    ] = False,
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
    account: AccountOptie = None,
    as_json: JsonOptie = False,
) -> None:
    """Bevestig dat het om dezelfde persoon gaat. Pas als de ander dat ook doet, is het een match."""
    with open_dienst(configuratie, account) as dienst:
        _show(dienst.bevestig(mogelijke_match, acuut=acuut), as_json=as_json)


@mogelijke_matches_app.command("wijs-af")
@with_clear_errors
def reject(
    mogelijke_match: _Id,
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
    account: AccountOptie = None,
    as_json: JsonOptie = False,
) -> None:
    """Wijs af: het gaat om twee personen. Deze signalen worden nooit meer samen voorgelegd."""
    with open_dienst(configuratie, account) as dienst:
        _show(dienst.wijs_af(mogelijke_match), as_json=as_json)


def _show(found: ClientMogelijkeMatch, *, as_json: bool) -> None:
    if as_json:
        print_json(mogelijke_match_json(found))
    else:
        _print(found)


def _print(found: ClientMogelijkeMatch) -> None:
    inner = found.mogelijke_match
    print_mogelijke_match(f"Mogelijke match {inner.id} ({inner.niveau.value}), {local(inner.ontstaan_op)}", found)
