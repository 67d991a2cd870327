"""Which signals were announced to expire."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_ROL = "koppelradar_toepassing"


def upgrade() -> None:
    op.create_table(
        "aankondiging",
        sa.Column("signaal_id", sa.Uuid(), nullable=False),
        sa.Column("aangekondigd_op", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["signaal_id"], ["signaal.id"]),
        sa.PrimaryKeyConstraint("signaal_id"),
    )
    op.execute(f"GRANT SELECT, INSERT ON aankondiging TO {_ROL}")


def downgrade() -> None:
    op.drop_table("aankondiging")
