"""`koppelradar bekendheid`: ask who knows a person, and say whether you know one."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final
from uuid import UUID

import typer
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

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
from client_sdk.client.bekendheid import Vraagstatus
from client_sdk.dienst.bekendheidmodel import Bekendheidsuitkomst
from client_sdk.errors import InvoerFout
from client_sdk.persoon import Persoon
from convenant.terminal import printable

_STDIN: Final = "-"
_FIELDS: Final = "voornamen, voorvoegsel, geslachtsnaam, geboortedatum en eventueel partnernaam"

bekendheid_app = typer.Typer(
    name="bekendheid", help=f"Vragen wie iemand kent, en zelf ja of nee zeggen. {EXIT_CODES}", no_args_is_help=True
)
_Vraag = Annotated[UUID, typer.Argument(metavar="VRAAG", help="Het id uit `koppelradar bekendheid vragen`.")]
_Verzoek = Annotated[UUID, typer.Argument(metavar="ID", help="Het id uit `koppelradar bekendheid verzoeken`.")]


class _Invoer(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)

    voornamen: str
    voorvoegsel: str = ""
    geslachtsnaam: str
    geboortedatum: str
    partnernaam: str | None = None

    def persoon(self) -> Persoon:
        return Persoon(**self.model_dump())


_PERSONEN: Final = TypeAdapter(list[_Invoer])


@bekendheid_app.command("vraag")
@with_clear_errors
def ask(
    reden: Annotated[str, typer.Option("--reden", help="Waarom u vraagt: een code uit het convenant.")],
    invoer: Annotated[
        str | None, typer.Option("--invoer", help="JSON-bestand met een lijst personen, of - voor standaardinvoer.")
    ] = None,
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
    account: AccountOptie = None,
    as_json: JsonOptie = False,
) -> None:
    """Vraag wie deze personen kent. Zonder --invoer vraagt het programma om één persoon.

    Wie iemand niet kent, hoort niet om wie het gaat. U hoort alleen welke organisaties iemand wel kennen.
    """
    personen = [_ask_persoon()] if invoer is None else _read(invoer)
    with open_dienst(configuratie, account) as dienst:
        vraag = dienst.bekendheid.vraag(personen, reden=reden)
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
    typer.echo(f"{len(vragen)} {'vraag' if len(vragen) == 1 else 'vragen'}.")


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
    typer.echo(f"{len(verzoeken)} {'verzoek' if len(verzoeken) == 1 else 'verzoeken'}.")


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
    return f"{aantal} {'organisatie' if aantal == 1 else 'organisaties'}"


def _read(source: str) -> Sequence[Persoon]:
    try:
        text = sys.stdin.read() if source == _STDIN else Path(source).read_text(encoding="utf-8")
        return [een.persoon() for een in _PERSONEN.validate_json(text)]
    except (OSError, UnicodeDecodeError):
        raise InvoerFout("De invoer kan niet worden gelezen. Geef een bestand in UTF-8 op, of -.") from None
    except ValidationError as error:
        # Without its cause: pydantic can quote what was entered.
        raise InvoerFout(f"De invoer klopt niet{_place(error)}. Geef een JSON-lijst van personen: {_FIELDS}.") from None


def _place(error: ValidationError) -> str:
    place = error.errors(include_url=False, include_input=False)[0]["loc"]
    nummer = next((part + 1 for part in place if isinstance(part, int)), None)
    return f" bij persoon {nummer}" if nummer else ""


def _ask_persoon() -> Persoon:
    return Persoon(
        voornamen=typer.prompt("Alle voornamen"),
        voorvoegsel=typer.prompt("Voorvoegsel (leeg als er geen is)", default="", show_default=False),
        geslachtsnaam=typer.prompt("Eigen achternaam"),
        geboortedatum=typer.prompt("Geboortedatum (JJJJ-MM-DD)"),
    )
