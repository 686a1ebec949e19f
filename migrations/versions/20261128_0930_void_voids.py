"""Sessions taken out of the record: discarded drafts and voided notes, with the reason.

Revision ID: void
Revises: cosign
"""

import sqlalchemy as sa
from alembic import op

revision = "void"
down_revision = "cosign"
branch_labels = None
depends_on = None

OURS = "clinic_id = nullif(current_setting('app.clinic_id', true), '')::int"
KEPT = "this is only ever added to"
VOIDED = "voided visit: nothing of it changes"
IS_VOID = "EXISTS (SELECT 1 FROM void WHERE clinic_id = OLD.clinic_id AND visit_id = OLD.id)"


def upgrade() -> None:
    _void()
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE void ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE void FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own_clinic ON void USING ({OURS}) WITH CHECK ({OURS})")
        _guard_postgresql()
        return
    for event in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER void_{event}_guard BEFORE {event.upper()} ON void "
            f"BEGIN SELECT RAISE(ABORT, '{KEPT}'); END"
        )
    op.execute(
        f"CREATE TRIGGER visit_void_guard BEFORE UPDATE ON visit WHEN {IS_VOID} "
        f"BEGIN SELECT RAISE(ABORT, '{VOIDED}'); END"
    )


def downgrade() -> None:
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    if is_postgresql:
        op.execute("DROP FUNCTION visit_void_guard() CASCADE")
    else:
        op.execute("DROP TRIGGER visit_void_guard")
    op.drop_table("void")
    if is_postgresql:
        op.execute("DROP FUNCTION void_guard()")


def _guard_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION void_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '{KEPT}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER void_guard BEFORE UPDATE OR DELETE ON void "
        "FOR EACH ROW EXECUTE FUNCTION void_guard()"
    )
    op.execute(
        "CREATE TRIGGER void_truncate_guard BEFORE TRUNCATE ON void "
        "FOR EACH STATEMENT EXECUTE FUNCTION void_guard()"
    )
    op.execute(
        "CREATE FUNCTION visit_void_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {IS_VOID} THEN RAISE EXCEPTION '{VOIDED}'; END IF; RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER visit_void_guard BEFORE UPDATE ON visit "
        "FOR EACH ROW EXECUTE FUNCTION visit_void_guard()"
    )


def _void() -> None:
    op.create_table(
        "void",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("voided_by_id", sa.Integer(), nullable=False),
        sa.Column("printed_name", sa.String(length=400), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_void")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_void_clinic_id_id")),
        sa.UniqueConstraint("clinic_id", "visit_id", name=op.f("uq_void_clinic_id_visit_id")),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_void_clinic_id_clinic")
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "visit_id"],
            ["visit.clinic_id", "visit.id"],
            name=op.f("fk_void_clinic_id_visit_id_visit"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "voided_by_id"],
            ["user.clinic_id", "user.id"],
            name=op.f("fk_void_clinic_id_voided_by_id_user"),
        ),
    )
