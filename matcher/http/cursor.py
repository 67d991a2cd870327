"""Cursors and page sizes of lists."""

import base64
import struct
from typing import Annotated

from fastapi import Query

from matcher.errors import Invoerfout, OngeldigeInvoer

CursorQuery = Annotated[
    str | None,
    Query(pattern="^[A-Za-z0-9_-]{11}$", description="De waarde 'volgende' van de vorige bladzijde."),
]
LimietQuery = Annotated[int, Query(ge=1, le=1000, description="Hoeveel er hoogstens op een bladzijde staan.")]


def format_cursor(place: int | None) -> str | None:
    """An opaque cursor for a place in a list; None at the end of it."""
    if place is None:
        return None
    return base64.urlsafe_b64encode(struct.pack(">q", place)).rstrip(b"=").decode()


def parse_cursor(cursor: str | None) -> int:
    """The place behind a cursor; 0, the beginning, when there is none. Raises OngeldigeInvoer."""
    if cursor is None:
        return 0
    place: int = struct.unpack(">q", base64.urlsafe_b64decode(cursor + "="))[0]
    if place < 0:
        fout = Invoerfout("na", "ongeldige-cursor", "Gebruik de waarde 'volgende' van de vorige bladzijde.")
        raise OngeldigeInvoer("Deze cursor is niet van de matcher.", fouten=(fout,))
    return place
