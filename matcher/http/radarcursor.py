"""The cursor of the radar list: where the last line of the page before stands, as the caller's own list has it."""

import json
from typing import Annotated

from fastapi import Query

from convenant.base64url import encode_base64url
from convenant.web.modellen import decode
from matcher.diensten.radar import Plaats
from matcher.domein.cursor import known_place
from matcher.domein.radar import Radarregel, Sortering, sort_key

RadarcursorQuery = Annotated[
    str | None,
    Query(
        pattern="^[A-Za-z0-9_-]{1,200}$",
        max_length=200,
        description="De waarde 'volgende' van de vorige bladzijde; geldt alleen voor dezelfde sortering.",
    ),
]
_FORMS: dict[Sortering | None, tuple[type, ...]] = {
    None: (str,),
    Sortering.NIEUW: (int, str),
    Sortering.PARTIJEN: (int, str),
    Sortering.SIGNALEN: (int, str),
    Sortering.NIVEAU: (int, int, int, str),
    Sortering.TERMIJN: (str, str),
}


def encode_cursor(regel: Radarregel, sorteer: Sortering | None) -> str:
    """The cursor of the page after this line."""
    place = sort_key(regel, sorteer) if sorteer else (str(regel.casus.id),)
    return encode_base64url(json.dumps(place, separators=(",", ":")).encode())


def read_place(cursor: str | None, sorteer: Sortering | None) -> Plaats | None:
    """The place that a cursor stands for; None for the first page. Raises OngeldigeInvoer when it is not ours."""
    if cursor is None:
        return None
    try:
        found = json.loads(decode(cursor))
    except ValueError:
        found = None
    form = _FORMS[sorteer]
    if not isinstance(found, list) or tuple(type(each) for each in found) != form:
        known_place(None)
        return None
    return tuple(found)
