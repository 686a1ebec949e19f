"""What a person has typed in a visit's form and not saved yet.

Revision ID: kept
Revises: repeat
"""

import sqlalchemy as sa
from alembic import op

revision = "kept"
down_revision = "repeat"
branch_labels = None
depends_on = None

OURS = "clinic_id = nullif(current_setting('app.clinic_id', true), '')::int"


def upgrade() -> None:
    op.create_table(
        "kept_form",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("episode_id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("sheet", sa.String(length=64), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.Integer(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                ["clinic_id", f"{column}_id"],
                [f"{table}.clinic_id", f"{table}.id"],
                name=op.f(f"fk_kept_form_clinic_id_{column}_id_{table}"),
            )
            for column, table in (
                ("episode", "episode"),
                ("patient", "patient"),
                ("person", "user"),
                ("visit", "visit"),
            )
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_kept_form_clinic_id_clinic")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_form")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_kept_form_clinic_id_id")),
        sa.UniqueConstraint("person_id", "sheet", name=op.f("uq_kept_form_person_id_sheet")),
    )
    op.create_index(op.f("ix_kept_form_clinic_id"), "kept_form", ["clinic_id"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE kept_form ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE kept_form FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own_clinic ON kept_form USING ({OURS}) WITH CHECK ({OURS})")


def downgrade() -> None:
    op.drop_table("kept_form")
