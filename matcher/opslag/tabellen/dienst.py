"""What the service itself needs: convenanten, notifications, idempotency, the access log."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Identity, Index, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from convenant.pg.tabellen import (
    Assertiekolommen,
    Convenantkolommen,
    Instellingkolommen,
    Verklaringkolommen,
    bytes_column,
    moment_column,
    oin_column,
)
from matcher.opslag.tabellen.basis import Tabel


class ConvenantRij(Tabel, Convenantkolommen, table=True):
    """Every version of a convenant that was ever in force here; a signal refers to one."""

    __tablename__ = "convenant"


class VerklaringRij(Tabel, Verklaringkolommen, table=True):
    """Who signed, revoked or joined which version of a convenant."""

    __tablename__ = "verklaring"


class NotificatieRij(Tabel, table=True):
    """The outbox and the feed in one: `nummer` is given after commit, per receiver, without gaps (guarantee 6)."""

    __tablename__ = "notificatie"
    __table_args__ = (
        Index("ux_notificatie_ontvanger_nummer", "ontvanger", "nummer", unique=True),
        Index("ix_notificatie_ongenummerd", "ontvanger", "id", postgresql_where=text("nummer IS NULL")),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(always=True), primary_key=True))
    gebeurtenis_id: UUID = Field(unique=True)
    ontvanger: str = oin_column()
    nummer: int | None = Field(default=None, sa_type=BigInteger)
    soort: str
    onderwerp: UUID
    inhoud: dict[str, Any] = Field(sa_type=JSONB, nullable=False)
    ontstaan_op: datetime = moment_column()
    dringend: bool = False


class OntvangerRij(Tabel, table=True):
    """The last number given to a receiver; its row lock keeps the numbers in order."""

    __tablename__ = "ontvanger"

    organisatie: str = oin_column(primary_key=True)
    laatste_nummer: int = Field(sa_type=BigInteger)


class IdempotentieRij(Tabel, table=True):
    """What was answered to an idempotency key, so that a repetition changes nothing (guarantee 5)."""

    __tablename__ = "idempotentie"

    organisatie: str = oin_column(primary_key=True)
    sleutel: str = Field(primary_key=True)
    verzoek_hash: bytes = bytes_column()
    antwoord: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
    aangemaakt_op: datetime = moment_column()


class GebruikteAssertieRij(Tabel, Assertiekolommen, table=True):
    """A client assertion that was used, until it would have expired anyway."""

    __tablename__ = "gebruikte_assertie"


class InstellingRij(Tabel, Instellingkolommen, table=True):
    """Values by which the database recognises the secrets it was filled under."""

    __tablename__ = "instelling"


class LogboekBladRij(Tabel, table=True):
    """A leaf of the access log: can be added, never changed or removed by the application."""

    __tablename__ = "logboek_blad"

    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(), primary_key=True))
    blad: bytes = bytes_column()


class LogboekInhoudRij(Tabel, table=True):
    """What a leaf commits to, and the salt. Erasable later without harm to the leaves."""

    __tablename__ = "logboek_inhoud"

    blad_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    zout: bytes = bytes_column()
    inhoud: str = Field(sa_type=Text, nullable=False)
