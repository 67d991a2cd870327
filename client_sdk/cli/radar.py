"""`koppelradar radar`, `koppelradar bevraag` and `koppelradar radarmelding`."""

from typing import Annotated, Final

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
from client_sdk.cli.invoer import InvoerOptie, Persoonsinvoer, ask_persoon, read_invoer
from client_sdk.cli.radartonen import bevraging_json, print_bevraging, print_radar, radar_json
from client_sdk.cli.signaal import read_signaal, show_submitted
from client_sdk.client.radar import Casustoestand, Radarfilter, Radarsortering

_WAT: Final = (
    "een JSON-lijst van 1 tot 20 personen, elk met voornamen, voorvoegsel, geslachtsnaam, geboortedatum en eventueel "
    "partnernaam"
)


@with_clear_errors
def radar(
    *,
    toestand: Annotated[
        Casustoestand | None,
        typer.Option(
            "--toestand",
            help="Alleen casussen die zo staan: beoordeling, onderzoek, voorwaarden-en-vervolg, monitoring, "
            "overgedragen of afgesloten. Anders alle die open zijn.",
        ),
    ] = None,
    nieuw: Annotated[bool, typer.Option("--nieuw", help="Alleen casussen met iets nieuws.")] = False,
    termijn: Annotated[
        bool, typer.Option("--termijn", help="Alleen casussen met een termijn die bijna afloopt of voorbij is.")
    ] = False,
    minimaal_partijen: Annotated[
        int | None, typer.Option("--minimaal-partijen", min=0, help="Alleen met zoveel andere organisaties of meer.")
    ] = None,
    sorteer: Annotated[
        Radarsortering,
        typer.Option("--sorteer", help="Wat bovenaan komt: nieuw, partijen, signalen, niveau of termijn."),
    ] = Radarsortering.NIEUW,
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
    account: AccountOptie = None,
    as_json: JsonOptie = False,
) -> None:
    """Toon de radar: per casus wat er nieuw is, bij hoeveel organisaties, en welke termijn het eerst afloopt."""
    filter_ = Radarfilter(
        toestand=toestand,
        nieuw=nieuw or None,
        termijn=termijn or None,
        minimaal_partijen=minimaal_partijen,
        sorteer=sorteer,
    )
    with open_dienst(configuratie, account) as dienst:
        found = list(dienst.radar.lijst(filter_))
    if as_json:
        print_json([radar_json(een) for een in found])
    else:
        print_radar(found)


@with_clear_errors
def bevraag(
    reden: Annotated[
        str, typer.Option("--reden", help="De code van de reden uit het convenant; die gaat in het logboek.")
    ],
    invoer: InvoerOptie = None,
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
    account: AccountOptie = None,
    as_json: JsonOptie = False,
) -> None:
    """Vraag bij een melding welke signalen er over deze personen zijn. Elke bevraging telt mee voor uw plafond.

    Zonder --invoer vraagt het programma om één persoon. In uw register wordt niets geschreven.
    """
    gegevens = [ask_persoon()] if invoer is None else read_invoer(invoer, list[Persoonsinvoer], _WAT)
    with open_dienst(configuratie, account) as dienst:
        found = dienst.radar.bevraag([persoon.persoon for persoon in gegevens], reden)
    if as_json:
        print_json(bevraging_json(found))
    else:
        print_bevraging(found)


@with_clear_errors
def radarmelding(
    invoer: InvoerOptie = None,
    configuratie: ConfiguratieOptie = DEFAULT_CONFIGURATIE,
    account: AccountOptie = None,
    as_json: JsonOptie = False,
) -> None:
    """Zet iemand op de radar van Veilig Thuis: u gaat zelf verder en vraagt geen actie."""
    gegevens = read_signaal(invoer)
    with open_dienst(configuratie, account) as dienst:
        signaal = dienst.radar.radarmelding(gegevens.persoon, clientnummer=gegevens.clientnummer)
    show_submitted(signaal, as_json=as_json)
