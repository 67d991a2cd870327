"""Statements about convenanten."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ROL = "koppelradar_sleutelhouder_toepassing"
# What was seen once stays: a text that changed, or a set of statements that got shorter, is found out.
_GUARD = f"""
    CREATE TRIGGER convenant_rij BEFORE UPDATE OR DELETE ON convenant
        FOR EACH ROW EXECUTE FUNCTION alleen_toevoegen();
    CREATE TRIGGER convenant_tabel BEFORE TRUNCATE ON convenant
        FOR EACH STATEMENT EXECUTE FUNCTION alleen_toevoegen();
    CREATE TRIGGER verklaring_rij BEFORE UPDATE OR DELETE ON verklaring
        FOR EACH ROW EXECUTE FUNCTION alleen_toevoegen();
    CREATE TRIGGER verklaring_tabel BEFORE TRUNCATE ON verklaring
        FOR EACH STATEMENT EXECUTE FUNCTION alleen_toevoegen();
    GRANT SELECT, INSERT ON verklaring TO {_ROL};
"""


def upgrade() -> None:
    op.create_table(
        "verklaring",
        sa.Column("volgorde", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("convenant", sa.String(), nullable=False),
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("vingerafdruk", sa.LargeBinary(), nullable=False),
        sa.Column("tekst", sa.Text(), nullable=False),
        sa.Column("ontvangen_op", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("volgorde"),
        sa.UniqueConstraint("vingerafdruk"),
    )
    op.execute(_GUARD)


def downgrade() -> None:
    for trigger in ("convenant_rij", "convenant_tabel"):
        op.execute(f"DROP TRIGGER {trigger} ON convenant")
    op.drop_table("verklaring")
