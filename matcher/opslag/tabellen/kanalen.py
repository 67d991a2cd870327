"""By which ways the matcher brings news by itself: webhooks and mail."""

from datetime import datetime, time
from uuid import UUID

from sqlalchemy import BigInteger, Index, Text, text
from sqlmodel import Field

from convenant.pg.tabellen import bytes_column, moment_column, oin_column
from matcher.opslag.tabellen.basis import Tabel


class WebhookRij(Tabel, table=True):
    """A webhook, how far it is, and who is delivering to it: `bezet_door` until `bezet_tot`.

    `bearer` is sealed (see `matcher.domein.kluis`); `verwerkt_tot` is a number in the feed of the organisation.
    """

    __tablename__ = "webhook"
    __table_args__ = (Index("ux_webhook_organisatie_url", "organisatie", "url", unique=True),)

    id: UUID = Field(primary_key=True)
    organisatie: str = oin_column()
    url: str = Field(sa_type=Text, nullable=False)
    bearer: bytes = bytes_column()
    aangemaakt_op: datetime = moment_column()
    status: str
    verwerkt_tot: int = Field(sa_type=BigInteger)
    volgende_op: datetime = moment_column()
    pogingen: int
    weigeringen: int
    mislukt_sinds: datetime | None = moment_column(nullable=True)
    per_minuut: int | None = None
    bezet_door: UUID | None = None
    bezet_tot: datetime | None = moment_column(nullable=True)


class DodeLetterRij(Tabel, table=True):
    """An event, by its number in the feed, that a webhook did not take; `opnieuw` is that it is to be sent again."""

    __tablename__ = "dode_letter"
    __table_args__ = (Index("ix_dode_letter_opnieuw", "webhook_id", "nummer", postgresql_where=text("opnieuw")),)

    webhook_id: UUID = Field(primary_key=True, foreign_key="webhook.id", ondelete="CASCADE")
    nummer: int = Field(sa_type=BigInteger, primary_key=True)
    op: datetime = moment_column()
    opnieuw: bool


class EmailkanaalRij(Tabel, table=True):
    """When an organisation wants mail, and how far that is. The address is not here: it is that in the convenant.

    `gemeld_tot` is the number in its feed up to which the last mail was about.
    """

    __tablename__ = "emailkanaal"

    organisatie: str = oin_column(primary_key=True)
    aan: bool
    wijze: str
    tijdstip: time
    stil_van: time | None = None
    stil_tot: time | None = None
    gemeld_tot: int = Field(sa_type=BigInteger)
    verzonden_op: datetime | None = moment_column(nullable=True)
    volgende_op: datetime = moment_column()
    pogingen: int
    mislukt_sinds: datetime | None = moment_column(nullable=True)
    bezet_door: UUID | None = None
    bezet_tot: datetime | None = moment_column(nullable=True)
