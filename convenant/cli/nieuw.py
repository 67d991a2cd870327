"""`koppelradar convenant nieuw`: a guided start from a template."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Final, NoReturn

import typer

from convenant.cli._gedeeld import now, with_clear_errors
from convenant.cli._lezen import show
from convenant.cli._partijinvoer import FORM, default_parties, parse_partij
from convenant.kalender import local_date
from convenant.nieuw import NieuwConvenant, NieuwePartij, Sjabloon, check_start, convenant_id, nieuw_yaml
from convenant.terminal import EXIT_GEBRUIK, EXIT_GEWEIGERD, stop
from convenant.types import Sector

_DATES: Final = ["%Y-%m-%d"]
_DECEMBER: Final = 12
_BEHEERDER: Final = "VUL IN: wie de matcher beheert"


@with_clear_errors
def nieuw(
    *,
    uit: Annotated[Path, typer.Option("--uit", metavar="BESTAND", help="Nieuw bestand voor het convenant (YAML).")],
    sjabloon: Annotated[
        Sjabloon | None,
        typer.Option("--sjabloon", help="minimaal: organisaties die van elkaar horen. regio: met Veilig Thuis."),
    ] = None,
    naam: Annotated[str | None, typer.Option("--naam", help="Naam van het convenant.")] = None,
    regio: Annotated[str | None, typer.Option("--regio", help="Naam van de regio.")] = None,
    kenmerk: Annotated[
        str | None, typer.Option("--id", help="Kenmerk: kleine letters, cijfers en streepjes. Verandert nooit meer.")
    ] = None,
    partijen: Annotated[list[str] | None, typer.Option("--partij", help=f"Een partij: {FORM}. Mag vaker.")] = None,
    convenanthouder: Annotated[
        str | None, typer.Option("--convenanthouder", help="Naam van de partij die het convenant beheert.")
    ] = None,
    beheerder: Annotated[str | None, typer.Option("--beheerder", help="Naam van wie de matcher beheert.")] = None,
    van: Annotated[datetime | None, typer.Option("--van", formats=_DATES, help="Eerste dag; anders vandaag.")] = None,
    tot: Annotated[
        datetime | None, typer.Option("--tot", formats=_DATES, help="Laatste dag; anders na drie jaar.")
    ] = None,
    ja: Annotated[bool, typer.Option("--ja", help="Stel geen vragen: neem voor wat ontbreekt iets dat past.")] = False,
) -> None:
    """Begin een convenant vanuit een sjabloon. Wat u niet opgeeft, wordt gevraagd. Overschrijft nooit een bestand."""
    if uit.exists():
        _refuse(uit)
    vraag = _unasked if ja else _asked
    gekozen = sjabloon or Sjabloon(_choose("Sjabloon (minimaal of regio)", Sjabloon.MINIMAAL, vraag))
    plek = regio or vraag("Naam van de regio", "Mijn regio")
    begin = van.date() if van else local_date(now())
    deelnemers = tuple(map(parse_partij, partijen)) if partijen else _ask_parties(gekozen, ja=ja)
    antwoorden = NieuwConvenant(
        id=kenmerk or vraag("Kenmerk van het convenant", convenant_id(plek, begin.year)),
        naam=naam or vraag("Naam van het convenant", f"Convenant {plek}"),
        regio=plek,
        van=begin,
        tot=tot.date() if tot else _three_years_later(begin),
        convenanthouder=_holder(convenanthouder, deelnemers, vraag),
        beheerder=beheerder or vraag("Naam van de beheerder van de matcher", _BEHEERDER),
        partijen=deelnemers,
    )
    _write_checked(uit, antwoorden, gekozen)
    show(_next_steps(uit, len(deelnemers)))


def _asked(vraag: str, standaard: str) -> str:
    return str(typer.prompt(vraag, default=standaard)).strip()


def _unasked(_: str, standaard: str) -> str:
    return standaard


def _choose(vraag: str, standaard: Sjabloon, stel: Callable[[str, str], str]) -> str:
    while (antwoord := stel(vraag, standaard.value).lower()) not in set(Sjabloon):
        typer.echo("Kies minimaal of regio.")
    return antwoord


def _ask_parties(sjabloon: Sjabloon, *, ja: bool) -> tuple[NieuwePartij, ...]:
    standaard = default_parties(sjabloon)
    if ja:
        return standaard
    typer.echo(f"Noem de partijen, een per regel: {FORM}.")
    typer.echo(f"De sectoren zijn: {', '.join(sector.value for sector in Sector)}.")
    typer.echo("Een lege regel is het einde. Noemt u er geen, dan komen er voorbeelden in die u daarna aanpast.")
    gevonden: list[NieuwePartij] = []
    while regel := str(typer.prompt("Partij", default="", show_default=False)).strip():
        gevonden.append(parse_partij(regel))
    return tuple(gevonden) or standaard


def _holder(gegeven: str | None, partijen: tuple[NieuwePartij, ...], vraag: Callable[[str, str], str]) -> str:
    namen = {partij.naam.casefold(): partij.naam for partij in partijen}
    antwoord = gegeven or vraag("Welke partij beheert het convenant (convenanthouder)", partijen[0].naam)
    if antwoord.strip().casefold() not in namen:
        stop(f"De convenanthouder is een van de partijen. Kies uit: {'; '.join(namen.values())}.", EXIT_GEBRUIK)
    return namen[antwoord.strip().casefold()]


def _three_years_later(begin: date) -> date:
    """Return the last day of the month, three years on."""
    return date(begin.year + 3, begin.month, monthrange(begin.year + 3, begin.month)[1])


def _write_checked(uit: Path, antwoorden: NieuwConvenant, sjabloon: Sjabloon) -> None:
    """Write the document when it will be right with keys in it. Raises `OngeldigConvenant` when it will not."""
    tekst = nieuw_yaml(antwoorden, sjabloon, bestand=uit.name)
    check_start(tekst, bron=uit.name)
    try:
        with uit.open("x", encoding="utf-8") as bestand:
            bestand.write(tekst)
    except FileExistsError:
        _refuse(uit)
    except OSError:
        stop(f"{uit} kan niet worden gemaakt. Controleer het pad en de rechten.", EXIT_GEWEIGERD)


def _refuse(uit: Path) -> NoReturn:
    stop(f"{uit} bestaat al en wordt niet overschreven. Kies een andere naam.", EXIT_GEBRUIK)


def _next_steps(uit: Path, aantal: int) -> str:
    return (
        f"Het convenant staat in {uit}. Nu nog:\n"
        f"  1. Zoek op VUL IN. Er ontbreken {aantal} publieke sleutels; vraag die aan de partijen.\n"
        f"  2. Controleer het: koppelradar convenant controleer {uit}\n"
        f"  3. Klopt het, lees het dan als pagina: koppelradar convenant toon {uit} --uit convenant.html"
    )
