"""`koppelradar signaal`: submit, list and withdraw."""

from typing import Annotated, Any, Final
from uuid import UUID

import typer

from client_sdk.cli._gedeeld import (
    DEFAULT_CONFIGURATIE,
    EXIT_CODES,
    EXIT_MATCHER_WEG,
    AccountOptie,
    ConfiguratieOptie,
    JsonOptie,
    moment_json,
    open_dienst,
    print_json,
    with_clear_errors,
)
from client_sdk.cli.invoer import InvoerOptie, Signaalinvoer, ask_client, read_invoer
from client_sdk.dienst import wachtzin
from client_sdk.register import Signaal, SignaalStatus
from convenant.taal import meervoud
from convenant.terminal import EXIT_GEWEIGERD, printable

_WAT: Final = (
    "één JSON-object met clientnummer, voornamen, voorvoegsel, geslachtsnaam, geboortedatum en eventueel partnernaam "
    "en signaalsoort"
)

signaal_app = typer.Typer(
    name="signaal", help=f"Signalen indienen, bekijken en intrekken. {EXIT_CODES}", no_args_is_help=True
)


@signaal_app.command("indienen")
@with_clear_errors
def submit(
    soort: Annotated[str | None, typer.Option("--soort", help="De signaalsoort uit het convenant.")] = None,
    invoer: InvoerOptie = None,
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
    account: AccountOptie = None,
    as_json: JsonOptie = False,
) -> None:
    """Dien een signaal in. Zonder --invoer vraagt het programma om de gegevens.

    Namen en nummers staan nooit op de opdrachtregel: andere gebruikers van deze computer kunnen die meelezen.
    """
    gegevens = read_signaal(invoer)
    signaalsoort = gegevens.signaalsoort or soort or typer.prompt("Signaalsoort")
    with open_dienst(configuratie, account) as dienst:
        signaal = dienst.submit(gegevens.persoon, clientnummer=gegevens.clientnummer, signaalsoort=signaalsoort)
    show_submitted(signaal, as_json=as_json)


@signaal_app.command("lijst")
@with_clear_errors
def list_(
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
    account: AccountOptie = None,
    as_json: JsonOptie = False,
) -> None:
    """Toon de signalen in uw register."""
    with open_dienst(configuratie, account) as dienst:
        signalen = dienst.signalen()
    if as_json:
        print_json([signaal_json(signaal) for signaal in signalen])
        return
    for signaal in signalen:
        typer.echo(f"{signaal.id}  {signaal.status.value}")
        client = printable(signaal.clientnummer)
        typer.echo(f"  cliënt {client}, {signaal.signaalsoort}, geldig tot {signaal.verloopt_op:%d-%m-%Y}")
        if signaal.status is SignaalStatus.WACHTEND:
            typer.echo(f"  {wachtzin(signaal.wacht_op, signaal.wacht_tot)}")
    typer.echo(f"{meervoud(len(signalen), 'signaal', 'signalen')}.")


@signaal_app.command("intrekken")
@with_clear_errors
def withdraw(
    signaal_id: Annotated[UUID, typer.Argument(metavar="ID", help="Het id uit `koppelradar signaal lijst`.")],
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
    account: AccountOptie = None,
    as_json: JsonOptie = False,
) -> None:
    """Trek een signaal in. Het koppelt daarna niet meer."""
    with open_dienst(configuratie, account) as dienst:
        signaal = dienst.withdraw(signaal_id)
    if as_json:
        print_json(signaal_json(signaal))
    else:
        typer.echo(_sentence(signaal))


def read_signaal(invoer: str | None) -> Signaalinvoer:
    """Return the person a signal is about, from a file or asked for. Raises InvoerFout."""
    if invoer is None:
        return Signaalinvoer(**ask_client().model_dump())
    return read_invoer(invoer, Signaalinvoer, _WAT)


def show_submitted(signaal: Signaal, *, as_json: bool) -> None:
    """Print what became of a signal, and end with the exit code that belongs to it."""
    if as_json:
        print_json(signaal_json(signaal))
    else:
        typer.echo(_sentence(signaal))
    _exit_for(signaal)


def signaal_json(signaal: Signaal) -> dict[str, Any]:
    """Return a signal as the `--json` of these commands shows it."""
    return {
        "id": str(signaal.id),
        "clientnummer": signaal.clientnummer,
        "convenant": signaal.convenant,
        "epochen": list(signaal.epochen),
        "signaalsoort": signaal.signaalsoort,
        "status": signaal.status.value,
        "reden": signaal.reden,
        "wachtOp": signaal.wacht_op.value if signaal.wacht_op else None,
        "wachtTot": moment_json(signaal.wacht_tot) if signaal.wacht_tot else None,
        "aangemaaktOp": moment_json(signaal.aangemaakt_op),
        "verlooptOp": signaal.verloopt_op.isoformat(),
    }


def _sentence(signaal: Signaal) -> str:
    match signaal.status:
        case SignaalStatus.ONTVANGEN:
            return f"Signaal {signaal.id} is ontvangen en geldt tot {signaal.verloopt_op.isoformat()}."
        case SignaalStatus.WACHTEND:
            return f"Signaal {signaal.id} is bewaard. {wachtzin(signaal.wacht_op, signaal.wacht_tot)}"
        case SignaalStatus.GEWEIGERD:
            return f"Signaal {signaal.id} is door de matcher geweigerd ({signaal.reden})."
        case _:
            return f"Signaal {signaal.id} is {signaal.status.value}."


def _exit_for(signaal: Signaal) -> None:
    if signaal.status is SignaalStatus.WACHTEND:
        raise typer.Exit(EXIT_MATCHER_WEG)
    if signaal.status is SignaalStatus.GEWEIGERD:
        raise typer.Exit(EXIT_GEWEIGERD)
