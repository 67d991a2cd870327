"""What all tables of the matcher share."""

from typing import Any

from sqlalchemy import BigInteger, Column, Identity
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel


class Tabel(SQLModel, registry=registry()):
    """Base of the matcher's tables: a `MetaData` of its own, so that no other service's tables are among them."""


METADATA = Tabel.metadata


def volgnummer() -> Any:
    """A number in order of insertion: the pages of a list need an order that does not change while rows come in."""
    return Field(default=None, sa_column=Column(BigInteger, Identity(always=True), nullable=False, unique=True))
