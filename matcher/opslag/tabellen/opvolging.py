"""What parties did after a match, and the terms that run."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, Column, Identity, Index, LargeBinary, SmallInteger, String, text
from sqlmodel import Field

from convenant.pg.tabellen import OIN_TEKENS, moment_column, oin_column
from matcher.opslag.tabellen.basis import Tabel

_LOOPT = text("voldaan_op IS NULL")


class OpvolgingStapRij(Tabel, table=True):
    """One step in the follow-up of a match; rows are added, and move along when matches join or part.

    `bekend_als` is the name under which `organisatie` knows the match, `over_*` the same of whom the step is about.
    """

    __tablename__ = "opvolging_stap"
    __table_args__ = (Index("ix_opvolging_stap_match_id", "match_id", "volgnummer"),)

    id: UUID = Field(primary_key=True)
    # Not always the database's: a step that belongs in two matches, once one parted, keeps its place in both.
    volgnummer: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(), nullable=False))
    match_id: UUID
    organisatie: str = oin_column()
    bekend_als: UUID
    soort: str
    over_organisatie: str | None = Field(default=None, sa_type=String(OIN_TEKENS))
    over_bekend_als: UUID | None = None
    per: date | None = None
    moment: date | None = None
    hulp: str | None = None
    medewerker: bytes | None = Field(default=None, sa_type=LargeBinary)
    op: datetime = moment_column()


class TermijnRij(Tabel, table=True):
    """A term that runs, or ran. `onderwerp` is what it is about as the organisation knows it, `bron` as we do.

    `trede` counts the steps of the ladder that were taken; `volgende_op` is the day on which something is to be told
    next, None when nothing is left to tell.
    """

    __tablename__ = "termijn"
    __table_args__ = (
        Index("ux_termijn_lopend", "bron", "code", "organisatie", unique=True, postgresql_where=_LOOPT),
        Index("ix_termijn_organisatie", "organisatie", "uiterlijk", postgresql_where=_LOOPT),
        Index("ix_termijn_volgende_op", "volgende_op", postgresql_where=_LOOPT),
    )

    id: UUID = Field(primary_key=True)
    convenant: str
    code: str
    organisatie: str = oin_column()
    onderwerpsoort: str
    onderwerp: UUID
    bron: UUID
    begonnen_op: date
    uiterlijk: date
    volgende_op: date | None = None
    herinnerd_op: datetime | None = moment_column(nullable=True)
    verstreken_op: datetime | None = moment_column(nullable=True)
    trede: int = Field(sa_type=SmallInteger)
    voldaan_op: datetime | None = moment_column(nullable=True)
