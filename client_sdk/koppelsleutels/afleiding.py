"""From a canonical person to the keys of profile nl-1.

A key is what is hashed, so everything that may differ between two systems that mean the same person has to be
gone from it, and everything that tells two persons apart has to be in it. Each slot gives up one thing; which
slots there are was decided by measurement (docs/koppelsleutels.md).
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
# Between the given names of one part.
_WITHIN: Final = "-"
_ENOUGH_NAMES: Final = 2

# What a key holds; no key for a person of whom one of the parts is not known.
_Delen = tuple[str, ...] | None


def _zeker(k: Kenmerken) -> _Delen:
    # Joined without separators: systems disagree most about hyphens and spaces (Jan-Willem, Jan Willem,
    # Janwillem).
    return (k.voornamen, k.achternaam, _datum(k)) if k.has_own_date else None


def _namen(k: Kenmerken) -> _Delen:
    if not k.datum.is_complete:
        return None
    vroeg, laat = sorted((k.datum.maand, k.datum.dag))
    return (*_sorted(k.voornaam_skelet, k.achternaam_skelet), f"{k.datum.jaar:04}{vroeg:02}{laat:02}")


def _begin(k: Kenmerken) -> _Delen:
    return (*_sorted(k.voornaam_begin, k.achternaam_begin), _datum(k)) if k.has_own_date else None


def _letter_begin(k: Kenmerken) -> _Delen:
    return (k.voornaam_letter, k.achternaam_begin_3, _datum(k)) if k.has_own_date else None


def _letter_achternaam(k: Kenmerken) -> _Delen:
    return (k.voornaam_letter, k.achternaam_skelet, _datum(k)) if k.has_own_date else None


def _gebruikt(k: Kenmerken) -> _Delen:
    return (k.voornaam_skelet, k.gebruikt_skelet, _datum(k)) if k.has_own_date else None


def _jaarmaand(k: Kenmerken) -> _Delen:
    rest = f"{k.datum.jaar:04}{k.datum.maand:02}"
    return (*_sorted(k.voornaam_skelet, k.achternaam_skelet), rest) if k.has_own_date else None


def _jaardag(k: Kenmerken) -> _Delen:
    rest = f"{k.datum.jaar:04}{k.datum.dag:02}"
    return (*_sorted(k.voornaam_skelet, k.achternaam_skelet), rest) if k.has_own_date else None


def _maanddag(k: Kenmerken) -> _Delen:
    rest = f"{k.datum.maand:02}{k.datum.dag:02}"
    return (*_sorted(k.voornaam_skelet, k.achternaam_skelet), rest) if k.has_own_date else None


def _achternaam(k: Kenmerken) -> _Delen:
    return (k.achternaam_skelet, _datum(k)) if k.has_own_date else None


def _voornamen(k: Kenmerken) -> _Delen:
    return (_WITHIN.join(k.voornamen_skelet), _datum(k)) if k.has_own_date else None


def _jaar(k: Kenmerken) -> _Delen:
    # One given name, a surname and a year are several persons in a country; with two given names hardly ever.
    if len(k.voornamen_skelet) < _ENOUGH_NAMES or not k.datum.jaar:
        return None
    return (_WITHIN.join(k.voornamen_skelet), k.achternaam_skelet, f"{k.datum.jaar:04}")


_REGELS: Final[Mapping[str, Callable[[Kenmerken], _Delen]]] = {
    "zeker": _zeker,
    "namen": _namen,
    "begin": _begin,
    "letter-begin": _letter_begin,
    "letter-achternaam": _letter_achternaam,
    "naamgebruik": _gebruikt,
    "jaar-maand": _jaarmaand,
    "jaar-dag": _jaardag,
    "maand-dag": _maanddag,
    "achternaam": _achternaam,
    "voornamen": _voornamen,
    "jaar": _jaar,
}


def derive_koppelsleutels(canoniek: CanoniekePersoon) -> tuple[Koppelsleutel, ...]:
    """Return the keys this person can bear, in slot order; none when too little is known.

    `zeker` needs full given names (not initials, not only a roepnaam) and a complete birth date other than 1
    January and 1 July. It holds all given names, the surname with its voorvoegsels as typed, and the date.
    What the other slots hold and need stands in docs/koppelsleutels.md.
    """
    kenmerken = kenmerken_of(canoniek)
    return tuple(
        Koppelsleutel(slot.code, slot.niveau, _SEPARATOR.join(delen))
        for slot in NL_1.slots
        if slot.niveau is not None and (delen := _REGELS[slot.code](kenmerken)) and all(delen)
    )


def _sorted(een: str, ander: str) -> tuple[str, ...]:
    # Without a known order given name and surname can have changed places; one of both missing leaves a gap.
    return tuple(sorted((een, ander)))


def _datum(k: Kenmerken) -> str:
    jaar, maand, dag = k.datum
    return f"{jaar:04}{maand:02}{dag:02}"
