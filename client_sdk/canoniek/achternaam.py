"""Surnames: voorvoegsels wherever they were typed, double names, and names by marriage."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from client_sdk.canoniek import voorvoegsels
from client_sdk.canoniek.letters import fold, letters_of
from client_sdk.canoniek.model import Naamdeel
from client_sdk.canoniek.voorvoegsels import Words

# "d'Angelo", "dell'Aquila", "'tHooft": the apostrophe ends or begins a voorvoegsel. "O'Brien" and "M'Barek"
# stay whole.
_ELISION: Final = re.compile(r"(?<![a-z'])(d|l|dal|dall|dell)'(?=[a-z])|(?<![a-z'])'([st])(?=[a-z])")
_SEPARATORS: Final = re.compile(r"[^a-z']+")
# "Jansen e/v De Vries": own name first, the partner's after it.
_MARRIED_TO: Final = re.compile(
    r"(?<![a-z'])"
    r"(?:e ?[./] ?v|ev|echtgeno(?:te|ot) van|geh(?:uwd)?\.? met|wed(?:uwe|uwnaar)?\.? van)\.?"
    r"(?![a-z'])"
)
# "De Vries geb. Jansen": the partner's name first, the own after it.
_BORN_AS: Final = re.compile(r"(?<![a-z'])geb(?:oren)?\.?(?![a-z'])")


class Achternaam(NamedTuple):
    """A surname as folded text: the own name, and the partner's when it was typed along."""

    eigen: str
    partner: str


class _Part(NamedTuple):
    voorvoegsel: Words
    naam: Words


def split_partner(text: str) -> Achternaam:
    """Return own and partner's name as typed in one field; a marker without a partner is ignored."""
    folded = fold(text)
    for marker, own_first in ((_MARRIED_TO, True), (_BORN_AS, False)):
        found = marker.search(folded)
        if found:
            before, after = folded[: found.start()], folded[found.end() :]
            return _ordered(before, after) if own_first else _ordered(after, before)
    return Achternaam(folded, "")


def parse_partner(text: str) -> tuple[Naamdeel, ...]:
    """Return the parts of a partner's name, also when typed as "e/v Jansen"; none without letters."""
    if not text:
        return ()
    eigen, partner = split_partner(text)
    return parse_delen(eigen if letters_of(eigen) else partner)


def parse_delen(folded: str, *, voorvoegsel: Words = ()) -> tuple[Naamdeel, ...]:
    """Return the parts of a folded surname, `voorvoegsel` before the first; none without letters."""
    parts = _parts(folded) if folded else []
    if not parts:
        return ()
    first = _Part(voorvoegsels.prepend(voorvoegsel, parts[0].voorvoegsel), parts[0].naam)
    return tuple(
        Naamdeel(voorvoegsels.join(part.voorvoegsel), voorvoegsels.join(part.naam)) for part in (first, *parts[1:])
    )


def parse_voorvoegsel(text: str) -> Words:
    """Return the words of a voorvoegsel field; also of one that is not in the table."""
    return _spell_out(_words(fold(text))) if text else ()


def leading_voorvoegsel(folded: str) -> Words:
    """Return the voorvoegsel that a folded surname brings along itself."""
    parts = _parts(folded)
    return parts[0].voorvoegsel if parts else ()


def _ordered(eigen: str, partner: str) -> Achternaam:
    if letters_of(partner):
        return Achternaam(eigen, partner)
    return Achternaam(eigen, "")


def _parts(folded: str) -> list[_Part]:
    pieces = [_words(piece) for piece in _comma_to_front(folded).split("-")]
    return [_Part(*voorvoegsels.split_leading(words)) for words in _attach_voorvoegsels(pieces)]


def _comma_to_front(folded: str) -> str:
    # "Berg, van der" and "Berg (van der)" become "van der Berg"; behind another comma stands something else.
    head, comma, tail = folded.replace("(", ",").replace(")", " ").partition(",")
    if not comma:
        return head
    if voorvoegsels.consists_of_voorvoegsels(_words(tail)):
        return f"{tail} {head}"
    return f"{head} {tail}"


def _attach_voorvoegsels(pieces: list[list[str]]) -> list[list[str]]:
    """Return the pieces, each voorvoegsel with the one it belongs to ("el-Amrani", "'s-Gravesande")."""
    result: list[list[str]] = []
    waiting: list[str] = []
    for piece in filter(None, pieces):
        waiting = [*waiting, *piece]
        if not voorvoegsels.consists_of_voorvoegsels(piece):
            result.append(waiting)
            waiting = []
    return [*result, waiting] if waiting else result


def _words(folded: str) -> list[str]:
    separated = _ELISION.sub(lambda found: f"{found[1] or found[2]} ", folded) if "'" in folded else folded
    return [letters for word in _SEPARATORS.split(separated) if (letters := letters_of(word))]


def _spell_out(words: Sequence[str]) -> Words:
    # The closing word keeps split_leading, which never empties a name, from leaving out the last voorvoegsel.
    taken, rest = voorvoegsels.split_leading([*words, ""])
    return taken + rest[:-1]
