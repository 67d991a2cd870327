"""Signals, their tokens, matches, pairs, cards, epochs, and what was counted."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, Index, LargeBinary, SmallInteger, text
from sqlmodel import Field

from convenant.pg.tabellen import bytes_column, moment_column, oin_column
from matcher.opslag.tabellen.basis import Tabel, volgnummer


class SignaalRij(Tabel, table=True):
    """A signal without its tokens."""

    __tablename__ = "signaal"
    __table_args__ = (
        Index("ix_signaal_organisatie_volgnummer", "organisatie", "volgnummer"),
        Index("ix_signaal_verloopt_op", "verloopt_op", postgresql_where=text("status = 'actief'")),
    )

    id: UUID = Field(primary_key=True)
    volgnummer: int | None = volgnummer()
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
    volgnummer: int | None = volgnummer()
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
    volgnummer: int | None = volgnummer()
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

    `signalen` are all that brought tokens in, for the alarm of the sleutelhouder; `nieuwe_signalen`, the
    `mogelijke_matches` that these found, and the persons in `bevragingen` and `bekendheidsvragen` are what the
    convenant sets a limit to.
    """

    __tablename__ = "telling"

    organisatie: str = oin_column(primary_key=True)
    convenant: str = Field(primary_key=True)
    maand: date = Field(primary_key=True)
    signalen: int = Field(sa_type=BigInteger)
    nieuwe_signalen: int = Field(sa_type=BigInteger)
    mogelijke_matches: int = Field(sa_type=BigInteger)
    bevragingen: int = Field(sa_type=BigInteger)
    bekendheidsvragen: int = Field(sa_type=BigInteger)
