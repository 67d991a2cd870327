"""Which organisations were told that their signals are about to expire."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from convenant.pg.tabellen import moment_column
from matcher.opslag.tabellen.basis import Tabel


class AankondigingRij(Tabel, table=True):
    """A signal of which its organisation heard that it expires soon; once, whatever the clock does."""

    __tablename__ = "aankondiging"

    signaal_id: UUID = Field(primary_key=True, foreign_key="signaal.id")
    aangekondigd_op: datetime = moment_column()
