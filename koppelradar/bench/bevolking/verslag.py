"""What `koppelradar bench bevolking` shows: tables, and the same figures as JSON."""

from collections.abc import Iterator
from typing import Any

from rich.console import Console
from rich.table import Table

from koppelradar.bench.bevolking.bestanden import Telling
from koppelradar.bench.bevolking.fouten import UITLEG, Foutsoort
from koppelradar.bench.bevolking.model import Herkomst


def as_json(telling: Telling) -> dict[str, Any]:
    """Return the figures; shares are fractions of 1."""
    return {
        "personen": telling.personen,
        "huishoudens": telling.huishoudens,
        "tweelingen": telling.tweelingen,
        "herkomst": {herkomst.value: telling.herkomst[herkomst] for herkomst in Herkomst},
        "achternamen": len(telling.achternamen),
        "aandeel_top_100": round(telling.aandeel_top_100, 4),
        "signalen": telling.kopieen,
        "gesignaleerde_personen": telling.gesignaleerd,
        "door_meer_organisaties": telling.gedeeld,
        "paren": telling.paren,
        "signalen_met_fout": telling.kopieen_met_fout,
        "fouten": {soort.value: telling.fouten[soort] for soort in Foutsoort},
    }


def show(telling: Telling, console: Console) -> None:
    """Print the figures as three tables."""
    console.print(_table("Bevolking en signalen", ("wat", "aantal"), _figures(telling)))
    herkomsten = ((each.value, _number(telling.herkomst[each])) for each in Herkomst)
    console.print(_table("Herkomst van de namen", ("herkomst", "personen"), herkomsten))
    fouten = ((each.value, _number(telling.fouten[each]), UITLEG[each]) for each in Foutsoort)
    console.print(_table("Fouten", ("soort", "aantal", "wat er misging"), fouten))


def _figures(telling: Telling) -> Iterator[tuple[str, str]]:
    yield "personen", _number(telling.personen)
    yield "huishoudens", _number(telling.huishoudens)
    yield "tweelingen", _number(telling.tweelingen)
    yield "verschillende achternamen", _number(len(telling.achternamen))
    yield "deel met een van de 100 gewoonste achternamen", f"{telling.aandeel_top_100:.1%}".replace(".", ",")
    yield "signalen", _number(telling.kopieen)
    yield "personen met een signaal", _number(telling.gesignaleerd)
    yield "personen bij meer dan één organisatie", _number(telling.gedeeld)
    yield "paren van signalen over één persoon", _number(telling.paren)
    yield "signalen met een fout", _number(telling.kopieen_met_fout)


def _table(title: str, kolommen: tuple[str, ...], rijen: Iterator[tuple[str, ...]]) -> Table:
    table = Table(title=title, title_justify="left")
    for kolom in kolommen:
        table.add_column(kolom, justify="right" if kolom in ("aantal", "personen") else "left")
    for rij in rijen:
        table.add_row(*rij)
    return table


def _number(aantal: int) -> str:
    return f"{aantal:,}".replace(",", ".")
