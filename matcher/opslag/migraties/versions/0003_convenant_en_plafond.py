"""Statements about convenanten, and what a limit is set to."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_ROL = "koppelradar_toepassing"
# What was seen once stays: a text that changed, or a set of statements that got shorter, is found out.
_GUARD = f"""
    CREATE FUNCTION convenant_alleen_toevoegen() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'convenanten and statements can only be added' USING ERRCODE = 'insufficient_privilege';
    END $$;
    CREATE TRIGGER convenant_rij BEFORE UPDATE OR DELETE ON convenant
        FOR EACH ROW EXECUTE FUNCTION convenant_alleen_toevoegen();
    CREATE TRIGGER convenant_tabel BEFORE TRUNCATE ON convenant
        FOR EACH STATEMENT EXECUTE FUNCTION convenant_alleen_toevoegen();
    CREATE TRIGGER verklaring_rij BEFORE UPDATE OR DELETE ON verklaring
        FOR EACH ROW EXECUTE FUNCTION convenant_alleen_toevoegen();
    CREATE TRIGGER verklaring_tabel BEFORE TRUNCATE ON verklaring
        FOR EACH STATEMENT EXECUTE FUNCTION convenant_alleen_toevoegen();
    GRANT SELECT, INSERT ON verklaring TO {_ROL};
    REVOKE UPDATE, DELETE ON convenant FROM {_ROL};
"""
_UNGUARD = f"""
    DROP TRIGGER convenant_rij ON convenant;
    DROP TRIGGER convenant_tabel ON convenant;
    GRANT UPDATE, DELETE ON convenant TO {_ROL};
"""


def upgrade() -> None:
    for name in ("nieuwe_signalen", "mogelijke_matches"):
        # Of the month in which this runs only the signals can be counted after the fact; the rest starts at nothing.
        op.add_column("telling", sa.Column(name, sa.BigInteger(), nullable=False, server_default="0"))
        op.alter_column("telling", name, server_default=None)
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
    op.execute(_UNGUARD)
    op.drop_table("verklaring")
    op.execute("DROP FUNCTION convenant_alleen_toevoegen()")
    op.drop_column("telling", "mogelijke_matches")
    op.drop_column("telling", "nieuwe_signalen")
