"""Names for persons: surnames with a long tail, given names of a time and an origin.

The folder `gegevens` holds the tables, this module draws from them.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from koppelradar.bench.bevolking import tabellen
from koppelradar.bench.bevolking.kans import Kans, Tabel
from koppelradar.bench.bevolking.model import Achternaam, Geslacht, Herkomst

# Frequent names carry this part of a million people; the rest bears a name from the tail.
_PER_MILJOEN: Final = 1_000_000
# Each next band of the tail holds twice the names of the one before and as many people, as under Zipf's law:
# nine bands after the 696 frequent Dutch names end at rank 356,352.
_BANDEN: Final = 9
_STAART_VOORVOEGSELS: Final = ("", "van", "van de", "van der", "van den", "ter", "op de", "in 't")
_STAART_UITGANGEN: Final = ("", "s", "sma")
# A multiplier without a factor in common with the number of tail names scatters neighbouring ranks over them.
_VERSPREIDER: Final = 1_000_003
_AANTAL_VOORNAMEN: Final = {
    Herkomst.NEDERLANDS: Tabel([(1, 30), (2, 38), (3, 25), (4, 7)]),
    Herkomst.POOLS: Tabel([(1, 55), (2, 45)]),
    Herkomst.SURINAAMS: Tabel([(1, 40), (2, 45), (3, 15)]),
    Herkomst.ANTILLIAANS: Tabel([(1, 35), (2, 45), (3, 20)]),
}
# Jan-Willem, Anne-Marie; and surnames such as Jansen-de Vries.
_DUBBELE_VOORNAAM: Final = 0.02
_DUBBELE_ACHTERNAAM: Final = 0.01
_MEESTAL_EEN: Final = Tabel([(1, 88), (2, 12)])
_VERNOEMD: Final = 0.6
_VROUWELIJK: Final = {"ski": "ska", "cki": "cka"}


def draw_achternaam(kans: Kans, herkomst: Herkomst) -> Achternaam:
    """Return a surname of this origin, Polish ones in the masculine form."""
    naam = _single(kans, herkomst)
    if herkomst is Herkomst.NEDERLANDS and kans.happens(_DUBBELE_ACHTERNAAM):
        return naam._replace(naam=f"{naam.naam}-{_single(kans, herkomst)}")
    return naam


def draw_voornamen(kans: Kans, herkomst: Herkomst, geslacht: Geslacht, jaar: int) -> tuple[str, ...]:
    """Return one to four different given names for somebody born in `jaar`."""
    aantal = kans.draw(_AANTAL_VOORNAMEN.get(herkomst, _MEESTAL_EEN))
    namen = [_first(kans, herkomst, geslacht, jaar)]
    if herkomst is Herkomst.NEDERLANDS and kans.happens(_DUBBELE_VOORNAAM):
        namen = [f"{namen[0]}-{_first(kans, herkomst, geslacht, jaar)}"]
    while len(namen) < aantal:
        # Second and further Dutch names are often those of a grandparent.
        vernoemd = herkomst is Herkomst.NEDERLANDS and kans.happens(_VERNOEMD)
        naam = _first(kans, herkomst, geslacht, 0 if vernoemd else jaar)
        if naam not in namen:
            namen.append(naam)
    return tuple(namen)


def vrouwelijk(achternaam: Achternaam) -> Achternaam:
    """Return the form a woman bears in Poland: Kowalska for Kowalski."""
    uitgang = _VROUWELIJK.get(achternaam.naam[-3:])
    return achternaam._replace(naam=achternaam.naam[:-3] + uitgang) if uitgang else achternaam


def staartnaam(plaats: int) -> Achternaam:
    """Return the Dutch surname of the tail at a place; places from 0 up to some 525,000 give different parts."""
    begin, eind = _parts(Herkomst.NEDERLANDS)
    rest = plaats * _VERSPREIDER % _staart_size()
    rest, vorm = divmod(rest, len(_STAART_VOORVOEGSELS))
    rest, uitgang = divmod(rest, len(_STAART_UITGANGEN))
    eerste, tweede = divmod(rest, len(eind))
    return Achternaam(_STAART_VOORVOEGSELS[vorm], begin[eerste] + eind[tweede] + _STAART_UITGANGEN[uitgang])


@lru_cache(maxsize=1)
def _frequent() -> Mapping[Herkomst, Tabel[Achternaam | None]]:
    return {herkomst: _with_tail(rijen) for herkomst, rijen in tabellen.achternamen().items()}


def _with_tail(rijen: tuple[tuple[Achternaam, int], ...]) -> Tabel[Achternaam | None]:
    staart = _PER_MILJOEN - sum(gewicht for _, gewicht in rijen)
    return Tabel([*rijen, (None, staart)])


def _single(kans: Kans, herkomst: Herkomst) -> Achternaam:
    waarde = kans.draw(_frequent()[herkomst])
    return waarde if waarde is not None else _rare(kans, herkomst)


def _rare(kans: Kans, herkomst: Herkomst) -> Achternaam:
    if herkomst is Herkomst.NEDERLANDS:
        eerste = len(tabellen.achternamen()[herkomst]) << kans.below(_BANDEN)
        return staartnaam(eerste + kans.below(eerste))
    begin, eind = _parts(herkomst)
    # The lower of two throws: some of these names are more frequent than others.
    plaats = min(kans.below(len(begin) * len(eind)), kans.below(len(begin) * len(eind)))
    eerste, tweede = divmod(plaats * _VERSPREIDER % (len(begin) * len(eind)), len(eind))
    return Achternaam("", begin[eerste] + eind[tweede])


def _first(kans: Kans, herkomst: Herkomst, geslacht: Geslacht, jaar: int) -> str:
    if herkomst is Herkomst.NEDERLANDS:
        return kans.draw(tabellen.nederlandse_voornamen()[geslacht][tabellen.tijdvak(jaar)])
    return kans.draw(tabellen.overige_voornamen()[herkomst, geslacht])


def _parts(herkomst: Herkomst) -> tuple[tuple[str, ...], tuple[str, ...]]:
    delen = tabellen.naamdelen()
    return delen[herkomst, "begin"], delen[herkomst, "eind"]


@lru_cache(maxsize=1)
def _staart_size() -> int:
    begin, eind = _parts(Herkomst.NEDERLANDS)
    return len(begin) * len(eind) * len(_STAART_VOORVOEGSELS) * len(_STAART_UITGANGEN)
