"""Text snippets.

Revision ID: snippets
Revises: void
"""

import sqlalchemy as sa
from alembic import op

revision = "snippets"
down_revision = "void"
branch_labels = None
depends_on = None

OURS = "clinic_id = nullif(current_setting('app.clinic_id', true), '')::int"


def upgrade() -> None:
    op.create_table(
        "text_snippet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=30), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("are_instructions", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_snippet")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_text_snippet_clinic_id_id")),
        sa.UniqueConstraint(
            "clinic_id", "owner_id", "name", name=op.f("uq_text_snippet_clinic_id_owner_id_name")
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_text_snippet_clinic_id_clinic")
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "owner_id"],
            ["user.clinic_id", "user.id"],
            name=op.f("fk_text_snippet_clinic_id_owner_id_user"),
        ),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE text_snippet ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE text_snippet FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own_clinic ON text_snippet USING ({OURS}) WITH CHECK ({OURS})")


def downgrade() -> None:
    op.drop_table("text_snippet")
