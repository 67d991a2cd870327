"""Given names: apart, in the order typed, without the name somebody goes by."""

import re
from typing import Final, NamedTuple

from client_sdk.canoniek.letters import fold, letters_of

_ROEPNAAM: Final = re.compile(r"\(([^()]*)\)")
_AROUND_HYPHEN: Final = re.compile(r" *-[ -]*")
_BETWEEN_NAMES: Final = re.compile(r"[^a-z'-]+")
# Initials that Dutch writes with more than one letter: Th. for Theodorus, Chr. for Christiaan.
_LONG_INITIALS: Final = frozenset({"ch", "chr", "ph", "sj", "th", "tj"})
# What systems fill in when nobody knows the name. Taken as a name, it would make strangers one person.
_PLACEHOLDERS: Final = frozenset({"nn", "onbekend", "unknown"})


class Voornamen(NamedTuple):
    """Given names as typed (a-z and apostrophes) and the roepnaam (a-z); either can be empty."""

    words: tuple[str, ...]
    roepnaam: str


def parse_voornamen(text: str) -> Voornamen:
    """Return the given names, and apart from them the first name in parentheses: "Johannes (Jan)"."""
    folded = fold(text)
    roepnamen: list[str] = []
    if "(" in folded:
        roepnamen = [letters_of(found) for found in _ROEPNAAM.findall(folded)]
        folded = _ROEPNAAM.sub(" ", folded)
    spaced = _AROUND_HYPHEN.sub("-", folded) if "-" in folded else folded
    words = [word for name in _BETWEEN_NAMES.split(spaced) for word in _unhyphenate(name)]
    return Voornamen(tuple(words), next(filter(None, roepnamen), ""))


def canonical_names(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names in letters a-z; none when what was typed only says that the name is not known."""
    names = tuple(name for word in words if (name := letters_of(word)))
    return () if letters_of("".join(names)) in _PLACEHOLDERS else names


def are_initials(names: tuple[str, ...]) -> bool:
    """Whether there are names and every one of them is an initial."""
    return bool(names) and all(len(name) == 1 or name in _LONG_INITIALS for name in names)


def _unhyphenate(name: str) -> list[str]:
    if "-" not in name:
        return [name] if letters_of(name) else []
    # Jan-Willem is one name; J.-P. are two initials.
    pieces = [piece for piece in name.split("-") if letters_of(piece)]
    if all(len(letters_of(piece)) == 1 for piece in pieces):
        return pieces
    return ["".join(pieces)]
