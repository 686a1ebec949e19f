"""Indexes for whoever reads the trail: by person, and by day.

Revision ID: trail
Revises: ends
"""

from alembic import op

revision = "trail"
down_revision = "ends"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        op.f("ix_audit_entry_clinic_id_actor_id_number"),
        "audit_entry",
        ["clinic_id", "actor_id", "number"],
    )
    op.create_index(op.f("ix_audit_entry_clinic_id_at"), "audit_entry", ["clinic_id", "at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_audit_entry_clinic_id_at"), "audit_entry")
    op.drop_index(op.f("ix_audit_entry_clinic_id_actor_id_number"), "audit_entry")
