"""Cursors and page sizes of lists.

A cursor is the id of the last item of the page before: a random UUID. The place of an item in the whole table would
tell how many signals and matches all organisations have together.
"""

from typing import Annotated
from uuid import UUID

from fastapi import Query

CursorQuery = Annotated[UUID | None, Query(description="De waarde 'volgende' van de vorige bladzijde.")]
LimietQuery = Annotated[int, Query(ge=1, le=1000, description="Hoeveel er hoogstens op een bladzijde staan.")]
