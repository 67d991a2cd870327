"""The pepper that the database was filled under: recognised at the start, held by whoever writes hashes."""

from sqlalchemy import select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.pg.database import table_of
from convenant.web.errors import StartFout, TijdelijkNietBeschikbaar
from matcher.domein.pepper import Pepper
from matcher.opslag.tabellen import InstellingRij

_TABEL = table_of(InstellingRij)
_PEPPER = "pepper"
_HELD = text("SELECT pg_advisory_xact_lock_shared(:ruimte, 0)")
_RENEWING = text("SELECT pg_advisory_xact_lock(:ruimte, 0)")
_PEPPER_SPACE = 0x4B54
_OTHERS = text(
    """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND usename = current_user AND backend_type = 'client backend'
        AND pid <> pg_backend_pid()
    """
)


async def require(connection: AsyncConnection, pepper: Pepper) -> None:
    """Remember the pepper the first time; later raise StartFout when the database was filled under another one."""
    await connection.execute(insert(_TABEL).values(naam=_PEPPER, waarde=pepper.controle()).on_conflict_do_nothing())
    found = await stored(connection)
    if found == pepper.controle():
        return
    if (earlier := pepper.without_newest()) is not None and found == earlier.controle():
        raise StartFout(
            "Het pepperbestand heeft een regel die deze database nog niet kent: een rotatie is afgebroken. Maak haar "
            "af met: koppelradar matcher pepper-roteer"
        )
    raise StartFout(
        "Deze database is gevuld onder een andere pepper. Zet het juiste pepperbestand terug: met een verkeerde pepper "
        "vindt geen signaal een match."
    )


async def hold(connection: AsyncConnection, pepper: Pepper) -> None:
    """Keep the pepper from being rotated until the transaction ends.

    Raises TijdelijkNietBeschikbaar when it was rotated since this process started: its hashes would match nobody.
    """
    await connection.execute(_HELD, {"ruimte": _PEPPER_SPACE})
    if await stored(connection) != pepper.controle():
        raise TijdelijkNietBeschikbaar(
            "De matcher moet opnieuw gestart worden: zijn pepper is vernieuwd. Stuur hetzelfde verzoek straks opnieuw."
        )


async def renew(connection: AsyncConnection, pepper: Pepper) -> None:
    """Write that the database is filled under this pepper from now on, in the transaction that makes it so."""
    await connection.execute(update(_TABEL).where(_TABEL.c.naam == _PEPPER).values(waarde=pepper.controle()))


async def lock(connection: AsyncConnection) -> None:
    """Wait until nobody holds the pepper, and keep everybody from it until the transaction ends."""
    await connection.execute(_RENEWING, {"ruimte": _PEPPER_SPACE})


async def stored(connection: AsyncConnection) -> bytes | None:
    """What the database recognises its pepper by; None when it never saw one."""
    value: bytes | None = (await connection.execute(select(_TABEL.c.waarde).where(_TABEL.c.naam == _PEPPER))).scalar()
    return value


async def in_use(connection: AsyncConnection) -> bool:
    """Whether other processes are connected under this login."""
    return bool((await connection.execute(_OTHERS)).scalar_one())
