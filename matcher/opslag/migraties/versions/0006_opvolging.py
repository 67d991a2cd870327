"""The follow-up of a match, step by step, and the terms that run."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_ROL = "koppelradar_toepassing"
_LOOPT = sa.text("voldaan_op IS NULL")


def upgrade() -> None:
    op.create_table(
        "opvolging_stap",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("volgnummer", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("match_id", sa.Uuid(), nullable=False),
        sa.Column("organisatie", sa.String(length=20), nullable=False),
        sa.Column("bekend_als", sa.Uuid(), nullable=False),
        sa.Column("soort", sa.String(), nullable=False),
        sa.Column("over_organisatie", sa.String(length=20), nullable=True),
        sa.Column("over_bekend_als", sa.Uuid(), nullable=True),
        sa.Column("per", sa.Date(), nullable=True),
        sa.Column("moment", sa.Date(), nullable=True),
        sa.Column("hulp", sa.String(), nullable=True),
        sa.Column("medewerker", sa.LargeBinary(), nullable=True),
        sa.Column("op", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_opvolging_stap_match_id", "opvolging_stap", ["match_id", "volgnummer"], unique=False)
    op.create_table(
        "termijn",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("convenant", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("organisatie", sa.String(length=20), nullable=False),
        sa.Column("onderwerpsoort", sa.String(), nullable=False),
        sa.Column("onderwerp", sa.Uuid(), nullable=False),
        sa.Column("bron", sa.Uuid(), nullable=False),
        sa.Column("begonnen_op", sa.Date(), nullable=False),
        sa.Column("uiterlijk", sa.Date(), nullable=False),
        sa.Column("volgende_op", sa.Date(), nullable=True),
        sa.Column("herinnerd_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verstreken_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("trede", sa.SmallInteger(), nullable=False),
        sa.Column("voldaan_op", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ux_termijn_lopend", "termijn", ["bron", "code", "organisatie"], unique=True, postgresql_where=_LOOPT
    )
    op.create_index(
        "ix_termijn_organisatie", "termijn", ["organisatie", "uiterlijk"], unique=False, postgresql_where=_LOOPT
    )
    op.create_index("ix_termijn_volgende_op", "termijn", ["volgende_op"], unique=False, postgresql_where=_LOOPT)
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON opvolging_stap, termijn TO {_ROL}")


def downgrade() -> None:
    op.drop_table("termijn")
    op.drop_table("opvolging_stap")
