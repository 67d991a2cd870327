"""How a name sounds to a Dutch ear, what remains of that without its vowels, and without their order.

The rules are our own and follow the ways in which Dutch spells one sound (ei and ij, ou and au, c and k, s
and z, f and v and ph, d and t at the end) and how Dutch registers write foreign ones.
Soundex and its Dutch variants keep four signs at most, which puts thousands of surnames in one group; these
codes keep the whole name. docs/koppelsleutels.md prints the table for whoever builds it in another language.
"""

import re
from typing import Final

# Read from left to right: at each place the first rule that fits. `y` also stands for ij, see `letters_of`.
REGELS: Final = (
    ("sch$", "s"),
    ("sch", "sg"),
    ("tsch|tch|tsj|tj", "tj"),
    ("ck|kh|q", "k"),
    ("ph", "f"),
    ("th|dt", "t"),
    ("ch|gh", "g"),
    ("sz", "s"),
    ("c(?=[eiy])", "s"),
    ("c", "k"),
    ("x", "ks"),
    ("z", "s"),
    ("v", "f"),
    ("[oa]uw?", "0"),
    ("u[iy]", "1"),
    ("eu", "2"),
    ("oe", "u"),
    ("ae", "a"),
    ("y(?=[aou])", "j"),
    ("[ea][iy]|ie|y", "i"),
    ("d$", "t"),
    ("b$", "p"),
    ("h(?![aeiouy])", ""),
)
# The empty group behind a rule says which one it was; around the rule it would make every letter slower by half.
_RULES: Final = re.compile("|".join(f"(?:{pattern})()" for pattern, _ in REGELS))
_CODES: Final = tuple(code for _, code in REGELS)
_REPEATED: Final = re.compile(r"(.)\1+")
_LEFT_OUT: Final = str.maketrans("", "", "aeiou012hjw")


def klank(naam: str) -> str:
    """Return the sounds of a name in a to z, in a-z and the digits 0, 1 and 2; empty for an empty name."""
    return _REPEATED.sub(r"\1", _RULES.sub(_code, naam))


def skelet(klanken: str) -> str:
    """Return the outcome of `klank` without the vowels (0, 1 and 2 too), h, j and w that follow the first sign."""
    return _REPEATED.sub(r"\1", klanken[:1] + klanken[1:].translate(_LEFT_OUT))


def bundel(een_skelet: str) -> str:
    """Return the first sign of a skelet, then its other signs once each in the order of ASCII.

    Two letters that changed places, or one typed twice, give the same bundel. The first sign can come again.
    """
    return een_skelet[:1] + "".join(sorted(set(een_skelet[1:])))


def _code(found: re.Match[str]) -> str:
    return _CODES[(found.lastindex or 1) - 1]
