"""Diagnosis, planned weeks and certification of an episode.

Revision ID: plan
Revises: consent
"""

import sqlalchemy as sa
from alembic import op

revision = "plan"
down_revision = "consent"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in _new_columns():
        op.add_column("episode", column)


def downgrade() -> None:
    for column in _new_columns()[::-1]:
        op.drop_column("episode", column.name)


def _new_columns() -> list[sa.Column[object]]:
    return [
        sa.Column("code_system", sa.String(length=20), nullable=True),
        sa.Column("diagnoses", sa.Text(), server_default="", nullable=False),
        sa.Column("mechanism", sa.String(length=200), server_default="", nullable=False),
        sa.Column("planned_weeks", sa.Integer(), nullable=True),
        sa.Column("needs_certification", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("certified_from", sa.Date(), nullable=True),
        sa.Column("certified_until", sa.Date(), nullable=True),
        sa.Column("certified_by", sa.String(length=200), server_default="", nullable=False),
    ]
