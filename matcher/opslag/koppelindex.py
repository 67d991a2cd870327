"""The index of koppeltokens, and the locks that keep concurrent submissions of one person apart."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, delete, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.pg.database import add_all, table_of
from convenant.types import ConvenantId, Epoche
from matcher.domein.signaal import Tokenset
from matcher.domein.stroken import stroken
from matcher.opslag.keuze import one_of
from matcher.opslag.tabellen import KoppelindexRij
from matcher.types import SignaalId, TokenHash

_TABEL = table_of(KoppelindexRij)
_LOCK_SPACE = 0x4B52
"""First half of the advisory lock keys, so that they clash with no other use of advisory locks."""
_STRUCTURE_SPACE = 0x4B53

_LOCK = text("SELECT pg_advisory_xact_lock(:ruimte, strook) FROM unnest(CAST(:stroken AS int[])) AS strook")
_LOCK_CONVENANTEN = text(
    "SELECT pg_advisory_xact_lock(:ruimte, hashtext(id))"
    " FROM unnest(CAST(:convenanten AS text[])) AS id ORDER BY hashtext(id)"
)
# Hashes that only one signal bears are left out inside the database: of a batch without partners nothing comes back.
_TREFFERS = text(
    """
    WITH dragers AS (
        SELECT token_hash, slot, array_agg(DISTINCT signaal_id) AS signalen
        FROM koppelindex WHERE token_hash = ANY(:hashes)
        GROUP BY token_hash, slot HAVING count(*) > 1
    ), paren AS (
        SELECT een, ander, bit_or(1 << slot) AS sloten
        FROM dragers, unnest(signalen) AS een, unnest(signalen) AS ander
        WHERE een < ander AND (een = ANY(:ids) OR ander = ANY(:ids))
        GROUP BY een, ander
    )
    SELECT paren.een, paren.ander, paren.sloten
    FROM paren JOIN signaal een ON een.id = paren.een JOIN signaal ander ON ander.id = paren.ander
    WHERE een.organisatie <> ander.organisatie AND een.convenant = ander.convenant
        AND een.status = 'actief' AND ander.status = 'actief'
        AND een.verloopt_op > :vandaag AND ander.verloopt_op > :vandaag
    ORDER BY een.volgnummer, ander.volgnummer
    """
)


_LOOK_UP = text(
    """
    SELECT gezocht.persoon, koppelindex.signaal_id, bit_or(1 << koppelindex.slot) AS sloten
    FROM unnest(CAST(:personen AS int[]), CAST(:slots AS int[]), CAST(:hashes AS bytea[]))
            AS gezocht (persoon, slot, token_hash)
        JOIN koppelindex ON koppelindex.token_hash = gezocht.token_hash AND koppelindex.slot = gezocht.slot
        JOIN signaal ON signaal.id = koppelindex.signaal_id
    WHERE signaal.convenant = :convenant AND signaal.status = 'actief' AND signaal.verloopt_op > :vandaag
    GROUP BY gezocht.persoon, koppelindex.signaal_id
    ORDER BY gezocht.persoon, koppelindex.signaal_id
    """
)


@dataclass(frozen=True, slots=True)
class Gevonden:
    """A live signal that shares slots with a person that was asked about; `persoon` is its place in the question."""

    persoon: int
    signaal: SignaalId
    sloten: int


@dataclass(frozen=True, slots=True)
class Treffer:
    """Two live signals of different organisations, the lower id first, and the slots that coincide, a bit per slot."""

    een: SignaalId
    ander: SignaalId
    sloten: int

    @property
    def is_zeker(self) -> bool:
        """Whether slot `zeker` is among them."""
        return bool(self.sloten & 1)


async def add(connection: AsyncConnection, tokensets: Iterable[tuple[SignaalId, Tokenset]]) -> None:
    """Write the twelve slots of every tokenset."""
    rows = [
        {"token_hash": token_hash, "slot": slot, "signaal_id": signaal, "epoche": tokenset.epoche}
        for signaal, tokenset in tokensets
        for slot, token_hash in enumerate(tokenset.hashes)
    ]
    await add_all(connection, KoppelindexRij, rows)


async def lock(connection: AsyncConnection, hashes: Iterable[TokenHash]) -> None:
    """Wait until nobody else is matching these tokens, and keep others waiting until the transaction ends.

    Rows that others wrote under the lock are seen by statements that come after this one.
    """
    await connection.execute(_LOCK, {"ruimte": _LOCK_SPACE, "stroken": stroken(hashes)})


async def lock_matches(connection: AsyncConnection, convenanten: Iterable[ConvenantId]) -> None:
    """Wait until nobody else is changing matches under these convenanten. Taken after the stripes, never before.

    Signals that share no token can still be in one match, so that the stripes alone do not keep two changes of one
    match apart.
    """
    await connection.execute(_LOCK_CONVENANTEN, {"ruimte": _STRUCTURE_SPACE, "convenanten": sorted(set(convenanten))})


async def treffers(
    connection: AsyncConnection, ids: Iterable[SignaalId], hashes: Iterable[TokenHash], *, vandaag: date
) -> list[Treffer]:
    """Every coincidence of these hashes, in any slot, in which one of these signals takes part."""
    values = {"hashes": list(hashes), "ids": list(ids), "vandaag": vandaag}
    rows = await connection.execute(_TREFFERS, values)
    return [Treffer(SignaalId(row.een), SignaalId(row.ander), row.sloten) for row in rows]


async def look_up(
    connection: AsyncConnection, personen: Sequence[Iterable[Tokenset]], convenant: ConvenantId, *, vandaag: date
) -> list[Gevonden]:
    """Every live signal of this convenant that shares a slot with one of these persons; nothing is written."""
    asked = [
        (persoon, slot, token_hash)
        for persoon, tokensets in enumerate(personen)
        for tokenset in tokensets
        for slot, token_hash in enumerate(tokenset.hashes)
    ]
    values = {
        "personen": [persoon for persoon, _, _ in asked],
        "slots": [slot for _, slot, _ in asked],
        "hashes": [token_hash for _, _, token_hash in asked],
        "convenant": convenant,
        "vandaag": vandaag,
    }
    rows = await connection.execute(_LOOK_UP, values)
    return [Gevonden(row.persoon, SignaalId(row.signaal_id), row.sloten) for row in rows]


async def tokensets_of(
    connection: AsyncConnection, signalen: Iterable[SignaalId]
) -> Mapping[SignaalId, Mapping[Epoche, Tokenset]]:
    """What these signals bear, per epoch; nothing for those whose tokens were erased."""
    statement = (
        select(_TABEL.c.signaal_id, _TABEL.c.epoche, _TABEL.c.token_hash)
        .where(one_of(_TABEL.c.signaal_id, signalen))
        .order_by(_TABEL.c.signaal_id, _TABEL.c.epoche, _TABEL.c.slot)
    )
    found: dict[SignaalId, dict[Epoche, list[TokenHash]]] = {}
    for row in await connection.execute(statement):
        per_epoche = found.setdefault(SignaalId(row.signaal_id), {})
        per_epoche.setdefault(Epoche(row.epoche), []).append(TokenHash(row.token_hash))
    return {
        signaal: {epoche: Tokenset(epoche=epoche, hashes=tuple(h)) for epoche, h in per_epoche.items()}
        for signaal, per_epoche in found.items()
    }


async def hashes_of(connection: AsyncConnection, signalen: Iterable[SignaalId]) -> list[TokenHash]:
    """Every token hash of these signals."""
    statement = select(_TABEL.c.token_hash).where(one_of(_TABEL.c.signaal_id, signalen))
    return [TokenHash(value) for value in (await connection.execute(statement)).scalars()]


async def erase(
    connection: AsyncConnection, signalen: Sequence[SignaalId], *, epoche: Epoche | None = None
) -> set[SignaalId]:
    """Remove the tokens of these signals (guarantee 8), if wanted of one epoch only; the signals that lost some."""
    where: list[ColumnElement[bool]] = [one_of(_TABEL.c.signaal_id, signalen)]
    if epoche is not None:
        where.append(_TABEL.c.epoche == epoche)
    erased = await connection.execute(delete(_TABEL).where(*where).returning(_TABEL.c.signaal_id))
    return {SignaalId(signaal) for signaal in erased.scalars()}
