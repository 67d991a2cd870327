"""Households: who lives together, who is whose child, and who bears whose name."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from koppelradar.bench.bevolking.datums import draw_datum, registered
from koppelradar.bench.bevolking.kans import Kans, Tabel
from koppelradar.bench.bevolking.model import PEILDATUM, Achternaam, Geslacht, Herkomst
from koppelradar.bench.bevolking.namen import draw_achternaam, draw_voornamen, vrouwelijk

HERKOMSTEN: Final = Tabel(
    [
        (Herkomst.NEDERLANDS, 780),
        (Herkomst.TURKS, 50),
        (Herkomst.MAROKKAANS, 50),
        (Herkomst.SURINAAMS, 40),
        (Herkomst.POOLS, 30),
        (Herkomst.SYRISCH, 30),
        (Herkomst.ANTILLIAANS, 20),
    ]
)
GEZINNEN: Final = 0.34
"""Part of the households with children at home, unless asked otherwise."""

_EENOUDER: Final = 0.22
_MOEDER_ALLEEN: Final = 0.85
_SAMENWONEND: Final = 0.45
_GELIJK_GESLACHT: Final = 0.03
_ZELFDE_HERKOMST: Final = 0.90
_GEHUWD: Final = 0.65
_TWEELING: Final = 0.016
_TWEELING_ZELFDE_GESLACHT: Final = 0.66
_NAAM_VAN_DE_VADER: Final = 0.95
_EENOUDER_NAAM_VAN_DE_VADER: Final = 0.70
_DUBBELE_NAAM: Final = 0.25
_OUDSTE: Final = 90
_KINDEREN: Final = Tabel([(1, 40), (2, 42), (3, 13), (4, 4), (5, 1)])
_KINDEREN_GROTER: Final = Tabel([(1, 28), (2, 32), (3, 23), (4, 12), (5, 5)])
_GROTERE_GEZINNEN: Final = frozenset({Herkomst.MAROKKAANS, Herkomst.SYRISCH})
_LEEFTIJD_OUDSTE_KIND: Final = Tabel([(jaren, 10) for jaren in range(1, 18)] + [(jaren, 5) for jaren in range(18, 23)])
_LEEFTIJD_MOEDER: Final = Tabel(
    zip(range(18, 42), (1, 2, 3, 4, 6, 8, 10, 13, 16, 18, 20, 21, 20, 18, 15, 12, 10, 8, 6, 4, 3, 2, 1, 1), strict=True)
)
# First and last age of a group, and the weight of each age in it.
_ZONDER_KINDEREN: Final = ((20, 34, 14), (35, 49, 7), (50, 74, 12), (75, _OUDSTE, 6))
_LEEFTIJD_ZONDER_KINDEREN: Final = Tabel(
    (jaren, gewicht) for eerste, laatste, gewicht in _ZONDER_KINDEREN for jaren in range(eerste, laatste + 1)
)
_JAREN_TUSSEN_KINDEREN: Final = Tabel([(1, 12), (2, 42), (3, 26), (4, 12), (5, 8)])
_KORTSTE_TUSSENTIJD_DAGEN: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Lid:
    """A member of a household; `tweeling` counts the twin births in the household from 0."""

    geslacht: Geslacht
    herkomst: Herkomst
    voornamen: tuple[str, ...]
    achternaam: Achternaam
    geboren: date
    partner: Achternaam | None = None
    tweeling: int | None = None


def draw_huishouden(kans: Kans, *, gezinnen: float = GEZINNEN) -> tuple[Lid, ...]:
    """Return the members of a household, parents first, children by age from old to young."""
    herkomst = kans.draw(HERKOMSTEN)
    if kans.happens(gezinnen):
        return _family(kans, herkomst)
    jaar = PEILDATUM.year - 1 - kans.draw(_LEEFTIJD_ZONDER_KINDEREN)
    if kans.happens(_SAMENWONEND):
        return _couple(kans, herkomst, jaar)
    return (_adult(kans, herkomst, _sex(kans), jaar),)


def _family(kans: Kans, herkomst: Herkomst) -> tuple[Lid, ...]:
    jaar_oudste = PEILDATUM.year - kans.draw(_LEEFTIJD_OUDSTE_KIND)
    jaar_moeder = jaar_oudste - kans.draw(_LEEFTIJD_MOEDER)
    if not kans.happens(_EENOUDER):
        ouders = _couple(kans, herkomst, jaar_moeder)
        return *ouders, *_children(kans, ouders[0].herkomst, _family_name(kans, ouders), jaar_oudste)
    geslacht = Geslacht.VROUW if kans.happens(_MOEDER_ALLEEN) else Geslacht.MAN
    ouder = _adult(kans, herkomst, geslacht, jaar_moeder)
    naam = _name_of_one_parent(kans, ouder)
    return ouder, *_children(kans, herkomst, naam, jaar_oudste)


def _couple(kans: Kans, herkomst: Herkomst, jaar: int) -> tuple[Lid, Lid]:
    """Return the man and the woman, or two of the same sex."""
    vrouw = _adult(kans, herkomst, Geslacht.VROUW, jaar)
    van_partner = herkomst if kans.happens(_ZELFDE_HERKOMST) else kans.draw(HERKOMSTEN)
    jaar_partner = max(jaar - kans.between(-2, 7), PEILDATUM.year - _OUDSTE)
    man = _adult(kans, van_partner, Geslacht.MAN, min(jaar_partner, PEILDATUM.year - 18))
    if kans.happens(_GELIJK_GESLACHT):
        man = _adult(kans, van_partner, Geslacht.VROUW, man.geboren.year)
    if kans.happens(_GEHUWD) and kans.happens(_bears_partner_name(vrouw)):
        vrouw = replace(vrouw, partner=man.achternaam)
    return man, vrouw


def _bears_partner_name(vrouw: Lid) -> float:
    if vrouw.herkomst in _GROTERE_GEZINNEN:
        return 0.10
    return 0.85 if vrouw.geboren.year < 1960 else 0.35  # noqa: PLR2004 - the habit changed with that generation


def _adult(kans: Kans, herkomst: Herkomst, geslacht: Geslacht, jaar: int) -> Lid:
    achternaam = draw_achternaam(kans, herkomst)
    datum = draw_datum(kans, jaar)
    return Lid(
        geslacht=geslacht,
        herkomst=herkomst,
        voornamen=draw_voornamen(kans, herkomst, geslacht, jaar),
        achternaam=_form(achternaam, herkomst, geslacht),
        geboren=registered(kans, datum, herkomst),
    )


def _family_name(kans: Kans, ouders: tuple[Lid, Lid]) -> Achternaam:
    man, vrouw = ouders
    if kans.happens(_NAAM_VAN_DE_VADER):
        return man.achternaam
    if kans.happens(_DUBBELE_NAAM):
        # Both names, as the law allows since 2024: the second one's voorvoegsel stays inside.
        return Achternaam(man.achternaam.voorvoegsel, f"{man.achternaam.naam}-{vrouw.achternaam}")
    return vrouw.achternaam


def _name_of_one_parent(kans: Kans, ouder: Lid) -> Achternaam:
    if ouder.geslacht is Geslacht.VROUW and kans.happens(_EENOUDER_NAAM_VAN_DE_VADER):
        return draw_achternaam(kans, ouder.herkomst)
    return ouder.achternaam


def _children(kans: Kans, herkomst: Herkomst, naam: Achternaam, jaar: int) -> Iterator[Lid]:
    aantal = kans.draw(_KINDEREN_GROTER if herkomst in _GROTERE_GEZINNEN else _KINDEREN)
    bekend: set[str] = set()
    for nummer, datum in enumerate(_births(kans, aantal, jaar)):
        geslachten = _birth(kans)
        geboren = registered(kans, datum, herkomst)
        for geslacht in geslachten:
            voornamen = _new_names(kans, herkomst, geslacht, geboren.year, bekend)
            tweeling = nummer if len(geslachten) > 1 else None
            achternaam = _form(naam, herkomst, geslacht)
            yield Lid(
                geslacht=geslacht,
                herkomst=herkomst,
                voornamen=voornamen,
                achternaam=achternaam,
                geboren=geboren,
                tweeling=tweeling,
            )


def _birth(kans: Kans) -> tuple[Geslacht, ...]:
    eerste = _sex(kans)
    if not kans.happens(_TWEELING):
        return (eerste,)
    return eerste, eerste if kans.happens(_TWEELING_ZELFDE_GESLACHT) else _other(eerste)


def _births(kans: Kans, aantal: int, jaar: int) -> Iterator[date]:
    datum = draw_datum(kans, jaar)
    yield datum
    for _ in range(aantal - 1):
        vorige = datum
        jaar = vorige.year + kans.draw(_JAREN_TUSSEN_KINDEREN)
        datum = draw_datum(kans, jaar)
        while (datum - vorige).days < _KORTSTE_TUSSENTIJD_DAGEN:
            datum = draw_datum(kans, jaar + 1)
        if datum >= PEILDATUM:
            return
        yield datum


def _new_names(kans: Kans, herkomst: Herkomst, geslacht: Geslacht, jaar: int, bekend: set[str]) -> tuple[str, ...]:
    """Return given names of which no brother or sister bears the first."""
    while True:
        namen = draw_voornamen(kans, herkomst, geslacht, jaar)
        if namen[0] not in bekend:
            bekend.add(namen[0])
            return namen


def _form(achternaam: Achternaam, herkomst: Herkomst, geslacht: Geslacht) -> Achternaam:
    return vrouwelijk(achternaam) if herkomst is Herkomst.POOLS and geslacht is Geslacht.VROUW else achternaam


def _sex(kans: Kans) -> Geslacht:
    return Geslacht.MAN if kans.happens(0.51) else Geslacht.VROUW


def _other(geslacht: Geslacht) -> Geslacht:
    return Geslacht.VROUW if geslacht is Geslacht.MAN else Geslacht.MAN
