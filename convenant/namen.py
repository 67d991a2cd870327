"""Names of organisations that people cannot tell apart.

Somebody who joins under a name that looks like that of another party is called by its colleagues, and gets what was
meant for the other. The tables follow confusables.txt of Unicode Technical Standard #39 for the letters that Dutch
readers take for Latin ones; the rest of Unicode is caught by its script. Why not anyascii: it spells how a letter
sounds, so that Cyrillic р becomes r, while what matters here is that it looks like p.
"""

import unicodedata
from typing import Final

# Pairs of a letter and the Latin one it looks like; upper and lower case apart, for Greek Ν looks like N, but ν like v.
_ALIKE: Final = (
    "АA ВB ЕE ЅS ІI ЈJ КK МM НH ОO РP СC ТT УY ХX ҺH ԚQ ԜW ӀI "  # Cyrillic
    "аa вb еe ѕs іi јj кk мm нh оo рp сc тt уy хx һh ԁd ԛq ԝw ӏl ѵv гr пn "
    "ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX "  # Greek
    "αa γy ηn ιi κk νv οo ρp σo τt υu χx "
    "øo ØO đd ĐD łl ŁL ħh ĦH ıi ɡg ɑa"  # Latin, where NFKD leaves the stroke
)
_LETTERS: Final = {ord(pair[0]): pair[1] for pair in _ALIKE.split()}
# After folding the case, when capital I and small i are one.
_STROKES: Final = str.maketrans({"0": "o", "1": "l", "i": "l", "|": "l"})
_PAIRS: Final = (("rn", "m"), ("vv", "w"))


def skeleton(naam: str) -> str:
    """Return what remains of a name when all that the eye passes over is gone; alike names give the same.

    Never to be shown: it is no name. Names without any letter or digit give "".
    """
    decomposed = unicodedata.normalize("NFKD", naam).translate(_LETTERS)
    folded = unicodedata.normalize("NFKD", decomposed.casefold())
    kept = "".join(char for char in folded if char.isalnum() or char == "|").translate(_STROKES)
    for pair, letter in _PAIRS:
        kept = kept.replace(pair, letter)
    return kept


def mixes_scripts(naam: str) -> bool:
    """Return whether letters of more than one script stand in the name, such as a Cyrillic one in a Dutch word."""
    return len(set(map(_script_of, filter(_is_letter, unicodedata.normalize("NFKC", naam))))) > 1


def hides_characters(naam: str) -> bool:
    """Return whether the name holds characters that no screen shows, such as a zero-width space."""
    return any(unicodedata.category(char) == "Cf" for char in naam)


def _is_letter(char: str) -> bool:
    # Modifier letters (Lm), such as the apostrophe of 't, belong to every script.
    return unicodedata.category(char) in ("Lu", "Ll", "Lt", "Lo")


def _script_of(char: str) -> str:
    """Return the script as the name of the character begins with it; `unicodedata` has no property for it."""
    return unicodedata.name(char, "UNNAMED").partition(" ")[0]
