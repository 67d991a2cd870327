"""Recognising a database: the secrets it was filled under, and the rights of the role that opens it."""

from sqlalchemy import select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from matcher.domein.pepper import Pepper
from matcher.errors import InstellingenFout, TijdelijkNietBeschikbaar
from matcher.opslag.database import table_of
from matcher.opslag.tabellen import InstellingRij

_TABEL = table_of(InstellingRij)
_TABLES = text("SELECT to_regclass('logboek_blad')::text")
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
_RIGHTS = text(
    """
    SELECT bool_or(has_table_privilege(tabel, recht))
    FROM unnest(ARRAY['logboek_blad', 'logboek_inhoud']) AS tabel,
        unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) AS recht
    """
)


async def require_pepper(connection: AsyncConnection, pepper: Pepper) -> None:
    """Remember the pepper the first time; later raise InstellingenFout when the database was filled under another one."""
    await connection.execute(insert(_TABEL).values(naam=_PEPPER, waarde=pepper.controle()).on_conflict_do_nothing())
    stored = await stored_pepper(connection)
    if stored == pepper.controle():
        return
    if (earlier := pepper.without_newest()) is not None and stored == earlier.controle():
        raise InstellingenFout(
            "Het pepperbestand heeft een regel die deze database nog niet kent: een rotatie is afgebroken. Maak haar af "
            "met: koppelradar matcher pepper-roteer"
        )
    raise InstellingenFout(
        "Deze database is gevuld onder een andere pepper. Zet het juiste pepperbestand terug: met een verkeerde pepper "
        "vindt geen signaal een match."
    )


async def hold_pepper(connection: AsyncConnection, pepper: Pepper) -> None:
    """Keep the pepper from being rotated until the transaction ends.

    Raises TijdelijkNietBeschikbaar when it was rotated since this process started: its hashes would match nobody.
    """
    await connection.execute(_HELD, {"ruimte": _PEPPER_SPACE})
    if await stored_pepper(connection) != pepper.controle():
        raise TijdelijkNietBeschikbaar(
            "De matcher moet opnieuw gestart worden: zijn pepper is vernieuwd. Stuur hetzelfde verzoek straks opnieuw."
        )


async def renew_pepper(connection: AsyncConnection, pepper: Pepper) -> None:
    """Write that the database is filled under this pepper from now on, in the transaction that makes it so."""
    await connection.execute(update(_TABEL).where(_TABEL.c.naam == _PEPPER).values(waarde=pepper.controle()))


async def lock_pepper(connection: AsyncConnection) -> None:
    """Wait until nobody holds the pepper, and keep everybody from it until the transaction ends."""
    await connection.execute(_RENEWING, {"ruimte": _PEPPER_SPACE})


async def stored_pepper(connection: AsyncConnection) -> bytes | None:
    """What the database recognises its pepper by; None when it never saw one."""
    value: bytes | None = (
        await connection.execute(select(_TABEL.c.waarde).where(_TABEL.c.naam == _PEPPER))
    ).scalar()
    return value


async def in_use(connection: AsyncConnection) -> bool:
    """Whether other processes are connected under this login."""
    return bool((await connection.execute(_OTHERS)).scalar_one())


async def require_migrated(connection: AsyncConnection) -> None:
    """Raise InstellingenFout when the tables are not there."""
    if (await connection.execute(_TABLES)).scalar_one() is None:
        raise InstellingenFout("De tabellen ontbreken in deze database. Voer eerst uit: koppelradar matcher migreer")


async def require_append_only(connection: AsyncConnection) -> None:
    """Raise InstellingenFout when the role we are connected as could rewrite the access log."""
    if (await connection.execute(_RIGHTS)).scalar_one():
        raise InstellingenFout(
            "De databasegebruiker van de matcher kan het logboek wijzigen. Gebruik een login die alleen lid is van de "
            "rol koppelradar_toepassing, niet de eigenaar van de tabellen of een superuser."
        )
