"""What the checks on the sense of a convenant share."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeAlias

from convenant.errors import Bevinding
from convenant.model import Convenant
from convenant.types import Rol

Check: TypeAlias = Callable[[Convenant], Iterator[Bevinding]]

ENTERS_PERSONS: Final = frozenset({Rol.SIGNALEERDER, Rol.RADAR, Rol.REGISSEUR})
"""Whoever has one of these roles types names and birth dates of persons, with the convenant key at hand."""


def finding(pad: str, melding: str) -> Bevinding:
    """Return a finding without a line; the reader of the document knows the lines."""
    return Bevinding(pad, None, melding)


def doubles(waarden: Iterable[tuple[str, str]], melding: str) -> Iterator[Bevinding]:
    """Yield a finding at every path whose value occurred at an earlier path."""
    seen: Counter[str] = Counter()
    for pad, waarde in waarden:
        if seen[waarde]:
            yield finding(pad, melding)
        seen[waarde] += 1
