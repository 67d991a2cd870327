"""Bekendheidsvragen: the question, its tokens while it is open, who is asked, and who knew somebody."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, SmallInteger, text
from sqlmodel import Field

from convenant.pg.tabellen import bytes_column, moment_column, oin_column
from matcher.opslag.tabellen.basis import Tabel


class BekendheidsvraagRij(Tabel, table=True):
    """A question about `aantal` persons. Erased, with all that hangs on it, some time after its closing."""

    __tablename__ = "bekendheidsvraag"
    __table_args__ = (
        Index("ix_bekendheidsvraag_open", "uiterlijk", postgresql_where=text("gesloten_op IS NULL")),
        Index("ix_bekendheidsvraag_gesloten_op", "gesloten_op"),
    )

    id: UUID = Field(primary_key=True)
    convenant: str
    vrager: str = oin_column()
    epoche: int
    aantal: int = Field(sa_type=SmallInteger)
    gesteld_op: datetime = moment_column()
    uiterlijk: date
    gesloten_op: datetime | None = moment_column(nullable=True)


class BekendheidstokenRij(Tabel, table=True):
    """The token of one person in one question, peppered. Erased when the question closes."""

    __tablename__ = "bekendheidstoken"

    vraag_id: UUID = Field(primary_key=True, foreign_key="bekendheidsvraag.id")
    plaats: int = Field(sa_type=SmallInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    token_hash: bytes = bytes_column()


class BekendheidspartijRij(Tabel, table=True):
    """A party that is asked, how it answers, and how often it did."""

    __tablename__ = "bekendheidspartij"

    vraag_id: UUID = Field(primary_key=True, foreign_key="bekendheidsvraag.id")
    organisatie: str = oin_column(primary_key=True)
    wijze: str
    antwoorden: int = Field(sa_type=SmallInteger)


class BekendheidstrefferRij(Tabel, table=True):
    """That a party holds the token at that place. What is no yes when the question closes is erased then."""

    __tablename__ = "bekendheidstreffer"

    vraag_id: UUID = Field(primary_key=True, foreign_key="bekendheidsvraag.id")
    plaats: int = Field(sa_type=SmallInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    organisatie: str = oin_column(primary_key=True)
    oordeel: str
