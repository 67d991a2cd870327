"""`koppelradar bekendheid`: ask who knows a person, and say whether you know one."""

from typing import Annotated, Final
from uuid import UUID

import typer

from client_sdk.cli._gedeeld import (
    DEFAULT_CONFIGURATIE,
    EXIT_CODES,
    AccountOptie,
    ConfiguratieOptie,
    JsonOptie,
    moment_json,
    open_dienst,
    print_json,
    with_clear_errors,
)
from client_sdk.cli.bekendheidtonen import bekend_json, bekend_lines, verzoek_json, verzoek_lines
from client_sdk.cli.invoer import InvoerOptie, Persoonsinvoer, ask_persoon, read_invoer
from client_sdk.client.bekendheid import Vraagstatus
from client_sdk.dienst.bekendheidmodel import Bekendheidsuitkomst
from convenant.taal import meervoud
from convenant.terminal import printable

_WAT: Final = (
    "een JSON-lijst van personen: voornamen, voorvoegsel, geslachtsnaam, geboortedatum en eventueel partnernaam"
)

bekendheid_app = typer.Typer(
    name="bekendheid", help=f"Vragen wie iemand kent, en zelf ja of nee zeggen. {EXIT_CODES}", no_args_is_help=True
)
_Vraag = Annotated[UUID, typer.Argument(metavar="VRAAG", help="Het id uit `koppelradar bekendheid vragen`.")]
_Verzoek = Annotated[UUID, typer.Argument(metavar="ID", help="Het id uit `koppelradar bekendheid verzoeken`.")]


@bekendheid_app.command("vraag")
@with_clear_errors
def ask(
    reden: Annotated[str, typer.Option("--reden", help="Waarom u vraagt: een code uit het convenant.")],
    invoer: InvoerOptie = None,
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
    account: AccountOptie = None,
    as_json: JsonOptie = False,
) -> None:
    """Vraag wie deze personen kent. Zonder --invoer vraagt het programma om één persoon.

    Wie iemand niet kent, hoort niet om wie het gaat. U hoort alleen welke organisaties iemand wel kennen.
    """
    gegevens = (
        [ask_persoon(voornamen_nodig=True)] if invoer is None else read_invoer(invoer, list[Persoonsinvoer], _WAT)
    )
    with open_dienst(configuratie, account) as dienst:
        vraag = dienst.bekendheid.vraag([persoon.persoon for persoon in gegevens], reden=reden)
    if as_json:
        print_json(
            {
                "id": str(vraag.id),
                "convenant": vraag.convenant,
                "gesteldOp": moment_json(vraag.gesteld_op),
                "uiterlijk": vraag.uiterlijk.isoformat(),
                "gevraagd": vraag.gevraagd,
            }
        )
        return
    typer.echo(f"Vraag {vraag.id} is gesteld aan {_organisaties(vraag.gevraagd)}.")
    typer.echo(f"Antwoorden kan tot en met {vraag.uiterlijk:%d-%m-%Y}.")


@bekendheid_app.command("vragen")
@with_clear_errors
def list_own(
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE, account: AccountOptie = None, as_json: JsonOptie = False
) -> None:
    """Toon de vragen die u stelde en waarvan uw register de personen nog heeft."""
    with open_dienst(configuratie, account) as dienst:
        vragen = dienst.bekendheid.vragen()
    if as_json:
        print_json([{"id": str(v.id), "convenant": v.convenant, "uiterlijk": v.uiterlijk.isoformat()} for v in vragen])
        return
    for vraag in vragen:
        typer.echo(f"{vraag.id}  antwoorden tot en met {vraag.uiterlijk:%d-%m-%Y}")
    typer.echo(f"{meervoud(len(vragen), 'vraag', 'vragen')}.")


@bekendheid_app.command("antwoorden")
@with_clear_errors
def answers(
    vraag: _Vraag,
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
    account: AccountOptie = None,
    as_json: JsonOptie = False,
) -> None:
    """Toon wie de personen in uw vraag kent."""
    with open_dienst(configuratie, account) as dienst:
        _show(dienst.bekendheid.antwoorden(vraag), as_json=as_json)


@bekendheid_app.command("sluit")
@with_clear_errors
def close(
    vraag: _Vraag,
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
    account: AccountOptie = None,
    as_json: JsonOptie = False,
) -> None:
    """Sluit uw vraag voor de laatste dag: niemand kan haar dan nog beantwoorden."""
    with open_dienst(configuratie, account) as dienst:
        _show(dienst.bekendheid.sluit(vraag), as_json=as_json)


@bekendheid_app.command("verzoeken")
@with_clear_errors
def requests(
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE, account: AccountOptie = None, as_json: JsonOptie = False
) -> None:
    """Toon naar welke van uw cliënten iemand vraagt. Nieuwe komen binnen met `koppelradar notificaties`."""
    with open_dienst(configuratie, account) as dienst:
        verzoeken = dienst.bekendheid.verzoeken()
    if as_json:
        print_json([verzoek_json(verzoek) for verzoek in verzoeken])
        return
    for verzoek in verzoeken:
        for line in verzoek_lines(verzoek):
            typer.echo(printable(line))
    typer.echo(f"{meervoud(len(verzoeken), 'verzoek', 'verzoeken')}.")


@bekendheid_app.command("ja")
@with_clear_errors
def yes(
    verzoek: _Verzoek, configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE, account: AccountOptie = None
) -> None:
    """Laat de vrager weten dat uw organisatie deze cliënt kent."""
    with open_dienst(configuratie, account) as dienst:
        dienst.bekendheid.zeg(verzoek, ja=True)
    typer.echo("De vrager hoort dat uw organisatie deze persoon kent, en hoe u te bereiken bent.")


@bekendheid_app.command("nee")
@with_clear_errors
def no(verzoek: _Verzoek, configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE, account: AccountOptie = None) -> None:
    """Zeg nee. De vrager hoort daar niets van; het is voor hem alsof u deze persoon niet kent."""
    with open_dienst(configuratie, account) as dienst:
        dienst.bekendheid.zeg(verzoek, ja=False)
    typer.echo("U zei nee. De vrager hoort daar niets van.")


def _show(uitkomst: Bekendheidsuitkomst, *, as_json: bool) -> None:
    stand = uitkomst.stand
    if as_json:
        print_json(
            {
                "id": str(stand.vraag.id),
                "status": stand.status.value,
                "uiterlijk": stand.vraag.uiterlijk.isoformat(),
                "gevraagd": stand.vraag.gevraagd,
                "beantwoord": stand.beantwoord,
                "personen": [bekend_json(persoon) for persoon in uitkomst.personen],
            }
        )
        return
    for persoon in uitkomst.personen:
        for line in bekend_lines(persoon):
            typer.echo(printable(line))
    if not uitkomst.personen:
        typer.echo("Niemand liet weten een van deze personen te kennen.")
    typer.echo(f"{stand.beantwoord} van {_organisaties(stand.vraag.gevraagd)} keken in hun register.")
    if stand.status is Vraagstatus.LOOPT:
        typer.echo(f"De vraag loopt tot en met {stand.vraag.uiterlijk:%d-%m-%Y}.")
    else:
        typer.echo("De vraag is gesloten.")


def _organisaties(aantal: int) -> str:
    return meervoud(aantal, "organisatie", "organisaties")


def _ask() -> list[Persoonsinvoer]:
    return [ask_persoon(voornamen_nodig=True)]
