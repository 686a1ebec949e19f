"""What writing a note took, for its author alone.

It bears no lock of a signed visit: the work of signing is added after the note is closed.

Revision ID: pace
Revises: rls
"""

import sqlalchemy as sa
from alembic import op

revision = "pace"
down_revision = "rls"
branch_labels = None
depends_on = None

OURS = "clinic_id = nullif(current_setting('app.clinic_id', true), '')::int"


def upgrade() -> None:
    op.create_table(
        "pace",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_input_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("active_ms", sa.BigInteger(), nullable=False),
        sa.Column("interactions", sa.BigInteger(), nullable=False),
        sa.Column("keystrokes", sa.BigInteger(), nullable=False),
        sa.Column("refused", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "active_ms >= 0 AND interactions >= 0 AND keystrokes >= 0",
            name=op.f("ck_pace_counts"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "person_id"],
            ["user.clinic_id", "user.id"],
            name=op.f("fk_pace_clinic_id_person_id_user"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "visit_id"],
            ["visit.clinic_id", "visit.id"],
            name=op.f("fk_pace_clinic_id_visit_id_visit"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_pace_clinic_id_clinic")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pace")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_pace_clinic_id_id")),
        sa.UniqueConstraint("visit_id", "person_id", name=op.f("uq_pace_visit_id_person_id")),
    )
    op.create_index(op.f("ix_pace_clinic_id"), "pace", ["clinic_id"])
    op.create_index(op.f("ix_pace_person_id"), "pace", ["person_id"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE pace ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE pace FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own_clinic ON pace USING ({OURS}) WITH CHECK ({OURS})")


def downgrade() -> None:
    op.drop_table("pace")
