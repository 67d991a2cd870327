"""`koppelradar opvolging`: what becomes of a match; and `koppelradar termijnen`."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from client_sdk.cli._gedeeld import (
    DEFAULT_CONFIGURATIE,
    AccountOptie,
    ConfiguratieOptie,
    JsonOptie,
    open_dienst,
    print_json,
    with_clear_errors,
)
from client_sdk.cli.invoer import DATES, read_oin
from client_sdk.cli.opvolgingtonen import print_opvolging, print_termijnen
from client_sdk.cli.waarde_json import value_json
from client_sdk.client.opvolging import Hulp, Opvolging
from client_sdk.dienst.opvolgbalie import Opvolgbalie

opvolging_app = typer.Typer(
    name="opvolging",
    help="Wat er na een match gebeurt: contact, een regisseur, het volgende moment, hulp en afsluiten. Wat u met de "
    "ander bespreekt, staat hier nooit.",
    no_args_is_help=True,
)
_Match = Annotated[str, typer.Argument(metavar="MATCH", help="Het id van de match uit `koppelradar matches`.")]


@opvolging_app.command("toon")
@with_clear_errors
def show(
    match: _Match,
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
    account: AccountOptie = None,
    as_json: JsonOptie = False,
) -> None:
    """Toon hoe het met de opvolging van een match staat."""
    _act(lambda balie: balie.toon(match), configuratie, account, as_json=as_json)


@opvolging_app.command("contact")
@with_clear_errors
def contact(
    match: _Match,
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
    account: AccountOptie = None,
    as_json: JsonOptie = False,
) -> None:
    """Leg vast dat u contact had met de ander."""
    _act(lambda balie: balie.contact(match), configuratie, account, as_json=as_json)


@opvolging_app.command("regisseur")
@with_clear_errors
def propose(
    match: _Match,
    oin: Annotated[str, typer.Argument(metavar="OIN", help="Het OIN van de organisatie die de regie krijgt.")],
    *,
    per: Annotated[
        datetime | None,
        typer.Option("--per", formats=DATES, help="De dag (JJJJ-MM-DD) waarop de regie overgaat."),
    ] = None,
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
    account: AccountOptie = None,
    as_json: JsonOptie = False,
) -> None:
    """Stel een regisseur voor. Er is er altijd precies één, zodra die organisatie aanvaardt."""
    kandidaat = read_oin(oin)
    dag = per.date() if per else None
    _act(lambda b: b.stel_regisseur_voor(match, kandidaat, per=dag), configuratie, account, as_json=as_json)


@opvolging_app.command("aanvaard")
@with_clear_errors
def accept(
    match: _Match,
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
    account: AccountOptie = None,
    as_json: JsonOptie = False,
) -> None:
    """Aanvaard de regie die aan u is voorgesteld."""
    _act(lambda balie: balie.aanvaard_regie(match), configuratie, account, as_json=as_json)


@opvolging_app.command("wijs-af")
@with_clear_errors
def decline(
    match: _Match,
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
    account: AccountOptie = None,
    as_json: JsonOptie = False,
) -> None:
    """Wijs de regie af die aan u is voorgesteld."""
    _act(lambda balie: balie.wijs_regie_af(match), configuratie, account, as_json=as_json)


@opvolging_app.command("moment")
@with_clear_errors
def moment(
    match: _Match,
    dag: Annotated[datetime, typer.Argument(metavar="DAG", formats=DATES, help="De dag (JJJJ-MM-DD).")],
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
    account: AccountOptie = None,
    as_json: JsonOptie = False,
) -> None:
    """Spreek af op welke dag u elkaar weer spreekt."""
    _act(lambda balie: balie.spreek_moment_af(match, dag.date()), configuratie, account, as_json=as_json)


@opvolging_app.command("hulp")
@with_clear_errors
def help_(
    match: _Match,
    hulp: Annotated[Hulp, typer.Argument(metavar="HULP", help="Kies uit: gestart, stagneert, gestopt.")],
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
    account: AccountOptie = None,
    as_json: JsonOptie = False,
) -> None:
    """Meld hoe uw hulp gaat. De inhoud gaat niet mee."""
    _act(lambda balie: balie.meld_hulp(match, hulp), configuratie, account, as_json=as_json)


@opvolging_app.command("sluit")
@with_clear_errors
def close(
    match: _Match,
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
    account: AccountOptie = None,
    as_json: JsonOptie = False,
) -> None:
    """Sluit de opvolging voor uw organisatie af."""
    _act(lambda balie: balie.sluit_af(match), configuratie, account, as_json=as_json)


@with_clear_errors
def termijnen(
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
    account: AccountOptie = None,
    as_json: JsonOptie = False,
) -> None:
    """Toon de termijnen van uw organisatie die lopen, de eerste bovenaan."""
    with open_dienst(configuratie, account) as dienst:
        found = dienst.opvolging.termijnen()
    if as_json:
        print_json(value_json(found))
    else:
        print_termijnen(found)


def _act(act: Callable[[Opvolgbalie], Opvolging], configuratie: Path, account: str | None, *, as_json: bool) -> None:
    with open_dienst(configuratie, account) as dienst:
        opvolging = act(dienst.opvolging)
    if as_json:
        print_json(value_json(opvolging))
    else:
        print_opvolging(opvolging)
