"""What coincides in a possible match, in one Dutch sentence, from the codes of the slots alone.

The other party's data never come here: a slot that coincides says that a feature is the same on both sides, and one
that does not says that a feature differs or is missing, here or there. So the sentence speaks of "dezelfde achternaam"
and names nothing. docs/koppelsleutels.md says what each slot holds.
"""

from collections.abc import Iterable, Mapping
from enum import IntEnum
from types import MappingProxyType
from typing import Final, NamedTuple

from convenant.profielen import NL_1
from convenant.types import Niveau


class _Voornaam(IntEnum):
    NIETS = 0
    LETTER = 1
    BEGIN = 2
    KLANK = 3
    ALLE = 4
    VOLUIT = 5


class _Achternaam(IntEnum):
    NIETS = 0
    DEEL = 1
    EINDE = 2
    BEGIN = 3
    DRIE = 4
    GEBRUIKT = 5
    KLANK = 6
    VOLUIT = 7


class _Gelijk(NamedTuple):
    """What one slot says is the same. `datum` holds j, m and d; `wissel`: in either order (names, or day and month).

    `datum_deel`: a further part of the date is the same. Which one depends on the length of the surname, as more does
    in those slots; what stands here is what both kinds of key have in common.
    """

    voornaam: _Voornaam
    achternaam: _Achternaam
    datum: str
    namen_wissel: bool = False
    datum_wissel: bool = False
    datum_deel: bool = False


_V, _A = _Voornaam, _Achternaam
_SLOTEN: Final[Mapping[str, _Gelijk]] = MappingProxyType(
    {
        "zeker": _Gelijk(_V.VOLUIT, _A.VOLUIT, "jmd"),
        "namen": _Gelijk(_V.KLANK, _A.KLANK, "j", namen_wissel=True),
        "begin": _Gelijk(_V.BEGIN, _A.BEGIN, "jmd", namen_wissel=True, datum_wissel=True),
        "voorletters": _Gelijk(_V.LETTER, _A.BEGIN, "jmd", datum_wissel=True),
        "einde": _Gelijk(_V.LETTER, _A.EINDE, "jmd", datum_wissel=True),
        "maand-dag": _Gelijk(_V.KLANK, _A.GEBRUIKT, "md"),
        "met-dag": _Gelijk(_V.LETTER, _A.GEBRUIKT, "d", datum_deel=True),
        "met-jaar": _Gelijk(_V.LETTER, _A.GEBRUIKT, "j", datum_deel=True),
        "achternaam": _Gelijk(_V.NIETS, _A.GEBRUIKT, "jmd", datum_wissel=True),
        "voornamen-jaar": _Gelijk(_V.ALLE, _A.DRIE, "j"),
        "lang-of-kort": _Gelijk(_V.LETTER, _A.DEEL, "", datum_deel=True),
        "voornamen": _Gelijk(_V.ALLE, _A.NIETS, "jmd", datum_wissel=True),
    }
)
_VOORNAAM: Final = {
    _V.LETTER: "eerste letter van de voornaam",
    _V.BEGIN: "eerste letters van de voornaam",
    _V.KLANK: "voornaam (klank)",
    _V.ALLE: "voornamen (klank)",
    _V.VOLUIT: "voornamen",
}
_ACHTERNAAM: Final = {
    _A.DEEL: "deel van de achternaam",
    _A.EINDE: "einde van de achternaam",
    _A.BEGIN: "eerste letters van de achternaam",
    _A.DRIE: "begin van de achternaam",
    _A.GEBRUIKT: "achternaam of gebruikte naam (klank)",
    _A.KLANK: "achternaam (klank)",
    _A.VOLUIT: "achternaam",
}
_DATUM: Final = {"j": "geboortejaar", "m": "geboortemaand", "d": "geboortedag"}
_LIDWOORD: Final = {"j": "het", "m": "de", "d": "de"}
_EEN: Final = "verschilt of ontbreekt"
_MEER: Final = "verschillen of ontbreken"
_HEEL: Final = frozenset("jmd")


def vergelijking(sloten: Iterable[str]) -> str:
    """Return one sentence on what is the same and what differs or is missing, for the codes that coincide.

    Codes that this version does not know are passed over; without one that it knows it says that it does not know.
    """
    gelijk = [_SLOTEN[code] for code in sloten if code in _SLOTEN]
    if not gelijk:
        return "Wat overeenkomt, kent deze versie niet. Werk Koppelradar bij."
    zelfde, anders = _namen(gelijk)
    datum_zelfde, datum_anders = _datum(gelijk)
    tekst = "Zelfde " + _opsomming([*zelfde, *datum_zelfde])
    ontbreekt = [*anders, *datum_anders]
    if ontbreekt:
        tekst += f"; {_opsomming(ontbreekt)} {_EEN if len(ontbreekt) == 1 else _MEER}"
    if _only_swapped(gelijk):
        tekst += "; voor- en achternaam kunnen verwisseld zijn"
    return tekst + "."


def niveau_of(sloten: Iterable[str]) -> Niveau:
    """Return the best level of the slots that coincide; `mogelijk` when none of them is known."""
    niveaus = [slot.niveau for slot in NL_1.slots if slot.code in set(sloten) and slot.niveau is not None]
    return min(niveaus, key=list(Niveau).index, default=Niveau.MOGELIJK)


def _namen(gelijk: list[_Gelijk]) -> tuple[list[str], list[str]]:
    voornaam, achternaam = max(g.voornaam for g in gelijk), max(g.achternaam for g in gelijk)
    zelfde = [_VOORNAAM[voornaam]] if voornaam else []
    zelfde += [_ACHTERNAAM[achternaam]] if achternaam else []
    return zelfde, [*_voornaam_rest(voornaam), *_achternaam_rest(achternaam)]


def _voornaam_rest(gelijk: _Voornaam) -> list[str]:
    if gelijk > _V.BEGIN:
        return []
    return ["de rest van de voornaam" if gelijk else "de voornaam"]


def _achternaam_rest(gelijk: _Achternaam) -> list[str]:
    if gelijk >= _A.GEBRUIKT:
        return []
    return ["de rest van de achternaam" if gelijk else "de achternaam"]


def _datum(gelijk: list[_Gelijk]) -> tuple[list[str], list[str]]:
    vast = frozenset("".join(g.datum for g in gelijk if not g.datum_wissel))
    if vast == _HEEL:
        return ["geboortedatum"], []
    if any(g.datum_wissel for g in gelijk):
        return ["geboortedatum (dag en maand kunnen verwisseld zijn)"], []
    zelfde = [_DATUM[deel] for deel in "jmd" if deel in vast]
    if any(g.datum_deel for g in gelijk):
        return [*zelfde, "deel van de geboortedatum"], []
    return zelfde, [f"{_LIDWOORD[deel]} {_DATUM[deel]}" for deel in "mdj" if deel not in vast]


def _only_swapped(gelijk: list[_Gelijk]) -> bool:
    """Whether no slot tells which of the two names is which."""
    return all(g.namen_wissel for g in gelijk)


def _opsomming(delen: list[str]) -> str:
    return " en ".join([", ".join(delen[:-1]), delen[-1]]) if len(delen) > 1 else delen[0]


if _SLOTEN.keys() != {slot.code for slot in NL_1.slots}:
    raise AssertionError("every slot of the profile needs words")
