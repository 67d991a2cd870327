"""Casussen, who is in them, what their owner saw of them, and what whoever signalled was told."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, String
from sqlmodel import Field

from convenant.pg.tabellen import OIN_TEKENS, bytes_column, moment_column, oin_column
from matcher.opslag.tabellen.basis import Tabel, volgnummer


def _oin_or_nothing() -> str | None:
    found: str | None = Field(default=None, sa_type=String(OIN_TEKENS))
    return found


class CasusRij(Tabel, table=True):
    """A casus of one organisation; `nummer` is its own number for it, sealed for itself."""

    __tablename__ = "casus"
    __table_args__ = (Index("ix_casus_organisatie", "organisatie", "volgnummer"),)

    id: UUID = Field(primary_key=True)
    volgnummer: int | None = volgnummer()
    convenant: str
    organisatie: str = oin_column()
    nummer: bytes = bytes_column()
    toestand: str
    toestand_sinds: datetime = moment_column()
    acuut: bool
    geopend_op: datetime = moment_column()
    gewijzigd_op: datetime = moment_column()
    monitoring_tot: date
    overgedragen_aan: str | None = _oin_or_nothing()


class CasuslidRij(Tabel, table=True):
    """A signal of the owner that is in a casus; gone when the signal ends, so that no family outlives its signals."""

    __tablename__ = "casuslid"
    __table_args__ = (Index("ix_casuslid_signaal_id", "signaal_id"),)

    casus_id: UUID = Field(primary_key=True, foreign_key="casus.id")
    signaal_id: UUID = Field(primary_key=True, foreign_key="signaal.id")
    toegevoegd_op: datetime = moment_column()


class CasusgezienRij(Tabel, table=True):
    """A signal of another organisation that the owner saw in its casus: what is not here is new."""

    __tablename__ = "casusgezien"

    casus_id: UUID = Field(primary_key=True, foreign_key="casus.id")
    signaal_id: UUID = Field(primary_key=True)


class TerugkoppelingRij(Tabel, table=True):
    """What the owner of a casus told whoever gave a signal."""

    __tablename__ = "terugkoppeling"
    __table_args__ = (Index("ix_terugkoppeling_casus_id", "casus_id", "signaal_id"),)

    id: UUID = Field(primary_key=True)
    volgnummer: int | None = volgnummer()
    casus_id: UUID = Field(foreign_key="casus.id")
    signaal_id: UUID = Field(foreign_key="signaal.id")
    opgepakt: bool
    overgedragen_aan: str | None = _oin_or_nothing()
    monitort: str | None = _oin_or_nothing()
    gegeven_op: datetime = moment_column()
