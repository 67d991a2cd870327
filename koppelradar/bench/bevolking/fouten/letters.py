"""Errors inside a name: typing, scanning, sound, and spellings of names from other alphabets."""

from collections.abc import Sequence
from typing import Final

from koppelradar.bench.bevolking.kans import Kans

Vervanging = tuple[str, str]

_TOETSENBORD: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_OCR: Final[Sequence[Vervanging]] = (
    ("rn", "m"), ("m", "rn"), ("l", "i"), ("i", "l"), ("cl", "d"), ("d", "cl"), ("h", "b"), ("b", "h"),
    ("e", "c"), ("c", "e"), ("u", "v"), ("v", "u"), ("vv", "w"), ("w", "vv"), ("n", "ri"), ("f", "t"), ("t", "f"),
    ("g", "q"), ("o", "c"), ("a", "o"),
)  # fmt: skip
_KLANK: Final[Sequence[Vervanging]] = (
    ("ij", "ei"), ("ei", "ij"), ("ij", "y"), ("y", "i"), ("ou", "au"), ("au", "ou"), ("ouw", "auw"), ("c", "k"),
    ("k", "c"), ("ck", "k"), ("k", "ck"), ("s", "z"), ("z", "s"), ("dt", "t"), ("dt", "d"), ("t", "dt"), ("d", "t"),
    ("ph", "f"), ("f", "ph"), ("f", "v"), ("v", "f"), ("oe", "u"), ("th", "t"), ("t", "th"), ("ch", "g"), ("g", "ch"),
    ("x", "ks"), ("ks", "x"), ("sch", "s"), ("qu", "kw"), ("aa", "a"), ("ee", "e"), ("oo", "o"), ("ae", "aa"),
    ("eu", "ui"), ("nn", "n"), ("ss", "s"), ("ll", "l"), ("tt", "t"), ("mm", "m"),
)  # fmt: skip
_ALFABET: Final[Sequence[Vervanging]] = (
    ("mohammed", "mohamed"), ("mohamed", "mohammed"), ("mohammed", "muhammad"), ("mohamed", "muhammed"),
    ("mohammad", "mohamad"), ("mohammad", "mohammed"), ("mehmet", "mehmed"), ("ahmed", "ahmad"), ("ahmad", "ahmed"),
    ("hussein", "hossain"), ("hussein", "husain"), ("youssef", "yousef"), ("youssef", "joesoef"), ("yousef", "yusuf"),
    ("mustapha", "mostafa"), ("mustafa", "moustafa"), ("fatima", "fatma"), ("aicha", "aisha"), ("khadija", "hadija"),
    ("el ", "al "), ("al ", "el "), ("abdel", "abdul"), ("abdul", "abdel"), ("ou", "u"), ("oe", "ou"), ("u", "ou"),
    ("ch", "sh"), ("sh", "ch"), ("kh", "ch"), ("kh", "h"), ("gh", "g"), ("q", "k"), ("y", "i"), ("i", "y"),
    ("dj", "j"), ("j", "dj"), ("aa", "a"), ("ss", "s"), ("mm", "m"), ("ll", "l"), ("dd", "d"), ("bb", "b"),
    ("ö", "oe"), ("ü", "ue"), ("ü", "u"), ("ş", "sj"), ("ç", "tsj"), ("ç", "c"), ("ş", "sh"), ("ı", "i"), ("ğ", "gh"),
    ("ł", "w"), ("ń", "nj"), ("ś", "sz"), ("ż", "z"), ("ó", "u"), ("ą", "on"), ("ę", "en"), ("sz", "sj"),
    ("cz", "tsj"), ("w", "v"), ("rz", "z"), ("oe", "u"), ("ee", "i"), ("a", "e"),
)  # fmt: skip
_KORTSTE: Final = 3


def typefout(kans: Kans, naam: str) -> str | None:
    """Return the name with one letter too many, too few, wrong or out of order; None when it is too short."""
    plaatsen = [plaats for plaats, letter in enumerate(naam) if letter.isalpha()]
    if len(plaatsen) < _KORTSTE:
        return None
    plaats = kans.pick(plaatsen[1:])
    return kans.pick((_insert, _delete, _substitute, _transpose))(kans, naam, plaats)


def ocr(kans: Kans, naam: str) -> str | None:
    """Return the name as a scanner can misread it; None when no letter looks like another."""
    return _replace(kans, naam, _OCR)


def fonetisch(kans: Kans, naam: str) -> str | None:
    """Return the name written by its sound in Dutch; None when it can be written in one way only."""
    return _replace(kans, naam, _KLANK)


def transliteratie(kans: Kans, naam: str) -> str | None:
    """Return another spelling of a name from another alphabet; None when there is none."""
    return _replace(kans, naam, _ALFABET)


def _replace(kans: Kans, naam: str, regels: Sequence[Vervanging]) -> str | None:
    klein = naam.lower()
    # A few capitals grow when written small; then places in both no longer agree.
    if len(klein) != len(naam):
        return None
    vindbaar = [(oud, nieuw) for oud, nieuw in regels if oud in klein]
    if not vindbaar:
        return None
    oud, nieuw = kans.pick(vindbaar)
    plaats = kans.pick([plaats for plaats in range(len(klein)) if klein.startswith(oud, plaats)])
    nieuw = nieuw.capitalize() if naam[plaats].isupper() else nieuw
    return naam[:plaats] + nieuw + naam[plaats + len(oud) :]


def _insert(kans: Kans, naam: str, plaats: int) -> str:
    return naam[:plaats] + _neighbour(kans, naam[plaats]) + naam[plaats:]


def _delete(_: Kans, naam: str, plaats: int) -> str:
    return naam[:plaats] + naam[plaats + 1 :]


def _substitute(kans: Kans, naam: str, plaats: int) -> str:
    return naam[:plaats] + _neighbour(kans, naam[plaats]) + naam[plaats + 1 :]


def _transpose(_: Kans, naam: str, plaats: int) -> str:
    return naam[: plaats - 1] + naam[plaats] + naam[plaats - 1] + naam[plaats + 1 :]


def _neighbour(kans: Kans, letter: str) -> str:
    """Return the letter of a key beside this one; letters that are on no key are typed as e."""
    for rij in _TOETSENBORD:
        plaats = rij.find(letter.lower())
        if plaats >= 0:
            return kans.pick(rij[max(plaats - 1, 0) : plaats] + rij[plaats + 1 : plaats + 2])
    return "e"
