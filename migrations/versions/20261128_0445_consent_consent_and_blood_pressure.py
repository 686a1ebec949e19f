"""Informed consent and blood pressure of a visit, a guardian's consent of a patient.

Revision ID: consent
Revises: answers
"""

import sqlalchemy as sa
from alembic import op

revision = "consent"
down_revision = "answers"
branch_labels = None
depends_on = None

COLUMNS = {
    "visit": ("consent_by", "consent_about", "systolic", "diastolic"),
    "patient": ("guardian", "guardian_consented_on"),
}


def upgrade() -> None:
    op.add_column("visit", sa.Column("consent_by", sa.String(length=20), nullable=True))
    op.add_column("visit", sa.Column("consent_about", sa.Text(), server_default="", nullable=False))
    op.add_column("visit", sa.Column("systolic", sa.Integer(), nullable=True))
    op.add_column("visit", sa.Column("diastolic", sa.Integer(), nullable=True))
    op.add_column(
        "patient", sa.Column("guardian", sa.String(length=200), server_default="", nullable=False)
    )
    op.add_column("patient", sa.Column("guardian_consented_on", sa.Date(), nullable=True))


def downgrade() -> None:
    for table, names in COLUMNS.items():
        for name in reversed(names):
            op.drop_column(table, name)
