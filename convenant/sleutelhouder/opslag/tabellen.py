"""The tables. Migrations make them; a test holds the migrated schema against these models.

No column holds a point, a name, a birth date or other content: only keys, counts, and who asked when.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, ForeignKey, Identity, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from convenant.pg.tabellen import (
    OIN_TEKENS,
    Assertiekolommen,
    Convenantkolommen,
    Verklaringkolommen,
    bytes_column,
    moment_column,
    oin_column,
)


class Tabel(SQLModel, registry=registry()):
    """Base of the sleutelhouder's tables: a `MetaData` of its own."""


METADATA = Tabel.metadata


def _number(*, primary_key: bool = False) -> Any:
    return Field(sa_type=BigInteger, nullable=False, primary_key=primary_key)


def _identity() -> Any:
    return Field(default=None, sa_column=Column(BigInteger, Identity(always=True), primary_key=True))


class ConvenantRij(Tabel, Convenantkolommen, table=True):
    """Every version of a convenant that was ever in force here."""

    __tablename__ = "convenant"


class VerklaringRij(Tabel, Verklaringkolommen, table=True):
    """Who signed, revoked or joined which version of a convenant."""

    __tablename__ = "verklaring"


class GebruikteAssertieRij(Tabel, Assertiekolommen, table=True):
    """A client assertion that was used, until it would have expired anyway."""

    __tablename__ = "gebruikte_assertie"


class OprfSleutelRij(Tabel, table=True):
    """The key of one code in one epoch: public, and secret under the key of the vault until it is erased."""

    __tablename__ = "oprf_sleutel"

    convenant: str = Field(primary_key=True)
    epoche: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    code: str = Field(primary_key=True)
    publiek: bytes = bytes_column()
    geheim: bytes | None = Field(default=None, sa_type=LargeBinary, nullable=True)
    gemaakt_op: datetime = moment_column()
    gewist_op: datetime | None = moment_column(nullable=True)


class VerbruikRij(Tabel, table=True):
    """What one organisation used of one code in the last day and month it asked in. Its row lock orders requests."""

    __tablename__ = "verbruik"

    convenant: str = Field(primary_key=True)
    organisatie: str = oin_column(primary_key=True)
    code: str = Field(primary_key=True)
    dag: date
    dag_aantal: int = _number()
    maand: date
    maand_aantal: int = _number()
    maand_venster: int = _number()


class MinuutverbruikRij(Tabel, table=True):
    """One request's points of one code, until a minute has passed."""

    __tablename__ = "minuutverbruik"
    __table_args__ = (Index("ix_minuutverbruik_organisatie_op", "convenant", "organisatie", "op"),)

    id: int | None = _identity()
    convenant: str
    organisatie: str = oin_column()
    code: str
    op: datetime = moment_column()
    aantal: int = _number()


class TellingRij(Tabel, table=True):
    """The highest number of signals that the matcher stated for an organisation in a month, with its statement."""

    __tablename__ = "telling"

    convenant: str = Field(primary_key=True)
    organisatie: str = oin_column(primary_key=True)
    maand: date = Field(primary_key=True)
    signalen: int
    verklaring: str = Field(sa_type=Text, nullable=False)


class AlarmRij(Tabel, table=True):
    """An organisation asked far more than it submitted. Can be added, never changed or removed by the application."""

    __tablename__ = "alarm"
    __table_args__ = (UniqueConstraint("convenant", "organisatie", "code", "maand", "stap"),)

    id: int | None = _identity()
    convenant: str
    organisatie: str = oin_column()
    code: str
    maand: date
    stap: int
    gevraagd: int = _number()
    uit_venster: int = _number()
    ingediend: int
    op: datetime = moment_column()


class VensterRij(Tabel, table=True):
    """A bulk window: so many points of each code, once."""

    __tablename__ = "venster"
    __table_args__ = (Index("ix_venster_convenant_organisatie", "convenant", "organisatie"),)

    id: UUID = Field(primary_key=True)
    convenant: str
    organisatie: str = oin_column()
    punten: int
    aangevraagd_op: datetime = moment_column()
    van: datetime | None = moment_column(nullable=True)
    tot: datetime | None = moment_column(nullable=True)


class GoedkeuringRij(Tabel, table=True):
    """One operator's signed approval of a window."""

    __tablename__ = "goedkeuring"

    venster_id: UUID = Field(sa_column=Column(ForeignKey("venster.id"), primary_key=True))
    beheerder: str = Field(primary_key=True)
    verklaring: str = Field(sa_type=Text, nullable=False)
    op: datetime = moment_column()


class VensterverbruikRij(Tabel, table=True):
    """How many points of a code were taken out of a window."""

    __tablename__ = "vensterverbruik"

    venster_id: UUID = Field(sa_column=Column(ForeignKey("venster.id"), primary_key=True))
    code: str = Field(primary_key=True)
    gebruikt: int = _number()


class LogboekRij(Tabel, table=True):
    """Who did what, with counts per code. Can be added, never changed or removed by the application.

    `organisatie` and `medewerker` are empty for an operator's act, which names the operator.
    """

    __tablename__ = "logboek"

    id: int | None = _identity()
    op: datetime = moment_column()
    handeling: str
    uitkomst: str
    convenant: str
    epoche: int | None = Field(default=None)
    organisatie: str | None = Field(default=None, sa_type=String(OIN_TEKENS))
    medewerker: bytes | None = Field(default=None, sa_type=LargeBinary)
    rol: str | None = Field(default=None)
    beheerder: str | None = Field(default=None)
    aantallen: dict[str, int] = Field(sa_type=JSONB, nullable=False)
