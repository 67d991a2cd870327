"""Pairs in the database."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import exists, or_, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.pg.database import table_of
from convenant.types import ConvenantId, Epoche, Niveau, Oin
from matcher.domein.paar import Bevestiging, Kant, Paar
from matcher.opslag.keuze import one_of
from matcher.opslag.tabellen import PaarRij, SignaalRij
from matcher.types import MedewerkerPseudoniem, Paarkenmerk, Paarsleutel, Paarstatus, SignaalId, Signaalstatus

_TABEL = table_of(PaarRij)
_SIGNAAL = table_of(SignaalRij)
_AT_ONCE = 1000
"""A statement holds at most 65535 values."""
_SETTLED = tuple(
    status.value for status in (Paarstatus.BEVESTIGD, Paarstatus.AFGEWEZEN, Paarstatus.ONJUIST, Paarstatus.VASTGELEGD)
)


async def add(connection: AsyncConnection, paren: Sequence[Paar]) -> set[Paarsleutel]:
    """Insert the pairs that do not exist yet, whatever became of them; those that were really added."""
    added: set[Paarsleutel] = set()
    for start in range(0, len(paren), _AT_ONCE):
        some = paren[start : start + _AT_ONCE]
        statement = insert(_TABEL).values([_row(paar) for paar in some]).on_conflict_do_nothing()
        rows = await connection.execute(statement.returning(_TABEL.c.een, _TABEL.c.ander))
        added |= {(SignaalId(row.een), SignaalId(row.ander)) for row in rows}
    return added


async def keep(connection: AsyncConnection, paar: Paar) -> None:
    """Write what became of a pair, also when it has no row yet."""
    row = _row(paar)
    changed = {name: row[name] for name in row.keys() - {"een", "ander", "een_kenmerk", "ander_kenmerk"}}
    statement = insert(_TABEL).values(**row).on_conflict_do_update(index_elements=["een", "ander"], set_=changed)
    await connection.execute(statement)


async def among(connection: AsyncConnection, ids: Collection[SignaalId]) -> list[Paar]:
    """The pairs between these signals that were confirmed, rejected or separated."""
    if not ids:
        return []
    statement = select(_TABEL).where(
        one_of(_TABEL.c.een, ids), one_of(_TABEL.c.ander, ids), _TABEL.c.status.in_(_SETTLED)
    )
    return [_paar(row) for row in await connection.execute(statement)]


async def open_of(connection: AsyncConnection, ids: Collection[SignaalId]) -> list[Paar]:
    """The open pairs that one of these signals is in."""
    statement = (
        select(_TABEL)
        .where(
            or_(one_of(_TABEL.c.een, ids), one_of(_TABEL.c.ander, ids)),
            _TABEL.c.status == Paarstatus.OPEN.value,
        )
        .order_by(_TABEL.c.volgnummer)
    )
    return [_paar(row) for row in await connection.execute(statement)]


async def separated(connection: AsyncConnection, organisatie: Oin) -> list[Paar]:
    """The pairs of this organisation that somebody said were no match."""
    statement = select(_TABEL).where(
        or_(_TABEL.c.een_organisatie == organisatie, _TABEL.c.ander_organisatie == organisatie),
        _TABEL.c.status == Paarstatus.ONJUIST.value,
    )
    return [_paar(row) for row in await connection.execute(statement)]


async def preserve(connection: AsyncConnection, signalen: Sequence[SignaalId], epoche: Epoche) -> None:
    """Keep as pairs what these signals share in slot `zeker` under an epoch whose tokens will be erased.

    So that no match is lost with them. Pairs that share it under another epoch as well need nothing.
    """
    await connection.execute(_PRESERVE, {"signalen": signalen, "epoche": epoche})


async def lapse(connection: AsyncConnection, paren: Iterable[Paar]) -> None:
    """End these open pairs."""
    pairs = [paar.sleutel for paar in paren]
    if pairs:
        await connection.execute(_LAPSE, {"een": [een for een, _ in pairs], "ander": [ander for _, ander in pairs]})


async def find(connection: AsyncConnection, organisatie: Oin, kenmerk: Paarkenmerk) -> Paar | None:
    """The pair that this organisation knows by this id; None when there is none."""
    statement = select(_TABEL).where(
        or_(
            (_TABEL.c.een_kenmerk == kenmerk) & (_TABEL.c.een_organisatie == organisatie),
            (_TABEL.c.ander_kenmerk == kenmerk) & (_TABEL.c.ander_organisatie == organisatie),
        )
    )
    row = (await connection.execute(statement)).first()
    return _paar(row) if row else None


async def page(connection: AsyncConnection, organisatie: Oin, *, na: int, limiet: int) -> list[tuple[int, Paar]]:
    """Weaker pairs of this organisation after volgnummer `na` that are not over; both signals are active."""
    ended = exists().where(
        _SIGNAAL.c.id.in_([_TABEL.c.een, _TABEL.c.ander]), _SIGNAAL.c.status != Signaalstatus.ACTIEF.value
    )
    statement = (
        select(_TABEL)
        .where(
            or_(_TABEL.c.een_organisatie == organisatie, _TABEL.c.ander_organisatie == organisatie),
            _TABEL.c.status != Paarstatus.VERVALLEN.value,
            _TABEL.c.niveau != Niveau.ZEKER.value,
            _TABEL.c.volgnummer > na,
            ~ended,
        )
        .order_by(_TABEL.c.volgnummer)
        .limit(limiet)
    )
    return [(row.volgnummer, _paar(row)) for row in await connection.execute(statement)]


async def place_of(connection: AsyncConnection, organisatie: Oin, kenmerk: UUID) -> int | None:
    """The volgnummer of one's own pair; None when there is none with this id."""
    mine = or_(
        (_TABEL.c.een_kenmerk == kenmerk) & (_TABEL.c.een_organisatie == organisatie),
        (_TABEL.c.ander_kenmerk == kenmerk) & (_TABEL.c.ander_organisatie == organisatie),
    )
    place: int | None = (await connection.execute(select(_TABEL.c.volgnummer).where(mine))).scalar()
    return place


_PRESERVE = text(
    """
    INSERT INTO paar (een, ander, convenant, een_organisatie, ander_organisatie, een_kenmerk, ander_kenmerk,
        niveau, sloten, status, ontstaan_op, een_acuut, ander_acuut)
    SELECT een.id, ander.id, een.convenant, een.organisatie, ander.organisatie, gen_random_uuid(), gen_random_uuid(),
        'zeker', 1, 'vastgelegd', greatest(een.ingediend_op, ander.ingediend_op), false, false
    FROM (
        SELECT DISTINCT least(a.signaal_id, b.signaal_id) AS een, greatest(a.signaal_id, b.signaal_id) AS ander
        FROM koppelindex a JOIN koppelindex b ON b.token_hash = a.token_hash AND b.slot = 0 AND b.epoche = :epoche
        WHERE a.signaal_id = ANY(CAST(:signalen AS uuid[])) AND a.slot = 0 AND a.epoche = :epoche
            AND b.signaal_id <> a.signaal_id
    ) AS samen
    JOIN signaal een ON een.id = samen.een JOIN signaal ander ON ander.id = samen.ander
    WHERE een.convenant = ander.convenant AND een.organisatie <> ander.organisatie
        AND een.status = 'actief' AND ander.status = 'actief'
        AND NOT EXISTS (
            SELECT FROM koppelindex c JOIN koppelindex d ON d.token_hash = c.token_hash AND d.slot = 0
            WHERE c.signaal_id = samen.een AND d.signaal_id = samen.ander AND c.slot = 0 AND c.epoche <> :epoche
        )
    ON CONFLICT (een, ander) DO UPDATE SET status = 'vastgelegd', niveau = 'zeker', sloten = paar.sloten | 1
        WHERE paar.status IN ('open', 'bevestigd')
    """
)
_LAPSE = text(
    """
    UPDATE paar SET status = 'vervallen'
    FROM unnest(CAST(:een AS uuid[]), CAST(:ander AS uuid[])) AS weg (een, ander)
    WHERE paar.een = weg.een AND paar.ander = weg.ander
    """
)


def _row(paar: Paar) -> dict[str, Any]:
    row: dict[str, Any] = {
        "convenant": paar.convenant,
        "niveau": paar.niveau.value,
        "sloten": paar.sloten,
        "status": paar.status.value,
        "ontstaan_op": paar.ontstaan_op,
    }
    for naam, kant in zip(("een", "ander"), paar.kanten, strict=True):
        said = kant.bevestiging
        row |= {
            naam: kant.signaal,
            f"{naam}_organisatie": kant.organisatie,
            f"{naam}_kenmerk": kant.kenmerk,
            f"{naam}_bevestigd_op": said.op if said else None,
            f"{naam}_medewerker": said.medewerker if said else None,
            f"{naam}_acuut": said.acuut if said else False,
        }
    return row


def _paar(row: Any) -> Paar:
    return Paar(
        convenant=ConvenantId(row.convenant),
        kanten=(_kant(row, "een"), _kant(row, "ander")),
        niveau=Niveau(row.niveau),
        sloten=row.sloten,
        status=Paarstatus(row.status),
        ontstaan_op=row.ontstaan_op,
    )


def _kant(row: Any, naam: str) -> Kant:
    op = getattr(row, f"{naam}_bevestigd_op")
    medewerker = getattr(row, f"{naam}_medewerker")
    said = Bevestiging(op, MedewerkerPseudoniem(medewerker), getattr(row, f"{naam}_acuut")) if op else None
    return Kant(
        signaal=SignaalId(getattr(row, naam)),
        organisatie=Oin(getattr(row, f"{naam}_organisatie")),
        kenmerk=Paarkenmerk(getattr(row, f"{naam}_kenmerk")),
        bevestiging=said,
    )
