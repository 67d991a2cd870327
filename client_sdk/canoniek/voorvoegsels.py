"""The voorvoegsels of profile nl-1, and how to take them off a name.

Written after the voorvoegselstabel of the BRP (Logisch Ontwerp, tabel 36), in which `'t` and `het` are both
official and here are one. Added: spellings in one word, abbreviations, and particles of names from elsewhere
that the BRP keeps inside the surname (ait, abu, ould ...). `Mac`, `O'` and `Saint` belong to the name itself
and are not in the table.

"v.d." can stand for van de, van den or van der. It is read as "van der", the most frequent: choosing one at
least makes all systems that abbreviate agree.
"""

from collections.abc import Sequence
from typing import Final

from client_sdk.canoniek.letters import letters_of, merge_ij

_TABEL_36: Final = """
's | 't | a | aan | aan 't | aan de | aan den | aan der | aan het | af | al | am | am de | auf | auf dem
auf den | auf der | auf ter | aus | aus 'm | aus dem | aus den | aus der | ben | bij | bij 't | bij de
bij den | bij het | bin | boven d' | d' | da | dal | dal' | dalla | das | de | de die | de die le | de l'
de la | de las | de le | de van der | deca | degli | dei | del | della | den | der | des | di | die le | do
don | dos | du | el | het | i | im | in | in 't | in de | in den | in der | in het | l' | la | las | le
les | lo | los | of | onder | onder 't | onder de | onder den | onder het | op | op 't | op de | op den
op der | op gen | op het | op ten | over | over 't | over de | over den | over het | s' | te | ten | ter
tho | thoe | thor | to | toe | tot | uijt | uijt 't | uijt de | uijt den | uijt te de | uijt ten | uit
uit 't | uit de | uit den | uit het | uit te de | uit ten | unter | van | van 't | van de | van de l'
van den | van der | van gen | van het | van la | van ter | van van de | ver | vom | von | von 't | von dem
von den | von der | voor | voor 't | voor de | voor den | voor in 't | vor | vor der | zu | zum | zur
"""
_ADDITIONS: Final = """
aan gen | abi | abou | abu | ad | ait | an | ar | as | ash | av | az | bent | bint | dall' | delle | dello
dell' | ibn | il | in gen | oulad | ould | ouled | van gen | vande | vanden | vander | von und zu | von zu
"""
# Given names can end in many of the words above (Thi Le, Joao Da): only these are taken off a given name.
_AFTER_GIVEN_NAMES: Final = """
't | aan 't | aan de | aan den | aan het | de | de la | den | der | in 't | in de | in den | in der | in het
op 't | op de | op den | op der | op het | over de | te | ten | ter | uit de | uit den | uit het | v d
van | van 't | van de | van den | van der | van het | van t | van ter | vande | vanden | vander | vd | vdn
voor de | von | von der | zu
"""
_ABBREVIATIONS: Final = {
    ("a", "d"): ("aan", "de"),
    ("a", "t"): ("aan", "t"),
    ("i", "d"): ("in", "de"),
    ("o", "d"): ("op", "de"),
    ("u", "d"): ("uit", "de"),
    ("v",): ("van",),
    ("v", "d"): ("van", "der"),
    ("v", "d", "n"): ("van", "den"),
    ("v", "h"): ("van", "t"),
    ("vd",): ("van", "der"),
    ("vdn",): ("van", "den"),
    ("vdr",): ("van", "der"),
    ("vh",): ("van", "t"),
    ("vt",): ("van", "t"),
}
_SAME_WORD: Final = {"het": "t"}

Words = tuple[str, ...]


def _entries(table: str) -> frozenset[Words]:
    rows = table.strip().replace("\n", " | ").split(" | ")
    return frozenset(tuple(row.split()) for row in rows)


def _known_sequences() -> frozenset[Words]:
    entries = _entries(_TABEL_36) | _entries(_ADDITIONS)
    return frozenset(tuple(map(letters_of, entry)) for entry in entries) | _ABBREVIATIONS.keys()


_KNOWN: Final = _known_sequences()
_TRAILING: Final = _entries(_AFTER_GIVEN_NAMES)
_LONGEST: Final = max(map(len, _KNOWN))
_FIRST_WORDS: Final = frozenset(entry[0] for entry in _KNOWN)
_LAST_WORDS: Final = frozenset(entry[-1] for entry in _TRAILING)


def is_known(words: Sequence[str]) -> bool:
    """Whether these words together are one voorvoegsel of the table."""
    return tuple(words) in _KNOWN


def consists_of_voorvoegsels(words: Sequence[str]) -> bool:
    """Whether the words are voorvoegsels to the last one, and there is at least one."""
    rest = tuple(words)
    while size := _match_size(rest):
        rest = rest[size:]
    return bool(words) and not rest


def split_leading(words: Sequence[str]) -> tuple[Words, Words]:
    """Return the voorvoegsel the words begin with, abbreviations spelled out, and the name behind it.

    The name keeps at least one word: a surname that is itself a voorvoegsel ("De") stays a surname.
    """
    taken: Words = ()
    rest = tuple(words)
    while size := _match_size(rest[:-1]):
        taken += expand(rest[:size])
        rest = rest[size:]
    return taken, rest


def split_trailing(raw_words: Sequence[str]) -> tuple[Words, Words]:
    """Return the given names, at least one, and the voorvoegsel typed behind them, abbreviations spelled out.

    Takes words with their apostrophes: "'t" is a voorvoegsel, a stray "t" is part of somebody's name.
    """
    words = tuple("'t" if word == "t'" else word for word in raw_words)
    if not words or words[-1] not in _LAST_WORDS:
        return words, ()
    for size in range(min(_LONGEST, len(words) - 1), 0, -1):
        if words[-size:] in _TRAILING:
            return words[:-size], expand(tuple(map(letters_of, words[-size:])))
    return words, ()


def expand(words: Sequence[str]) -> Words:
    """Return the words of one voorvoegsel with abbreviations spelled out and `het` written as `t`."""
    spelled_out = _ABBREVIATIONS.get(tuple(words), tuple(words))
    return tuple(_SAME_WORD.get(word, word) for word in spelled_out)


def prepend(outer: Words, own: Words) -> Words:
    """Return both together, or once when it was typed twice: in its own field and again before the name."""
    return own if own[: len(outer)] == outer else outer + own


def join(words: Sequence[str]) -> str:
    """Return the canonical spelling: the words without anything between them."""
    return merge_ij("".join(words))


def tables() -> dict[str, list[list[str]] | dict[str, str]]:
    """Return the tables as words in a-z, for whoever builds an SDK in another language (docs/protocol.md).

    `bekend` are recognised before a surname, `achterVoornamen` behind given names too (with their apostrophes),
    `afkortingen` say what a sequence of `bekend` is spelled out to.
    """
    return {
        "bekend": sorted(map(list, _KNOWN)),
        "achterVoornamen": sorted(map(list, _TRAILING)),
        "afkortingen": {" ".join(kort): " ".join(voluit) for kort, voluit in sorted(_ABBREVIATIONS.items())},
    }


def _match_size(words: Words) -> int:
    if not words or words[0] not in _FIRST_WORDS:
        return 0
    for size in range(min(_LONGEST, len(words)), 0, -1):
        if words[:size] in _KNOWN:
            return size
    return 0
