"""The command `koppelradar bench aanval`."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from koppelradar.bench.aanval.meting import measure
from koppelradar.bench.aanval.regel import NODIG, Meting, Regel
from koppelradar.bench.aanval.wereld import Opzet
from koppelradar.bench.aanval.woordenlijst import read_bevolking
from koppelradar.bench.bevolking import Inwoner
from koppelradar.bench.bevolking import bevolking as stroom
from koppelradar.bench.bevolking.trekking import FOUTEN
from koppelradar.errors import BronFout

_RUW_KOLOMMEN = ("aanval", "met_sleutel", "signaal", "persoon", "juist")


def aanval(  # noqa: PLR0917 - typer calls it by name
    personen: Annotated[
        int, typer.Option("--personen", min=1, help="Hoeveel mensen in het woordenboek van de aanvaller staan.")
    ] = 5_000,
    signalen: Annotated[int, typer.Option("--signalen", min=1, help="Hoeveel signalen er zijn opgeslagen.")] = 1_000,
    organisaties: Annotated[int, typer.Option("--organisaties", min=2, help="Hoeveel organisaties signaleren.")] = 19,
    fouten: Annotated[
        float, typer.Option("--fouten", min=0, max=1, help="Welk deel van de signalen een fout heeft.")
    ] = FOUTEN,
    zaad: Annotated[int, typer.Option("--zaad", min=0, help="Hetzelfde zaad geeft dezelfde wereld.")] = 1,
    bevolking_bestand: Annotated[
        Path | None,
        typer.Option(
            "--bevolking-bestand", help="Neem de bevolking uit bevolking.csv van 'koppelradar bench bevolking'."
        ),
    ] = None,
    ruw: Annotated[
        Path | None, typer.Option("--ruw", help="Schrijf alle genoemde personen in dit CSV-bestand.")
    ] = None,
    json_: Annotated[bool, typer.Option("--json", help="Sluit af met één regel JSON met de cijfers.")] = False,
) -> None:
    """Val een verzonnen wereld aan met wat elke rol kan zien, en tel wie er herkend wordt.

    Elke aanval gaat ook met de sleutel die de aanvaller mist: dan moet hij slagen. Lukt dat niet, of wordt er iemand
    herkend uit een gestolen database, dan eindigt de opdracht met een fout.
    """
    inwoners = _inwoners(personen, zaad, bevolking_bestand)
    opzet = Opzet(signalen=signalen, organisaties=organisaties, fouten=fouten, zaad=zaad)
    meting = measure(inwoners, opzet, meld=lambda bezig: typer.echo(f"Bezig: {bezig} ...", err=True))
    for line in _table(meting):
        typer.echo(line)
    if ruw:
        _write_ruw(ruw, meting)
    if json_:
        typer.echo(json.dumps(meting.as_json()))
    if not meting.geslaagd:
        raise typer.Exit(1)


def _inwoners(personen: int, zaad: int, bestand: Path | None) -> tuple[Inwoner, ...]:
    return read_bevolking(bestand) if bestand else tuple(stroom(personen, zaad=zaad))


def _table(meting: Meting) -> Iterator[str]:
    yield f"{meting.bevolking} personen in het woordenboek, {meting.signalen} signalen, zaad {meting.opzet.zaad}"
    yield f"{meting.zonder_sleutel} personen met alleen opvulling zijn niet te vinden en tellen niet mee"
    yield ""
    yield f"{'aanval':56}{'heeft':28}{'personen':>9}{'herkend':>9}{'onterecht':>11}{'toeval':>8}{'met sleutel':>13}"
    for regel in meting.regels:
        yield _row(regel)
    yield ""
    yield f"Een organisatie, één dag; voor de regio zijn {meting.regio} personen te testen"
    yield (
        f"{'aanval':56}{'getest':>8}{'herkend':>9}{'minuten':>9}{'dagen hier':>12}{'dagen regio':>13}"
        f"{'per maand zonder alarm':>24}  alarm"
    )
    for regel in meting.regels:
        yield from _day(regel)
    yield ""
    yield from _verdict(meting)


def _row(regel: Regel) -> str:
    return (
        f"{regel.naam:56}{regel.heeft:28}{regel.personen:>9}{regel.zonder.herkend:>9}{regel.zonder.onterecht:>11}"
        f"{_decimal(regel.toeval):>8}{regel.met.herkend:>13}"
    )


def _day(regel: Regel) -> Iterator[str]:
    dag = regel.dag
    if dag is not None:
        alarm = "gaat niet af" if dag.alarm is None else f"op dag {dag.alarm}"
        yield (
            f"{regel.naam:56}{dag.getest:>8}{dag.herkend:>9}{dag.minuten:>9}{dag.dagen:>12}{dag.dagen_regio:>13}"
            f"{dag.stil_per_maand:>24}  {alarm}"
        )


def _verdict(meting: Meting) -> Iterator[str]:
    for regel in meting.regels:
        if not regel.telt:
            yield (
                f"FOUT: {regel.naam} herkent met de ontbrekende sleutel geen {NODIG:.0%} van de personen, en bewijst "
                "dus niets. Kijk met --ruw wie niet herkend is."
            )
        if not regel.houdt:
            yield f"FOUT: {regel.naam} noemt personen zonder de ontbrekende sleutel. Pseudoniemen zijn te raden."
    if meting.geslaagd:
        yield "Elke aanval slaagt met de ontbrekende sleutel. Uit een gestolen database wordt niemand geraden."


def _decimal(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")


def _write_ruw(path: Path, meting: Meting) -> None:
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(_RUW_KOLOMMEN)
            writer.writerows(_ruw(meting))
    except OSError as error:
        raise BronFout(f"{path.name} is niet te schrijven. Kies een ander bestand.") from error


def _ruw(meting: Meting) -> Iterator[tuple[str, int, str, int, int]]:
    for regel in meting.regels:
        for met, oordeel in enumerate((regel.zonder, regel.met)):
            for naming in oordeel.namingen:
                yield regel.naam, met, str(naming.signaal or ""), naming.persoon, int(naming.juist)
