"""Who learns what of whom: a table per event, with a row for who learns and a column for who it is about."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from convenant.beleid import beslis
from convenant.model import Convenant
from convenant.types import Fase, Gebeurtenis, Veld
from convenant.uitleg.gevallen import NIVEAUS_BIJ, Doos, Geval, Keuze, fasen_of, gevallen, samenvoegen, submittable
from convenant.uitleg.klassen import Klasse, klassen, samen_genoemd
from convenant.uitleg.leg_uit import vraag_van
from convenant.uitleg.toon.html import Html, kenmerk, samen, tabel, tag
from convenant.uitleg.toon.sectie import Sectie, alinea, artikelen
from convenant.uitleg.woorden import (
    GEBEURTENISSEN,
    NIVEAUS,
    VELDEN,
    VELDEN_KORT,
    fasen_zin,
    hoofdletter,
    in_order,
    opsomming,
)

_Verleend: TypeAlias = tuple[set[Geval], set[str]]
"""In which cases something is told, and on which articles."""

_NOTHING: Final = tag("span", "niets", class_="niets")
_DIGITS: Final = re.compile(r"\d+")
_ALSO_WITHOUT: Final = "ook zonder eigen signaal"
_ONLY_WITHOUT: Final = "zonder eigen signaal"

_READ: Final = (
    "Zo leest u de tabellen: de organisatie links hoort dit van de organisatie bovenaan, als zij allebei een signaal "
    "over dezelfde persoon hebben; bij een gezinsmatch over leden van één gezin. Geldt het alleen soms, dan staat "
    "erbij wanneer. Wie nergens iets hoort, staat er niet bij. "
    "Over de persoon zelf gaat er nooit iets mee: geen naam, geen geboortedatum, geen reden."
)


def matrix(convenant: Convenant) -> Sectie:
    """Return the tables of all events for which any rule grants something."""
    tabellen = (_table(convenant, gebeurtenis) for gebeurtenis in Gebeurtenis)
    woorden = alinea(samen(*_legend()))
    return Sectie(kop="Wie hoort wat van wie", inhoud=samen(alinea(_READ), woorden, *tabellen))


def _legend() -> Iterator[str]:
    yield "In de tabellen betekent "
    for plek, (veld, kort) in enumerate(VELDEN_KORT.items()):
        yield "; " if plek else ""
        yield tag("strong", kort)
        yield f": {VELDEN[veld]}"
    yield "."


def _table(convenant: Convenant, gebeurtenis: Gebeurtenis) -> Html:
    if not any(gebeurtenis in regel.gebeurtenissen for regel in convenant.deelregels):
        return Html("")
    ontvangers = klassen(convenant)
    over = [klasse for klasse in ontvangers if submittable(convenant, klasse.oins[0])]
    cellen = [[_cell(convenant, gebeurtenis, ontvanger, ander) for ander in over] for ontvanger in ontvangers]
    rijen = _alike([tuple(rij) for rij in cellen])
    kolommen = _alike([tuple(rij[plek] for rij in cellen) for plek in range(len(over))])
    naam = GEBEURTENISSEN[gebeurtenis]
    return samen(
        tag("h3", f"Bij {naam}"),
        tabel(
            f"Wat wie hoort bij {naam}",
            ["Wie hoort het", *(f"van {_named(convenant, over, kolom)}" for kolom in kolommen)],
            [
                [hoofdletter(_named(convenant, ontvangers, rij)), *(cellen[rij[0]][kolom[0]] for kolom in kolommen)]
                for rij in rijen
                if set(cellen[rij[0]]) != {_NOTHING}
            ],
            plek=kenmerk("tabel", gebeurtenis.value),
        ),
    )


def _alike(rijen: Sequence[tuple[Html, ...]]) -> list[list[int]]:
    """Return the places of rows that say the same together, in the order of the first of them."""
    plekken: dict[tuple[Html, ...], list[int]] = defaultdict(list)
    for plek, rij in enumerate(rijen):
        plekken[rij].append(plek)
    return list(plekken.values())


def _named(convenant: Convenant, groepen: Sequence[Klasse], plekken: list[int]) -> str:
    return samen_genoemd((groepen[plek] for plek in plekken), convenant.partijen)


def _cell(convenant: Convenant, gebeurtenis: Gebeurtenis, ontvanger: Klasse, over: Klasse) -> Html:
    ander = next((oin for oin in over.oins if oin != ontvanger.oins[0]), None)
    if ander is None:
        return _NOTHING
    alle = set(gevallen(convenant, ontvanger.oins[0], ander, Keuze(gebeurtenis=gebeurtenis)))
    per_veld: dict[Veld, _Verleend] = defaultdict(lambda: (set(), set()))
    for geval in alle:
        besluit = beslis(convenant, vraag_van(geval, ontvanger.oins[0], ander, convenant.geldig_van))
        for veld in besluit.velden:
            gegeven, nummers = per_veld[veld]
            gegeven.add(geval)
            nummers.update(verlening.artikel for verlening in besluit.grounds_for(veld))
    return samen(*(_granted(convenant, deel, alle) for deel in _together(per_veld))) or _NOTHING


def _together(per_veld: Mapping[Veld, _Verleend]) -> list[tuple[set[Veld], _Verleend]]:
    """Return fields that are told in the same cases together; what is told most often comes first."""
    delen: dict[frozenset[Geval], tuple[set[Veld], _Verleend]] = {}
    for veld, (gegeven, nummers) in per_veld.items():
        velden, (_, alle_nummers) = delen.setdefault(frozenset(gegeven), (set(), (gegeven, set())))
        velden.add(veld)
        alle_nummers |= nummers
    return sorted(delen.values(), key=lambda deel: (-len(deel[1][0]), sorted(deel[0])))


def _granted(convenant: Convenant, deel: tuple[set[Veld], _Verleend], alle: set[Geval]) -> Html:
    velden, (gegeven, nummers) = deel
    woorden = tag("strong", ", ".join(in_order(velden, VELDEN_KORT)))
    wanneer = sorted({_when(convenant, doos, alle) for doos in samenvoegen(gegeven)})
    conditie = f": {'; of '.join(filter(None, wanneer))}" if any(wanneer) else ""
    return tag("p", woorden, conditie, samen(" (art. ", artikelen(sorted(nummers, key=_natural)), ")"))


def _natural(artikel: str) -> list[tuple[int, str]]:
    return [(int(deel) if _DIGITS.fullmatch(deel) else 0, deel) for deel in artikel.split(".")]


def _when(convenant: Convenant, doos: Doos, alle: set[Geval]) -> str:
    """Return what restricts these cases, compared with all that there are; empty for nothing."""
    (gebeurtenis,), niveaus, soorten, eigen, fasen = doos
    delen = [
        opsomming(in_order(niveaus, NIVEAUS), "of") if niveaus != set(NIVEAUS_BIJ[gebeurtenis]) else "",
        _about(soorten, {geval.signaalsoort for geval in alle}),
        _own(eigen, {geval.eigen for geval in alle}),
        _phases(convenant, fasen),
    ]
    return ", ".join(filter(None, delen))


def _about(soorten: frozenset[str], alle: set[str]) -> str:
    return "" if soorten == alle else f"over {opsomming(sorted(soorten), 'of')}"


def _own(eigen: frozenset[frozenset[str]], alle: set[frozenset[str]]) -> str:
    met = {codes for codes in eigen if codes}
    if not met:
        return _ONLY_WITHOUT
    allemaal = met == {codes for codes in alle if codes}
    zin = (
        "" if allemaal else f"met een eigen signaal {opsomming(sorted(code for codes in met for code in codes), 'of')}"
    )
    if frozenset() in eigen:
        return f"{zin}, {_ALSO_WITHOUT}" if zin else _ALSO_WITHOUT
    return zin


def _phases(convenant: Convenant, fasen: frozenset[Fase | None]) -> str:
    return "" if fasen == set(fasen_of(convenant)) else fasen_zin(fasen)
