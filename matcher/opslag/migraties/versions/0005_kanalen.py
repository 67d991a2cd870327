"""Webhooks, what they did not take, and when an organisation wants mail."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_ROL = "koppelradar_toepassing"
_TABELLEN = ("webhook", "dode_letter", "emailkanaal")


def _moment(name: str, *, nullable: bool = False) -> "sa.Column[object]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "webhook",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisatie", sa.String(length=20), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("bearer", sa.LargeBinary(), nullable=False),
        _moment("aangemaakt_op"),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("verwerkt_tot", sa.BigInteger(), nullable=False),
        _moment("volgende_op"),
        sa.Column("pogingen", sa.Integer(), nullable=False),
        sa.Column("weigeringen", sa.Integer(), nullable=False),
        _moment("mislukt_sinds", nullable=True),
        sa.Column("per_minuut", sa.Integer(), nullable=True),
        sa.Column("bezet_door", sa.Uuid(), nullable=True),
        _moment("bezet_tot", nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ux_webhook_organisatie_url", "webhook", ["organisatie", "url"], unique=True)
    op.create_table(
        "dode_letter",
        sa.Column("webhook_id", sa.Uuid(), nullable=False),
        sa.Column("nummer", sa.BigInteger(), nullable=False),
        _moment("op"),
        sa.Column("opnieuw", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["webhook_id"], ["webhook.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("webhook_id", "nummer"),
    )
    op.create_index(
        "ix_dode_letter_opnieuw",
        "dode_letter",
        ["webhook_id", "nummer"],
        unique=False,
        postgresql_where=sa.text("opnieuw"),
    )
    op.create_table(
        "emailkanaal",
        sa.Column("organisatie", sa.String(length=20), nullable=False),
        sa.Column("aan", sa.Boolean(), nullable=False),
        sa.Column("wijze", sa.String(), nullable=False),
        sa.Column("tijdstip", sa.Time(), nullable=False),
        sa.Column("stil_van", sa.Time(), nullable=True),
        sa.Column("stil_tot", sa.Time(), nullable=True),
        sa.Column("gemeld_tot", sa.BigInteger(), nullable=False),
        _moment("verzonden_op", nullable=True),
        _moment("volgende_op"),
        sa.Column("pogingen", sa.Integer(), nullable=False),
        _moment("mislukt_sinds", nullable=True),
        sa.Column("bezet_door", sa.Uuid(), nullable=True),
        _moment("bezet_tot", nullable=True),
        sa.PrimaryKeyConstraint("organisatie"),
    )
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {', '.join(_TABELLEN)} TO {_ROL}")


def downgrade() -> None:
    for name in reversed(_TABELLEN):
        op.drop_table(name)
