"""Bekendheidsvragen: the question, its tokens, who is asked, and who knew somebody."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_ROL = "koppelradar_toepassing"
_TABLES = ("bekendheidsvraag", "bekendheidstoken", "bekendheidspartij", "bekendheidstreffer")
# An older matcher cannot say what these are about.
_FORGET = "DELETE FROM notificatie WHERE soort IN ('bekendheidsvraag', 'bekendheidsantwoord')"


def upgrade() -> None:
    op.create_table(
        "bekendheidsvraag",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("convenant", sa.String(), nullable=False),
        sa.Column("vrager", sa.String(length=20), nullable=False),
        sa.Column("epoche", sa.Integer(), nullable=False),
        sa.Column("aantal", sa.SmallInteger(), nullable=False),
        sa.Column("gesteld_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uiterlijk", sa.Date(), nullable=False),
        sa.Column("gesloten_op", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_bekendheidsvraag_open",
        "bekendheidsvraag",
        ["uiterlijk"],
        unique=False,
        postgresql_where=sa.text("gesloten_op IS NULL"),
    )
    op.create_index("ix_bekendheidsvraag_gesloten_op", "bekendheidsvraag", ["gesloten_op"], unique=False)
    op.create_table(
        "bekendheidstoken",
        sa.Column("vraag_id", sa.Uuid(), nullable=False),
        sa.Column("plaats", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["vraag_id"], ["bekendheidsvraag.id"]),
        sa.PrimaryKeyConstraint("vraag_id", "plaats"),
    )
    op.create_table(
        "bekendheidspartij",
        sa.Column("vraag_id", sa.Uuid(), nullable=False),
        sa.Column("organisatie", sa.String(length=20), nullable=False),
        sa.Column("wijze", sa.String(), nullable=False),
        sa.Column("antwoorden", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(["vraag_id"], ["bekendheidsvraag.id"]),
        sa.PrimaryKeyConstraint("vraag_id", "organisatie"),
    )
    op.create_table(
        "bekendheidstreffer",
        sa.Column("vraag_id", sa.Uuid(), nullable=False),
        sa.Column("plaats", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("organisatie", sa.String(length=20), nullable=False),
        sa.Column("oordeel", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["vraag_id"], ["bekendheidsvraag.id"]),
        sa.PrimaryKeyConstraint("vraag_id", "plaats", "organisatie"),
    )
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {', '.join(_TABLES)} TO {_ROL}")


def downgrade() -> None:
    for table in reversed(_TABLES):
        op.drop_table(table)
    op.execute(_FORGET)
