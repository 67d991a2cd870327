"""What organisations want of mail, in the database. Who is mailing one holds its row for a while, as with webhooks."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import or_, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from convenant.pg.database import table_of
from convenant.types import ConvenantId, Oin
from matcher.domein.post import Emailinstelling, Emailkanaal, Emailstand, Emailwijze, Ongemeld
from matcher.opslag.keuze import one_of
from matcher.opslag.tabellen import EmailkanaalRij

GREEP: Final = timedelta(minutes=1)
"""Longer than sending mail takes."""

_TABEL = table_of(EmailkanaalRij)
_NEWS = text(
    """
    SELECT min(ontstaan_op) AS sinds, max(nummer) AS tot,
        min(ontstaan_op) FILTER (WHERE dringend) AS dringend_sinds,
        array_agg(DISTINCT inhoud ->> 'convenant') AS convenanten
    FROM notificatie WHERE ontvanger = :organisatie AND nummer > :na
    """
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Nieuws:
    """What no mail was about yet, and under which convenanten it came."""

    ongemeld: Ongemeld
    convenanten: tuple[ConvenantId, ...]


async def find(connection: AsyncConnection, organisatie: Oin) -> Emailkanaal | None:
    """What the organisation wants, its row locked; None when it never said."""
    statement = select(_TABEL).where(_TABEL.c.organisatie == organisatie).with_for_update()
    row = (await connection.execute(statement)).first()
    return None if row is None else _kanaal(row)


async def put(connection: AsyncConnection, kanaal: Emailkanaal) -> None:
    """Say what the organisation wants; who is mailing it at this moment loses it."""
    values = {**asdict(kanaal.instelling), **asdict(kanaal.stand), "bezet_door": None, "bezet_tot": None}
    values["wijze"] = kanaal.instelling.wijze.value
    statement = insert(_TABEL).values(organisatie=kanaal.organisatie, **values)
    await connection.execute(statement.on_conflict_do_update(index_elements=[_TABEL.c.organisatie], set_=values))


async def wanted(connection: AsyncConnection, organisaties: Iterable[Oin]) -> list[Emailkanaal]:
    """Of these organisations, those that want mail."""
    statement = select(_TABEL).where(_TABEL.c.aan, one_of(_TABEL.c.organisatie, organisaties))
    return [_kanaal(row) for row in await connection.execute(statement.order_by(_TABEL.c.organisatie))]


async def news(connection: AsyncConnection, kanaal: Emailkanaal) -> Nieuws | None:
    """The numbered events that no mail was about yet; None when there are none."""
    values = {"organisatie": kanaal.organisatie, "na": kanaal.stand.gemeld_tot}
    row = (await connection.execute(_NEWS, values)).one()
    if row.tot is None:
        return None
    ongemeld = Ongemeld(sinds=row.sinds, tot=row.tot, dringend_sinds=row.dringend_sinds)
    return Nieuws(ongemeld=ongemeld, convenanten=tuple(map(ConvenantId, row.convenanten)))


async def claim(connection: AsyncConnection, kanaal: Emailkanaal, *, op: datetime) -> UUID | None:
    """What proves that the mail to this organisation is ours to send; None when another sends it, or things changed."""
    door = uuid4()
    free = or_(_TABEL.c.bezet_tot.is_(None), _TABEL.c.bezet_tot <= op, _TABEL.c.bezet_tot > op + GREEP)
    same = (
        _TABEL.c.organisatie == kanaal.organisatie,
        _TABEL.c.aan,
        _TABEL.c.gemeld_tot == kanaal.stand.gemeld_tot,
        _TABEL.c.pogingen == kanaal.stand.pogingen,
    )
    statement = update(_TABEL).where(*same, free).values(bezet_door=door, bezet_tot=op + GREEP)
    found = await connection.execute(statement.returning(_TABEL.c.organisatie))
    return None if found.first() is None else door


async def release(connection: AsyncConnection, organisatie: Oin, door: UUID, stand: Emailstand) -> None:
    """Write how far the mail is, unless it was no longer ours."""
    mine = (_TABEL.c.organisatie == organisatie, _TABEL.c.bezet_door == door)
    values = {**asdict(stand), "bezet_door": None, "bezet_tot": None}
    await connection.execute(update(_TABEL).where(*mine).values(**values))


def _kanaal(row: Any) -> Emailkanaal:
    return Emailkanaal(
        organisatie=Oin(row.organisatie),
        instelling=Emailinstelling(
            aan=row.aan,
            wijze=Emailwijze(row.wijze),
            tijdstip=row.tijdstip,
            stil_van=row.stil_van,
            stil_tot=row.stil_tot,
        ),
        stand=Emailstand(
            gemeld_tot=row.gemeld_tot,
            volgende_op=row.volgende_op,
            verzonden_op=row.verzonden_op,
            pogingen=row.pogingen,
            mislukt_sinds=row.mislukt_sinds,
        ),
    )
