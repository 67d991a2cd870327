"""The work of `koppelradar bench aanval`: measure, and show what was found."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import typer

from koppelradar.bench.aanval.meting import measure
from koppelradar.bench.aanval.regel import NODIG, Meting, Regel
from koppelradar.bench.aanval.wereld import Opzet
from koppelradar.bench.bevolking import Inwoner
from koppelradar.bench.ruw import write_ruw

_RUW_KOLOMMEN = ("aanval", "met_sleutel", "signaal", "persoon", "juist")


def run(
    inwoners: Sequence[Inwoner],
    *,
    signalen: int,
    organisaties: int,
    fouten: float,
    zaad: int,
    ruw: Path | None,
    as_json: bool,
) -> bool:
    """Print every attack on a world of these persons; return whether all of them count and what must hold does.

    Raises BevolkingFout when the sizes cannot go together, BronFout when `ruw` cannot be written, StartFout when
    PostgreSQL does not start.
    """
    opzet = Opzet(signalen=signalen, organisaties=organisaties, fouten=fouten, zaad=zaad)
    meting = measure(inwoners, opzet, meld=lambda bezig: typer.echo(f"Bezig: {bezig} ...", err=True))
    for line in _table(meting):
        typer.echo(line)
    if ruw:
        write_ruw(ruw, _RUW_KOLOMMEN, _ruw(meting))
    if as_json:
        typer.echo(json.dumps(meting.as_json()))
    return meting.geslaagd


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


def _ruw(meting: Meting) -> Iterator[tuple[str, int, str, int, int]]:
    for regel in meting.regels:
        for met, oordeel in enumerate((regel.zonder, regel.met)):
            for naming in oordeel.namingen:
                yield regel.naam, met, str(naming.signaal or ""), naming.persoon, int(naming.juist)
