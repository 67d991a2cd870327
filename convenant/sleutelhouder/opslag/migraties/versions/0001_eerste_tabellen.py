"""The first tables, the role of the application, and the guard on access log and alarms."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_ROL = "koppelradar_sleutelhouder_toepassing"
_TIJD = sa.DateTime(timezone=True)
_OIN = sa.String(length=20)

# A role is shared by all databases of a server, so it may be there already and is never dropped. It is looked up first,
# because PostgreSQL wants the right to make roles even from a CREATE ROLE that would find it there.
_MAKE_ROLE = f"""
    DO $$ BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{_ROL}') THEN
            CREATE ROLE {_ROL} NOLOGIN;
        END IF;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END $$
"""

# A key is made once and erased once: its public half and its place never change. What says who asked, who approved and
# who raised an alarm can be added to. Rights alone would do for the application; the triggers are there for whoever is
# given more rights by mistake.
_GRANTS = f"""
    GRANT SELECT, INSERT, DELETE ON gebruikte_assertie, minuutverbruik TO {_ROL};
    GRANT SELECT, INSERT, UPDATE ON telling, verbruik, vensterverbruik TO {_ROL};
    GRANT SELECT, INSERT ON convenant TO {_ROL};
    GRANT SELECT, INSERT, UPDATE (van, tot) ON venster TO {_ROL};
    GRANT SELECT, INSERT, UPDATE (geheim, gewist_op) ON oprf_sleutel TO {_ROL};
    GRANT SELECT, INSERT ON logboek, alarm, goedkeuring TO {_ROL};
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {_ROL};
"""
_REVOKES = f"""
    REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {_ROL};
    REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {_ROL};
"""
_FUNCTION = """
    CREATE FUNCTION alleen_toevoegen() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'this table can only be added to' USING ERRCODE = 'insufficient_privilege';
    END $$;
"""
_APPEND_ONLY = """
    CREATE TRIGGER {0}_rij BEFORE UPDATE OR DELETE ON {0}
        FOR EACH ROW EXECUTE FUNCTION alleen_toevoegen();
    CREATE TRIGGER {0}_tabel BEFORE TRUNCATE ON {0}
        FOR EACH STATEMENT EXECUTE FUNCTION alleen_toevoegen();
"""
_GUARDED = ("logboek", "alarm", "goedkeuring")


def upgrade() -> None:
    op.create_table(
        "convenant",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("inhoud", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("geladen_op", _TIJD, nullable=False),
        sa.PrimaryKeyConstraint("id", "versie"),
    )
    op.create_table(
        "gebruikte_assertie",
        sa.Column("jti_hash", sa.LargeBinary(), nullable=False),
        sa.Column("verloopt_op", _TIJD, nullable=False),
        sa.PrimaryKeyConstraint("jti_hash"),
    )
    op.create_table(
        "oprf_sleutel",
        sa.Column("convenant", sa.String(), nullable=False),
        sa.Column("epoche", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("publiek", sa.LargeBinary(), nullable=False),
        sa.Column("geheim", sa.LargeBinary(), nullable=True),
        sa.Column("gemaakt_op", _TIJD, nullable=False),
        sa.Column("gewist_op", _TIJD, nullable=True),
        sa.PrimaryKeyConstraint("convenant", "epoche", "code"),
    )
    _create_counters()
    _create_vensters()
    op.create_table(
        "logboek",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("op", _TIJD, nullable=False),
        sa.Column("handeling", sa.String(), nullable=False),
        sa.Column("uitkomst", sa.String(), nullable=False),
        sa.Column("convenant", sa.String(), nullable=False),
        sa.Column("epoche", sa.Integer(), nullable=True),
        sa.Column("organisatie", _OIN, nullable=True),
        sa.Column("medewerker", sa.LargeBinary(), nullable=True),
        sa.Column("rol", sa.String(), nullable=True),
        sa.Column("beheerder", sa.String(), nullable=True),
        sa.Column("aantallen", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    for statement in (_MAKE_ROLE, _GRANTS, _FUNCTION, *(_APPEND_ONLY.format(name) for name in _GUARDED)):
        op.execute(statement)


def _create_counters() -> None:
    op.create_table(
        "verbruik",
        sa.Column("convenant", sa.String(), nullable=False),
        sa.Column("organisatie", _OIN, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("dag", sa.Date(), nullable=False),
        sa.Column("dag_aantal", sa.BigInteger(), nullable=False),
        sa.Column("maand", sa.Date(), nullable=False),
        sa.Column("maand_aantal", sa.BigInteger(), nullable=False),
        sa.Column("maand_venster", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("convenant", "organisatie", "code"),
    )
    op.create_table(
        "minuutverbruik",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("convenant", sa.String(), nullable=False),
        sa.Column("organisatie", _OIN, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("op", _TIJD, nullable=False),
        sa.Column("aantal", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_minuutverbruik_organisatie_op", "minuutverbruik", ["convenant", "organisatie", "op"], unique=False
    )
    op.create_table(
        "telling",
        sa.Column("convenant", sa.String(), nullable=False),
        sa.Column("organisatie", _OIN, nullable=False),
        sa.Column("maand", sa.Date(), nullable=False),
        sa.Column("signalen", sa.Integer(), nullable=False),
        sa.Column("verklaring", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("convenant", "organisatie", "maand"),
    )
    op.create_table(
        "alarm",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("convenant", sa.String(), nullable=False),
        sa.Column("organisatie", _OIN, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("maand", sa.Date(), nullable=False),
        sa.Column("stap", sa.Integer(), nullable=False),
        sa.Column("gevraagd", sa.BigInteger(), nullable=False),
        sa.Column("uit_venster", sa.BigInteger(), nullable=False),
        sa.Column("ingediend", sa.Integer(), nullable=False),
        sa.Column("op", _TIJD, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("convenant", "organisatie", "code", "maand", "stap"),
    )


def _create_vensters() -> None:
    op.create_table(
        "venster",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("convenant", sa.String(), nullable=False),
        sa.Column("organisatie", _OIN, nullable=False),
        sa.Column("punten", sa.Integer(), nullable=False),
        sa.Column("aangevraagd_op", _TIJD, nullable=False),
        sa.Column("van", _TIJD, nullable=True),
        sa.Column("tot", _TIJD, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_venster_convenant_organisatie", "venster", ["convenant", "organisatie"], unique=False)
    op.create_table(
        "goedkeuring",
        sa.Column("venster_id", sa.Uuid(), nullable=False),
        sa.Column("beheerder", sa.String(), nullable=False),
        sa.Column("verklaring", sa.Text(), nullable=False),
        sa.Column("op", _TIJD, nullable=False),
        sa.ForeignKeyConstraint(["venster_id"], ["venster.id"]),
        sa.PrimaryKeyConstraint("venster_id", "beheerder"),
    )
    op.create_table(
        "vensterverbruik",
        sa.Column("venster_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("gebruikt", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["venster_id"], ["venster.id"]),
        sa.PrimaryKeyConstraint("venster_id", "code"),
    )


def downgrade() -> None:
    op.execute(_REVOKES)
    for name in ("vensterverbruik", "goedkeuring"):
        op.drop_table(name)
    op.drop_index("ix_venster_convenant_organisatie", table_name="venster")
    op.drop_table("venster")
    op.drop_index("ix_minuutverbruik_organisatie_op", table_name="minuutverbruik")
    for name in (
        "logboek",
        "alarm",
        "telling",
        "minuutverbruik",
        "verbruik",
        "oprf_sleutel",
        "gebruikte_assertie",
        "convenant",
    ):
        op.drop_table(name)
    op.execute("DROP FUNCTION alleen_toevoegen()")
