"""Casussen and the terugkoppeling on them."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_ROL = "koppelradar_toepassing"
_TABLES = ("casus", "casuslid", "casusgezien", "terugkoppeling")


def upgrade() -> None:
    op.create_table(
        "casus",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("volgnummer", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("convenant", sa.String(), nullable=False),
        sa.Column("organisatie", sa.String(length=20), nullable=False),
        sa.Column("nummer", sa.LargeBinary(), nullable=False),
        sa.Column("toestand", sa.String(), nullable=False),
        sa.Column("toestand_sinds", sa.DateTime(timezone=True), nullable=False),
        sa.Column("acuut", sa.Boolean(), nullable=False),
        sa.Column("geopend_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gewijzigd_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("monitoring_tot", sa.Date(), nullable=False),
        sa.Column("overgedragen_aan", sa.String(length=20), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("volgnummer"),
    )
    op.create_index("ix_casus_organisatie", "casus", ["organisatie", "volgnummer"], unique=False)
    op.create_table(
        "casuslid",
        sa.Column("casus_id", sa.Uuid(), nullable=False),
        sa.Column("signaal_id", sa.Uuid(), nullable=False),
        sa.Column("toegevoegd_op", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["casus_id"], ["casus.id"]),
        sa.ForeignKeyConstraint(["signaal_id"], ["signaal.id"]),
        sa.PrimaryKeyConstraint("casus_id", "signaal_id"),
    )
    op.create_index("ix_casuslid_signaal_id", "casuslid", ["signaal_id"], unique=False)
    op.create_table(
        "casusgezien",
        sa.Column("casus_id", sa.Uuid(), nullable=False),
        sa.Column("signaal_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["casus_id"], ["casus.id"]),
        sa.PrimaryKeyConstraint("casus_id", "signaal_id"),
    )
    op.create_table(
        "terugkoppeling",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("volgnummer", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("casus_id", sa.Uuid(), nullable=False),
        sa.Column("signaal_id", sa.Uuid(), nullable=False),
        sa.Column("opgepakt", sa.Boolean(), nullable=False),
        sa.Column("overgedragen_aan", sa.String(length=20), nullable=True),
        sa.Column("monitort", sa.String(length=20), nullable=True),
        sa.Column("gegeven_op", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["casus_id"], ["casus.id"]),
        sa.ForeignKeyConstraint(["signaal_id"], ["signaal.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("volgnummer"),
    )
    op.create_index("ix_terugkoppeling_casus_id", "terugkoppeling", ["casus_id", "signaal_id"], unique=False)
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {', '.join(_TABLES)} TO {_ROL}")


def downgrade() -> None:
    for table in reversed(_TABLES):
        op.drop_table(table)
