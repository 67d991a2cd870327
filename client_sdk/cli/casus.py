"""`koppelradar casus`: register casussen, and say where they stand."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Final
from uuid import UUID

import typer

from client_sdk.cli._gedeeld import (
    DEFAULT_CONFIGURATIE,
    EXIT_CODES,
    AccountOptie,
    ConfiguratieOptie,
    JsonOptie,
    open_dienst,
    print_json,
    with_clear_errors,
)
from client_sdk.cli.invoer import (
    DATES,
    Casusinvoer,
    InvoerOptie,
    ask_clients,
    ask_day,
    read_invoer,
    read_oin,
)
from client_sdk.cli.radartonen import casus_json, print_casus
from client_sdk.cli.signaal import read_signaal
from client_sdk.cli.waarde_json import value_json
from client_sdk.client.radar import Casustoestand, Terugkoppeling
from client_sdk.dienst import Betrokkene, Clientcasus
from convenant.taal import meervoud

_WAT: Final = (
    "één JSON-object met casusnummer, monitoringTot, betrokkenen en eventueel signaalsoort en acuut; elke betrokkene "
    "heeft clientnummer, voornamen, voorvoegsel, geslachtsnaam, geboortedatum en eventueel partnernaam"
)

casus_app = typer.Typer(
    name="casus",
    help=f"Casussen registreren en bijhouden, voor wie een radar heeft. {EXIT_CODES}",
    no_args_is_help=True,
)
_Casus = Annotated[UUID, typer.Argument(metavar="CASUS", help="Het id uit `koppelradar casus lijst`.")]
_Soort = Annotated[str | None, typer.Option("--soort", help="De signaalsoort voor de betrokkenen.")]


class Uitkomst(StrEnum):
    """What became of a melding."""

    OPGEPAKT = "opgepakt"
    NIET_OPGEPAKT = "niet-opgepakt"


@casus_app.command("open")
@with_clear_errors
def open_(
    *,
    soort: _Soort = None,
    acuut: Annotated[bool, typer.Option("--acuut", help="Er is acuut gevaar.")] = False,
    invoer: InvoerOptie = None,
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
    account: AccountOptie = None,
    as_json: JsonOptie = False,
) -> None:
    """Registreer een casus, met een signaal voor elke betrokkene. Onderbroken? Doe hetzelfde nog een keer.

    Het casusnummer kan alleen uw organisatie lezen. Zonder --invoer vraagt het programma om de gegevens: namen en
    nummers staan nooit op de opdrachtregel.
    """
    gegevens = _ask() if invoer is None else read_invoer(invoer, Casusinvoer, _WAT)
    signaalsoort = gegevens.signaalsoort or soort or typer.prompt("Signaalsoort")
    with open_dienst(configuratie, account) as dienst:
        casus = dienst.radar.open_casus(
            gegevens.casusnummer,
            [betrokkene.betrokkene for betrokkene in gegevens.betrokkenen],
            signaalsoort=signaalsoort,
            monitoring_tot=gegevens.monitoring_tot,
            acuut=acuut or gegevens.acuut,
        )
    _show(casus, as_json=as_json)


@casus_app.command("lijst")
@with_clear_errors
def list_(
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
    account: AccountOptie = None,
    as_json: JsonOptie = False,
) -> None:
    """Toon uw casussen, met uw eigen nummers. Wat er nieuw is, toont `koppelradar radar`."""
    with open_dienst(configuratie, account) as dienst:
        found = list(dienst.radar.casussen())
    if as_json:
        print_json([casus_json(casus) for casus in found])
        return
    for casus in found:
        print_casus(casus)
    typer.echo(f"{meervoud(len(found), 'casus', 'casussen')}.")


@casus_app.command("betrokkene")
@with_clear_errors
def add(
    casus: _Casus,
    *,
    soort: _Soort = None,
    invoer: InvoerOptie = None,
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
    account: AccountOptie = None,
    as_json: JsonOptie = False,
) -> None:
    """Voeg een betrokkene toe aan een casus, met een signaal."""
    gegevens = read_signaal(invoer)
    signaalsoort = gegevens.signaalsoort or soort or typer.prompt("Signaalsoort")
    betrokkene = Betrokkene(persoon=gegevens.persoon, clientnummer=gegevens.clientnummer)
    with open_dienst(configuratie, account) as dienst:
        changed = dienst.radar.voeg_betrokkene_toe(casus, betrokkene, signaalsoort=signaalsoort)
    _show(changed, as_json=as_json)


@casus_app.command("toestand")
@with_clear_errors
def change(
    casus: _Casus,
    toestand: Annotated[
        Casustoestand,
        typer.Argument(
            metavar="TOESTAND",
            help="Kies uit: beoordeling, onderzoek, voorwaarden-en-vervolg, monitoring, overgedragen, afgesloten.",
        ),
    ],
    *,
    aan: Annotated[
        str | None, typer.Option("--overgedragen-aan", help="Het OIN van de organisatie die het overneemt.")
    ] = None,
    tot: Annotated[
        datetime | None,
        typer.Option("--monitoring-tot", formats=DATES, help="De dag (JJJJ-MM-DD) tot wanneer u kijkt hoe het gaat."),
    ] = None,
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
    account: AccountOptie = None,
    as_json: JsonOptie = False,
) -> None:
    """Leg vast hoe het met een casus staat. Hoe een nieuwe melding heet, volgt daaruit."""
    ontvanger = read_oin(aan) if aan else None
    with open_dienst(configuratie, account) as dienst:
        changed = dienst.radar.verander_toestand(
            casus, toestand, overgedragen_aan=ontvanger, monitoring_tot=tot.date() if tot else None
        )
    _show(changed, as_json=as_json)


@casus_app.command("terugkoppelen")
@with_clear_errors
def give_back(
    casus: _Casus,
    match: Annotated[str, typer.Argument(metavar="MATCH", help="De match met wie signaleerde.")],
    paar: Annotated[UUID, typer.Argument(metavar="PAAR", help="Het paar bij wie signaleerde.")],
    uitkomst: Annotated[Uitkomst, typer.Argument(metavar="UITKOMST", help="Kies uit: opgepakt, niet-opgepakt.")],
    *,
    aan: Annotated[
        str | None, typer.Option("--overgedragen-aan", help="Het OIN van de organisatie die het overneemt.")
    ] = None,
    monitort: Annotated[
        str | None, typer.Option("--monitort", help="Het OIN van de organisatie die later kijkt hoe het gaat.")
    ] = None,
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
    account: AccountOptie = None,
    as_json: JsonOptie = False,
) -> None:
    """Laat wie signaleerde weten wat er van de melding is geworden. De inhoud gaat niet mee."""
    terugkoppeling = Terugkoppeling(
        match=match,
        paar=paar,
        opgepakt=uitkomst is Uitkomst.OPGEPAKT,
        overgedragen_aan=read_oin(aan) if aan else None,
        monitort=read_oin(monitort) if monitort else None,
    )
    with open_dienst(configuratie, account) as dienst:
        dienst.radar.koppel_terug(casus, terugkoppeling)
    if as_json:
        print_json({"casus": str(casus)} | value_json(terugkoppeling))
    else:
        typer.echo("De terugkoppeling is verstuurd.")


@casus_app.command("gezien")
@with_clear_errors
def seen(
    casus: _Casus,
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
    account: AccountOptie = None,
    as_json: JsonOptie = False,
) -> None:
    """Zeg dat u hebt bekeken wat er nieuw is. Het telt dan niet meer als nieuw."""
    with open_dienst(configuratie, account) as dienst:
        dienst.radar.gezien(casus)
    if as_json:
        print_json({"casus": str(casus), "gezien": True})
    else:
        typer.echo("De casus is bekeken.")


def _show(casus: Clientcasus, *, as_json: bool) -> None:
    if as_json:
        print_json(casus_json(casus))
    else:
        print_casus(casus)


def _ask() -> Casusinvoer:
    return Casusinvoer(
        casusnummer=typer.prompt("Casusnummer in uw eigen systeem"),
        monitoring_tot=ask_day("Monitoring tot"),
        betrokkenen=ask_clients(),
    )
