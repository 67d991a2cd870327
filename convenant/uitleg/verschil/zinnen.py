"""Sentences about what is new, gone or otherwise; none when nothing changed."""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Final, TypeVar

from convenant.uitleg.woorden import opsomming

_T = TypeVar("_T")
_NUMBERS: Final = re.compile(r"(\d+)")


def wordt(wat: str, oud: _T, nieuw: _T, zeg: Callable[[_T], str] = str) -> Iterator[str]:
    """Yield what something becomes and what it was; what words cannot tell apart is only said to be changed."""
    return _changed(wat, " wordt", oud, nieuw, zeg)


def nu(wat: str, oud: _T, nieuw: _T, zeg: Callable[[_T], str] = str) -> Iterator[str]:
    """Yield the same as `wordt` about what is no noun, such as who may do something."""
    return _changed(wat, ":", oud, nieuw, zeg)


def _changed(wat: str, werkwoord: str, oud: _T, nieuw: _T, zeg: Callable[[_T], str]) -> Iterator[str]:
    if oud == nieuw:
        return
    if zeg(oud) == zeg(nieuw):
        yield f"{wat} is gewijzigd."
    else:
        yield f"{wat}{werkwoord} {zeg(nieuw)} (was {zeg(oud)})."


def gewijzigd(wat: str, oud: object, nieuw: object) -> Iterator[str]:
    """Yield that a text changed; people read the new one themselves."""
    if oud != nieuw:
        yield f"{wat} is gewijzigd."


def erbij(wat: str, oud: Iterable[str], nieuw: Iterable[str]) -> Iterator[str]:
    """Yield what a list gained and lost."""
    was, is_nu = list(oud), list(nieuw)
    if meer := [waarde for waarde in is_nu if waarde not in was]:
        yield f"{wat}: erbij {opsomming(meer)}."
    if minder := [waarde for waarde in was if waarde not in is_nu]:
        yield f"{wat}: vervallen {opsomming(minder)}."
    if not meer and not minder and was != is_nu:
        yield f"{wat}: alleen de volgorde is gewijzigd."


def per_sleutel(
    oud: Iterable[_T],
    nieuw: Iterable[_T],
    sleutel: Callable[[_T], Hashable],
    *,
    nieuwe: Callable[[_T], str],
    vervallen: Callable[[_T], str],
    beide: Callable[[_T, _T], Iterable[str]],
) -> Iterator[str]:
    """Yield a sentence for everything that came and went, and what `beide` says of what stayed."""
    was = {sleutel(ding): ding for ding in oud}
    is_nu = {sleutel(ding): ding for ding in nieuw}
    for kenmerk, ding in is_nu.items():
        if kenmerk in was:
            yield from beide(was[kenmerk], ding)
        else:
            yield nieuwe(ding)
    yield from (vervallen(ding) for kenmerk, ding in was.items() if kenmerk not in is_nu)


def gesorteerd(zinnen: Iterable[str]) -> tuple[str, ...]:
    """Return the sentences once, sorted, with 4.9 before 4.10."""
    return tuple(sorted(set(zinnen), key=_natural))


def _natural(zin: str) -> list[tuple[int, str]]:
    return [(int(deel), "") if deel.isdigit() else (-1, deel) for deel in _NUMBERS.split(zin)]
