"""Which of the things that were sent a refusal is about."""

import re
from collections.abc import Iterator
from typing import Final

from client_sdk.errors import Veldfout, VerzoekGeweigerd

_POINTER: Final = re.compile(r"/signalen/(0|[1-9][0-9]{0,3})(?:/.*)?")


def pointed_at(refusal: VerzoekGeweigerd, aantal: int) -> Iterator[tuple[int, Veldfout]]:
    """Yield every finding that points into `signalen` of the body, with the position there, below `aantal`."""
    for fout in refusal.fouten:
        found = _POINTER.fullmatch(fout.pad)
        if found and int(found[1]) < aantal:
            yield int(found[1]), fout
