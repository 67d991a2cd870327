"""Pairs, contact cards, tokens per epoch, and the count of what was submitted."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ROL = "koppelradar_toepassing"
_TABLES = "paar, kaart, kaartomslag, kaartzegel, kaartverzoek, kaartvrijgave, epochewissing, telling"

# What is there already was submitted under one epoch, and every organisation knows its matches by their own id.
_FILL = """
    UPDATE koppelindex SET epoche = signaal.epoche FROM signaal WHERE signaal.id = koppelindex.signaal_id;
    UPDATE matchlid SET bekend_als = match_id;
"""
_COUNT = """
    INSERT INTO telling (organisatie, convenant, maand, signalen)
    SELECT organisatie, convenant, date_trunc('month', ingediend_op AT TIME ZONE 'Europe/Amsterdam')::date, count(*)
    FROM signaal GROUP BY 1, 2, 3
"""
# An older matcher knows no second epoch and no id but that of the match.
_FORGET = """
    DELETE FROM koppelindex USING signaal
    WHERE signaal.id = koppelindex.signaal_id AND signaal.epoche <> koppelindex.epoche;
    DELETE FROM notificatie
    WHERE soort NOT IN ('match-ontstaan', 'match-uitgebreid', 'match-gekrompen', 'match-vervallen')
"""


def upgrade() -> None:
    op.add_column("koppelindex", sa.Column("epoche", sa.Integer(), nullable=True))
    op.add_column("matchlid", sa.Column("bekend_als", sa.Uuid(), nullable=True))
    op.execute(_FILL)
    op.alter_column("koppelindex", "epoche", nullable=False)
    op.drop_constraint("koppelindex_pkey", "koppelindex", type_="primary")
    op.create_primary_key("koppelindex_pkey", "koppelindex", ["token_hash", "slot", "signaal_id", "epoche"])
    op.alter_column("matchlid", "bekend_als", nullable=False)
    op.create_index(
        "ix_matchlid_bekend_als",
        "matchlid",
        ["bekend_als"],
        unique=False,
        postgresql_where=sa.text("vertrokken_op IS NULL"),
    )
    op.drop_column("match", "niveau")
    op.alter_column("notificatie", "match_id", new_column_name="onderwerp")
    op.create_table(
        "paar",
        sa.Column("een", sa.Uuid(), nullable=False),
        sa.Column("ander", sa.Uuid(), nullable=False),
        sa.Column("volgnummer", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("convenant", sa.String(), nullable=False),
        sa.Column("een_organisatie", sa.String(length=20), nullable=False),
        sa.Column("ander_organisatie", sa.String(length=20), nullable=False),
        sa.Column("een_kenmerk", sa.Uuid(), nullable=False),
        sa.Column("ander_kenmerk", sa.Uuid(), nullable=False),
        sa.Column("niveau", sa.String(), nullable=False),
        sa.Column("sloten", sa.SmallInteger(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("ontstaan_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("een_bevestigd_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("een_medewerker", sa.LargeBinary(), nullable=True),
        sa.Column("een_acuut", sa.Boolean(), nullable=False),
        sa.Column("ander_bevestigd_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ander_medewerker", sa.LargeBinary(), nullable=True),
        sa.Column("ander_acuut", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["een"], ["signaal.id"]),
        sa.ForeignKeyConstraint(["ander"], ["signaal.id"]),
        sa.PrimaryKeyConstraint("een", "ander"),
        sa.UniqueConstraint("volgnummer"),
        sa.UniqueConstraint("een_kenmerk"),
        sa.UniqueConstraint("ander_kenmerk"),
    )
    op.create_index("ix_paar_ander", "paar", ["ander"], unique=False)
    op.create_index("ix_paar_een_organisatie", "paar", ["een_organisatie", "volgnummer"], unique=False)
    op.create_index("ix_paar_ander_organisatie", "paar", ["ander_organisatie", "volgnummer"], unique=False)
    op.create_table(
        "kaart",
        sa.Column("signaal_id", sa.Uuid(), nullable=False),
        sa.Column("versleuteld", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("signaal_id"),
    )
    op.create_table(
        "kaartomslag",
        sa.Column("signaal_id", sa.Uuid(), nullable=False),
        sa.Column("epoche", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("waarde", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("signaal_id", "epoche"),
    )
    op.create_table(
        "kaartzegel",
        sa.Column("signaal_id", sa.Uuid(), nullable=False),
        sa.Column("ontvanger", sa.String(length=20), nullable=False),
        sa.Column("waarde", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("signaal_id", "ontvanger"),
    )
    op.create_table(
        "kaartverzoek",
        sa.Column("vrager", sa.String(length=20), nullable=False),
        sa.Column("signaal_id", sa.Uuid(), nullable=False),
        sa.Column("gevraagd_op", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["signaal_id"], ["signaal.id"]),
        sa.PrimaryKeyConstraint("vrager", "signaal_id"),
    )
    op.create_table(
        "kaartvrijgave",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("signaal_id", sa.Uuid(), nullable=False),
        sa.Column("ontvanger", sa.String(length=20), nullable=False),
        sa.Column("zegel", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_kaartvrijgave_signaal_id", "kaartvrijgave", ["signaal_id"], unique=False)
    op.create_table(
        "epochewissing",
        sa.Column("convenant", sa.String(), nullable=False),
        sa.Column("epoche", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("gewist_op", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("convenant", "epoche"),
    )
    op.create_table(
        "telling",
        sa.Column("organisatie", sa.String(length=20), nullable=False),
        sa.Column("convenant", sa.String(), nullable=False),
        sa.Column("maand", sa.Date(), nullable=False),
        sa.Column("signalen", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisatie", "convenant", "maand"),
    )
    op.execute(_COUNT)
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {_TABLES} TO {_ROL}")


def downgrade() -> None:
    for table in (
        "telling",
        "epochewissing",
        "kaartvrijgave",
        "kaartverzoek",
        "kaartzegel",
        "kaartomslag",
        "kaart",
        "paar",
    ):
        op.drop_table(table)
    op.execute(_FORGET)
    op.alter_column("notificatie", "onderwerp", new_column_name="match_id")
    op.add_column("match", sa.Column("niveau", sa.String(), nullable=False, server_default="zeker"))
    op.alter_column("match", "niveau", server_default=None)
    op.drop_index("ix_matchlid_bekend_als", table_name="matchlid", postgresql_where=sa.text("vertrokken_op IS NULL"))
    op.drop_column("matchlid", "bekend_als")
    op.drop_constraint("koppelindex_pkey", "koppelindex", type_="primary")
    op.drop_column("koppelindex", "epoche")
    op.create_primary_key("koppelindex_pkey", "koppelindex", ["token_hash", "slot", "signaal_id"])
