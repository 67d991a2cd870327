"""Columns and tables that every service has. Each service makes them its own, in its own `MetaData`.

SQLModel takes the columns of a class that is no table itself, so a service writes

    class ConvenantRij(Tabel, Convenantkolommen, table=True): ...
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Identity, LargeBinary, String, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

OIN_TEKENS = 20


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def moment_column(*, nullable: bool = False) -> Any:
    """A moment with its time zone."""
    return Field(sa_type=DateTime(timezone=True), nullable=nullable)


def bytes_column(*, primary_key: bool = False) -> Any:
    """Raw bytes, never absent."""
    return Field(sa_type=LargeBinary, nullable=False, primary_key=primary_key)


def oin_column(*, primary_key: bool = False) -> Any:
    """The OIN of an organisation."""
    return Field(sa_type=String(OIN_TEKENS), nullable=False, primary_key=primary_key)


class Convenantkolommen(SQLModel):
    """Every version of a convenant that was ever in force in this service."""

    id: str = Field(primary_key=True)
    versie: int = Field(primary_key=True)
    hash: str
    inhoud: dict[str, Any] = Field(sa_type=JSONB, nullable=False)
    geladen_op: datetime = moment_column()


class Verklaringkolommen(SQLModel):
    """A statement of a party about a version of a convenant; rows are added and never changed.

    `vingerafdruk` is the SHA-256 of `tekst`, a compact JWS.
    """

    volgorde: int | None = Field(
        default=None, sa_type=BigInteger, primary_key=True, sa_column_args=(Identity(always=True),)
    )
    convenant: str
    versie: int
    vingerafdruk: bytes = Field(sa_type=LargeBinary, nullable=False, unique=True)
    tekst: str = Field(sa_type=Text, nullable=False)
    ontvangen_op: datetime = moment_column()


class Assertiekolommen(SQLModel):
    """A client assertion that was used, until it would have expired anyway."""

    jti_hash: bytes = bytes_column(primary_key=True)
    verloopt_op: datetime = moment_column()


class Instellingkolommen(SQLModel):
    """Values by which the database recognises the secrets it was filled under."""

    naam: str = Field(primary_key=True)
    waarde: bytes = bytes_column()
