"""`koppelradar signaal`: submit, list and withdraw."""

import sys
from pathlib import Path
from typing import Annotated, Any, Final
from uuid import UUID

import typer
from pydantic import BaseModel, ConfigDict, ValidationError

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
from client_sdk.dienst import wachtzin
from client_sdk.errors import InvoerFout
from client_sdk.persoon import Persoon
from client_sdk.register import Signaal, SignaalStatus
from convenant.terminal import EXIT_GEWEIGERD, printable

_STDIN: Final = "-"
_FIELDS: Final = (
    "clientnummer, voornamen, voorvoegsel, geslachtsnaam, geboortedatum en eventueel partnernaam en signaalsoort"
)

signaal_app = typer.Typer(
    name="signaal", help=f"Signalen indienen, bekijken en intrekken. {EXIT_CODES}", no_args_is_help=True
)


class _Invoer(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)

    clientnummer: str
    voornamen: str
    voorvoegsel: str = ""
    geslachtsnaam: str
    geboortedatum: str
    partnernaam: str | None = None
    signaalsoort: str | None = None


def _read_invoer(source: str) -> _Invoer:
    try:
        text = sys.stdin.read() if source == _STDIN else Path(source).read_text(encoding="utf-8")
        return _Invoer.model_validate_json(text)
    except (OSError, UnicodeDecodeError):
        raise InvoerFout("De invoer kan niet worden gelezen. Geef een bestand in UTF-8 op, of -.") from None
    except ValidationError as error:
        # Without its cause: pydantic can quote what was entered.
        raise InvoerFout(f"De invoer klopt niet{_place(error)}. Geef één JSON-object met {_FIELDS}.") from None


def _place(error: ValidationError) -> str:
    place = error.errors(include_url=False, include_input=False)[0]["loc"]
    known = [str(part) for part in place if part in _Invoer.model_fields]
    return f" bij {known[0]}" if known else ""


def _ask() -> _Invoer:
    return _Invoer(
        clientnummer=typer.prompt("Cliëntnummer in uw eigen systeem"),
        voornamen=typer.prompt("Alle voornamen", default="", show_default=False),
        voorvoegsel=typer.prompt("Voorvoegsel (leeg als er geen is)", default="", show_default=False),
        geslachtsnaam=typer.prompt("Eigen achternaam"),
        geboortedatum=typer.prompt("Geboortedatum (JJJJ-MM-DD)"),
    )


@signaal_app.command("indienen")
@with_clear_errors
def submit(
    soort: Annotated[str | None, typer.Option("--soort", help="De signaalsoort uit het convenant.")] = None,
    invoer: Annotated[
        str | None, typer.Option("--invoer", help="JSON-bestand met de persoon, of - voor standaardinvoer.")
    ] = None,
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
    account: AccountOptie = None,
    as_json: JsonOptie = False,
) -> None:
    """Dien een signaal in. Zonder --invoer vraagt het programma om de gegevens.

    Namen en nummers staan nooit op de opdrachtregel: andere gebruikers van deze computer kunnen die meelezen.
    """
    gegevens = _ask() if invoer is None else _read_invoer(invoer)
    signaalsoort = gegevens.signaalsoort or soort or typer.prompt("Signaalsoort")
    persoon = Persoon(
        voornamen=gegevens.voornamen,
        voorvoegsel=gegevens.voorvoegsel,
        geslachtsnaam=gegevens.geslachtsnaam,
        geboortedatum=gegevens.geboortedatum,
        partnernaam=gegevens.partnernaam or None,
    )
    with open_dienst(configuratie, account) as dienst:
        signaal = dienst.submit(persoon, clientnummer=gegevens.clientnummer, signaalsoort=signaalsoort)
    if as_json:
        print_json(signaal_json(signaal))
    else:
        typer.echo(_sentence(signaal))
    _exit_for(signaal)


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
    typer.echo(f"{len(signalen)} {'signaal' if len(signalen) == 1 else 'signalen'}.")


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
