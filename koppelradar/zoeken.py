"""Searching text for persons: full names and birth dates, in the ways people write them.

The search reads words, not substrings, so that "jansen, sanne" is found however it is punctuated, and twelve random hex
digits that happen to hold a year are not. UUIDs are left out: eight random hex digits now and then read as a date.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

_WORD = re.compile(r"[^\W_]+")
_UUID = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")
_HEX = re.compile(r"\\\\?x((?:[0-9a-f]{2})+)")
# As JSON writes them, and with more backslashes once that text has been escaped again.
_ESCAPE = re.compile(r"\\+(?:u([0-9a-fA-F]{4})|[bfnrtv])")
_TIME_OF_DAY = re.compile(r"(?<=\d)t(?=\d\d:)")

Patroon = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gezocht:
    """A person to look for. `datum` is (year, month, day) as digits; either may be missing, not both."""

    voornamen: str = field(repr=False)
    geslachtsnaam: str = field(repr=False)
    datum: tuple[str, str, str] | None = field(repr=False)

    def namen(self) -> tuple[str, ...]:
        """The full name in four notations; the only name when there is one."""
        een, ander = (name if _words(name) else "" for name in (self.voornamen, self.geslachtsnaam))
        if not (een and ander):
            return (een or ander,) if een or ander else ()
        return (f"{een} {ander}", f"{ander}, {een}", f"{ander} {een}", f"{een}_{ander}".upper())

    def data(self) -> tuple[str, ...]:
        """The birth date in four notations."""
        if self.datum is None:
            return ()
        jaar, maand, dag = self.datum
        return (f"{jaar}-{maand}-{dag}", f"{dag}-{maand}-{jaar}", f"{dag}/{maand}/{jaar}", f"{jaar}{maand}{dag}")

    def notations(self) -> tuple[tuple[str, ...], ...]:
        """What must be found to have found everything: a name, when known, and a date, when known.

        A single name says nothing about a person whose date is known: such a name may well be that of a street.
        """
        namen, data = self.namen(), self.data()
        if len(namen) == 1 and data:
            return (data,)
        return tuple(notation for notation in (namen, data) if notation)


@dataclass(frozen=True, slots=True)
class Vondsten:
    """How many persons were found at all, and how many with everything that is known of them."""

    iets: int
    alles: int


class Zoeker:
    """Looks for all persons in one pass over a text."""

    def __init__(self, personen: Iterable[Gezocht]) -> None:
        self._wanted: list[int] = []
        self._patronen: dict[Patroon, set[tuple[int, int]]] = defaultdict(set)
        for nummer, persoon in enumerate(personen):
            notations = persoon.notations()
            self._wanted.append(len(notations))
            for kind, texts in enumerate(notations):
                for text in texts:
                    self._patronen[tuple(_words(text))].add((nummer, kind))
        self._first = _lengths_by_first_word(self._patronen)

    @property
    def gezocht(self) -> int:
        """The number of persons of whom there is something to look for."""
        return sum(1 for wanted in self._wanted if wanted)

    def search(self, texts: Iterable[str]) -> Vondsten:
        """Search the texts, and what they show in escapes and in hexadecimal, as JSON and PostgreSQL write them.

        Not found is what was stored in any other encoding: compressed, in base64, or encrypted.
        """
        found: set[tuple[int, int]] = set()
        for text in texts:
            for readable in (text, _decoded_hex(text)):
                found |= self._search(readable) | self._search(_unescaped(readable))
        kinds: dict[int, int] = defaultdict(int)
        for nummer, _ in found:
            kinds[nummer] += 1
        return Vondsten(len(kinds), sum(1 for nummer, count in kinds.items() if count == self._wanted[nummer]))

    def _search(self, text: str) -> set[tuple[int, int]]:
        words = _words(_TIME_OF_DAY.sub(" ", _UUID.sub(" ", text.lower())))
        found: set[tuple[int, int]] = set()
        for place, word in enumerate(words):
            for length in self._first.get(word, ()):
                found |= self._patronen.get(tuple(words[place : place + length]), set())
        return found


def _lengths_by_first_word(patronen: Mapping[Patroon, object]) -> dict[str, tuple[int, ...]]:
    lengths: dict[str, set[int]] = defaultdict(set)
    for patroon in patronen:
        lengths[patroon[0]].add(len(patroon))
    return {word: tuple(sorted(found)) for word, found in lengths.items()}


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _unescaped(text: str) -> str:
    r"""The lines with an escape in them: "\nsanne" is read as a line end and a name, not as the word nsanne."""
    lines = (line for line in text.split("\n") if _ESCAPE.search(line))
    return "\n".join(_ESCAPE.sub(lambda match: chr(int(match[1], 16)) if match[1] else " ", line) for line in lines)


def _decoded_hex(text: str) -> str:
    return " ".join(_decode(text))


def _decode(text: str) -> Iterator[str]:
    for match in _HEX.finditer(text):
        raw = bytes.fromhex(match[1])
        yield raw.decode("utf-8", errors="replace")
