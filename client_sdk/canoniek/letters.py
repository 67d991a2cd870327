"""From any alphabet to the letters a to z, the way Dutch registers need it.

Diacritics are dropped, not expanded (ö becomes o, never oe): that is what Dutch registers do when they cannot
store them. Latin letters that do not decompose (ø, ł, đ, þ, ß, æ ...) and other scripts go through
`anyascii`. Other scripts are transliterated in composed form (NFKC), because й or a Hangul syllable falls
apart in NFKD; Latin ones are decomposed.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from anyascii import anyascii

_KEPT: Final = frozenset("abcdefghijklmnopqrstuvwxyz'-.,/() ")
# Everything people type for an apostrophe: quotes, accents, primes, modifier letters, Greek and Hebrew marks.
_APOSTROPHES: Final = frozenset(
    "`\u00b4\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u02ca\u02cb\u0384\u055a\u05f3\u1fbd\u1fbf\u1fef\u1ffd\u1ffe"
    "\u2018\u2019\u201a\u201b\u2032\u2035\u2039\u203a\ua78b\ua78c\uff07\uff40"
)
# NFKC would turn some of these into a space and a combining accent, so they are replaced before it.
_APOSTROPHE_TABLE: Final = dict.fromkeys(map(ord, _APOSTROPHES), "'")
# Hyphens that Unicode does not file under dash punctuation (Pd): hyphen bullet, minus signs, modifier minus,
# box line.
_OTHER_HYPHENS: Final = frozenset("_\u02d7\u2043\u207b\u208b\u2212\u2500\u2796")
_NOT_A_LETTER: Final = re.compile(r"[^a-z]+")
_ASCII: Final = 128


def fold(text: str) -> str:
    """Return `text` in a-z, with spaces, apostrophes, hyphens and ``. , / ( )`` in one spelling each.

    Invisible characters disappear, other signs become a space. Y, ÿ, ĳ and ij become y. The result folds to
    itself.
    """
    folded = text.translate(_ASCII_TABLE) if text.isascii() else _fold_unicode(text)
    return merge_ij(" ".join(folded.split()))


def fold_hyphens(text: str) -> str:
    """Return `text` with every kind of hyphen written as one, and invisible characters left out."""
    if text.isascii():
        return text.replace("_", "-")
    visible = (char for char in text if unicodedata.category(char) != "Cf")
    return "".join("-" if _is_hyphen(char) else char for char in visible)


def letters_of(text: str) -> str:
    """Return the letters of a folded text, joined."""
    only_letters = text.isascii() and text.isalpha() and text.islower()
    return merge_ij(text if only_letters else _NOT_A_LETTER.sub("", text))


def merge_ij(text: str) -> str:
    """Return `text` with ij written as y: Meijer and Meyer are one name to whoever types it.

    Needed again after joining, where an i and a j can meet: Henri-Jan, Henrijan.
    """
    return text.replace("ij", "y")


def _fold_unicode(text: str) -> str:
    composed = unicodedata.normalize("NFKC", text.translate(_APOSTROPHE_TABLE))
    lowered = unicodedata.normalize("NFKC", composed.lower())
    return "".join(map(_fold_char, lowered))


def _is_hyphen(char: str) -> bool:
    return unicodedata.category(char) == "Pd" or char in _OTHER_HYPHENS


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    if char in _KEPT:
        return char
    if char in _APOSTROPHES:
        return "'"
    if _is_hyphen(char):
        return "-"
    category = unicodedata.category(char)
    if category == "Cf" or unicodedata.combining(char):
        return ""
    # Letters and the vowel signs of Indic scripts; anything else separates.
    return _transliterate(char) if category[0] in "LM" else " "


def _transliterate(char: str) -> str:
    decomposed = unicodedata.normalize("NFKD", char)
    base = "".join(part for part in decomposed if not unicodedata.combining(part))
    ascii_text = base if base.isascii() else anyascii(char)
    return _NOT_A_LETTER.sub("", ascii_text.lower())


# Most names are ASCII: one table gives what the long way would, several times as fast.
_ASCII_TABLE: Final = {code: _fold_char(chr(code).lower()) for code in range(_ASCII)}
