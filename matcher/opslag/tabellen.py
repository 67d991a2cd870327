"""The tables. Migrations make them; a test holds the migrated schema against these models.

No column holds a name, birth date, address or other content (guarantee 1). Binary values are raw bytes.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Column,
    Identity,
    Index,
    LargeBinary,
    SmallInteger,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from convenant.pg.tabellen import (
    Assertiekolommen,
    Convenantkolommen,
    Instellingkolommen,
    Verklaringkolommen,
    bytes_column,
    moment_column,
    oin_column,
)


class Tabel(SQLModel, registry=registry()):
    """Base of the matcher's tables: a `MetaData` of its own, so that no other service's tables are among them."""


METADATA = Tabel.metadata


def _volgnummer() -> Any:
    # The pages of a list need an order that does not change while rows come in.
    return Field(default=None, sa_column=Column(BigInteger, Identity(always=True), nullable=False, unique=True))


class ConvenantRij(Tabel, Convenantkolommen, table=True):
    """Every version of a convenant that was ever in force here; a signal refers to one."""

    __tablename__ = "convenant"


class VerklaringRij(Tabel, Verklaringkolommen, table=True):
    """Who signed, revoked or joined which version of a convenant."""

    __tablename__ = "verklaring"


class SignaalRij(Tabel, table=True):
    """A signal without its tokens."""

    __tablename__ = "signaal"
    __table_args__ = (
        Index("ix_signaal_organisatie_volgnummer", "organisatie", "volgnummer"),
        Index("ix_signaal_verloopt_op", "verloopt_op", postgresql_where=text("status = 'actief'")),
    )

    id: UUID = Field(primary_key=True)
    volgnummer: int | None = _volgnummer()
    convenant: str
    convenantversie: int
    epoche: int
    organisatie: str = oin_column()
    signaalsoort: str
    profiel: str
    medewerker: bytes = bytes_column()
    status: str
    ingediend_op: datetime = moment_column()
    verloopt_op: date
    beeindigd_op: datetime | None = moment_column(nullable=True)
    referentie: bytes = bytes_column()


class KoppelindexRij(Tabel, table=True):
    """One slot of one signal. Looked up by equality on `token_hash` only, which is why that column comes first.

    There is no foreign key to `signaal`, so that the table can be spread over machines on `token_hash`; rows
    are written and erased in the transaction of their signal.
    """

    __tablename__ = "koppelindex"
    __table_args__ = (Index("ix_koppelindex_signaal_id", "signaal_id"),)

    token_hash: bytes = Field(sa_type=LargeBinary, primary_key=True)
    slot: int = Field(sa_type=SmallInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    signaal_id: UUID = Field(primary_key=True)
    epoche: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})


class MatchRij(Tabel, table=True):
    """Two or more organisations know the same person; not which person."""

    __tablename__ = "match"

    id: UUID = Field(primary_key=True)
    volgnummer: int | None = _volgnummer()
    convenant: str
    ontstaan_op: datetime = moment_column()
    vervallen_op: datetime | None = moment_column(nullable=True)


class MatchlidRij(Tabel, table=True):
    """A signal's stay in a match. A signal is in one match at a time: it is about one person.

    `bekend_als` is the id under which its organisation knows the match; it stays the same when matches are joined.
    """

    __tablename__ = "matchlid"
    __table_args__ = (
        Index(
            "ux_matchlid_signaal_actief",
            "signaal_id",
            unique=True,
            postgresql_where=text("vertrokken_op IS NULL"),
        ),
        Index("ix_matchlid_bekend_als", "bekend_als", postgresql_where=text("vertrokken_op IS NULL")),
    )

    match_id: UUID = Field(primary_key=True, foreign_key="match.id")
    signaal_id: UUID = Field(primary_key=True, foreign_key="signaal.id")
    bekend_als: UUID
    toegetreden_op: datetime = moment_column()
    vertrokken_op: datetime | None = moment_column(nullable=True)


class PaarRij(Tabel, table=True):
    """Two signals whose weaker keys coincide, or that were separated for good; `een` is the lower of the two ids.

    A pair that shares slot `zeker` has no row as long as nobody said that it is wrong. `sloten` has a bit per slot.
    """

    __tablename__ = "paar"
    __table_args__ = (
        Index("ix_paar_ander", "ander"),
        Index("ix_paar_een_organisatie", "een_organisatie", "volgnummer"),
        Index("ix_paar_ander_organisatie", "ander_organisatie", "volgnummer"),
    )

    een: UUID = Field(primary_key=True, foreign_key="signaal.id")
    ander: UUID = Field(primary_key=True, foreign_key="signaal.id")
    volgnummer: int | None = _volgnummer()
    convenant: str
    een_organisatie: str = oin_column()
    ander_organisatie: str = oin_column()
    een_kenmerk: UUID = Field(unique=True)
    ander_kenmerk: UUID = Field(unique=True)
    niveau: str
    sloten: int = Field(sa_type=SmallInteger)
    status: str
    ontstaan_op: datetime = moment_column()
    een_bevestigd_op: datetime | None = moment_column(nullable=True)
    een_medewerker: bytes | None = Field(default=None, sa_type=LargeBinary)
    een_acuut: bool = False
    ander_bevestigd_op: datetime | None = moment_column(nullable=True)
    ander_medewerker: bytes | None = Field(default=None, sa_type=LargeBinary)
    ander_acuut: bool = False


class KaartRij(Tabel, table=True):
    """A contact card, encrypted under a key that the matcher never has. Erased with the tokens of its signal."""

    __tablename__ = "kaart"

    signaal_id: UUID = Field(primary_key=True)
    versleuteld: bytes = bytes_column()


class KaartomslagRij(Tabel, table=True):
    """The card key under the kaartsleutel of one epoch."""

    __tablename__ = "kaartomslag"

    signaal_id: UUID = Field(primary_key=True)
    epoche: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    waarde: bytes = bytes_column()


class KaartzegelRij(Tabel, table=True):
    """The card key, sealed for one receiver."""

    __tablename__ = "kaartzegel"

    signaal_id: UUID = Field(primary_key=True)
    ontvanger: str = oin_column(primary_key=True)
    waarde: bytes = bytes_column()


class KaartverzoekRij(Tabel, table=True):
    """That somebody asked for the card of a signal; open until it was released or the signal ended."""

    __tablename__ = "kaartverzoek"

    vrager: str = oin_column(primary_key=True)
    signaal_id: UUID = Field(primary_key=True, foreign_key="signaal.id")
    gevraagd_op: datetime = moment_column()


class KaartvrijgaveRij(Tabel, table=True):
    """A card that was released to somebody who asked, sealed for that receiver. Erased with its signal."""

    __tablename__ = "kaartvrijgave"
    __table_args__ = (Index("ix_kaartvrijgave_signaal_id", "signaal_id"),)

    id: UUID = Field(primary_key=True)
    signaal_id: UUID
    ontvanger: str = oin_column()
    zegel: bytes = bytes_column()


class EpochewissingRij(Tabel, table=True):
    """That the tokens of an epoch were erased: it retired, or its keys leaked."""

    __tablename__ = "epochewissing"

    convenant: str = Field(primary_key=True)
    epoche: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    gewist_op: datetime = moment_column()


class TellingRij(Tabel, table=True):
    """What an organisation did in a calendar month; `maand` is its first day.

    `signalen` are all that brought tokens in, for the alarm of the sleutelhouder; `nieuwe_signalen` and the
    `mogelijke_matches` that these found are what the convenant sets a limit to.
    """

    __tablename__ = "telling"

    organisatie: str = oin_column(primary_key=True)
    convenant: str = Field(primary_key=True)
    maand: date = Field(primary_key=True)
    signalen: int = Field(sa_type=BigInteger)
    nieuwe_signalen: int = Field(sa_type=BigInteger)
    mogelijke_matches: int = Field(sa_type=BigInteger)


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
