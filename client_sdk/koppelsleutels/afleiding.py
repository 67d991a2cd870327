"""From a canonical person to the keys of profile nl-1.

A key is what is hashed, so everything that may differ between two systems that mean the same person has to be
gone from it, and everything that tells two persons apart has to be in it. Each slot gives up something else; which
slots there are was decided by measurement (docs/koppelsleutels.md). Frequent surnames are short, long ones rare:
some slots ask less of the date when the surname is long.
"""

from collections.abc import Callable, Mapping
from typing import Final

from client_sdk.canoniek import CanoniekePersoon
from client_sdk.koppelsleutels.kenmerken import Kenmerken, kenmerken_of
from client_sdk.koppelsleutels.model import Koppelsleutel
from convenant.profielen import NL_1

# Unit separator: cannot occur in a-z and digits, so two different persons never give the same string by
# shifting letters.
_SEPARATOR: Final = "\x1f"
_LONG_SURNAME: Final = 9
# Below this many consonants two names and a year are several persons in a country.
_ENOUGH_CONSONANTS: Final = 8
_ENOUGH_LETTERS: Final = 6
# What the two kinds of key in one slot begin with, so that one is never taken for the other.
_LONG: Final = "lang"
_SHORT: Final = "kort"

# What a key holds; no key for a person of whom one of the parts is not known.
_Delen = tuple[str, ...]
_NONE: Final[_Delen] = ("",)


def _zeker(k: Kenmerken) -> _Delen:
    # Joined without separators: systems disagree most about hyphens and spaces (Jan-Willem, Jan Willem,
    # Janwillem).
    return k.voornaam.letters, k.achternaam.letters, k.datum.eigen


def _namen(k: Kenmerken) -> _Delen:
    if k.voornaam.medeklinkers + k.achternaam.medeklinkers < _ENOUGH_CONSONANTS:
        return _NONE
    return (*_ordered(k.voornaam.bundel, k.achternaam.bundel), k.datum.jaar)


def _begin(k: Kenmerken) -> _Delen:
    return (*_ordered(k.voornaam.begin, k.achternaam.kaal[:2]), k.datum.geordend)


def _voorletters(k: Kenmerken) -> _Delen:
    return k.voornaam.initialen, k.achternaam.kaal[:2], k.datum.eigen_geordend


def _einde(k: Kenmerken) -> _Delen:
    einde = k.achternaam.kaal[-5:] if _is_long(k) else k.achternaam.kaal[-3:]
    return k.voornaam.letter, einde, k.datum.geordend


def _maand_dag(k: Kenmerken) -> _Delen:
    return k.voornaam.stambundel, k.achternaam.gebruikt, k.datum.maand_dag


def _met_dag(k: Kenmerken) -> _Delen:
    if _is_long(k):
        return _LONG, k.voornaam.initialen, k.achternaam.gebruikt, k.datum.maand_dag
    return _SHORT, k.voornaam.begin, k.achternaam.gebruikt, k.datum.jaar_dag


def _met_jaar(k: Kenmerken) -> _Delen:
    if _is_long(k):
        return _LONG, k.voornaam.initialen, k.achternaam.gebruikt, k.datum.jaar
    return _SHORT, k.voornaam.begin, k.achternaam.gebruikt, k.datum.jaar_maand


def _achternaam(k: Kenmerken) -> _Delen:
    return k.achternaam.gebruikt, k.datum.geordend


def _voornamen_jaar(k: Kenmerken) -> _Delen:
    if len(k.achternaam.kaal) < _ENOUGH_LETTERS:
        return _NONE
    return k.voornaam.klanken, k.achternaam.klanken[:3], k.datum.jaar


def _lang_of_kort(k: Kenmerken) -> _Delen:
    if _is_long(k):
        return _LONG, k.voornaam.stamskelet[:3], k.achternaam.gebruikt, k.datum.jaar
    return _SHORT, k.voornaam.bundel, k.achternaam.kaal[:3], k.datum.maand_dag


def _voornamen(k: Kenmerken) -> _Delen:
    return k.voornaam.bundel, k.datum.eigen_geordend


_REGELS: Final[Mapping[str, Callable[[Kenmerken], _Delen]]] = {
    "zeker": _zeker,
    "namen": _namen,
    "begin": _begin,
    "voorletters": _voorletters,
    "einde": _einde,
    "maand-dag": _maand_dag,
    "met-dag": _met_dag,
    "met-jaar": _met_jaar,
    "achternaam": _achternaam,
    "voornamen-jaar": _voornamen_jaar,
    "lang-of-kort": _lang_of_kort,
    "voornamen": _voornamen,
}
_SLOTS: Final = tuple((slot.code, slot.niveau, _REGELS[slot.code]) for slot in NL_1.slots if slot.niveau is not None)


def derive_koppelsleutels(canoniek: CanoniekePersoon) -> tuple[Koppelsleutel, ...]:
    """Return the keys this person can bear, in slot order; none when too little is known.

    `zeker` needs full given names (not initials, not only a roepnaam) and a complete birth date other than 1
    January and 1 July. It holds all given names, the surname with its voorvoegsels as typed, and the date.
    What the other slots hold and need stands in docs/koppelsleutels.md.
    """
    kenmerken = kenmerken_of(canoniek)
    return tuple(
        [
            Koppelsleutel(code, niveau, _SEPARATOR.join(delen))
            for code, niveau, regel in _SLOTS
            if all(delen := regel(kenmerken))
        ]
    )


def _is_long(k: Kenmerken) -> bool:
    return len(k.achternaam.kaal) >= _LONG_SURNAME


def _ordered(een: str, ander: str) -> _Delen:
    # Without a known order given name and surname can have changed places.
    return (een, ander) if een <= ander else (ander, een)
