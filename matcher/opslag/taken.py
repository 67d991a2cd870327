"""Who does a job: of several workers on one database, one at a time."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

_RUIMTE = "koppelradar taak "
_TAKE = text("SELECT pg_try_advisory_xact_lock(hashtextextended(:taak, 0))")


async def take(connection: AsyncConnection, naam: str) -> bool:
    """Whether the job of this name is ours until the transaction ends; False while another worker does it."""
    return bool((await connection.execute(_TAKE, {"taak": _RUIMTE + naam})).scalar_one())
