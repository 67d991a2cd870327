"""The first tables, the role of the application, and the guard on the access log."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_ROL = "koppelradar_toepassing"

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

# Whatever belongs to the access log can be added to. Rights alone would do for the application; the triggers are there
# for whoever is given more rights by mistake.
_GRANTS = f"""
    GRANT SELECT, INSERT, UPDATE, DELETE ON convenant, gebruikte_assertie, idempotentie, instelling, koppelindex,
        "match", matchlid, notificatie, ontvanger, signaal TO {_ROL};
    GRANT SELECT, INSERT ON logboek_blad, logboek_inhoud TO {_ROL};
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {_ROL};
"""
_REVOKES = f"""
    REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {_ROL};
    REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {_ROL};
"""
_APPEND_ONLY = """
    CREATE FUNCTION logboek_alleen_toevoegen() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'the access log can only be added to' USING ERRCODE = 'insufficient_privilege';
    END $$;
    CREATE TRIGGER logboek_blad_rij BEFORE UPDATE OR DELETE ON logboek_blad
        FOR EACH ROW EXECUTE FUNCTION logboek_alleen_toevoegen();
    CREATE TRIGGER logboek_blad_tabel BEFORE TRUNCATE ON logboek_blad
        FOR EACH STATEMENT EXECUTE FUNCTION logboek_alleen_toevoegen();
"""


def upgrade() -> None:
    op.create_table(
        "convenant",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("inhoud", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("geladen_op", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", "versie"),
    )
    op.create_table(
        "gebruikte_assertie",
        sa.Column("jti_hash", sa.LargeBinary(), nullable=False),
        sa.Column("verloopt_op", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("jti_hash"),
    )
    op.create_table(
        "idempotentie",
        sa.Column("organisatie", sa.String(length=20), nullable=False),
        sa.Column("sleutel", sa.String(), nullable=False),
        sa.Column("verzoek_hash", sa.LargeBinary(), nullable=False),
        sa.Column("antwoord", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("aangemaakt_op", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("organisatie", "sleutel"),
    )
    op.create_table(
        "instelling",
        sa.Column("naam", sa.String(), nullable=False),
        sa.Column("waarde", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("naam"),
    )
    op.create_table(
        "koppelindex",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("slot", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("signaal_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", "slot", "signaal_id"),
    )
    op.create_index("ix_koppelindex_signaal_id", "koppelindex", ["signaal_id"], unique=False)
    op.create_table(
        "logboek_blad",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("blad", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "logboek_inhoud",
        sa.Column("blad_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("zout", sa.LargeBinary(), nullable=False),
        sa.Column("inhoud", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("blad_id"),
    )
    op.create_table(
        "match",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("volgnummer", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("convenant", sa.String(), nullable=False),
        sa.Column("niveau", sa.String(), nullable=False),
        sa.Column("ontstaan_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("vervallen_op", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("volgnummer"),
    )
    op.create_table(
        "notificatie",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("gebeurtenis_id", sa.Uuid(), nullable=False),
        sa.Column("ontvanger", sa.String(length=20), nullable=False),
        sa.Column("nummer", sa.BigInteger(), nullable=True),
        sa.Column("soort", sa.String(), nullable=False),
        sa.Column("match_id", sa.Uuid(), nullable=False),
        sa.Column("inhoud", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("ontstaan_op", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("gebeurtenis_id"),
    )
    op.create_index(
        "ix_notificatie_ongenummerd",
        "notificatie",
        ["ontvanger", "id"],
        unique=False,
        postgresql_where=sa.text("nummer IS NULL"),
    )
    op.create_index("ux_notificatie_ontvanger_nummer", "notificatie", ["ontvanger", "nummer"], unique=True)
    op.create_table(
        "ontvanger",
        sa.Column("organisatie", sa.String(length=20), nullable=False),
        sa.Column("laatste_nummer", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisatie"),
    )
    op.create_table(
        "signaal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("volgnummer", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("convenant", sa.String(), nullable=False),
        sa.Column("convenantversie", sa.Integer(), nullable=False),
        sa.Column("epoche", sa.Integer(), nullable=False),
        sa.Column("organisatie", sa.String(length=20), nullable=False),
        sa.Column("signaalsoort", sa.String(), nullable=False),
        sa.Column("profiel", sa.String(), nullable=False),
        sa.Column("medewerker", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("ingediend_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verloopt_op", sa.Date(), nullable=False),
        sa.Column("beeindigd_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("referentie", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("volgnummer"),
    )
    op.create_index("ix_signaal_organisatie_volgnummer", "signaal", ["organisatie", "volgnummer"], unique=False)
    op.create_index(
        "ix_signaal_verloopt_op",
        "signaal",
        ["verloopt_op"],
        unique=False,
        postgresql_where=sa.text("status = 'actief'"),
    )
    op.create_table(
        "matchlid",
        sa.Column("match_id", sa.Uuid(), nullable=False),
        sa.Column("signaal_id", sa.Uuid(), nullable=False),
        sa.Column("toegetreden_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("vertrokken_op", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["match_id"],
            ["match.id"],
        ),
        sa.ForeignKeyConstraint(
            ["signaal_id"],
            ["signaal.id"],
        ),
        sa.PrimaryKeyConstraint("match_id", "signaal_id"),
    )
    op.create_index(
        "ux_matchlid_signaal_actief",
        "matchlid",
        ["signaal_id"],
        unique=True,
        postgresql_where=sa.text("vertrokken_op IS NULL"),
    )

    op.execute(_MAKE_ROLE)
    op.execute(_GRANTS)
    op.execute(_APPEND_ONLY)


def downgrade() -> None:
    op.execute(_REVOKES)
    op.drop_index(
        "ux_matchlid_signaal_actief", table_name="matchlid", postgresql_where=sa.text("vertrokken_op IS NULL")
    )
    op.drop_table("matchlid")
    op.drop_index("ix_signaal_verloopt_op", table_name="signaal", postgresql_where=sa.text("status = 'actief'"))
    op.drop_index("ix_signaal_organisatie_volgnummer", table_name="signaal")
    op.drop_table("signaal")
    op.drop_table("ontvanger")
    op.drop_index("ux_notificatie_ontvanger_nummer", table_name="notificatie")
    op.drop_index("ix_notificatie_ongenummerd", table_name="notificatie", postgresql_where=sa.text("nummer IS NULL"))
    op.drop_table("notificatie")
    op.drop_table("match")
    op.drop_table("logboek_inhoud")
    op.drop_table("logboek_blad")
    op.drop_index("ix_koppelindex_signaal_id", table_name="koppelindex")
    op.drop_table("koppelindex")
    op.drop_table("instelling")
    op.drop_table("idempotentie")
    op.drop_table("gebruikte_assertie")
    op.drop_table("convenant")
    op.execute("DROP FUNCTION logboek_alleen_toevoegen()")
