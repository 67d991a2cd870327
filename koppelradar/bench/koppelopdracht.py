"""The command `koppelkwaliteit`: which records are measured, and how the figures are shown."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from convenant.types import Niveau
from koppelradar.bench.koppelbronnen import Bron, draw_bevolking, load_febrl, read_bestanden
from koppelradar.bench.koppelkwaliteit import Meting, Telling, measure, result, signalen_result, slot_codes, slot_niveau
from koppelradar.bench.ruw import write_ruw
from koppelradar.errors import BronFout

_RUW_KOLOMMEN = ("id_a", "id_b", "niveau", "slot", "waar")


def koppelkwaliteit(  # noqa: PLR0917 - typer calls it by name
    a: Annotated[Path | None, typer.Option("--a", help="CSV-bestand met personen van de ene bron.")] = None,
    b: Annotated[Path | None, typer.Option("--b", help="CSV-bestand met personen van de andere bron.")] = None,
    links: Annotated[
        Path | None, typer.Option("--links", help="CSV-bestand dat zegt welke personen dezelfde zijn: id_a,id_b.")
    ] = None,
    bevolking: Annotated[
        int | None, typer.Option("--bevolking", min=1, help="Meet op een verzonnen bevolking van zoveel personen.")
    ] = None,
    signalen: Annotated[int, typer.Option("--signalen", min=1, help="Zoveel signalen over die bevolking.")] = 200_000,
    zaad: Annotated[int, typer.Option("--zaad", min=0, help="Getal dat bepaalt welke bevolking u krijgt.")] = 1,
    ruw: Annotated[Path | None, typer.Option("--ruw", help="Schrijf alle gevonden paren in dit CSV-bestand.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Sluit af met één regel JSON met de cijfers.")] = False,
) -> None:
    """Meet hoe goed de koppelsleutels dezelfde persoon vinden, en hoe vaak ze zich vergissen.

    Zonder bestanden wordt op FEBRL 4 gemeten. De bestanden met personen hebben de kolommen id, voornamen,
    voorvoegsel, geslachtsnaam en geboortedatum, en als u wilt partnernaam.
    """
    bron = draw_bevolking(bevolking, signalen=signalen, zaad=zaad) if bevolking else _choose(a, b, links)
    meting = measure(bron.vermeldingen, bron.waar, vandaag=date.today())
    for line in (*_table(meting), *(_signalen_table(meting, bron.groepen) if bevolking else ())):
        typer.echo(line)
    if ruw:
        write_ruw(ruw, _RUW_KOLOMMEN, _ruw(meting))
    if as_json:
        extra = signalen_result(meting, bron.groepen) if bevolking else {}
        typer.echo(json.dumps(result(meting) | extra))


def _choose(a: Path | None, b: Path | None, links: Path | None) -> Bron:
    if a and b and links:
        return read_bestanden(a, b, links)
    if a or b or links:
        raise BronFout("Geef --a, --b en --links samen op, of geen van drieën.")
    return load_febrl()


def _table(meting: Meting) -> Iterator[str]:
    totaal = meting.totaal()
    yield f"{len(meting.vermeldingen)} personen, {totaal.bestaand} paren die dezelfde persoon zijn"
    yield ""
    yield f"{'niveau':20}{'paren':>9}{'fout':>7}{'precisie':>11}{'recall':>9}"
    for niveau in Niveau:
        yield _row(niveau.value, meting.niveau(niveau))
    yield _row("totaal", totaal)
    yield ""
    yield f"{'sleutel':20}{'nieuw':>9}{'fout':>7}{'precisie':>11}{'recall':>9}  niveau"
    for slot, code in enumerate(slot_codes()):
        yield f"{_row(code, meting.slot(slot))}  {slot_niveau(slot).value}"


def _signalen_table(meting: Meting, groepen: Mapping[str, int]) -> Iterator[str]:
    yield ""
    yield f"{'fout in een van beide':24}{'paren':>9}{'recall':>9}"
    for soort, telling in meting.soorten().items():
        yield f"{soort:24}{telling.bestaand:>9}{_part(telling.recall, 4):>9}"
    yield ""
    yield f"mogelijke matches per 100 signalen: {_part(meting.mogelijk_per_100(), 2)}"
    yield f"tweelingen die zeker heten: {meting.twins_at_zeker()}"
    yield "grootste groep per sleutel: " + ", ".join(f"{code} {groep}" for code, groep in groepen.items())


def _row(naam: str, telling: Telling) -> str:
    fout = telling.gevonden - telling.waar
    return f"{naam:20}{telling.gevonden:>9}{fout:>7}{_part(telling.precisie, 5):>11}{_part(telling.recall, 4):>9}"


def _part(value: float | None, digits: int) -> str:
    return "-" if value is None else f"{value:.{digits}f}".replace(".", ",")


def _ruw(meting: Meting) -> Iterator[tuple[str, str, str, str, int]]:
    codes = slot_codes()
    for gevonden in meting.gevonden:
        een, ander = (meting.vermeldingen[place].id for place in gevonden.paar)
        yield een, ander, slot_niveau(gevonden.slot).value, codes[gevonden.slot], int(gevonden.waar)
