"""Whether an event is about acute danger, and two more things that a limit is set to."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_COUNTS = ("bevragingen", "bekendheidsvragen")


def upgrade() -> None:
    op.add_column("notificatie", sa.Column("dringend", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.alter_column("notificatie", "dringend", server_default=None)
    for name in _COUNTS:
        op.add_column("telling", sa.Column(name, sa.BigInteger(), nullable=False, server_default="0"))
        op.alter_column("telling", name, server_default=None)


def downgrade() -> None:
    for name in _COUNTS:
        op.drop_column("telling", name)
    op.drop_column("notificatie", "dringend")
